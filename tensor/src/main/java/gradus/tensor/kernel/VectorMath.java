package gradus.tensor.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The vector forms of arithmetic, roundings and elementary functions.
 * The ops call these instead of the vector's own methods: a class that passes a FloatVector where
 * a Vector is expected cannot even be verified without the vector module, and the classes of the
 * ops must load there.
 */
final class VectorMath {

  /** 2²³: added to a smaller number it leaves no room for a fraction. */
  private static final float INTEGRAL = 8388608f;

  private VectorMath() {}

  /** The number in every lane. */
  static FloatVector all(float x) {
    return FloatVector.broadcast(FloatLanes.SPECIES, x);
  }

  static FloatVector neg(FloatVector x) {
    return x.neg();
  }

  static FloatVector abs(FloatVector x) {
    return x.abs();
  }

  static FloatVector sign(FloatVector x) {
    return all(0)
        .blend(1, x.compare(VectorOperators.GT, 0))
        .blend(-1, x.compare(VectorOperators.LT, 0));
  }

  static FloatVector sqrt(FloatVector x) {
    return x.sqrt();
  }

  static FloatVector rsqrt(FloatVector x) {
    return all(1).div(x.sqrt());
  }

  static FloatVector reciprocal(FloatVector x) {
    return all(1).div(x);
  }

  static FloatVector scale(FloatVector x, float factor) {
    return x.mul(factor);
  }

  /** Half to even, by pushing the fraction out of the mantissa. */
  static FloatVector round(FloatVector x) {
    FloatVector size = x.abs();
    FloatVector rounded = size.add(INTEGRAL).sub(INTEGRAL);
    // From 2²³ on every float is an integer; the comparison also lets NaN pass.
    rounded = size.blend(rounded, size.compare(VectorOperators.LT, INTEGRAL));
    return withSign(rounded, x);
  }

  static FloatVector floor(FloatVector x) {
    FloatVector rounded = round(x);
    return rounded.sub(1, rounded.compare(VectorOperators.GT, x));
  }

  static FloatVector ceil(FloatVector x) {
    return floor(x.neg()).neg();
  }

  static FloatVector trunc(FloatVector x) {
    return withSign(floor(x.abs()), x);
  }

  static FloatVector frac(FloatVector x) {
    return x.sub(trunc(x));
  }

  /** A number without sign gets the sign of another, also that of −0. */
  static FloatVector withSign(FloatVector size, FloatVector sign) {
    var bits = sign.reinterpretAsInts().and(0x80000000);
    return size.reinterpretAsInts().or(bits).reinterpretAsFloats();
  }

  static FloatVector exp(FloatVector x) {
    return x.lanewise(VectorOperators.EXP);
  }

  static FloatVector expm1(FloatVector x) {
    return x.lanewise(VectorOperators.EXPM1);
  }

  static FloatVector log(FloatVector x) {
    return x.lanewise(VectorOperators.LOG);
  }

  static FloatVector log10(FloatVector x) {
    return x.lanewise(VectorOperators.LOG10);
  }

  static FloatVector log1p(FloatVector x) {
    return x.lanewise(VectorOperators.LOG1P);
  }

  static FloatVector sin(FloatVector x) {
    return x.lanewise(VectorOperators.SIN);
  }

  static FloatVector cos(FloatVector x) {
    return x.lanewise(VectorOperators.COS);
  }

  static FloatVector tan(FloatVector x) {
    return x.lanewise(VectorOperators.TAN);
  }

  static FloatVector asin(FloatVector x) {
    return x.lanewise(VectorOperators.ASIN);
  }

  static FloatVector acos(FloatVector x) {
    return x.lanewise(VectorOperators.ACOS);
  }

  static FloatVector atan(FloatVector x) {
    return x.lanewise(VectorOperators.ATAN);
  }

  static FloatVector sinh(FloatVector x) {
    return x.lanewise(VectorOperators.SINH);
  }

  static FloatVector cosh(FloatVector x) {
    return x.lanewise(VectorOperators.COSH);
  }

  static FloatVector tanh(FloatVector x) {
    return x.lanewise(VectorOperators.TANH);
  }

  static FloatVector add(FloatVector a, FloatVector b) {
    return a.add(b);
  }

  static FloatVector sub(FloatVector a, FloatVector b) {
    return a.sub(b);
  }

  static FloatVector mul(FloatVector a, FloatVector b) {
    return a.mul(b);
  }

  static FloatVector div(FloatVector a, FloatVector b) {
    return a.div(b);
  }

  static FloatVector max(FloatVector a, FloatVector b) {
    return a.max(b);
  }

  static FloatVector min(FloatVector a, FloatVector b) {
    return a.min(b);
  }

  /** As {@link Elementary#pow}: 1 to any power is 1. */
  static FloatVector pow(FloatVector a, FloatVector b) {
    FloatVector power = a.lanewise(VectorOperators.POW, b);
    var one = a.compare(VectorOperators.EQ, 1);
    var infinite = b.abs().compare(VectorOperators.EQ, Float.POSITIVE_INFINITY);
    return power.blend(1, one.or(a.compare(VectorOperators.EQ, -1).and(infinite)));
  }

  static FloatVector addcmul(FloatVector a, FloatVector b, FloatVector c) {
    return b.fma(c, a);
  }

  static FloatVector lerp(FloatVector a, FloatVector b, FloatVector w) {
    FloatVector span = b.sub(a);
    FloatVector fromEnd = b.sub(span.mul(all(1).sub(w)));
    return fromEnd.blend(w.fma(span, a), w.abs().compare(VectorOperators.LT, 0.5f));
  }
}
