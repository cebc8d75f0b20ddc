package gradus.conformance;

import gradus.tensor.DType;
import gradus.tensor.Shape;
import gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Recorded against computed, within the tolerances the samples suggest. */
final class Compare {
  private Compare() {}

  /** What an expectation failed at. */
  static final class Mismatch extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * Of each element that differs, what was expected and what came; empty if it is not elements.
     */
    final transient List<double[]> elements;

    Mismatch(String message) {
      this(message, List.of());
    }

    private Mismatch(String message, List<double[]> elements) {
      super(message, null, false, false);
      this.elements = elements;
    }
  }

  static void check(String what, Tensor expected, Tensor got, double f32Error, boolean magnitude) {
    Tensor dense = got.toDense();
    if (!expected.shape().equals(dense.shape())) {
      throw new Mismatch(what + ": shape " + dense.shape() + ", expected " + expected.shape());
    }
    if (expected.dtype() != dense.dtype()) {
      throw new Mismatch(what + ": dtype " + dense.dtype() + ", expected " + expected.dtype());
    }
    boolean single = expected.dtype() == DType.FLOAT32;
    double rtol = single ? 1.3e-6 : 1e-7;
    double atol = single ? Math.max(1e-5, 4 * f32Error) : 1e-7;
    if (!expected.dtype().isFloatingPoint()) {
      rtol = 0;
      atol = 0;
    }
    double[] e = expected.toDoubleArray();
    double[] g = dense.toDoubleArray();
    var wrong = new ArrayList<double[]>();
    int first = -1;
    for (int i = 0; i < e.length; i++) {
      double x = magnitude ? Math.abs(e[i]) : e[i];
      double y = magnitude ? Math.abs(g[i]) : g[i];
      boolean same =
          x == y
              || (Double.isNaN(x) && Double.isNaN(y))
              || Math.abs(x - y) <= atol + rtol * Math.abs(x);
      if (!same) {
        first = first < 0 ? i : first;
        wrong.add(new double[] {e[i], g[i]});
      }
    }
    if (first >= 0) {
      throw new Mismatch(
          what + ": element " + first + " is " + g[first] + ", expected " + e[first], wrong);
    }
  }

  /** Compares an output with its {@code $out} object, or a plain value. */
  static void output(Golden golden, Object json, Object got, double f32Error, boolean magnitude) {
    if (json instanceof Map<?, ?> map && map.containsKey("$out")) {
      Map<?, ?> out = (Map<?, ?>) map.get("$out");
      DType dtype = Golden.dtype((String) out.get("dtype"));
      if (!(got instanceof Tensor tensor)) {
        throw new Mismatch("result is " + got + ", expected a tensor");
      }
      Tensor expected = golden.tensor((String) out.get("data"));
      Shape shape = Shape.of(Golden.ints((List<?>) out.get("shape")));
      check("result", expected.reshape(shape.toArray()).to(dtype), tensor, f32Error, magnitude);
      return;
    }
    Object expected = golden.new Reader().value(json);
    boolean same =
        switch (expected) {
          case Boolean b -> b.equals(got);
          case Number n -> got instanceof Number g && g.doubleValue() == n.doubleValue();
          case null -> got == null;
          default -> expected.equals(got);
        };
    if (!same) {
      throw new Mismatch("result is " + got + ", expected " + expected);
    }
  }
}
