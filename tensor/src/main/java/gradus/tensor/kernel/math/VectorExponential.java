package gradus.tensor.kernel.math;

import static gradus.tensor.kernel.math.PlainExponential.LN2_HIGH;
import static gradus.tensor.kernel.math.PlainExponential.LN2_LOW;
import static gradus.tensor.kernel.math.PlainExponential.LOG10_2_HIGH;
import static gradus.tensor.kernel.math.PlainExponential.LOG10_2_LOW;
import static gradus.tensor.kernel.math.PlainExponential.LOG2_E;
import static gradus.tensor.kernel.math.PlainExponential.LOG_OF_MIN_NORMAL;
import static gradus.tensor.kernel.math.PlainExponential.ONE_BITS;
import static gradus.tensor.kernel.math.PlainExponential.SHIFT;
import static gradus.tensor.kernel.math.PlainExponential.SHIFT_BITS;
import static gradus.tensor.kernel.math.PlainExponential.SQRT_HALF_BITS;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import gradus.tensor.kernel.FloatLanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector forms of exponentials and logarithms, made of additions and multiplications only. The
 * operators the Vector API has for them give one result while the code is interpreted and another
 * once it is compiled (and are slow where the JDK brings no library for the processor). Here the
 * same input gives the same bits, always and everywhere. Keep them short: a method of more than 325
 * bytecodes, or one called after about fifty vector operations, is no longer inlined into its loop,
 * and then every vector goes through the heap, ten times slower. For the same reason constants are
 * broadcast without a helper. The polynomials were fitted for this library: minimax in the relative
 * error, below 1e-8 before rounding to float.
 */
public final class VectorExponential {

  private static final VectorSpecies<Float> S = FloatLanes.SPECIES;

  private VectorExponential() {}

  /** eˣ within 1 ulp, also of denormal results. */
  public static FloatVector exp(FloatVector x) {
    FloatVector shifted = x.fma(broadcast(S, LOG2_E), broadcast(S, SHIFT));
    FloatVector p = expOfRest(x, shifted.sub(SHIFT));
    // 2ⁿ in two factors: n may lie outside the exponents of a float although the result does not.
    IntVector n = shifted.reinterpretAsInts().sub(SHIFT_BITS);
    IntVector half = n.lanewise(ASHR, 1);
    FloatVector result = p.mul(power(half)).mul(power(n.sub(half)));
    return result
        .blend(Float.POSITIVE_INFINITY, x.compare(GT, 88.8f))
        .blend(0, x.compare(LT, -104));
  }

  /** eˣ for x up to 80, within 1 ulp, in fewer steps: results below 1.2e-38 become 0. NaN stays. */
  static FloatVector expOfNegative(FloatVector x) {
    FloatVector shifted = x.fma(broadcast(S, LOG2_E), broadcast(S, SHIFT));
    FloatVector p = expOfRest(x, shifted.sub(SHIFT));
    // n stands in the lowest bits: pushed up by 23 it is an exponent, and the rest is gone.
    IntVector bits = shifted.reinterpretAsInts().lanewise(LSHL, 23).add(ONE_BITS);
    return p.mul(bits.reinterpretAsFloats()).blend(0, x.compare(LT, LOG_OF_MIN_NORMAL));
  }

  /** The same of x + rest, for a rest that is lost in x. */
  static FloatVector expOfNegative(FloatVector x, FloatVector rest) {
    FloatVector shifted = x.fma(broadcast(S, LOG2_E), broadcast(S, SHIFT));
    FloatVector n = shifted.sub(SHIFT);
    FloatVector r = n.fma(broadcast(S, -LN2_HIGH), x).add(n.fma(broadcast(S, -LN2_LOW), rest));
    IntVector bits = shifted.reinterpretAsInts().lanewise(LSHL, 23).add(ONE_BITS);
    return expNear0(r).mul(bits.reinterpretAsFloats()).blend(0, x.compare(LT, LOG_OF_MIN_NORMAL));
  }

  /** eʳ with r = x − n·log 2, |r| ≤ log(2)/2. */
  private static FloatVector expOfRest(FloatVector x, FloatVector n) {
    return expNear0(n.fma(broadcast(S, -LN2_LOW), n.fma(broadcast(S, -LN2_HIGH), x)));
  }

  /** eʳ for |r| ≤ log(2)/2. */
  private static FloatVector expNear0(FloatVector r) {
    FloatVector p = r.fma(broadcast(S, 0.00139505998f), broadcast(S, 0.00836895406f));
    p = p.fma(r, broadcast(S, 0.041666206f)).fma(r, broadcast(S, 0.166665182f));
    p = p.fma(r, broadcast(S, 0.5f)).fma(r, broadcast(S, 1));
    return p.fma(r, broadcast(S, 1));
  }

  /** 2ˣ within 1 ulp, also of denormal results. */
  public static FloatVector exp2(FloatVector x) {
    FloatVector shifted = x.add(SHIFT);
    FloatVector r = x.sub(shifted.sub(SHIFT));
    FloatVector p = r.fma(broadcast(S, 0.000154628768f), broadcast(S, 0.0013390989f));
    p = p.fma(r, broadcast(S, 0.00961806253f)).fma(r, broadcast(S, 0.0555035956f));
    p = p.fma(r, broadcast(S, 0.240226507f)).fma(r, broadcast(S, 0.693147182f));
    p = p.fma(r, broadcast(S, 1));
    IntVector n = shifted.reinterpretAsInts().sub(SHIFT_BITS);
    IntVector half = n.lanewise(ASHR, 1);
    FloatVector result = p.mul(power(half)).mul(power(n.sub(half)));
    return result.blend(Float.POSITIVE_INFINITY, x.compare(GE, 128)).blend(0, x.compare(LT, -151));
  }

  /** eˣ − 1 = 2ⁿ·(eʳ − 1) + (2ⁿ − 1), which is exact near 0, where n is 0. */
  public static FloatVector expm1(FloatVector x) {
    // Below −40 all is −1; from 89 on all is infinite. Halves, since 2ⁿ itself may be too large.
    FloatVector bounded = x.max(-40).min(89);
    FloatVector shifted = bounded.fma(broadcast(S, LOG2_E), broadcast(S, SHIFT));
    FloatVector q = expm1(bounded, shifted.sub(SHIFT));
    FloatVector half = power(shifted.reinterpretAsInts().sub(SHIFT_BITS + 1));
    return q.fma(half, half.sub(0.5f)).mul(2);
  }

  /** eʳ − 1 with r = x − n·log 2, |r| ≤ log(2)/2. */
  public static FloatVector expm1(FloatVector x, FloatVector n) {
    // In two parts: the first has so few bits that its product with n is exact.
    FloatVector r = n.fma(broadcast(S, -LN2_LOW), n.fma(broadcast(S, -LN2_HIGH), x));
    FloatVector p = r.fma(broadcast(S, 0.00139505998f), broadcast(S, 0.00836895406f));
    p =
        p.fma(r, broadcast(S, 0.041666206f))
            .fma(r, broadcast(S, 0.166665182f))
            .fma(r, broadcast(S, 0.5f));
    return p.mul(r).fma(r, r);
  }

  /** 2ⁿ for n from −126 to 127. */
  static FloatVector power(IntVector n) {
    return n.add(127).lanewise(LSHL, 23).reinterpretAsFloats();
  }

  /** The natural logarithm, within 1 ulp. */
  public static FloatVector log(FloatVector x) {
    // Denormal numbers are scaled up first.
    var tiny = x.compare(LT, Float.MIN_NORMAL);
    FloatVector scaled = x.blend(x.mul(8388608), tiny);
    // x = 2ⁿ·(1 + f) with 1 + f between √½ and √2.
    IntVector bits = scaled.reinterpretAsInts().sub(SQRT_HALF_BITS);
    FloatVector n = bits.lanewise(ASHR, 23).add(SHIFT_BITS).reinterpretAsFloats().sub(SHIFT);
    n = n.blend(n.sub(23), tiny);
    FloatVector f = bits.and(0x007fffff).add(SQRT_HALF_BITS).reinterpretAsFloats().sub(1);
    FloatVector p = logTerms(f);
    FloatVector square = f.mul(f);
    FloatVector small = p.mul(f).fma(square, n.mul(LN2_LOW));
    FloatVector result =
        n.fma(broadcast(S, LN2_HIGH), square.fma(broadcast(S, -0.5f), small).add(f));
    return logAtEnds(result, x);
  }

  public static FloatVector log2(FloatVector x) {
    return log(x, 0x1.715476p0f, 0x1.4ae0cp-26f, 1, 0);
  }

  public static FloatVector log10(FloatVector x) {
    return log(x, 0x1.bcb7b2p-2f, -0x1.5b235ep-27f, LOG10_2_HIGH, LOG10_2_LOW);
  }

  /**
   * The logarithm to the base b, within 1 ulp, and exact for powers of two if b is 2: 1/log b and
   * log 2/log b in two parts each, the first of the latter so short that its product with n is
   * exact.
   */
  private static FloatVector log(
      FloatVector x, float high, float low, float twoHigh, float twoLow) {
    var tiny = x.compare(LT, Float.MIN_NORMAL);
    IntVector bits = x.blend(x.mul(8388608), tiny).reinterpretAsInts().sub(SQRT_HALF_BITS);
    FloatVector n = bits.lanewise(ASHR, 23).add(SHIFT_BITS).reinterpretAsFloats().sub(SHIFT);
    n = n.blend(n.sub(23), tiny);
    FloatVector f = bits.and(0x007fffff).add(SQRT_HALF_BITS).reinterpretAsFloats().sub(1);
    FloatVector bend = logTerms(f).fma(f, broadcast(S, -0.5f)).mul(f.mul(f));
    FloatVector small = bend.fma(broadcast(S, high), f.fma(broadcast(S, low), n.mul(twoLow)));
    return logAtEnds(n.fma(broadcast(S, twoHigh), f.fma(broadcast(S, high), small)), x);
  }

  /** (log(1 + f) − f + f²/2) / f³. */
  private static FloatVector logTerms(FloatVector f) {
    FloatVector p = f.fma(broadcast(S, -0.0763444155f), broadcast(S, 0.127615675f));
    p = p.mul(f).add(-0.131601989f).mul(f).add(0.142017603f);
    p = p.fma(f, broadcast(S, -0.166233554f)).fma(f, broadcast(S, 0.200012267f));
    return p.fma(f, broadcast(S, -0.250008225f)).fma(f, broadcast(S, 0.333333313f));
  }

  private static FloatVector logAtEnds(FloatVector log, FloatVector x) {
    FloatVector result = log.blend(Float.POSITIVE_INFINITY, x.compare(EQ, Float.POSITIVE_INFINITY));
    result = result.blend(Float.NEGATIVE_INFINITY, x.compare(EQ, 0));
    // Written so that NaN is not above or at 0 either.
    return result.blend(Float.NaN, x.compare(GE, 0).not());
  }

  /** log(1 + x), exact near 0. */
  public static FloatVector log1p(FloatVector x) {
    FloatVector u = x.add(1);
    // What the rounding of 1 + x lost, to first order.
    FloatVector lost = x.sub(u.sub(1)).div(u);
    FloatVector log = log(u);
    var inside = u.compare(GT, 0).and(u.compare(LT, Float.POSITIVE_INFINITY));
    return log.blend(log.add(lost), inside);
  }

  public static FloatVector tanh(FloatVector x) {
    FloatVector s = x.mul(x);
    FloatVector p = s.fma(broadcast(S, 0.00214295881f), broadcast(S, -0.00817739498f));
    p =
        p.fma(s, broadcast(S, 0.0217007007f))
            .fma(s, broadcast(S, -0.0539467633f))
            .fma(s, broadcast(S, 0.133332059f));
    p = p.fma(s, broadcast(S, -0.333333313f)).mul(s).fma(x, x);
    FloatVector size = x.abs();
    FloatVector e = expOfNegative(size.mul(-2));
    FloatVector large = broadcast(S, 1).sub(e).div(e.add(1));
    return p.blend(VectorMath.withSign(large, x), size.compare(GT, 0.625f));
  }
}
