package gradus.tensor;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.kernel.Parallel;
import gradus.tensor.kernel.op.Binary;
import gradus.tensor.kernel.op.Ternary;
import gradus.tensor.kernel.op.TernaryOps;
import gradus.tensor.kernel.op.Unary;
import gradus.tensor.kernel.op.UnaryOps;
import gradus.tensor.kernel.pointwise.Pointwise;
import java.util.Map;

/**
 * How elementwise ops run: promote, broadcast, then one loop; FLOAT32 on the fast kernels, anything
 * else on the reference path.
 */
final class Elementwise {
  private static final int[] UNIT = {1};

  /** The exponents whose powers take a few multiplications or a root; the same as in PyTorch. */
  static final Map<Double, Unary> POWERS =
      Map.of(
          1.0, UnaryOps.IDENTITY,
          2.0, UnaryOps.SQUARE,
          3.0, UnaryOps.CUBE,
          0.5, UnaryOps.SQRT,
          -0.5, UnaryOps.RSQRT,
          -1.0, UnaryOps.RECIPROCAL,
          -2.0, UnaryOps.INVERSE_SQUARE);

  private Elementwise() {}

  /** An op of real numbers: integers become FLOAT32 first. */
  static Tensor floating(Op op, Unary f, Tensor x) {
    return unary(op, f, x.to(x.dtype().orFloat()));
  }

  static Tensor unary(Op op, Unary f, Tensor x) {
    try {
      return Tensor.record(op, map(f, x), x);
    } catch (UnsupportedOperationException e) {
      throw Errors.dtype(label(op), "input", "FLOAT32 or FLOAT64", x.dtype(), "Use x.toFloat().");
    }
  }

  static Tensor map(Unary f, Tensor x) {
    Shape shape = x.shape();
    switch (x.dtype()) {
      case FLOAT32 -> {
        if (f.getClass().isHidden()) {
          return plain(f, x);
        }
        int n = shape.numel();
        float[] out = ArrayPool.floats(shape);
        if (x.isContiguous()) {
          Pointwise.unary(f, Dense.array(x), x.offset, UNIT, out, 0, UNIT, new int[] {n});
        } else if (n > 0) {
          Pointwise.unary(
              f, Dense.array(x), x.offset, x.strides, out, 0, shape.strides(), shape.raw());
        }
        return Dense.of(out, shape);
      }
      case FLOAT64 -> {
        double[] v = Dense.doubles(x);
        for (int i = 0; i < v.length; i++) {
          v[i] = f.apply(v[i]);
        }
        return Dense.of(v, DType.FLOAT64, shape);
      }
      default -> {
        long[] v = Dense.longs(x);
        for (int i = 0; i < v.length; i++) {
          v[i] = f.apply(v[i]);
        }
        return Dense.of(v, x.dtype(), shape);
      }
    }
  }

  /**
   * A lambda gets no loop of its own: there may be a new one for each call, and loops are kept for
   * good.
   */
  private static Tensor plain(Unary f, Tensor x) {
    float[] v = Dense.floats(x);
    Parallel.rows(
        v.length,
        16,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            v[i] = f.apply(v[i]);
          }
        });
    return Dense.wrap(v, x.shape());
  }

  /** An op of two tensors that takes any numeric dtype. */
  static Tensor binary(Op op, Binary f, Tensor a, Tensor b) {
    return binary(op, f, a, b, Promotion.resultType(a, b));
  }

  /** An op of real numbers. */
  static Tensor floating(Op op, Binary f, Tensor a, Tensor b) {
    return binary(op, f, a, b, Promotion.resultType(a, b).orFloat());
  }

  private static Tensor binary(Op op, Binary f, Tensor a, Tensor b, DType dtype) {
    // The label is made only where it is needed: an op on few elements takes less time than that.
    boolean alike = a.shape().equals(b.shape());
    Shape shape = alike ? a.shape() : Shape.broadcast(label(op), a.shape(), b.shape());
    if (a.wrappedNumber || b.wrappedNumber) {
      checkNumber(label(op), a, dtype);
      checkNumber(label(op), b, dtype);
    }
    Tensor x = fit(a, dtype, shape);
    Tensor y = fit(b, dtype, shape);
    try {
      return Tensor.record(op, map(f, x, y), x, y);
    } catch (ArithmeticException e) {
      throw Errors.divisionByZero(divisionLabel(op), dtype);
    } catch (UnsupportedOperationException e) {
      throw Errors.dtype(label(op), "an operand", "FLOAT32 or FLOAT64", dtype, "Use x.toFloat().");
    }
  }

  /** A plain number yields to the tensor's dtype, which may be too narrow for it. */
  static void checkNumber(String op, Tensor x, DType dtype) {
    if (x.wrappedNumber && dtype == DType.INT32 && !x.dtype().isFloatingPoint()) {
      Tensor.checkHeld(op, x.itemLong(), dtype);
    }
  }

  /** A division's name as users write it. */
  private static String divisionLabel(Op op) {
    return switch (op) {
      case Op.Modulo(boolean floor) -> floor ? "remainder" : "fmod";
      case Op.Steps(String kind) when kind.equals("TruncDivide") -> "div";
      default -> label(op);
    };
  }

  /** The same tensor in the dtype and shape an op works in; both conversions are recorded ops. */
  static Tensor fit(Tensor x, DType dtype, Shape shape) {
    Tensor y = x.to(dtype);
    return y.shape().equals(shape) ? y : Views.of(y, new Op.Expand(shape));
  }

  /** Both of one shape and dtype. */
  static Tensor map(Binary f, Tensor a, Tensor b) {
    Shape shape = a.shape();
    switch (a.dtype()) {
      case FLOAT32 -> {
        int n = shape.numel();
        float[] out = ArrayPool.floats(shape);
        if (a.isContiguous() && b.isContiguous()) {
          int[] all = {n};
          Pointwise.binary(
              f, Dense.array(a), a.offset, UNIT, Dense.array(b), b.offset, UNIT, out, 0, UNIT, all);
        } else if (n > 0) {
          Pointwise.binary(
              f,
              Dense.array(a),
              a.offset,
              a.strides,
              Dense.array(b),
              b.offset,
              b.strides,
              out,
              0,
              shape.strides(),
              shape.raw());
        }
        return Dense.of(out, shape);
      }
      case FLOAT64 -> {
        double[] x = Dense.doubles(a);
        double[] y = Dense.doubles(b);
        for (int i = 0; i < x.length; i++) {
          x[i] = f.apply(x[i], y[i]);
        }
        return Dense.of(x, DType.FLOAT64, shape);
      }
      default -> {
        long[] x = Dense.longs(a);
        long[] y = Dense.longs(b);
        boolean narrow = a.dtype() == DType.INT32;
        for (int i = 0; i < x.length; i++) {
          x[i] = f.apply(x[i], y[i]);
          x[i] = narrow ? (int) x[i] : x[i];
        }
        return Dense.of(x, a.dtype(), shape);
      }
    }
  }

  /**
   * Whether an in-place op may write straight into self's memory: both FLOAT32, other broadcasting
   * to self.
   */
  private static boolean fits(Tensor self, Tensor other) {
    if (self.dtype() != DType.FLOAT32 || self.numel() == 0 || other.dim() > self.dim()) {
      return false;
    }
    for (int d = 0; d < self.dim(); d++) {
      if (self.strides[d] == 0 && self.size(d) > 1) {
        return false;
      }
    }
    return other.wrappedNumber
        || (other.dtype() == DType.FLOAT32
            && Shape.broadcast("", other.shape(), self.shape()).equals(self.shape()));
  }

  /**
   * {@code self = f(self, other)} in self's own memory where that is possible; says whether it was.
   */
  static boolean into(Binary f, Tensor self, Tensor other) {
    if (!fits(self, other)) {
      return false;
    }
    Tensor x = self.detach();
    Tensor y = other.wrappedNumber ? constant(other.item(), x) : other;
    int[] strides = Views.expandStrides(y, x.shape());
    float[] to = Dense.array(x);
    Pointwise.binary(
        f,
        to,
        x.offset,
        x.strides,
        Dense.array(y),
        y.offset,
        strides,
        to,
        x.offset,
        x.strides,
        x.shape().raw());
    return true;
  }

  /**
   * {@code self += alpha · other} in self's own memory where that is possible; says whether it was.
   */
  static boolean addInto(Tensor self, Tensor other, double alpha) {
    if (!fits(self, other)) {
      return false;
    }
    Tensor x = self.detach();
    Tensor c = constant(alpha, x);
    int[] strides = Views.expandStrides(other, x.shape());
    float[] to = Dense.array(x);
    Pointwise.ternary(
        TernaryOps.ADDCMUL,
        to,
        x.offset,
        x.strides,
        Dense.array(other),
        other.offset,
        strides,
        Dense.array(c),
        c.offset,
        c.strides,
        to,
        x.offset,
        x.strides,
        x.shape().raw());
    return true;
  }

  /** Of one tensor and two numbers, such as clamp. */
  static Tensor parametric(Op op, Ternary f, Tensor x, double p, double q) {
    return Tensor.record(op, map(f, x, constant(p, x), constant(q, x)), x);
  }

  /** Of one tensor and one number, such as leaky relu. */
  static Tensor parametric(Op op, Binary f, Tensor x, double p) {
    return Tensor.record(op, map(f, x, constant(p, x)), x);
  }

  /** A number as a tensor of x's dtype, expanded to x's shape; it takes no memory to speak of. */
  static Tensor constant(double value, Tensor x) {
    Tensor c = Dense.of(new double[] {value}, x.dtype(), Shape.of());
    return new Tensor(c.storage, x.dtype(), x.shape(), new int[x.dim()], 0);
  }

  /** All of one shape and dtype, floating. */
  static Tensor map(Ternary f, Tensor a, Tensor b, Tensor c) {
    Shape shape = a.shape();
    if (a.dtype() == DType.FLOAT32) {
      float[] out = ArrayPool.floats(shape);
      if (shape.numel() > 0) {
        Pointwise.ternary(
            f,
            Dense.array(a),
            a.offset,
            a.strides,
            Dense.array(b),
            b.offset,
            b.strides,
            Dense.array(c),
            c.offset,
            c.strides,
            out,
            0,
            shape.strides(),
            shape.raw());
      }
      return Dense.of(out, shape);
    }
    double[] x = Dense.doubles(a);
    double[] y = Dense.doubles(b);
    double[] z = Dense.doubles(c);
    for (int i = 0; i < x.length; i++) {
      x[i] = f.apply(x[i], y[i], z[i]);
    }
    return Dense.of(x, a.dtype(), shape);
  }

  /** Bitwise ops want whole numbers. */
  static void wholeNumbers(String op, Tensor... operands) {
    for (Tensor t : operands) {
      if (given(t).dtype().isFloatingPoint()) {
        throw Errors.dtype(op, "an operand", "integral or BOOL", t.dtype(), "Use x.toLong().");
      }
    }
  }

  /** {@code a}, after checking that both hold whole numbers and not both truth values. */
  static Tensor integers(String op, Tensor a, Tensor b) {
    wholeNumbers(op, a, b);
    if (Promotion.resultType(a, b) == DType.BOOL) {
      throw Errors.dtype(op, "an operand", "integral", DType.BOOL, "Use x.toLong().");
    }
    return a;
  }

  /** Some ops do not promote: both must have one dtype. */
  static void sameDType(String op, Tensor self, Tensor other) {
    if (self.dtype() != given(other).dtype()) {
      throw Errors.dtype(
          op,
          "an operand",
          self.dtype() + " as self",
          other.dtype(),
          "Use y.to(DType." + self.dtype() + ").");
    }
  }

  /** A factor of whole numbers is a whole number: its fraction is dropped. */
  static Number inCategory(Number value, DType dtype) {
    given(value, Number.class);
    return dtype.isFloatingPoint() ? value : (Number) value.longValue();
  }

  /** The op's name as users write it: {@code Add} is {@code add}. */
  static String label(Op op) {
    String name = op.name();
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }
}
