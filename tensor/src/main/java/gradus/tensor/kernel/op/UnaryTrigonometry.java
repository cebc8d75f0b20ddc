package gradus.tensor.kernel.op;

import gradus.tensor.kernel.math.Elementary;
import gradus.tensor.kernel.math.PlainExponential;
import gradus.tensor.kernel.math.PlainPiecewise;
import gradus.tensor.kernel.math.PlainTrigonometry;
import gradus.tensor.kernel.math.VectorExponential;
import gradus.tensor.kernel.math.VectorPiecewise;
import gradus.tensor.kernel.math.VectorTrigonometry;
import jdk.incubator.vector.FloatVector;

/** Circular and hyperbolic functions of one element. */
public interface UnaryTrigonometry {

  /** The sine. */
  Unary SIN =
      new VectorUnary() {
        @Override
        public double apply(double x) {
          return Math.sin(x);
        }

        @Override
        public float apply(float x) {
          return PlainTrigonometry.sin(x);
        }

        @Override
        public FloatVector apply(FloatVector x) {
          return VectorTrigonometry.sin(x);
        }

        @Override
        public float limit() {
          return PlainTrigonometry.LIMIT;
        }

        @Override
        public FloatVector beyond(FloatVector x) {
          return VectorTrigonometry.each(x, Math::sin);
        }
      };

  /** The cosine. */
  Unary COS =
      new VectorUnary() {
        @Override
        public double apply(double x) {
          return Math.cos(x);
        }

        @Override
        public float apply(float x) {
          return PlainTrigonometry.cos(x);
        }

        @Override
        public FloatVector apply(FloatVector x) {
          return VectorTrigonometry.cos(x);
        }

        @Override
        public float limit() {
          return PlainTrigonometry.LIMIT;
        }

        @Override
        public FloatVector beyond(FloatVector x) {
          return VectorTrigonometry.each(x, Math::cos);
        }
      };

  /** The tangent. */
  Unary TAN = x -> Math.tan(x);

  /** The inverse sine. */
  Unary ASIN = x -> Math.asin(x);

  /** The inverse cosine. */
  Unary ACOS = x -> Math.acos(x);

  /** The inverse tangent. */
  Unary ATAN = x -> Math.atan(x);

  /** The hyperbolic sine. */
  Unary SINH = x -> Math.sinh(x);

  /** The hyperbolic cosine. */
  Unary COSH = x -> Math.cosh(x);

  /** The hyperbolic tangent. */
  Unary TANH =
      new VectorUnary() {
        @Override
        public double apply(double x) {
          return Math.tanh(x);
        }

        @Override
        public float apply(float x) {
          return PlainPiecewise.AVAILABLE ? PlainPiecewise.tanh(x) : PlainExponential.tanh(x);
        }

        @Override
        public FloatVector apply(FloatVector x) {
          return PlainPiecewise.AVAILABLE ? VectorPiecewise.tanh(x) : VectorExponential.tanh(x);
        }
      };

  /** The inverse hyperbolic sine. */
  Unary ASINH = x -> Elementary.asinh(x);

  /** The inverse hyperbolic cosine. */
  Unary ACOSH = x -> Elementary.acosh(x);

  /** The inverse hyperbolic tangent. */
  Unary ATANH = x -> Elementary.atanh(x);

  /** sin(πx) / (πx), and 1 at 0. */
  Unary SINC = x -> x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}
