package gradus.tensor;

/** The order in which the elements of a tensor lie in memory, in which PyTorch draws them. */
final class MemoryOrder {
  private MemoryOrder() {}

  /**
   * The dimensions by falling stride: PyTorch fills a tensor as it lies in memory, whatever its
   * shape.
   */
  static int[] of(Tensor x) {
    int[] order = new int[x.dim()];
    for (int d = 0; d < order.length; d++) {
      int at = d;
      while (at > 0 && x.strides[order[at - 1]] < x.strides[d] && x.strides[order[at - 1]] != 0) {
        order[at] = order[at - 1];
        at--;
      }
      order[at] = d;
    }
    return order;
  }

  static Shape permuted(Shape shape, int[] order) {
    int[] sizes = new int[order.length];
    for (int d = 0; d < order.length; d++) {
      sizes[d] = shape.raw()[order[d]];
    }
    return Shape.wrap(sizes);
  }

  /** Undoes {@link #permuted}. */
  static Tensor arranged(Tensor drawn, int[] order) {
    int[] back = new int[order.length];
    for (int d = 0; d < order.length; d++) {
      back[order[d]] = d;
    }
    try (var _ = GradMode.noGrad()) {
      return drawn.permute(back).detach();
    }
  }
}
