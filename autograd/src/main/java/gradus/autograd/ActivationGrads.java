package gradus.autograd;

import gradus.tensor.Expr;
import gradus.tensor.Fused;
import gradus.tensor.Node;
import gradus.tensor.Op;
import gradus.tensor.Shape;
import gradus.tensor.Tensor;

/** The derivatives of activations and powers whose formula does not fit a line. */
final class ActivationGrads {
  private static final double SQRT_2_PI = Math.sqrt(2 / Math.PI);

  private ActivationGrads() {}

  /** Φ(x) + x φ(x), with Φ and φ the distribution and density of the normal distribution. */
  static final Fused GELU =
      Fused.of(
          (g, x) -> {
            Expr cdf = x.mul(Math.sqrt(0.5)).erf().add(1).mul(0.5);
            Expr pdf = x.square().mul(-0.5).exp().mul(1 / Math.sqrt(2 * Math.PI));
            return g.mul(cdf.add(x.mul(pdf)));
          });

  /** With u = √(2/π) (x + 0.044715 x³): ½ (1 + tanh u) + ½ x (1 - tanh² u) u'. */
  static final Fused GELU_TANH =
      Fused.of(
          (g, x) -> {
            Expr square = x.square();
            Expr t = x.mul(square.mul(0.044715).add(1)).mul(SQRT_2_PI).tanh();
            Expr inner = square.mul(3 * 0.044715).add(1).mul(SQRT_2_PI);
            return g.mul(t.add(1).add(x.mul(t.square().rsub(1)).mul(inner)).mul(0.5));
          });

  static final Fused SILU =
      Fused.of(
          (g, x) -> {
            Expr s = x.sigmoid();
            return g.mul(s.mul(x.mul(s.rsub(1)).add(1)));
          });

  /**
   * With t = tanh(softplus x): t + x σ(x) (1 - t²). By q = σ(-x) both t = σ(x) (1 + q) / (1 + q²)
   * and 1 - t² = 4q² / (1 + q²)² keep their digits where t is all but 1.
   */
  static final Fused MISH =
      Fused.of(
          (g, x) -> {
            Expr s = x.sigmoid();
            Expr q = x.neg().sigmoid();
            Expr divisor = q.square().add(1);
            Expr rest = q.div(divisor).square().mul(4);
            return g.mul(s.mul(q.add(1)).div(divisor).add(x.mul(s).mul(rest)));
          });

  static final Fused LOG_SIGMOID = Fused.of((g, x) -> g.mul(x.neg().sigmoid()));

  /** At the corners the slope of the slope is 0, as in PyTorch. */
  static final Fused HARDSWISH =
      Fused.of(
          (g, x) -> {
            Expr inside = Expr.where(x.abs().lt(3), x, x.sign().mul(3));
            Expr bent = g.mul(inside.div(3).add(0.5));
            return Expr.where(x.lt(-3), Expr.constant(0), Expr.where(x.le(3), bent, g));
          });

  static final Fused HARDSIGMOID =
      Fused.of((g, x) -> Expr.where(x.abs().lt(3), g.div(6), Expr.constant(0)));

  private static final Fused LEAKY_RELU =
      Fused.of((g, x, slope) -> Expr.where(x.gt(0), g, g.mul(slope)));

  private static final Fused SOFTPLUS =
      Fused.of(
          (g, x, beta, threshold) -> {
            Expr scaled = x.mul(beta);
            Expr below = Expr.where(scaled.ge(threshold), threshold, scaled);
            return Expr.where(scaled.gt(threshold), g, g.mul(below.sigmoid()));
          });

  private static final Fused ELU =
      Fused.of(
          (g, x, beta, slope) -> {
            Expr below = Expr.where(x.lt(0), x, Expr.constant(0));
            return Expr.where(x.le(0), g.mul(below.mul(beta).exp()).mul(slope), g);
          });

  static Tensor leakyRelu(Tensor g, Tensor x, double slope) {
    return LEAKY_RELU.apply(g, x, number(slope, x));
  }

  /** σ(βx), and 1 where softplus passes x through. */
  static Tensor softplus(Tensor g, Tensor x, Op.Softplus op) {
    return SOFTPLUS.apply(g, x, number(op.beta(), x), number(op.threshold(), x));
  }

  static Tensor elu(Tensor g, Tensor x, Op.Elu op) {
    Tensor below = number(op.alpha() * op.inputScale(), x);
    Tensor scaled = op.scale() == 1 ? g : g.mul(op.scale());
    return ELU.apply(scaled, x, number(op.inputScale(), x), below);
  }

  private static Tensor number(double value, Tensor x) {
    return Tensor.full(Shape.of(), value, x.dtype());
  }

  /**
   * φ(x) / Φ(x): below 0 by erfcx, above by the logarithm, each where its own slope cannot
   * overflow.
   */
  static Tensor logNdtr(Tensor g, Tensor x, Tensor log) {
    Tensor below = x.clampMax(0).mul(-Math.sqrt(0.5)).erfcx().reciprocal().mul(2);
    Tensor above = x.clampMin(0).square().div(2).add(log.maskedFill(x.lt(0), 0)).neg().exp();
    return g.mul(Tensor.where(x.lt(0), below, above)).mul(1 / Math.sqrt(2 * Math.PI));
  }

  /** σ(a - b), the share of a in the sum; 0 where both are -∞, and so the sum itself. */
  static Tensor logaddexp(Tensor g, Tensor a, Tensor b, boolean base2) {
    Tensor nothing = a.maximum(b).eq(Double.NEGATIVE_INFINITY);
    Tensor lead = a.sub(b);
    Tensor share = (base2 ? lead.mul(Math.log(2)) : lead).sigmoid();
    return g.mul(share.maskedFill(nothing, 0));
  }

  /** 0 where the exponent is 0, so that 0⁻¹ does not spoil it. */
  static Tensor powBase(Tensor g, Tensor base, Tensor exponent) {
    Tensor slope = exponent.mul(base.pow(exponent.sub(1)));
    return g.mul(slope.maskedFill(exponent.eq(0), 0));
  }

  /** 0 where base is 0 and the exponent is not negative. */
  static Tensor powExponent(Tensor g, Node n) {
    Tensor base = n.input(0);
    Tensor exponent = n.input(1);
    Tensor flat = base.eq(0).logicalAnd(exponent.ge(0));
    return g.mul(n.output().mul(base.log()).maskedFill(flat, 0));
  }

  /** The sign of both together: 0 where the magnitude is 0. */
  static Tensor copysign(Tensor g, Tensor a, Tensor c) {
    return g.mul(c.div(a).maskedFill(a.eq(0), 0));
  }

  static Tensor xlogyFirst(Tensor g, Tensor a, Tensor b) {
    Tensor flat = a.eq(0).logicalAnd(b.le(0));
    return g.mul(b.maskedFill(flat, 1).log());
  }

  static Tensor xlog1pyFirst(Tensor g, Tensor a, Tensor b) {
    Tensor flat = a.eq(0).logicalAnd(b.le(-1));
    return g.mul(b.maskedFill(flat, 0).log1p());
  }

  /** 0 at 0, where the quotient does not exist. */
  static Tensor sinc(Tensor g, Tensor a) {
    Tensor angle = a.mul(Math.PI);
    Tensor below = a.square().mul(Math.PI);
    Tensor slope = angle.mul(angle.cos()).sub(angle.sin()).div(below);
    return Tensor.where(below.eq(0), Tensor.zerosLike(g), g.mul(slope));
  }

  /**
   * {@code I0' = I1} and {@code I1' = I0 - I1 / x}; the scaled ones lose {@code sign(x)} times
   * themselves.
   */
  static Tensor bessel(Tensor a, Tensor c, Op.Bessel op) {
    if (op.order() == 0) {
      return op.scaled() ? a.i1e().sub(a.sign().mul(c)) : a.i1();
    }
    Tensor tiny = a.abs().le(2.2e-16);
    Tensor safe = Tensor.where(tiny, 1.0, a);
    Tensor slope =
        op.scaled()
            ? safe.i0e().sub(c.mul(safe.sign().add(safe.reciprocal())))
            : safe.i0().sub(c.mul(safe.reciprocal()));
    return Tensor.where(tiny, 0.5, slope);
  }
}
