package gradus.tensor.kernel.optimizer;

import gradus.tensor.kernel.Parallel;
import gradus.tensor.kernel.WarmUp;

/**
 * The steps of optimizers in one pass over memory: parameter, gradient and what is remembered of
 * both are read once, and written once.
 *
 * <p>All arrays hold {@code n} elements from their offset on. The steps are elementwise, so they
 * give the same bits on any number of threads.
 */
public final class OptimizerSteps {
  private static final int GRAIN = 8192;

  private static final WarmUp ADAM = new WarmUp();
  private static final WarmUp SGD = new WarmUp();

  private OptimizerSteps() {}

  /**
   * What a step of Adam takes beside the arrays.
   *
   * @param beta1 how much of the mean stays
   * @param beta2 how much of the mean square stays
   * @param stepSize the learning rate over the first correction
   * @param rootScale what the root of the mean square is multiplied by: one over the root of the
   *     second correction
   * @param eps added to that root
   * @param decay the factor of the parameter that is added to its gradient (Adam)
   * @param shrink what the parameter is multiplied by before the step (AdamW)
   */
  public record Adam(
      double beta1,
      double beta2,
      double stepSize,
      double rootScale,
      double eps,
      double decay,
      double shrink) {}

  /**
   * What a step of gradient descent takes beside the arrays.
   *
   * @param momentum how much of the velocity stays
   * @param share how much of the gradient goes into the velocity
   * @param decay the factor of the parameter that is added to its gradient
   * @param nesterov whether to look ahead along the velocity
   */
  public record Sgd(double lr, double momentum, double share, double decay, boolean nesterov) {}

  /** Elements that lie one after the other. */
  public record Run(float[] array, int offset) {}

  /**
   * Adam: {@code m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², p ← p − stepSize·m / (√v·rootScale +
   * eps)}; with {@code greatest}, its maximum with v takes the place of v in the last of these.
   *
   * @param greatest the greatest v so far, or null
   */
  public static void adam(
      Adam step, Run param, Run grad, Run mean, Run square, Run greatest, int n) {
    Parallel.rows(
        Math.ceilDiv(n, GRAIN),
        8L * GRAIN,
        (first, last) -> {
          ADAM.run(
              first * GRAIN,
              (int) Math.min((long) last * GRAIN, n),
              (at, count) ->
                  VectorOptimizerSteps.adam(
                      step, param, grad, mean, square, greatest, at, at + count),
              (at, count) -> scalarAdam(step, param, grad, mean, square, greatest, at, at + count));
        });
  }

  /**
   * Gradient descent: {@code v ← momentum·v + share·g, p ← p − lr·v}, or along {@code g +
   * momentum·v} with Nesterov's look ahead; without a velocity along g.
   *
   * @param velocity v, or null
   */
  public static void sgd(Sgd step, Run param, Run grad, Run velocity, int n) {
    Parallel.rows(
        Math.ceilDiv(n, GRAIN),
        4L * GRAIN,
        (first, last) -> {
          SGD.run(
              first * GRAIN,
              (int) Math.min((long) last * GRAIN, n),
              (at, count) -> VectorOptimizerSteps.sgd(step, param, grad, velocity, at, at + count),
              (at, count) -> scalarSgd(step, param, grad, velocity, at, at + count));
        });
  }

  static void scalarAdam(
      Adam step, Run param, Run grad, Run mean, Run square, Run greatest, int from, int to) {
    float[] ps = param.array;
    for (int i = from; i < to; i++) {
      int at = param.offset + i;
      float p = ps[at] * (float) step.shrink;
      float g = grad.array[grad.offset + i];
      g = step.decay == 0 ? g : Math.fma(p, (float) step.decay, g);
      float m =
          Math.fma(g, (float) (1 - step.beta1), mean.array[mean.offset + i] * (float) step.beta1);
      float v =
          Math.fma(
              g * g,
              (float) (1 - step.beta2),
              square.array[square.offset + i] * (float) step.beta2);
      mean.array[mean.offset + i] = m;
      square.array[square.offset + i] = v;
      if (greatest != null) {
        v = Math.max(greatest.array[greatest.offset + i], v);
        greatest.array[greatest.offset + i] = v;
      }
      float root = Math.fma((float) Math.sqrt(v), (float) step.rootScale, (float) step.eps);
      ps[at] = Math.fma(m / root, (float) -step.stepSize, p);
    }
  }

  static void scalarSgd(Sgd step, Run param, Run grad, Run velocity, int from, int to) {
    float[] ps = param.array;
    for (int i = from; i < to; i++) {
      int at = param.offset + i;
      float g = grad.array[grad.offset + i];
      g = step.decay == 0 ? g : Math.fma(ps[at], (float) step.decay, g);
      if (velocity != null) {
        float v =
            Math.fma(
                g, (float) step.share, velocity.array[velocity.offset + i] * (float) step.momentum);
        velocity.array[velocity.offset + i] = v;
        g = step.nesterov ? Math.fma(v, (float) step.momentum, g) : v;
      }
      ps[at] = Math.fma(g, (float) -step.lr, ps[at]);
    }
  }
}
