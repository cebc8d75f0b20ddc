package gradus.tensor.kernel.math;

import gradus.tensor.kernel.FloatLanes;
import gradus.tensor.kernel.Lanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;

/**
 * The vector forms of arithmetic and roundings. The ops call these instead of the vector's own
 * methods: a class that passes a FloatVector where a Vector is expected cannot even be verified
 * without the vector module, and the classes of the ops must load there.
 */
public final class VectorMath {

  /** 2²³: added to a smaller number it leaves no room for a fraction. */
  private static final float INTEGRAL = 8388608f;

  private static final VectorShuffle<Float> HALF = rotation(2);
  private static final VectorShuffle<Float> QUARTER = rotation(4);
  private static final VectorShuffle<Float> EIGHTH = rotation(8);
  private static final VectorShuffle<Float> SIXTEENTH = rotation(16);

  private VectorMath() {}

  /** The number in every lane. */
  static FloatVector all(float x) {
    return FloatVector.broadcast(FloatLanes.SPECIES, x);
  }

  public static FloatVector neg(FloatVector x) {
    return x.neg();
  }

  public static FloatVector abs(FloatVector x) {
    return x.abs();
  }

  public static FloatVector sign(FloatVector x) {
    return all(0)
        .blend(1, x.compare(VectorOperators.GT, 0))
        .blend(-1, x.compare(VectorOperators.LT, 0));
  }

  public static FloatVector sqrt(FloatVector x) {
    return x.sqrt();
  }

  public static FloatVector rsqrt(FloatVector x) {
    return all(1).div(x.sqrt());
  }

  public static FloatVector reciprocal(FloatVector x) {
    return all(1).div(x);
  }

  public static FloatVector scale(FloatVector x, float factor) {
    return x.mul(factor);
  }

  /** Half to even, by pushing the fraction out of the mantissa. */
  public static FloatVector round(FloatVector x) {
    FloatVector size = x.abs();
    FloatVector rounded = size.add(INTEGRAL).sub(INTEGRAL);
    // From 2²³ on every float is an integer; the comparison also lets NaN pass.
    rounded = size.blend(rounded, size.compare(VectorOperators.LT, INTEGRAL));
    return withSign(rounded, x);
  }

  public static FloatVector floor(FloatVector x) {
    FloatVector rounded = round(x);
    return rounded.sub(1, rounded.compare(VectorOperators.GT, x));
  }

  public static FloatVector ceil(FloatVector x) {
    return floor(x.neg()).neg();
  }

  public static FloatVector trunc(FloatVector x) {
    return withSign(floor(x.abs()), x);
  }

  public static FloatVector frac(FloatVector x) {
    return x.sub(trunc(x));
  }

  /** A number without sign gets the sign of another, also that of −0. */
  static FloatVector withSign(FloatVector size, FloatVector sign) {
    var bits = sign.reinterpretAsInts().and(0x80000000);
    return size.reinterpretAsInts().or(bits).reinterpretAsFloats();
  }

  public static FloatVector add(FloatVector a, FloatVector b) {
    return a.add(b);
  }

  public static FloatVector sub(FloatVector a, FloatVector b) {
    return a.sub(b);
  }

  public static FloatVector mul(FloatVector a, FloatVector b) {
    return a.mul(b);
  }

  public static FloatVector div(FloatVector a, FloatVector b) {
    return a.div(b);
  }

  public static FloatVector max(FloatVector a, FloatVector b) {
    return a.max(b);
  }

  public static FloatVector min(FloatVector a, FloatVector b) {
    return a.min(b);
  }

  public static FloatVector greater(FloatVector a, FloatVector b) {
    return all(0).blend(1, a.compare(VectorOperators.GT, b));
  }

  public static FloatVector greaterEqual(FloatVector a, FloatVector b) {
    return all(0).blend(1, a.compare(VectorOperators.GE, b));
  }

  public static FloatVector where(FloatVector condition, FloatVector a, FloatVector b) {
    return a.blend(b, condition.compare(VectorOperators.EQ, 0));
  }

  public static FloatVector addcmul(FloatVector a, FloatVector b, FloatVector c) {
    return b.fma(c, a);
  }

  public static FloatVector lerp(FloatVector a, FloatVector b, FloatVector w) {
    FloatVector span = b.sub(a);
    FloatVector fromEnd = b.sub(span.mul(all(1).sub(w)));
    return fromEnd.blend(w.fma(span, a), w.abs().compare(VectorOperators.LT, 0.5f));
  }

  private static VectorShuffle<Float> rotation(int part) {
    int lanes = FloatLanes.SPECIES.length();
    return VectorShuffle.iota(FloatLanes.SPECIES, Math.max(1, lanes / part), 1, true);
  }

  /**
   * The sum of all lanes, always in the same order. {@code reduceLanes(ADD)} may add in another
   * order once it is compiled, and the same program would give other bits when warm.
   */
  public static float sum(FloatVector x) {
    x = x.add(x.rearrange(HALF));
    x = x.add(x.rearrange(QUARTER));
    if (Lanes.COUNT > 4) {
      x = x.add(x.rearrange(EIGHTH));
    }
    if (Lanes.COUNT > 8) {
      x = x.add(x.rearrange(SIXTEENTH));
    }
    return x.lane(0);
  }
}
