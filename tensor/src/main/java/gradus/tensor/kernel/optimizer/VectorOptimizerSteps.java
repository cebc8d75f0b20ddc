package gradus.tensor.kernel.optimizer;

import gradus.tensor.kernel.FloatLanes;
import gradus.tensor.kernel.optimizer.OptimizerSteps.Adam;
import gradus.tensor.kernel.optimizer.OptimizerSteps.Run;
import gradus.tensor.kernel.optimizer.OptimizerSteps.Sgd;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector forms of {@link OptimizerSteps}, bit for bit the scalar ones: those take the last few
 * elements, less than a vector.
 */
final class VectorOptimizerSteps {
  private static final VectorSpecies<Float> SPECIES = FloatLanes.SPECIES;

  private VectorOptimizerSteps() {}

  static void adam(
      Adam step, Run param, Run grad, Run mean, Run square, Run greatest, int from, int to) {
    float[] ps = param.array();
    float[] gs = grad.array();
    float[] ms = mean.array();
    float[] vs = square.array();
    float[] ws = greatest == null ? vs : greatest.array();
    int pAt = param.offset();
    int gAt = grad.offset();
    int mAt = mean.offset();
    int vAt = square.offset();
    int wAt = greatest == null ? vAt : greatest.offset();
    boolean decays = step.decay() != 0;
    FloatVector decay = all(step.decay());
    FloatVector shrink = all(step.shrink());
    FloatVector beta1 = all(step.beta1());
    FloatVector beta2 = all(step.beta2());
    FloatVector rest1 = all(1 - step.beta1());
    FloatVector rest2 = all(1 - step.beta2());
    FloatVector scale = all(step.rootScale());
    FloatVector eps = all(step.eps());
    FloatVector size = all(-step.stepSize());
    for (int i = from; i < to; i += SPECIES.length()) {
      FloatVector p = FloatVector.fromArray(SPECIES, ps, pAt + i).mul(shrink);
      FloatVector g = FloatVector.fromArray(SPECIES, gs, gAt + i);
      g = decays ? p.fma(decay, g) : g;
      FloatVector m = FloatVector.fromArray(SPECIES, ms, mAt + i).mul(beta1);
      FloatVector v = FloatVector.fromArray(SPECIES, vs, vAt + i).mul(beta2);
      m = g.fma(rest1, m);
      v = g.mul(g).fma(rest2, v);
      m.intoArray(ms, mAt + i);
      v.intoArray(vs, vAt + i);
      if (greatest != null) {
        v = v.max(FloatVector.fromArray(SPECIES, ws, wAt + i));
        v.intoArray(ws, wAt + i);
      }
      FloatVector root = v.lanewise(VectorOperators.SQRT).fma(scale, eps);
      m.div(root).fma(size, p).intoArray(ps, pAt + i);
    }
  }

  static void sgd(Sgd step, Run param, Run grad, Run velocity, int from, int to) {
    float[] ps = param.array();
    float[] gs = grad.array();
    float[] vs = velocity == null ? gs : velocity.array();
    int pAt = param.offset();
    int gAt = grad.offset();
    int vAt = velocity == null ? gAt : velocity.offset();
    boolean decays = step.decay() != 0;
    boolean nesterov = step.nesterov();
    FloatVector decay = all(step.decay());
    FloatVector momentum = all(step.momentum());
    FloatVector share = all(step.share());
    FloatVector rate = all(-step.lr());
    for (int i = from; i < to; i += SPECIES.length()) {
      FloatVector p = FloatVector.fromArray(SPECIES, ps, pAt + i);
      FloatVector g = FloatVector.fromArray(SPECIES, gs, gAt + i);
      g = decays ? p.fma(decay, g) : g;
      if (velocity != null) {
        FloatVector v = FloatVector.fromArray(SPECIES, vs, vAt + i).mul(momentum);
        v = g.fma(share, v);
        v.intoArray(vs, vAt + i);
        g = nesterov ? v.fma(momentum, g) : v;
      }
      g.fma(rate, p).intoArray(ps, pAt + i);
    }
  }

  private static FloatVector all(double value) {
    return FloatVector.broadcast(SPECIES, (float) value);
  }
}
