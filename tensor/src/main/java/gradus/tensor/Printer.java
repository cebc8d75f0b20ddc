package gradus.tensor;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A tensor as text, laid out as PyTorch prints it: precision 4, edge items 3, threshold 1000, line
 * width 80.
 */
final class Printer {
  private static final int PRECISION = 4;
  private static final int EDGE = 3;
  private static final int THRESHOLD = 1000;
  private static final int LINE = 80;
  private static final String PREFIX = "tensor(";

  private final Tensor tensor;
  private final boolean summarize;
  private boolean integers = true;
  private boolean scientific;
  private int width = 1;

  private Printer(Tensor tensor) {
    this.tensor = tensor;
    this.summarize = tensor.numel() > THRESHOLD;
  }

  static String print(Tensor tensor) {
    try (var _ = GradMode.noGrad()) {
      if (tensor.isSparse()) {
        return sparse(tensor);
      }
      String body = tensor.numel() == 0 ? "[]" : new Printer(tensor).body();
      return withSuffixes(PREFIX + body, suffixes(tensor));
    }
  }

  /** Indices and values below each other, lines of the values indented to where they begin. */
  private static String sparse(Tensor tensor) {
    String label = "values=";
    String indent = "\n" + " ".repeat(PREFIX.length());
    String values = tensor.values().toString().replace("\n", indent + " ".repeat(label.length()));
    String size =
        "size=" + size(tensor) + ", nnz=" + tensor.indices().numel() + ", layout=row_sparse";
    return "%sindices=%s,%s%s%s,%s%s)"
        .formatted(PREFIX, tensor.indices(), indent, label, values, indent, size);
  }

  private static String size(Tensor tensor) {
    String sizes = tensor.shape().toString();
    return "(" + sizes.substring(1, sizes.length() - 1) + (tensor.dim() == 1 ? ",)" : ")");
  }

  private static List<String> suffixes(Tensor tensor) {
    var out = new ArrayList<String>();
    DType dtype = tensor.dtype();
    if (tensor.numel() == 0 && tensor.dim() != 1) {
      out.add("size=" + size(tensor));
    }
    boolean usual = dtype == DType.FLOAT32 || dtype == DType.BOOL || dtype == DType.INT64;
    if (tensor.numel() == 0 ? dtype != DType.FLOAT32 : !usual) {
      out.add("dtype=" + dtype.torchName());
    }
    if (tensor.node().isPresent()) {
      out.add("grad_fn=<" + GradFnNames.of(tensor.node().get()) + ">");
    } else if (tensor.requiresGrad()) {
      out.add("requires_grad=True");
    }
    return out;
  }

  private static String withSuffixes(String text, List<String> suffixes) {
    var out = new StringBuilder(text);
    int lastLine = text.length() - text.lastIndexOf('\n') + 1;
    for (String suffix : suffixes) {
      if (lastLine + suffix.length() + 2 > LINE) {
        out.append(",\n").repeat(' ', PREFIX.length()).append(suffix);
        lastLine = PREFIX.length() + suffix.length();
      } else {
        out.append(", ").append(suffix);
        lastLine += suffix.length() + 2;
      }
    }
    return out.append(')').toString();
  }

  private String body() {
    var shown = new ArrayList<Double>();
    collect(tensor, shown);
    if (tensor.dtype().isFloatingPoint()) {
      chooseFloatFormat(shown);
    } else {
      measureIntegers(tensor);
    }
    return text(tensor, PREFIX.length());
  }

  /** The elements that will be printed. */
  private void collect(Tensor t, List<Double> out) {
    if (t.dim() == 0) {
      out.add(t.item());
      return;
    }
    for (int i : visible(t)) {
      if (i >= 0) {
        collect(t.select(0, i), out);
      }
    }
  }

  /** The indices of the first dimension that are printed, −1 standing for "...". */
  private int[] visible(Tensor t) {
    int n = t.size(0);
    if (!summarize || n <= 2 * EDGE) {
      int[] all = new int[n];
      Arrays.setAll(all, i -> i);
      return all;
    }
    int[] edges = new int[2 * EDGE + 1];
    for (int i = 0; i < EDGE; i++) {
      edges[i] = i;
      edges[EDGE + 1 + i] = n - EDGE + i;
    }
    edges[EDGE] = -1;
    return edges;
  }

  private void measureIntegers(Tensor t) {
    if (t.dim() == 0) {
      width = Math.max(width, plain(t).length());
      return;
    }
    for (int i : visible(t)) {
      if (i >= 0) {
        measureIntegers(t.select(0, i));
      }
    }
  }

  private static String plain(Tensor scalar) {
    if (scalar.dtype() == DType.BOOL) {
      return scalar.itemBoolean() ? "True" : "False";
    }
    return Long.toString(scalar.itemLong());
  }

  private void chooseFloatFormat(List<Double> shown) {
    double[] v =
        shown.stream().mapToDouble(d -> d).filter(d -> Double.isFinite(d) && d != 0).toArray();
    if (v.length == 0) {
      return;
    }
    double min = Double.POSITIVE_INFINITY;
    double max = 0;
    for (double d : v) {
      min = Math.min(min, Math.abs(d));
      max = Math.max(max, Math.abs(d));
      integers &= d == Math.ceil(d);
    }
    scientific = max / min > 1000 || max > 1e8 || (!integers && min < 1e-4);
    for (double d : v) {
      width = Math.max(width, number(d).length());
    }
  }

  private String number(double d) {
    if (Double.isNaN(d)) {
      return "nan";
    }
    if (Double.isInfinite(d)) {
      return d > 0 ? "inf" : "-inf";
    }
    if (scientific) {
      return exponential(d);
    }
    return fixed(d, integers ? 0 : PRECISION) + (integers ? "." : "");
  }

  private static String fixed(double d, int decimals) {
    String text =
        new BigDecimal(d).setScale(decimals, RoundingMode.HALF_EVEN).abs().toPlainString();
    return negative(d) ? "-" + text : text;
  }

  private static boolean negative(double d) {
    return d < 0 || (d == 0 && 1 / d < 0);
  }

  private static String exponential(double d) {
    BigDecimal rounded =
        new BigDecimal(Math.abs(d)).round(new MathContext(PRECISION + 1, RoundingMode.HALF_EVEN));
    int exponent = d == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
    String digits =
        rounded.movePointLeft(exponent).setScale(PRECISION, RoundingMode.HALF_EVEN).toPlainString();
    String power =
        Math.abs(exponent) < 10 ? "0" + Math.abs(exponent) : Integer.toString(Math.abs(exponent));
    return (negative(d) ? "-" : "") + digits + "e" + (exponent < 0 ? "-" : "+") + power;
  }

  private String padded(Tensor scalar) {
    String text = tensor.dtype().isFloatingPoint() ? number(scalar.item()) : plain(scalar);
    return " ".repeat(Math.max(0, width - text.length())) + text;
  }

  private String text(Tensor t, int indent) {
    if (t.dim() == 0) {
      return padded(t);
    }
    if (t.dim() == 1) {
      return row(t, indent);
    }
    var parts = new ArrayList<String>();
    for (int i : visible(t)) {
      parts.add(i < 0 ? "..." : text(t.select(0, i), indent + 1));
    }
    return "[" + String.join("," + "\n".repeat(t.dim() - 1) + " ".repeat(indent + 1), parts) + "]";
  }

  private String row(Tensor t, int indent) {
    var parts = new ArrayList<String>();
    for (int i : visible(t)) {
      parts.add(i < 0 ? " ..." : padded(t.select(0, i)));
    }
    int perLine = Math.max(1, (LINE - indent) / (width + 2));
    var lines = new ArrayList<String>();
    for (int i = 0; i < parts.size(); i += perLine) {
      lines.add(String.join(", ", parts.subList(i, Math.min(parts.size(), i + perLine))));
    }
    return "[" + String.join(",\n" + " ".repeat(indent + 1), lines) + "]";
  }
}
