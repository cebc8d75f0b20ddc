package gradus.tensor.kernel.math;

import static gradus.tensor.kernel.math.PlainTrigonometry.HALF_PI;
import static gradus.tensor.kernel.math.PlainTrigonometry.HALF_PI_LOW;
import static gradus.tensor.kernel.math.PlainTrigonometry.HALF_PI_LOWEST;
import static gradus.tensor.kernel.math.PlainTrigonometry.SHIFT;
import static gradus.tensor.kernel.math.PlainTrigonometry.TWO_BY_PI;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.XOR;

import gradus.tensor.kernel.FloatLanes;
import java.util.function.DoubleUnaryOperator;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector forms of sine and cosine, within 1 ulp. As in {@link VectorExponential} they are made
 * of additions and multiplications only, with polynomials fitted for this library: minimax, below
 * 4e-9 before rounding to float.
 */
public final class VectorTrigonometry {

  private static final VectorSpecies<Float> S = FloatLanes.SPECIES;

  private VectorTrigonometry() {}

  public static FloatVector sin(FloatVector x) {
    FloatVector shifted = x.fma(broadcast(S, TWO_BY_PI), broadcast(S, SHIFT));
    return ofQuarter(x, shifted.sub(SHIFT), shifted.reinterpretAsInts());
  }

  /** The sine, a quarter turn on. */
  public static FloatVector cos(FloatVector x) {
    FloatVector shifted = x.fma(broadcast(S, TWO_BY_PI), broadcast(S, SHIFT));
    return ofQuarter(x, shifted.sub(SHIFT), shifted.reinterpretAsInts().add(1));
  }

  /** sin(r + quarter·π/2) with r = x − n·π/2. */
  private static FloatVector ofQuarter(FloatVector x, FloatVector n, IntVector quarter) {
    // The first difference is exact: a multiple of 2⁻²⁴ below 1. Of the second, rest is what its
    // rounding took, so that a small r keeps all its digits.
    FloatVector first = n.fma(broadcast(S, -HALF_PI), x);
    FloatVector product = n.mul(HALF_PI_LOW);
    FloatVector r = first.sub(product);
    FloatVector rest =
        first.sub(r).sub(product).sub(n.fma(broadcast(S, HALF_PI_LOW), product.neg()));
    rest = n.fma(broadcast(S, -HALF_PI_LOWEST), rest);
    FloatVector square = r.mul(r);
    FloatVector cos = cosine(r, rest, square);
    IntVector odd = quarter.lanewise(LSHL, 31).lanewise(ASHR, 31);
    IntVector bits =
        sine(r, rest, square, cos).reinterpretAsInts().bitwiseBlend(cos.reinterpretAsInts(), odd);
    // Two quarters turn the sign.
    return bits.lanewise(XOR, quarter.lanewise(LSHL, 30).and(0x80000000)).reinterpretAsFloats();
  }

  /** sin(r + rest) = sin r + rest·cos r. */
  private static FloatVector sine(
      FloatVector r, FloatVector rest, FloatVector square, FloatVector cos) {
    FloatVector p = square.fma(broadcast(S, -0.000195186207f), broadcast(S, 0.00833219104f));
    p = p.fma(square, broadcast(S, -0.166666552f)).mul(square.mul(r));
    return rest.fma(cos, p).add(r);
  }

  /** cos(r + rest) = cos r − rest·r, and cos r = 1 − r²/2 + …. */
  private static FloatVector cosine(FloatVector r, FloatVector rest, FloatVector square) {
    FloatVector p = square.fma(broadcast(S, 2.4432562e-05f), broadcast(S, -0.00138873106f));
    p = p.fma(square, broadcast(S, 0.0416666456f)).mul(square.mul(square));
    FloatVector start = square.fma(broadcast(S, -0.5f), broadcast(S, 1));
    FloatVector lost = square.fma(broadcast(S, -0.5f), broadcast(S, 1).sub(start));
    return r.neg().fma(rest, p.add(lost)).add(start);
  }

  /** {@code f} lane by lane, for the few arguments beyond {@link PlainTrigonometry#LIMIT}. */
  public static FloatVector each(FloatVector x, DoubleUnaryOperator f) {
    float[] lanes = x.toArray();
    for (int i = 0; i < lanes.length; i++) {
      lanes[i] = (float) f.applyAsDouble(lanes[i]);
    }
    return FloatVector.fromArray(S, lanes, 0);
  }
}
