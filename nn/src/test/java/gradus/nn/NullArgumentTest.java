package gradus.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import gradus.autograd.Autograd;
import gradus.nn.optim.SGD;
import gradus.tensor.DType;
import gradus.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Null is refused in the name of what was called, and of the parameter it came in by. */
class NullArgumentTest {
  private final Tensor x = Tensor.ones(2, 3);

  private static void refused(ThrowingCallable call, String text) {
    assertThatIllegalArgumentException().isThrownBy(call).withMessage(text);
  }

  @Test
  void theOnlyParameterOfItsType() {
    refused(() -> x.add((Tensor) null), "add: other is null. Give one.");
    refused(() -> x.add((Number) null), "add: other is null. Give one.");
    refused(() -> x.mm(null), "mm: mat2 is null. Give one.");
    refused(() -> x.to((DType) null), "to: dtype is null. Give one.");
    refused(() -> x.sum((int[]) null, true), "sum: dim is null. Give one.");
    refused(() -> Tensor.zeros((int[]) null), "zeros: size is null. Give one.");
    refused(() -> F.relu(null), "relu: input is null. Give one.");
    refused(() -> F.mseLoss(x, x, null), "mseLoss: reduction is null. Give one.");
  }

  @Test
  void theParameterWhereItIsKnown() {
    refused(() -> F.linear(x, null), "linear: weight is null. Give one.");
    refused(() -> Tensor.where(null, x, x), "where: condition is null. Give one.");
    refused(() -> x.permute((int[]) null), "permute: dims is null. Give one.");
  }

  @Test
  void allThatItMayHaveBeen() {
    refused(() -> x.lerp(x, (Tensor) null), "lerp: end or weight is null. Give one.");
    refused(() -> x.addmm(null, x), "addmm: mat1 is null. Give one.");
    refused(() -> x.addmm(x.t(), null), "addmm: mat1 or mat2 is null. Give one.");
    refused(
        () -> Tensor.where(x.gt(0), x, (Tensor) null),
        "where: condition, input or other is null. Give one.");
  }

  @Test
  void elementsOfLists() {
    refused(
        () -> Tensor.cat(Arrays.asList(x, null)), "cat: element 1 of tensors is null. Give one.");
    refused(() -> Tensor.stack((List<Tensor>) null), "stack: tensors is null. Give one.");
    refused(
        () -> Tensor.einsum("i,i->", null, x), "einsum: element 0 of operands is null. Give one.");
  }

  @Test
  void whatIsOptional() {
    refused(() -> F.crossEntropy(x, x, (Tensor) null), "crossEntropy: weight is null. Give one.");
    refused(
        () -> F.crossEntropy(x, x, (Consumer<LossOptions>) null),
        "crossEntropy: options is null. Give one.");
    assertThat(F.linear(x, x, null).equal(F.linear(x, x))).isTrue();
  }

  @Test
  void layersOptimizersAndGradients() {
    refused(() -> new LayerNorm((int[]) null), "LayerNorm: normalizedShape is null. Give one.");
    refused(() -> new Flatten().forward(null), "Flatten: input is null. Give one.");
    refused(() -> new Linear(3, 2).forward(null), "linear: input is null. Give one.");
    refused(() -> new SGD(null, 0.1), "SGD: params is null. Give one.");
    refused(
        () -> new SGD(Arrays.asList((Tensor) null), 0.1),
        "SGD: element 0 of params is null. Give one.");
    refused(() -> Autograd.grad(null, x), "grad: output is null. Give one.");
    refused(
        () -> Autograd.grad(x.sum(), (Tensor) null),
        "grad: element 0 of inputs is null. Give one.");
  }
}
