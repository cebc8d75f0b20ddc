package gradus.autograd;

import gradus.tensor.Node;
import gradus.tensor.Op;
import gradus.tensor.Tensor;
import java.util.List;

/** The derivatives of what slides over an image. */
final class WindowGrads {
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
}
