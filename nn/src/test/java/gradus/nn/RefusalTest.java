package gradus.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.tensor.DType;
import gradus.tensor.Tensor;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Wrong arguments of functions and layers are named, with what helps. */
class RefusalTest {
  private static void refused(ThrowingCallable call, String text) {
    assertThatThrownBy(call)
        .isInstanceOfAny(IllegalArgumentException.class, IndexOutOfBoundsException.class)
        .isNotInstanceOf(ArrayIndexOutOfBoundsException.class)
        .hasMessageContaining(text);
  }

  @Test
  void scalarsWhereATableOrVectorsAreMeant() {
    Tensor one = Tensor.scalar(1, DType.FLOAT32);
    Tensor id = Tensor.scalar(0, DType.INT64);
    refused(() -> F.embedding(id, one), "embedding: the table is []. It must be [rows, dim].");
    refused(() -> F.embedding(id, Tensor.ones(3)), "embedding: the table is [3].");
    refused(
        () -> F.embedding(id, one, OptionalInt.of(0), OptionalDouble.of(1), 2, false, false),
        "embedding: the table is [].");
    refused(() -> F.embeddingBag(id, one), "embeddingBag: the table is [].");
    assertThat(F.embedding(id, Tensor.ones(3, 2)).shape().toArray()).containsExactly(2);
    refused(
        () -> F.cosineSimilarity(one, one),
        "cosineSimilarity: dim 1 is out of range for []; valid are -1..0.");
    refused(
        () -> F.cosineSimilarity(Tensor.ones(2, 3), Tensor.ones(3), 2), "dim 2 is out of range");
    Tensor x = Tensor.scalar(-3, DType.FLOAT32).requiresGrad(true);
    Tensor cosine = F.cosineSimilarity(x, Tensor.scalar(2, DType.FLOAT32), 0);
    assertThat(cosine.shape().toArray()).isEmpty();
    assertThat(cosine.item()).isEqualTo(-1);
    cosine.backward();
    assertThat(x.grad().item()).isZero();
    assertThat(F.cosineSimilarity(one, Tensor.ones(2, 3), -1).shape().toArray()).containsExactly(2);
  }

  @Test
  void oneHotClassesOfWholeNumbers() {
    Tensor scores = Tensor.zeros(2, 3);
    refused(
        () -> F.crossEntropy(scores, Tensor.zeros(DType.INT64, 2, 3)),
        "crossEntropy: target INT64[2, 3] has the shape of the input, as one-hot classes have."
            + " Probabilities are floating, classes stand without the dimension of classes."
            + " Use target.toFloat() or target.argmax(1).");
    refused(
        () -> F.crossEntropy(scores, Tensor.zeros(DType.BOOL, 2, 3)),
        "Use target.toFloat() or target.argmax(1).");
    refused(
        () -> F.crossEntropy(Tensor.zeros(3), Tensor.zeros(DType.INT64, 3)),
        "or target.argmax(0).");
    refused(
        () -> F.nllLoss(scores, Tensor.zeros(DType.INT64, 2, 3)),
        "Classes stand without the dimension of classes. Use target.argmax(1).");
    Tensor target = Tensor.of(new long[][] {{0, 0, 1}, {1, 0, 0}});
    assertThat(F.crossEntropy(scores, target.toFloat()).item())
        .isEqualTo(F.crossEntropy(scores, target.argmax(1)).item());
  }

  @Test
  void classesThatComeLast() {
    Tensor scores = Tensor.zeros(2, 4, 5);
    Tensor target = Tensor.zeros(DType.INT64, 2, 4);
    refused(() -> F.crossEntropy(scores, target), "Use input.view(-1, 5) and target.view(-1).");
    assertThat(F.crossEntropy(scores.view(-1, 5), target.view(-1)).item()).isPositive();
    assertThatThrownBy(() -> F.crossEntropy(scores, Tensor.zeros(DType.INT64, 3)))
        .hasMessageNotContaining("view");
  }

  @Test
  void bordersOfNothingOrTooWide() {
    Tensor x = Tensor.ones(2, 3);
    refused(
        () -> F.pad(Tensor.zeros(2, 0), new int[] {1, 1}, "circular"),
        "pad: {1, 1} for dimension 1 of [2, 0]: there is nothing to be continued.");
    refused(
        () -> F.pad(Tensor.zeros(2, 0), new int[] {1, 0}, "replicate"), "nothing to be continued");
    refused(() -> F.pad(x, new int[] {4, 0}, "circular"), "wrapping around more than once");
    refused(() -> F.pad(x, new int[] {-4, 5}), "cuts off more than there is");
    refused(() -> F.pad(x, new int[] {-2, -2}, "circular"), "cuts off more than there is");
    refused(() -> F.pad(x, new int[] {3, -3}, "circular"), "nothing to be continued");
    refused(() -> F.pad(x, new int[] {Integer.MAX_VALUE, 1}), "is too large");
    refused(() -> F.pad(x, new int[] {0, 0}, "mirror"), "pad: unknown mode mirror.");
    assertThat(F.pad(x, new int[] {-3, 0}, "circular").shape().toArray()).containsExactly(2, 0);
    assertThat(F.pad(x, new int[] {3, 3}, "circular").shape().toArray()).containsExactly(2, 9);
  }

  @Test
  void moreLayersThanMemoryHolds() {
    var block =
        new TransformerEncoderLayer(1, 1, o -> o.dimFeedforward(1).dropout(0).batchFirst(true));
    refused(
        () -> new TransformerEncoder(block, Integer.MAX_VALUE),
        "TransformerEncoder: numLayers is 2147483647. It counts blocks, 0 or more, of ");
    refused(() -> new TransformerEncoder(block, -1), "TransformerEncoder: numLayers is -1.");
    assertThat(new TransformerEncoder(block, 0).layers).isEmpty();
  }

  @Test
  void classesBeyondCounting() {
    refused(
        () -> F.oneHot(Tensor.of(Long.MAX_VALUE)),
        "oneHot: the greatest class is 9223372036854775807. It must be below 2^31 - 1.");
    refused(
        () -> F.oneHot(Tensor.of(1L, 2L), Integer.MAX_VALUE),
        "oneHot: 2 classes of 2147483647 make more than 2^31 - 1 elements.");
  }

  @Test
  void aTensorIsNotItsOwnGradient() {
    Tensor w = Tensor.ones(2).requiresGrad(true);
    refused(() -> w.setGrad(w), "setGrad: the gradient is the tensor itself.");
    w.setGrad(w.detach().clone());
    assertThat(w.grad().sum().item()).isEqualTo(2);
  }
}
