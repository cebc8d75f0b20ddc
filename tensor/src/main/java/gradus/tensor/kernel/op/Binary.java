package gradus.tensor.kernel.op;

import gradus.tensor.kernel.math.Integers;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;

/**
 * What happens to two elements: {@code y = f(a, b)}; see {@link Unary} for how the forms relate.
 */
@FunctionalInterface
public interface Binary {

  /** {@code f(a, b)} for FLOAT64; the reference of all other forms. */
  double apply(double a, double b);

  /** {@code f(a, b)} for FLOAT32. */
  default float apply(float a, float b) {
    return (float) apply((double) a, (double) b);
  }

  /** {@code f(a, b)} for the integer types; fails unless the op is one of integers. */
  default long apply(long a, long b) {
    throw new UnsupportedOperationException(
        "This op has no form for integers. Convert with toFloat().");
  }

  /** An op with a form for doubles and one for integers. */
  static Binary of(DoubleBinaryOperator doubles, LongBinaryOperator longs) {
    record Both(DoubleBinaryOperator doubles, LongBinaryOperator longs) implements Binary {
      @Override
      public double apply(double a, double b) {
        return doubles.applyAsDouble(a, b);
      }

      @Override
      public long apply(long a, long b) {
        return longs.applyAsLong(a, b);
      }
    }

    return new Both(doubles, longs);
  }

  /** An op of integers only. */
  static Binary integers(LongBinaryOperator longs) {
    return of((_, _) -> Integers.onlyIntegers(), longs);
  }
}
