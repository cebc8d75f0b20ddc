package gradus.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import gradus.autograd.GradCheck;
import gradus.tensor.DType;
import gradus.tensor.Tensor;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LossTest {
  private static final Tensor X = Tensor.of(0.5, -1, 2);
  private static final Tensor T = Tensor.of(1.0, 1, 0);

  private static Arguments row(String name, Tensor loss, double expected) {
    return Arguments.of(name, loss, expected);
  }

  /** Losses of x = (0.5, −1, 2) and t = (1, 1, 0), by hand. */
  static Stream<Arguments> losses() {
    Tensor signs = Tensor.of(1.0, -1, -1);
    Tensor p = F.sigmoid(X);
    return Stream.of(
        row("mse", F.mseLoss(X, T), (0.25 + 4 + 4) / 3),
        row("mse sum", F.mseLoss(X, T, Reduction.SUM), 8.25),
        row("l1", new L1Loss().forward(X, T), 4.5 / 3),
        row("smoothL1", F.smoothL1Loss(X, T), (0.125 + 1.5 + 1.5) / 3),
        row("smoothL1 beta 4", F.smoothL1Loss(X, T, Reduction.SUM, 4), (0.25 + 4 + 4) / 8),
        row("smoothL1 beta 0", F.smoothL1Loss(X, T, Reduction.SUM, 0), 4.5),
        row("huber delta 0.25", F.huberLoss(X, T, Reduction.SUM, 0.25), 0.25 * (4.5 - 3 * 0.125)),
        row(
            "poisson",
            F.poissonNllLoss(X, T),
            (Math.exp(0.5) - 0.5 + Math.exp(-1) + 1 + Math.exp(2)) / 3),
        row("gaussian", F.gaussianNllLoss(X, T, Tensor.ones(3)), 8.25 / 6),
        row(
            "gaussian full",
            F.gaussianNllLoss(X, T, Tensor.ones(3), true, 1e-6, Reduction.MEAN),
            8.25 / 6 + 0.5 * Math.log(2 * Math.PI)),
        row("bce", F.binaryCrossEntropy(p, T), (0.4740770 + 1.3132617 + 2.1269280) / 3),
        row(
            "bce logits",
            F.binaryCrossEntropyWithLogits(X, T),
            (0.4740770 + 1.3132617 + 2.1269280) / 3),
        row(
            "bce logits weighted",
            F.binaryCrossEntropyWithLogits(
                X, T, Tensor.of(1.0, 0, 1), Reduction.SUM, Tensor.of(2.0, 2, 2)),
            2 * 0.4740770 + 2.1269280),
        row("softMargin", F.softMarginLoss(X, signs), (0.4740770 + 0.3132617 + 2.1269280) / 3),
        row("hinge", F.hingeEmbeddingLoss(X, signs), (0.5 + 2 + 0) / 3),
        row("ranking", F.marginRankingLoss(X, T, signs, 1, Reduction.SUM), 1.5 + 0 + 3),
        row(
            "multilabelSoft",
            F.multilabelSoftMarginLoss(X, T),
            (0.4740770 + 1.3132617 + 2.1269280) / 3),
        row("multiMargin", F.multiMarginLoss(X, Tensor.of(2)), 0),
        row(
            "multiMargin p 2",
            F.multiMarginLoss(X, Tensor.of(0), 2, 1, null, Reduction.MEAN),
            6.25 / 3),
        row("multilabelMargin", F.multilabelMarginLoss(X, Tensor.of(0, -1, 1)), 2.5 / 3),
        row(
            "klDiv",
            F.klDiv(p.log(), Tensor.of(0.0, 0.5, 1)),
            (0.5 * (Math.log(0.5) + 1.3132617) + 0.1269280) / 3),
        row("klDiv sum of itself", F.klDiv(p.log(), p.log(), Reduction.SUM, true), 0),
        row(
            "cosineEmbedding",
            F.cosineEmbeddingLoss(
                Tensor.of(new double[][] {{1, 0}, {1, 0}}),
                Tensor.of(new double[][] {{1, 1}, {1, 1}}),
                Tensor.of(1, -1),
                0.2,
                Reduction.SUM),
            0.8),
        row(
            "triplet",
            F.tripletMarginLoss(Tensor.of(0.0, 0), Tensor.of(3.0, 4), Tensor.of(0.0, 1)),
            5 - 1 + 1));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("losses")
  void byHand(String name, Tensor loss, double expected) {
    assertThat(loss.item()).isCloseTo(expected, within(3e-6));
  }

  static Stream<Arguments> differentiable() {
    Tensor t = Tensor.of(0.2, 0.9, 0.4, 0.6).to(DType.FLOAT64);
    Tensor s = Tensor.of(1.0, -1, 1, -1).to(DType.FLOAT64);
    return Stream.of(
        grad("mse", x -> F.mseLoss(x, t)),
        grad("l1", x -> F.l1Loss(x, t)),
        grad("smoothL1", x -> F.smoothL1Loss(x, t)),
        grad("huber", x -> F.huberLoss(x, t)),
        grad("poisson", x -> F.poissonNllLoss(x, t)),
        grad("gaussian", x -> F.gaussianNllLoss(x, t, x.square().add(0.1))),
        grad("bce", x -> F.binaryCrossEntropy(x.sigmoid(), t)),
        grad("bce logits", x -> F.binaryCrossEntropyWithLogits(x, t)),
        grad("klDiv", x -> F.klDiv(x, t)),
        grad("softMargin", x -> F.softMarginLoss(x, s)),
        grad("hinge", x -> F.hingeEmbeddingLoss(x, s)),
        grad("ranking", x -> F.marginRankingLoss(x, t, s, 0.1, Reduction.MEAN)),
        grad("cross entropy", x -> F.crossEntropy(x.reshape(2, 2), Tensor.of(1, 0))),
        grad("nll", x -> F.nllLoss(x.reshape(2, 2), Tensor.of(1, 0))),
        grad("multiMargin", x -> F.multiMarginLoss(x.reshape(2, 2), Tensor.of(1, 0))),
        grad(
            "cosine",
            x ->
                F.cosineEmbeddingLoss(
                    x.reshape(2, 2), t.reshape(2, 2), Tensor.of(1, -1), -1, Reduction.SUM)),
        grad(
            "triplet",
            x -> F.tripletMarginLoss(x.reshape(2, 2), t.reshape(2, 2), s.reshape(2, 2))));
  }

  private static Arguments grad(String name, Function<Tensor, Tensor> loss) {
    return Arguments.of(name, loss);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("differentiable")
  void gradientsAgreeWithDifferences(String name, Function<Tensor, Tensor> loss) {
    Tensor x = Tensor.of(0.7, -0.3, 1.9, -1.4).to(DType.FLOAT64).requiresGrad(true);
    GradCheck.check(in -> loss.apply(in.getFirst()), x);
    GradCheck.checkSecond(in -> loss.apply(in.getFirst()), x);
  }

  @Test
  void reductionsHavePyTorchsNames() {
    assertThat(Reduction.of("mean")).isEqualTo(Reduction.MEAN);
    assertThatThrownBy(() -> Reduction.of("abc"))
        .hasMessage("reduction: abc is not a valid value for reduction. Use none, mean or sum.");
    assertThat(F.mseLoss(X, T, Reduction.NONE).shape()).hasToString("[3]");
    assertThatThrownBy(() -> F.mseLoss(X, T, Reduction.BATCHMEAN))
        .hasMessageContaining("for klDiv only");
  }

  @Test
  void badArgumentsAreRefused() {
    assertThatThrownBy(() -> F.huberLoss(X, T, Reduction.MEAN, 0))
        .hasMessageContaining("huber_loss does not support non-positive values for delta.");
    assertThatThrownBy(() -> F.binaryCrossEntropy(X, T))
        .hasMessageContaining("all elements of input should be between 0 and 1");
    assertThatThrownBy(() -> F.binaryCrossEntropy(F.sigmoid(X), Tensor.ones(2)))
        .hasMessage(
            "binaryCrossEntropy: target is [2] but input is [3]. Both must have the same shape.");
    assertThatThrownBy(() -> F.gaussianNllLoss(X, T, T.neg()))
        .hasMessageContaining("negative entry");
    assertThatThrownBy(() -> F.mseLoss(X, Tensor.ones(4)))
        .hasMessageContaining("[3] and [4] do not broadcast");
  }

  @Test
  void aWeightIsThereForEachClass() {
    Tensor x = Tensor.zeros(2, 4);
    Tensor y = Tensor.of(0, 1);
    for (Tensor weight : List.of(Tensor.ones(2), Tensor.ones(5), Tensor.ones(4, 1))) {
      String rest =
          ": weight is %s for 4 classes. It must hold one factor for each of them [4]. Use 1 for a class that counts as it is."
              .formatted(weight.shape());
      assertThatThrownBy(() -> F.crossEntropy(x, y, weight)).hasMessage("crossEntropy" + rest);
      assertThatThrownBy(() -> F.crossEntropy(x, x, weight)).hasMessage("crossEntropy" + rest);
      assertThatThrownBy(() -> F.nllLoss(x, y, o -> o.weight(weight))).hasMessage("nllLoss" + rest);
    }
  }

  @Test
  void probabilitiesHaveNoClassToIgnore() {
    Tensor x = Tensor.zeros(2, 4);
    assertThatThrownBy(() -> F.crossEntropy(x, x, o -> o.ignoreIndex(0)))
        .hasMessage(
            "crossEntropy: ignoreIndex is 0 for a target of probabilities [2, 4]. No class is left out there. Leave it out, or give classes by target.argmax(1).");
    assertThat(F.crossEntropy(x, x, o -> o.ignoreIndex(-1)).item()).isZero();
  }

  @Test
  void anIgnoredRowMayBeInfinite() {
    Tensor x = Tensor.of(new double[][] {{Double.NEGATIVE_INFINITY, 0}, {0, -1}});
    assertThat(F.nllLoss(x, Tensor.of(-100, 1)).item()).isEqualTo(1);
    assertThat(List.of(F.nllLoss(x, Tensor.of(-100, -100)).item())).containsExactly(Double.NaN);
  }

  @Test
  void multilabelTargetsAreClasses() {
    assertThatThrownBy(
            () -> F.multilabelMarginLoss(Tensor.ones(1, 3), Tensor.of(new int[][] {{0, 3, -1}})))
        .hasMessage(
            "multilabelMarginLoss: target 3 at position [0, 1] is outside the 3 classes; valid are"
                + " 0..2.");
  }

  @Test
  void lossesNameThemselvesWhenShapesDiffer() {
    Tensor x = Tensor.ones(2);
    Tensor y = Tensor.ones(3);
    String rest = ": [2] and [3] do not broadcast: dimension 0 is 2 and 3.";
    assertThatThrownBy(() -> F.mseLoss(x, y)).hasMessage("mseLoss" + rest);
    assertThatThrownBy(() -> F.l1Loss(x, y)).hasMessage("l1Loss" + rest);
    assertThatThrownBy(() -> F.smoothL1Loss(x, y)).hasMessage("smoothL1Loss" + rest);
    assertThatThrownBy(() -> F.huberLoss(x, y)).hasMessage("huberLoss" + rest);
    assertThatThrownBy(() -> F.klDiv(x, y)).hasMessage("klDiv" + rest);
    assertThatThrownBy(() -> F.poissonNllLoss(x, y)).hasMessage("poissonNllLoss" + rest);
    assertThatThrownBy(() -> F.softMarginLoss(x, y)).hasMessage("softMarginLoss" + rest);
    assertThatThrownBy(() -> F.hingeEmbeddingLoss(x, y)).hasMessage("hingeEmbeddingLoss" + rest);
  }
}
