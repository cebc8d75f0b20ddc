package gradus.tensor;

import java.util.Arrays;
import java.util.List;

/**
 * What PyTorch calls the node behind a result, as printed in {@code grad_fn=<…>}.
 *
 * <p>Most are our op's name and {@code Backward0}; here stand those that are not. Where one op of
 * ours is several of PyTorch's ({@code reshape} and {@code view}), the commoner name is printed.
 */
final class GradFnNames {
  private GradFnNames() {}

  static String of(Node node) {
    return switch (node.op()) {
      case Op.Custom custom -> custom.name() + "Backward";
      case Op.CopySlices _ -> "CopySlices";
      case Op.Copy _ -> "CopyBackwards";
      case Op.Square _, Op.PowScalar _ -> "PowBackward0";
      case Op.Pow _ -> "PowBackward1";
      case Op.Polygamma(int n) -> n == 0 ? "DigammaBackward0" : "PolygammaBackward0";
      case Op.Bessel(int order, boolean scaled) ->
          (order == 0 && !scaled ? "I0" : "SpecialI" + order + (scaled ? "E" : "")) + "Backward0";
      case Op.Xlog1py _ -> "SpecialXlog1PyBackward0";
      case Op.Ndtri _ -> "SpecialNdtriBackward0";
      case Op.Modulo(boolean floor) -> floor ? "RemainderBackward1" : "FmodBackward1";
      case Op.Logaddexp(boolean base2) -> base2 ? "Logaddexp2Backward0" : "LogaddexpBackward0";
      case Op.Clamp _ -> "ClampBackward1";
      case Op.Cast _ -> "ToCopyBackward0";
      case Op.Fill _ -> "FillBackward2";
      case Op.Steps(String kind) when kind.endsWith("Divide") -> "DivBackward2";
      case Op.Sum(List<Integer> dims, boolean keepdim) -> folding("Sum", node, dims, keepdim);
      case Op.Mean(List<Integer> dims, boolean keepdim) -> folding("Mean", node, dims, keepdim);
      case Op.Prod(List<Integer> dims, boolean keepdim) -> folding("Prod", node, dims, keepdim);
      case Op.Norm _ -> "NormBackward1";
      case Op.LogSumExp _ -> "LogsumexpBackward0";
      case Op.LayerNorm _ -> "NativeLayerNormBackward0";
      case Op.Convolution _, Op.ConvolutionInput _ -> "ConvolutionBackward0";
      case Op.CrossEntropy _ -> "NllLossBackward0";
      case Op.MatMul _ -> product(node.shape().rank());
      case Op.Linear _ -> node.arity() == 2 ? product(node.shape().rank()) : affine(node.shape());
      case Op.Attention _ -> "ScaledDotProductFlashAttentionForCpuBackward0";
      case Op.Permute(List<Integer> dims) -> permutation(dims);
      case Op.View(Shape to) -> view(node, to);
      case Op op -> op.name() + "Backward0";
    };
  }

  private static String folding(String name, Node node, List<Integer> dims, boolean keepdim) {
    boolean everything = !keepdim && dims.size() == node.inputShape(0).rank();
    return name + (everything ? "Backward0" : "Backward1");
  }

  private static String product(int rank) {
    return rank == 2 ? "MmBackward0" : rank == 3 ? "BmmBackward0" : "UnsafeViewBackward0";
  }

  private static String affine(Shape shape) {
    return shape.rank() == 2 ? "AddmmBackward0" : "ViewBackward0";
  }

  private static String permutation(List<Integer> dims) {
    int moved = 0;
    for (int d = 0; d < dims.size(); d++) {
      moved += dims.get(d) == d ? 0 : 1;
    }
    return moved != 2 ? "PermuteBackward0" : dims.size() == 2 ? "TBackward0" : "TransposeBackward0";
  }

  /**
   * A dimension of size 1 more or less is unsqueeze or squeeze, unless it tells of a vector in a
   * product.
   */
  private static String view(Node node, Shape to) {
    Shape from = node.inputShape(0);
    int change = to.rank() - from.rank();
    Op made = node.parent(0).map(Node::op).orElse(null);
    if (change == 1 && withoutOne(to, from)) {
      return "UnsqueezeBackward0";
    }
    if (made instanceof Op.MatMul && to.rank() != 2) {
      return to.rank() == 1 ? "MvBackward0" : "UnsafeViewBackward0";
    }
    if (change == -1 && withoutOne(from, to)) {
      return "SqueezeBackward1";
    }
    return change < -1 && withoutOnes(from).equals(to) ? "SqueezeBackward0" : "ViewBackward0";
  }

  private static Shape withoutOnes(Shape shape) {
    return Shape.wrap(Arrays.stream(shape.raw()).filter(size -> size != 1).toArray());
  }

  private static boolean withoutOne(Shape longer, Shape shorter) {
    for (int d = 0; d < longer.rank(); d++) {
      if (longer.raw()[d] == 1 && Arrays.equals(Views.without(longer.raw(), d), shorter.raw())) {
        return true;
      }
    }
    return false;
  }
}
