package gradus.autograd;

import static gradus.autograd.Recipe.d;

import gradus.tensor.Node;
import gradus.tensor.Op;
import gradus.tensor.Tensor;
import gradus.tensor.spi.Internals;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The derivatives of what slides over an image. */
final class WindowGrads {
  private static final Internals INTERNALS = Internals.get();

  private WindowGrads() {}

  /**
   * Windows neither begin nor end before those before them, so the ones that hold an element follow
   * each other: the gradient is a sum of windows itself.
   */
  static Tensor sums(Tensor g, Node n, Op.SumWindows op) {
    int size = n.inputShape(0).size(op.dim());
    return Tensor.sumWindows(g, op.dim(), firstBeyond(op.to(), size), firstBeyond(op.from(), size));
  }

  /** For each position the number of the first window whose border lies after it. */
  private static int[] firstBeyond(List<Integer> borders, int size) {
    int[] out = new int[size];
    int window = 0;
    for (int i = 0; i < size; i++) {
      while (window < borders.size() && borders.get(window) <= i) {
        window++;
      }
      out[i] = window;
    }
    return out;
  }

  /** With ⋆ the convolution, ⋆ᵀ its adjoint in the input and ⋆ₖ that in the kernel. */
  static List<Recipe> convolution(Tensor g, Node n, Op.Slide slide) {
    var recipes = new ArrayList<Recipe>();
    recipes.add(
        d("dC ⋆ᵀ B", () -> INTERNALS.convolutionInput(g, n.input(1), slide, n.inputShape(0))));
    recipes.add(
        d("A ⋆ₖ dC", () -> INTERNALS.convolutionWeight(n.input(0), g, slide, n.inputShape(1))));
    if (n.arity() > 2) {
      int[] others = new int[g.dim() - 1];
      Arrays.setAll(others, i -> i == 0 ? 0 : i + 1);
      recipes.add(d("Σ dC", () -> g.sum(others, false)));
    }
    return recipes;
  }

  static List<Recipe> convolutionInput(Tensor g, Node n, Op.Slide slide) {
    return List.of(
        d("dC ⋆ B", () -> INTERNALS.convolution(g, n.input(1), slide)),
        d("dC ⋆ₖ A", () -> INTERNALS.convolutionWeight(g, n.input(0), slide, n.inputShape(1))));
  }

  static List<Recipe> convolutionWeight(Tensor g, Node n, Op.Slide slide) {
    return List.of(
        d("B ⋆ᵀ dC", () -> INTERNALS.convolutionInput(n.input(1), g, slide, n.inputShape(0))),
        d("A ⋆ dC", () -> INTERNALS.convolution(n.input(0), g, slide)));
  }
}
