package gradus.tensor.kernel;

import static gradus.tensor.kernel.VectorExponential.exp;
import static gradus.tensor.kernel.VectorExponential.expOfNegative;
import static gradus.tensor.kernel.VectorExponential.expm1;
import static gradus.tensor.kernel.VectorExponential.log1p;
import static gradus.tensor.kernel.VectorMath.all;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;

/**
 * The vector forms of activations and of the error function.
 * Most of them need an exponential of something that is not positive, where no care for overflow
 * is needed.
 */
final class VectorSpecial {

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
    return x.max(0).add(log1p(expOfNegative(x.abs().neg())));
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
    FloatVector e = exp(x.min(20));
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
    // x·Φ(x). In the middle Φ(x) = (1 + erf(x/√2))/2; outside Φ(−|x|) = erfc(|x|/√2)/2 is taken
    // directly, so that the negative tail keeps its digits.
    FloatVector z = x.mul((float) Math.sqrt(0.5));
    FloatVector tail = upperErfc(z.abs()).mul(0.5f);
    FloatVector outside = all(1).sub(tail).blend(tail, x.compare(LT, 0));
    FloatVector middle = centralErf(z).fma(all(0.5f), all(0.5f));
    return x.mul(outside.blend(middle, z.abs().compare(LT, 1)));
  }

  /** erf(x) for |x| ≤ 1. */
  static FloatVector centralErf(FloatVector x) {
    FloatVector square = x.mul(x);
    FloatVector p = square.fma(all(7.85385782e-05f), all(-0.000801019254f));
    p = p.fma(square, all(0.00518832775f)).fma(square, all(-0.026853811f));
    p = p.fma(square, all(0.112835854f)).fma(square, all(-0.37612626f));
    return p.fma(square, all(0.128379166f)).fma(x, x);
  }

  static FloatVector erf(FloatVector x) {
    FloatVector size = x.abs();
    FloatVector large = VectorMath.withSign(all(1).sub(upperErfc(size)), x);
    return large.blend(centralErf(x), size.compare(LT, 1));
  }

  static FloatVector erfc(FloatVector x) {
    FloatVector size = x.abs();
    FloatVector tail = upperErfc(size);
    FloatVector outside = tail.blend(all(2).sub(tail), x.compare(LT, 0));
    return outside.blend(all(1).sub(centralErf(x)), size.compare(LT, 0.5f));
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
    FloatVector below = expm1(x).mul(alpha);
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
    return g.mul(all(1).sub(y).mul(y));
  }
}
