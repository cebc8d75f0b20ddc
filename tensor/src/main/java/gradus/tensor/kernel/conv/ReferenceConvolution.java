package gradus.tensor.kernel.conv;

/**
 * Every product of an element of the input and one of the weight, and which element of the output
 * it belongs to: convolution in {@code double} or whole numbers, and its gradients, are what a
 * visitor makes of it.
 */
public final class ReferenceConvolution {
  private ReferenceConvolution() {}

  /** Called with places in row-major arrays. */
  public interface Visitor {
    /** An element of the input times one of the weight adds to one of the output. */
    void visit(int input, int weight, int output);
  }

  /** Visits all of them, for each output in the order of the weight. */
  public static void forEach(Geometry g, Visitor visitor) {
    for (int n = 0; n < g.batch() * g.groups() * g.out(); n++) {
      int part = n / g.out();
      int filter = part % g.groups() * g.out() + n % g.out();
      for (int p = 0; p < g.outputArea(); p++) {
        for (int c = 0; c < g.in(); c++) {
          int weight = (filter * g.in() + c) * g.kernelArea();
          visit(g, part * g.in() + c, weight, p, n * g.outputArea() + p, visitor);
        }
      }
    }
  }

  private static void visit(
      Geometry g, int channel, int weight, int p, int output, Visitor visitor) {
    int rows = g.count()[1];
    int columns = g.count()[2];
    for (int k = 0; k < g.kernelArea(); k++) {
      int z = g.meets(0, p / columns / rows, k / g.kernel()[2] / g.kernel()[1]);
      int y = g.meets(1, p / columns % rows, k / g.kernel()[2] % g.kernel()[1]);
      int x = g.meets(2, p % columns, k % g.kernel()[2]);
      boolean inside = z >= 0 && z < g.size()[0] && y >= 0 && y < g.size()[1];
      if (inside && x >= 0 && x < g.size()[2]) {
        int input = ((channel * g.size()[0] + z) * g.size()[1] + y) * g.size()[2] + x;
        visitor.visit(input, weight + k, output);
      }
    }
  }
}
