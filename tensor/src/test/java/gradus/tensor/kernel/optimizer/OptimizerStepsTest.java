package gradus.tensor.kernel.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import gradus.tensor.kernel.Lanes;
import gradus.tensor.kernel.Strided;
import gradus.tensor.kernel.optimizer.OptimizerSteps.Adam;
import gradus.tensor.kernel.optimizer.OptimizerSteps.Run;
import gradus.tensor.kernel.optimizer.OptimizerSteps.Sgd;
import org.junit.jupiter.api.Test;

/** Optimizer steps against the formulas, written out in double. */
class OptimizerStepsTest {
  private static final int[] SIZES = {0, 1, 4, 6, 8, 13, 31, 33, 1021, 20_003};

  private static Run run(int n, int seed, int offset, boolean positive) {
    float[] values = Strided.values(n + offset + 3, seed, false);
    for (int i = 0; i < values.length; i++) {
      values[i] = positive ? Math.abs(values[i]) : values[i];
    }
    return new Run(values, offset);
  }

  private static Run copy(Run run) {
    return new Run(run.array().clone(), run.offset());
  }

  private static void close(Run actual, int i, double expected) {
    assertThat((double) actual.array()[actual.offset() + i])
        .isCloseTo(expected, within(1e-6 * Math.max(1, Math.abs(expected))));
  }

  /** What lies before and behind the elements. */
  private static void untouched(Run actual, Run before, int n) {
    for (int i = 0; i < actual.array().length; i++) {
      if (i < actual.offset() || i >= actual.offset() + n) {
        assertThat(actual.array()[i]).isEqualTo(before.array()[i]);
      }
    }
  }

  @Test
  void bothFormsGiveTheSameBits() {
    assumeTrue(Lanes.COUNT > 0, "without vectors there is only one form");
    int n = 64 * Lanes.COUNT;
    for (boolean more : new boolean[] {false, true}) {
      Run grad = run(n, 2, 2, false);
      Run[] plain = {run(n, 1, 1, false), run(n, 3, 0, false), run(n, 4, 3, true)};
      Run[] vectors = {copy(plain[0]), copy(plain[1]), copy(plain[2])};
      Run greatest = more ? run(n, 5, 1, true) : null;
      Run greatest2 = more ? copy(greatest) : null;
      Adam adam = new Adam(0.8, 0.95, 0.1, 1.1, 1e-2, more ? 0.3 : 0, 0.9);
      OptimizerSteps.scalarAdam(adam, plain[0], grad, plain[1], plain[2], greatest, 0, n);
      VectorOptimizerSteps.adam(adam, vectors[0], grad, vectors[1], vectors[2], greatest2, 0, n);
      Sgd sgd = new Sgd(0.1, 0.9, 0.7, more ? 0.2 : 0, more);
      OptimizerSteps.scalarSgd(sgd, plain[0], grad, more ? plain[1] : null, 0, n);
      VectorOptimizerSteps.sgd(sgd, vectors[0], grad, more ? vectors[1] : null, 0, n);
      for (int i = 0; i < plain.length; i++) {
        assertThat(vectors[i].array()).isEqualTo(plain[i].array());
      }
      if (more) {
        assertThat(greatest2.array()).isEqualTo(greatest.array());
      }
    }
  }

  @Test
  void adam() {
    for (int n : SIZES) {
      for (boolean amsgrad : new boolean[] {false, true}) {
        adam(n, amsgrad, new Adam(0.9, 0.999, 0.01, 1.5, 1e-3, 0, 1));
        adam(n, amsgrad, new Adam(0.8, 0.95, 0.1, 1.1, 1e-2, 0.3, 0.9));
      }
    }
  }

  private static void adam(int n, boolean amsgrad, Adam step) {
    Run param = run(n, 1, 1, false);
    Run grad = run(n, 2, 2, false);
    Run mean = run(n, 3, 0, false);
    Run square = run(n, 4, 3, true);
    Run greatest = amsgrad ? run(n, 5, 1, true) : null;
    Run p0 = copy(param);
    Run m0 = copy(mean);
    Run v0 = copy(square);
    Run w0 = amsgrad ? copy(greatest) : null;
    OptimizerSteps.adam(step, param, grad, mean, square, greatest, n);
    for (int i = 0; i < n; i++) {
      double p = p0.array()[1 + i] * step.shrink();
      double g = grad.array()[2 + i] + step.decay() * p;
      double m = step.beta1() * m0.array()[i] + (1 - step.beta1()) * g;
      double v = step.beta2() * v0.array()[3 + i] + (1 - step.beta2()) * g * g;
      double used = amsgrad ? Math.max(v, w0.array()[1 + i]) : v;
      close(mean, i, m);
      close(square, i, v);
      close(param, i, p - step.stepSize() * m / (Math.sqrt(used) * step.rootScale() + step.eps()));
      if (amsgrad) {
        close(greatest, i, used);
      }
    }
    untouched(param, p0, n);
    untouched(mean, m0, n);
    untouched(square, v0, n);
  }

  @Test
  void sgd() {
    for (int n : SIZES) {
      sgd(n, false, new Sgd(0.1, 0, 1, 0, false));
      sgd(n, false, new Sgd(0.1, 0, 1, 0.2, false));
      sgd(n, true, new Sgd(0.1, 0.9, 0.7, 0.2, false));
      sgd(n, true, new Sgd(0.1, 0.9, 1, 0, true));
    }
  }

  private static void sgd(int n, boolean momentum, Sgd step) {
    Run param = run(n, 1, 2, false);
    Run grad = run(n, 2, 0, false);
    Run velocity = momentum ? run(n, 3, 1, false) : null;
    Run p0 = copy(param);
    Run v0 = momentum ? copy(velocity) : null;
    OptimizerSteps.sgd(step, param, grad, velocity, n);
    for (int i = 0; i < n; i++) {
      double g = grad.array()[i] + step.decay() * p0.array()[2 + i];
      double along = g;
      if (momentum) {
        double v = step.momentum() * v0.array()[1 + i] + step.share() * g;
        close(velocity, i, v);
        along = step.nesterov() ? g + step.momentum() * v : v;
      }
      close(param, i, p0.array()[2 + i] - step.lr() * along);
    }
    untouched(param, p0, n);
  }

  @Test
  void theLastElementsComeOutAsTheOthers() {
    // One element at a time goes through the scalar form, all at once through the vectors.
    int n = 100;
    var step = new Adam(0.9, 0.999, 0.01, 1.5, 1e-8, 0.1, 0.99);
    Run[] whole = {
      run(n, 1, 0, false), run(n, 2, 0, false), run(n, 3, 0, false), run(n, 4, 0, true)
    };
    Run[] single = {copy(whole[0]), copy(whole[1]), copy(whole[2]), copy(whole[3])};
    OptimizerSteps.adam(step, whole[0], whole[1], whole[2], whole[3], null, n);
    for (int i = 0; i < n; i++) {
      Run[] at = new Run[4];
      for (int k = 0; k < 4; k++) {
        at[k] = new Run(single[k].array(), i);
      }
      OptimizerSteps.adam(step, at[0], at[1], at[2], at[3], null, 1);
    }
    for (int k = 0; k < 4; k++) {
      assertThat(single[k].array()).isEqualTo(whole[k].array());
    }
  }
}
