package gradus.autograd;

import gradus.tensor.Node;
import gradus.tensor.Op;
import gradus.tensor.Tensor;

/** The derivatives of activations and powers whose formula does not fit a line. */
final class Bends {
  private static final double SQRT_2_PI = Math.sqrt(2 / Math.PI);

  private Bends() {}

  /** Φ(x) + x φ(x), with Φ and φ the distribution and density of the normal distribution. */
  static Tensor gelu(Tensor g, Tensor x) {
    Tensor cdf = x.mul(1 / Math.sqrt(2)).erf().add(1).mul(0.5);
    Tensor pdf = x.square().mul(-0.5).exp().mul(1 / Math.sqrt(2 * Math.PI));
    return g.mul(cdf.add(x.mul(pdf)));
  }

  /** With u = √(2/π) (x + 0.044715 x³): ½ (1 + tanh u) + ½ x (1 - tanh² u) u'. */
  static Tensor geluTanh(Tensor g, Tensor x) {
    Tensor square = x.square();
    Tensor t = x.mul(square.mul(0.044715).add(1)).mul(SQRT_2_PI).tanh();
    Tensor inner = square.mul(3 * 0.044715).add(1).mul(SQRT_2_PI);
    return g.mul(t.add(1).add(x.mul(t.square().rsub(1)).mul(inner)).mul(0.5));
  }

  static Tensor silu(Tensor g, Tensor x) {
    Tensor s = x.sigmoid();
    return g.mul(s.mul(x.mul(s.rsub(1)).add(1)));
  }

  /** With t = tanh(softplus x): t + x σ(x) (1 - t²). */
  static Tensor mish(Tensor g, Tensor x) {
    Tensor t = x.softplus().tanh();
    return g.mul(t.add(x.mul(x.sigmoid()).mul(t.square().rsub(1))));
  }

  /** σ(βx), and 1 where softplus passes x through. */
  static Tensor softplus(Tensor g, Tensor x, Op.Softplus op) {
    Tensor scaled = x.mul(op.beta());
    return Tensor.where(scaled.gt(op.threshold()), g, g.mul(scaled.sigmoid()));
  }

  static Tensor elu(Tensor g, Tensor x, Op.Elu op) {
    double negative = op.alpha() * op.scale() * op.inputScale();
    Tensor below = x.clampMax(0).mul(op.inputScale()).exp().mul(negative);
    return Tensor.where(x.le(0), g.mul(below), g.mul(op.scale()));
  }

  static Tensor hardswish(Tensor g, Tensor x) {
    Tensor middle = g.mul(x.div(3).add(0.5));
    return Tensor.where(x.lt(-3), Tensor.zerosLike(g), Tensor.where(x.le(3), middle, g));
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
  static Tensor bessel(Tensor a, Tensor c, gradus.tensor.Op.Bessel op) {
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
