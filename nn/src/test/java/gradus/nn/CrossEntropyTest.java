package gradus.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import gradus.autograd.GradCheck;
import gradus.tensor.DType;
import gradus.tensor.Tensor;
import org.junit.jupiter.api.Test;

class CrossEntropyTest {
  private static final Tensor LOGITS = Tensor.of(new double[][] {{1, 2, 3}, {0, 0, 0}});
  private static final double FIRST = Math.log(Math.exp(-2) + Math.exp(-1) + 1); // class 2 of row 0

  @Test
  void byHand() {
    Tensor target = Tensor.of(2, 1);
    assertThat(F.crossEntropy(LOGITS, target).item())
        .isCloseTo((FIRST + Math.log(3)) / 2, within(1e-6));
    assertThat(F.crossEntropy(LOGITS, target, Reduction.NONE).toFloatArray())
        .containsExactly(new float[] {(float) FIRST, (float) Math.log(3)}, within(1e-6f));
  }

  @Test
  void isNegativeLogLikelihoodOfLogSoftmax() {
    Tensor x = Tensor.randn(4, 5, 3);
    Tensor target = Tensor.randint(0, 5, 4, 3);
    Tensor weight = Tensor.rand(5);
    for (Reduction reduction : new Reduction[] {Reduction.NONE, Reduction.MEAN, Reduction.SUM}) {
      Tensor expected = F.nllLoss(F.logSoftmax(x, 1), target, weight, 2, reduction);
      Tensor loss = F.crossEntropy(x, target, weight, 2, reduction, 0);
      assertThat(loss.allclose(expected, 1e-5, 1e-6)).isTrue();
      Tensor plain = F.crossEntropy(x, target, null, 2, reduction, 0);
      assertThat(
              plain.allclose(F.nllLoss(F.logSoftmax(x, 1), target, null, 2, reduction), 1e-5, 1e-6))
          .isTrue();
    }
  }

  @Test
  void ignoredSamplesDoNotCount() {
    Tensor loss = F.crossEntropy(LOGITS, Tensor.of(2, -100));
    assertThat(loss.item()).isCloseTo(FIRST, within(1e-6));
  }

  @Test
  void oneHotProbabilitiesAreTheSameAsClasses() {
    Tensor classes = Tensor.of(2, 1);
    Tensor probabilities = F.oneHot(classes, 3).to(DType.FLOAT32);
    for (double smoothing : new double[] {0, 0.3}) {
      Tensor a = F.crossEntropy(LOGITS, classes, null, -100, Reduction.MEAN, smoothing);
      Tensor b = F.crossEntropy(LOGITS, probabilities, null, -100, Reduction.MEAN, smoothing);
      assertThat(a.item()).isCloseTo(b.item(), within(1e-6));
    }
  }

  @Test
  void smoothingSpreadsTheTarget() {
    Tensor loss = F.crossEntropy(LOGITS, Tensor.of(2, 1), null, -100, Reduction.NONE, 0.3);
    assertThat(loss.get(0)).isCloseTo(FIRST + 0.1 * (1 + 2), within(1e-6));
  }

  @Test
  void anUnbatchedSampleGivesAScalar() {
    Tensor loss = F.crossEntropy(Tensor.of(1.0, 2, 3), Tensor.scalar(2), Reduction.NONE);
    assertThat(loss.shape()).hasToString("[]");
    assertThat(loss.item()).isCloseTo(FIRST, within(1e-6));
  }

  @Test
  void gradientsAgreeWithDifferencesAtBothOrders() {
    Tensor x = Tensor.randn(DType.FLOAT64, 3, 4, 2).requiresGrad(true);
    Tensor target = Tensor.of(new int[][] {{0, 3}, {1, -100}, {2, 2}});
    Tensor weight = Tensor.of(0.5, 1, 2, 0.1).to(DType.FLOAT64);
    for (double smoothing : new double[] {0, 0.2}) {
      GradCheck.check(
          in -> F.crossEntropy(in.getFirst(), target, weight, -100, Reduction.MEAN, smoothing), x);
      GradCheck.checkSecond(
          in -> F.crossEntropy(in.getFirst(), target, null, -100, Reduction.SUM, smoothing), x);
    }
  }

  @Test
  void errorsNameWhatIsWrong() {
    assertThatThrownBy(() -> F.crossEntropy(LOGITS, Tensor.of(1.0, 2)))
        .hasMessage(
            "crossEntropy: target must be INT64 but is FLOAT32. It holds class indices. Use Tensor.of(1, 2, 3) or"
                + " x.toLong().");
    assertThatThrownBy(() -> F.crossEntropy(LOGITS, Tensor.of(1, 2, 0)))
        .hasMessage(
            "crossEntropy: input [2, 3] and target [3] do not fit. The target has the shape of the input without its"
                + " dimension of classes: [N, C] goes with [N].");
    assertThatThrownBy(() -> F.nllLoss(LOGITS, Tensor.of(1, 3)))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("nllLoss: target 3 at position [1] is outside the 3 classes; valid are 0..2.");
    assertThatThrownBy(() -> F.crossEntropy(LOGITS, Tensor.of(1, 3)))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void logitsAreRealNumbers() {
    assertThatThrownBy(() -> F.crossEntropy(Tensor.of(new int[][] {{1, 2}}), Tensor.of(1L)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "crossEntropy: input must be FLOAT32 or FLOAT64 but is INT64. Use x.toFloat().");
  }
}
