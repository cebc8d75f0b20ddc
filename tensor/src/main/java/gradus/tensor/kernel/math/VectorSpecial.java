package gradus.tensor.kernel.math;

import static gradus.tensor.kernel.math.VectorExponential.expOfNegative;
import static gradus.tensor.kernel.math.VectorExponential.expm1;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;

import gradus.tensor.kernel.FloatLanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector forms of activations and of the error function. Most of them need an exponential of
 * something that is not positive, where no care for overflow is needed.
 */
public final class VectorSpecial {

  private static final VectorSpecies<Float> S = FloatLanes.SPECIES;

  private VectorSpecial() {}

  public static FloatVector sigmoid(FloatVector x) {
    FloatVector e = expOfNegative(x.abs().neg());
    // 1/(1+e) for positive x, e/(1+e) for negative: no overflow, no cancellation.
    return broadcast(S, 1).blend(e, x.compare(LT, 0)).div(e.add(1));
  }

  public static FloatVector silu(FloatVector x) {
    return x.mul(sigmoid(x));
  }

  public static FloatVector softsign(FloatVector x) {
    return x.div(x.abs().add(1));
  }

  public static FloatVector relu(FloatVector x) {
    return x.blend(0, x.compare(LE, 0));
  }

  public static FloatVector hardSigmoid(FloatVector x) {
    return x.add(3).max(0).min(6).div(6);
  }

  public static FloatVector hardSwish(FloatVector x) {
    return x.mul(x.add(3).max(0).min(6)).div(6);
  }

  /** log(1 + eˣ) = max(x, 0) + log(1 + e^−|x|). */
  public static FloatVector softplus(FloatVector x) {
    FloatVector e = expOfNegative(x.abs().neg());
    // log(1 + e) = 2·artanh(w) with w = e/(2 + e), at most 1/3: shorter than log1p, and exact for
    // small e.
    FloatVector w = e.div(e.add(2));
    FloatVector s = w.mul(w);
    FloatVector p = s.fma(broadcast(S, 0.121447846f), broadcast(S, 0.107153684f));
    p = p.fma(s, broadcast(S, 0.143082991f)).fma(s, broadcast(S, 0.199994445f));
    p = p.fma(s, broadcast(S, 0.333333373f)).mul(s).fma(w, w);
    return p.fma(broadcast(S, 2), x.max(0));
  }

  public static FloatVector softplus(FloatVector x, FloatVector beta, FloatVector threshold) {
    FloatVector scaled = x.mul(beta);
    return softplus(scaled).div(beta).blend(x, scaled.compare(GT, threshold));
  }

  public static FloatVector logSigmoid(FloatVector x) {
    return softplus(x.neg()).neg();
  }

  public static FloatVector mish(FloatVector x) {
    // tanh(log(1+e)) = e(e+2) / (e(e+2) + 2); above 20 it is 1 in float.
    FloatVector e = expOfNegative(x.min(20));
    FloatVector n = e.mul(e.add(2));
    return x.mul(n.div(n.add(2)));
  }

  public static FloatVector geluTanh(FloatVector x) {
    // x/2·(1 + tanh u) = x·sigmoid(2u).
    FloatVector cube = x.mul(x).mul(x);
    FloatVector u = cube.fma(broadcast(S, 0.044715f), x).mul((float) (2 * Math.sqrt(2 / Math.PI)));
    return x.mul(sigmoid(u));
  }

  /** x·Φ(x) with Φ(x) = (1 + erf(x/√2))/2. */
  public static FloatVector gelu(FloatVector x) {
    return x.mul(0.5f).mul(erf(x.mul((float) Math.sqrt(0.5))).add(1));
  }

  /**
   * The error function: a polynomial up to 1 (within 1 ulp), beyond it a quotient of two (6 ulps).
   */
  public static FloatVector erf(FloatVector x) {
    // From 3.95 on the result is 1.
    FloatVector bounded = x.max(-3.95f).min(3.95f);
    FloatVector s = bounded.mul(bounded);
    FloatVector p = s.fma(broadcast(S, 2.02588285e-06f), broadcast(S, 0.000284687732f));
    p = p.fma(s, broadcast(S, 0.00380821736f)).fma(s, broadcast(S, 0.0528756306f));
    p = p.fma(s, broadcast(S, 0.191551775f)).fma(s, broadcast(S, 1.12837911f));
    FloatVector q = s.fma(broadcast(S, 3.78315344e-05f), broadcast(S, 0.00117073662f));
    q = q.fma(s, broadcast(S, 0.0150552085f)).fma(s, broadcast(S, 0.114560217f));
    q = q.fma(s, broadcast(S, 0.503091037f)).fma(s, broadcast(S, 1));
    FloatVector outside = bounded.mul(p).div(q).max(-1).min(1);
    FloatVector r = s.fma(broadcast(S, 7.85385782e-05f), broadcast(S, -0.000801019254f));
    r = r.fma(s, broadcast(S, 0.00518832775f)).fma(s, broadcast(S, -0.026853811f));
    r = r.fma(s, broadcast(S, 0.112835854f)).fma(s, broadcast(S, -0.37612626f));
    FloatVector middle = r.fma(s, broadcast(S, 0.128379166f)).fma(x, x);
    return outside.blend(middle, s.compare(LT, 1));
  }

  public static FloatVector leakyRelu(FloatVector x, FloatVector slope) {
    return x.mul(slope).blend(x, x.compare(GT, 0));
  }

  public static FloatVector elu(FloatVector x, FloatVector alpha, FloatVector scale) {
    FloatVector below = expm1(x).mul(alpha);
    return x.blend(below, x.compare(LE, 0)).mul(scale);
  }

  public static FloatVector threshold(FloatVector x, FloatVector threshold, FloatVector value) {
    return x.blend(value, x.compare(LE, threshold));
  }

  public static FloatVector reluGrad(FloatVector g, FloatVector y) {
    return g.blend(0, y.compare(LE, 0));
  }

  public static FloatVector tanhGrad(FloatVector g, FloatVector y) {
    return g.mul(broadcast(S, 1).sub(y.mul(y)));
  }

  public static FloatVector sigmoidGrad(FloatVector g, FloatVector y) {
    return g.mul(broadcast(S, 1).sub(y).mul(y));
  }
}
