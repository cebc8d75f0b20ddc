package gradus.tensor.kernel;

import static gradus.tensor.kernel.VectorMath.all;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The vector forms of activations and of the error function.
 * The exponential here is our own: it is only ever asked for x ≤ 0, where no care for overflow is
 * needed, and it is the same on machines whose JDK has no vector library for it.
 */
final class VectorSpecial {

  private static final float LOG2_E = (float) (1 / Math.log(2));

  /** The first bits of log 2, few enough that a product with n is exact, and the rest. */
  private static final float LN2_HIGH = 0x1.62e4p-1f;

  private static final float LN2_LOW = (float) (Math.log(2) - 0x1.62e4p-1);

  /** 1.5·2²³ + 127: rounds to an integer, which then lies in the low bits as a float's exponent. */
  private static final float SHIFT = 12583039f;

  private static final float C0 = 0.225705564f;
  private static final float C1 = 0.224978298f;
  private static final float C2 = 0.214700654f;
  private static final float C3 = 0.13069953f;
  private static final float C4 = 0.269114941f;
  private static final float C5 = -0.278867394f;
  private static final float C6 = 0.540822923f;
  private static final float C7 = -0.493853092f;
  private static final float C8 = 0.195904762f;
  private static final float C9 = -0.0292061549f;

  private VectorSpecial() {}

  /** eˣ for x ≤ 0, within 1 ulp; results below 1.2e-38 become 0. NaN stays. */
  static FloatVector expOfNegative(FloatVector x) {
    FloatVector shifted = x.fma(all(LOG2_E), all(SHIFT));
    FloatVector n = shifted.sub(SHIFT);
    // x − n·log 2, in two parts: the first has so few bits that its product with n is exact.
    FloatVector r = n.fma(all(-LN2_LOW), n.fma(all(-LN2_HIGH), x));
    FloatVector p = r.fma(all(0.00139505998f), all(0.00836895406f));
    p = p.fma(r, all(0.041666206f)).fma(r, all(0.166665182f)).fma(r, all(0.5f));
    p = p.mul(r).fma(r, r).add(1);
    FloatVector power = shifted.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats();
    return p.mul(power).blend(0, x.compare(LT, -87.3f));
  }

  static FloatVector sigmoid(FloatVector x) {
    FloatVector e = expOfNegative(x.abs().neg());
    // 1/(1+e) for positive x, e/(1+e) for negative: no overflow, no cancellation.
    return all(1).blend(e, x.compare(LT, 0)).div(e.add(1));
  }

  static FloatVector silu(FloatVector x) {
    return x.mul(sigmoid(x));
  }

  static FloatVector softsign(FloatVector x) {
    return x.div(x.abs().add(1));
  }

  static FloatVector relu(FloatVector x) {
    return x.blend(0, x.compare(LE, 0));
  }

  static FloatVector hardSigmoid(FloatVector x) {
    return x.add(3).max(0).min(6).div(6);
  }

  static FloatVector hardSwish(FloatVector x) {
    return x.mul(x.add(3).max(0).min(6)).div(6);
  }

  /** log(1 + eˣ) without overflow. */
  static FloatVector softplus(FloatVector x) {
    return x.max(0).add(expOfNegative(x.abs().neg()).lanewise(VectorOperators.LOG1P));
  }

  static FloatVector softplus(FloatVector x, FloatVector beta, FloatVector threshold) {
    FloatVector scaled = x.mul(beta);
    return softplus(scaled).div(beta).blend(x, scaled.compare(GT, threshold));
  }

  static FloatVector logSigmoid(FloatVector x) {
    return softplus(x.neg()).neg();
  }

  static FloatVector mish(FloatVector x) {
    // tanh(log(1+e)) = e(e+2) / (e(e+2) + 2); above 20 it is 1 in float.
    FloatVector e = x.min(20).lanewise(VectorOperators.EXP);
    FloatVector n = e.mul(e.add(2));
    return x.mul(n.div(n.add(2)));
  }

  static FloatVector geluTanh(FloatVector x) {
    // x/2·(1 + tanh u) = x·sigmoid(2u).
    FloatVector cube = x.mul(x).mul(x);
    FloatVector u = cube.fma(all(0.044715f), x).mul((float) (2 * Math.sqrt(2 / Math.PI)));
    return x.mul(sigmoid(u));
  }

  static FloatVector gelu(FloatVector x) {
    // x·Φ(x), with Φ(−|x|) = erfc(|x|/√2)/2 taken directly, so the negative tail keeps its digits.
    FloatVector tail = upperErfc(x.abs().mul((float) Math.sqrt(0.5))).mul(0.5f);
    return x.mul(all(1).sub(tail).blend(tail, x.compare(LT, 0)));
  }

  static FloatVector erf(FloatVector x) {
    FloatVector size = x.abs();
    FloatVector square = x.mul(x);
    FloatVector p = square.fma(all(7.85385782e-05f), all(-0.000801019254f));
    p = p.fma(square, all(0.00518832775f)).fma(square, all(-0.026853811f));
    p = p.fma(square, all(0.112835854f)).fma(square, all(-0.37612626f));
    p = p.fma(square, all(0.128379166f)).fma(x, x);
    FloatVector large = VectorMath.withSign(all(1).sub(upperErfc(size)), x);
    return p.blend(large, size.compare(GT, 1));
  }

  static FloatVector erfc(FloatVector x) {
    FloatVector tail = upperErfc(x.abs());
    return tail.blend(all(2).sub(tail), x.compare(LT, 0));
  }

  /**
   * erfc(z) for z ≥ 0: e^(−z²) · t·P(t) with t = 1/(1 + 0.4z). P was fitted for this library:
   * minimax in the relative error, 8e-9 before rounding to float.
   */
  static FloatVector upperErfc(FloatVector z) {
    FloatVector t = all(1).div(z.fma(all(0.4f), all(1)));
    FloatVector p = t.fma(all(C9), all(C8));
    p = p.fma(t, all(C7)).fma(t, all(C6)).fma(t, all(C5)).fma(t, all(C4));
    p = p.fma(t, all(C3)).fma(t, all(C2)).fma(t, all(C1)).fma(t, all(C0)).mul(t);
    // The rounding error of z² would be multiplied by the exponential; it is put back to first order.
    FloatVector square = z.mul(z);
    FloatVector lost = z.fma(z, square.neg());
    FloatVector e = expOfNegative(square.neg());
    e = e.sub(e.mul(lost));
    // Beyond 9.4 the result is below 1e-39; the correction of an infinite square would be NaN.
    return p.mul(e).blend(0, z.compare(GT, 9.4f));
  }

  static FloatVector leakyRelu(FloatVector x, FloatVector slope) {
    return x.mul(slope).blend(x, x.compare(GT, 0));
  }

  static FloatVector elu(FloatVector x, FloatVector alpha, FloatVector scale) {
    FloatVector below = x.lanewise(VectorOperators.EXPM1).mul(alpha);
    return x.blend(below, x.compare(LE, 0)).mul(scale);
  }

  static FloatVector threshold(FloatVector x, FloatVector threshold, FloatVector value) {
    return x.blend(value, x.compare(LE, threshold));
  }

  static FloatVector reluGrad(FloatVector g, FloatVector y) {
    return g.blend(0, y.compare(LE, 0));
  }

  static FloatVector tanhGrad(FloatVector g, FloatVector y) {
    return g.mul(all(1).sub(y.mul(y)));
  }

  static FloatVector sigmoidGrad(FloatVector g, FloatVector y) {
    return g.mul(all(1).sub(y)).mul(y);
  }
}
