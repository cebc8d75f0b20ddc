package gradus.tensor.kernel.op;

import gradus.tensor.kernel.math.Bessel;
import gradus.tensor.kernel.math.Erf;
import gradus.tensor.kernel.math.Gamma;
import gradus.tensor.kernel.math.PlainPiecewise;
import gradus.tensor.kernel.math.PlainSpecial;
import gradus.tensor.kernel.math.VectorPiecewise;
import gradus.tensor.kernel.math.VectorSpecial;
import jdk.incubator.vector.FloatVector;

/** Special functions of one element: erf, gamma, Bessel. */
public interface UnarySpecial {

  /** The error function. */
  Unary ERF =
      new VectorUnary() {
        @Override
        public double apply(double x) {
          return Erf.erf(x);
        }

        @Override
        public float apply(float x) {
          return PlainPiecewise.AVAILABLE ? PlainPiecewise.erf(x) : PlainSpecial.erf(x);
        }

        @Override
        public FloatVector apply(FloatVector x) {
          return PlainPiecewise.AVAILABLE ? VectorPiecewise.erf(x) : VectorSpecial.erf(x);
        }
      };

  /** 1 − erf(x), exact in the tail. */
  Unary ERFC = x -> Erf.erfc(x);

  /** The inverse of erf. */
  Unary ERFINV = Erf::erfinv;

  /** The inverse of Φ. */
  Unary NDTRI = Erf::ndtri;

  /** The normal distribution function Φ(x). */
  Unary NDTR = Erf::ndtr;

  /** log |Γ(x)|. */
  Unary LGAMMA = Gamma::lgamma;

  /** The derivative of lgamma. */
  Unary DIGAMMA = Gamma::digamma;

  /** The derivative of digamma. */
  Unary TRIGAMMA = Gamma::trigamma;

  /** The modified Bessel function of order 0. */
  Unary I0 = Bessel::i0;

  /** I0 scaled by e^−|x|. */
  Unary I0E = Bessel::i0e;

  /** The modified Bessel function of order 1. */
  Unary I1 = Bessel::i1;

  /** I1 scaled by e^−|x|. */
  Unary I1E = Bessel::i1e;
}
