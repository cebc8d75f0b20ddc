package gradus.autograd;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.tensor.DType;
import gradus.tensor.GradMode;
import gradus.tensor.Shape;
import gradus.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** The texts are part of the contract: what happened, the rule, the cure. */
class ErrorTextsTest {
  private interface Call {
    void run();
  }

  private static void fails(Call call, Class<? extends Throwable> type, String message) {
    assertThatThrownBy(call::run).isInstanceOf(type).hasMessage(message);
  }

  @Test
  void embeddingIndexOutOfRange() {
    Tensor table = Tensor.zeros(10, 3);
    fails(
        () -> Tensor.embedding(table, Tensor.of(new int[][] {{1, 2, 3, 10}}), -1, false, false),
        IndexOutOfBoundsException.class,
        "embedding: index 10 at position [0, 3] is outside the table of 10 rows; valid are 0..9.");
  }

  @Test
  void embeddingIndexOfTheWrongDtype() {
    fails(
        () -> Tensor.embedding(Tensor.zeros(10, 3), Tensor.of(1.0, 2.0), -1, false, false),
        IllegalArgumentException.class,
        "embedding: index must be INT64 but is FLOAT32. Use Tensor.of(1, 2, 3) or x.toLong().");
  }

  @Test
  void matmulOfUnequalInnerSizes() {
    fails(
        () -> Tensor.zeros(2, 3).matmul(Tensor.zeros(2, 3)),
        IllegalArgumentException.class,
        "matmul: [2, 3] @ [2, 3]: inner sizes 3 and 2 differ. Did you mean b.transpose(0, 1)?");
  }

  @Test
  void matmulOfBatchesAndDtypesThatDoNotFit() {
    fails(
        () -> Tensor.ones(2, 2, 2).matmul(Tensor.ones(3, 2, 2)),
        IllegalArgumentException.class,
        "matmul: [2, 2, 2] @ [3, 2, 2]: batch sizes [2] and [3] do not broadcast.");
    fails(
        () -> Tensor.of(new int[][] {{1, 2}}).matmul(Tensor.ones(2, 2)),
        IllegalArgumentException.class,
        "matmul: [1, 2] @ [2, 2]: dtypes INT64 and FLOAT32 differ. Convert one: x.to(DType.FLOAT32).");
  }

  @Test
  void broadcastMismatch() {
    fails(
        () -> Tensor.zeros(4, 3).add(Tensor.zeros(2, 3)),
        IllegalArgumentException.class,
        "add: [4, 3] and [2, 3] do not broadcast: dimension 0 is 4 and 2.");
  }

  @Test
  void gradOfAResult() {
    Tensor a = Tensor.zeros(2, 3).requiresGrad(true);
    fails(
        () -> a.matmul(Tensor.zeros(3, 2)).grad(),
        IllegalStateException.class,
        "grad: this tensor is a result (of MatMul), not a leaf; gradients stay on leaves unless retainGrad() is called"
            + " before backward().");
  }

  @Test
  void gradBeforeBackwardAndOfATensorWithoutGradients() {
    fails(
        () -> Tensor.zeros(2).requiresGrad(true).grad(),
        IllegalStateException.class,
        "grad: no gradient has arrived at this leaf yet. Call backward() on a result that depends on it first.");
    fails(
        () -> Tensor.zeros(2).grad(),
        IllegalStateException.class,
        "grad: this tensor does not require gradients. Call requiresGrad(true) before using it.");
  }

  @Test
  void backwardOnANonScalar() {
    fails(
        () -> Tensor.zeros(2, 3).requiresGrad(true).mul(2).backward(),
        IllegalStateException.class,
        "backward: the gradient can start by itself only at a scalar, but this tensor is [2, 3]. Reduce it first (sum(),"
            + " mean()) or pass the gradient: backward(gradient).");
  }

  @Test
  void backwardWithoutHistory() {
    fails(
        () -> Tensor.zeros(1).sum().backward(),
        IllegalStateException.class,
        "backward: this tensor does not require gradients and has no history. Call requiresGrad(true) on a leaf it is"
            + " computed from, outside of noGrad().");
  }

  @Test
  void secondBackwardOverFreedHistory() {
    Tensor loss = Tensor.ones(2).requiresGrad(true).square().sum();
    loss.backward();
    fails(
        loss::backward,
        IllegalStateException.class,
        "backward: the history of this result (of Square) was freed by an earlier backward. Values are"
            + " kept for one walk only. Call backward(true, false) the first time to retain it, or"
            + " compute the result again.");
  }

  @Test
  void inPlaceChangeOfATensorThatBackwardNeeds() {
    Tensor y = Tensor.ones(2, 3).requiresGrad(true).mul(2);
    Tensor loss = y.square().sum();
    y.add_(1);
    fails(
        loss::backward,
        IllegalStateException.class,
        "backward: input 0 [2, 3] of Square was changed in place after it was used (version 1, expected 0). Its"
            + " derivative needs the old values. Use the out-of-place op, or clone() before changing it.");
  }

  @Test
  void inPlaceOnALeaf() {
    Tensor leaf = Tensor.ones(2).requiresGrad(true);
    fails(
        () -> leaf.add_(1),
        IllegalStateException.class,
        "add_: a leaf that requires gradients (or a view of one) cannot be changed in place while gradients are recorded."
            + " Do it inside try (var _ = GradMode.noGrad()) { ... }.");
    try (var _ = GradMode.noGrad()) {
      leaf.add_(1);
    }
  }

  @Test
  void reshapeThatDoesNotFit() {
    fails(
        () -> Tensor.zeros(2, 3).reshape(4, 2),
        IllegalArgumentException.class,
        "reshape: [2, 3] has 6 elements, which [4, 2] cannot hold. The element count must stay the same; one size may be"
            + " -1 to be inferred.");
    fails(
        () -> Tensor.zeros(2, 3).t().view(6),
        IllegalArgumentException.class,
        "view: [3, 2] with strides [1, 3] cannot be seen as [6] without copying. A view needs compatible strides. Use"
            + " reshape(...) or contiguous().view(...).");
  }

  @Test
  void dimOutOfRange() {
    fails(
        () -> Tensor.zeros(2, 3).sum(2),
        IndexOutOfBoundsException.class,
        "sum: dim 2 is out of range for [2, 3]; valid are -2..1.");
  }

  @Test
  void moreElementsThanAnArrayHolds() {
    fails(
        () -> Shape.of(65_536, 65_536),
        IllegalArgumentException.class,
        "shape: [65536, 65536] has more than 2147483647 elements. A tensor holds at most 2^31 - 1. Split it along a"
            + " dimension.");
    fails(
        () -> Tensor.zeros(DType.BOOL, 100_000, 1).mul(Tensor.zeros(DType.BOOL, 1, 100_000)),
        IllegalArgumentException.class,
        "mul: [100000, 100000] has more than 2147483647 elements. A tensor holds at most 2^31 - 1. Split it along a"
            + " dimension.");
  }

  @Test
  void requiresGradOfIntegers() {
    fails(
        () -> Tensor.of(1, 2).requiresGrad(true),
        IllegalStateException.class,
        "requiresGrad: only floating point tensors can require gradients, but this is INT64. Convert first:"
            + " x.toFloat().");
  }
}
