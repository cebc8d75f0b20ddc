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
  Unary TAN =
      new Unary() {
        @Override
        public double apply(double x) {
          return Math.tan(x);
        }
      };

  /** The inverse sine. */
  Unary ASIN =
      new Unary() {
        @Override
        public double apply(double x) {
          return Math.asin(x);
        }
      };

  /** The inverse cosine. */
  Unary ACOS =
      new Unary() {
        @Override
        public double apply(double x) {
          return Math.acos(x);
        }
      };

  /** The inverse tangent. */
  Unary ATAN =
      new Unary() {
        @Override
        public double apply(double x) {
          return Math.atan(x);
        }
      };

  /** The hyperbolic sine. */
  Unary SINH =
      new Unary() {
        @Override
        public double apply(double x) {
          return Math.sinh(x);
        }
      };

  /** The hyperbolic cosine. */
  Unary COSH =
      new Unary() {
        @Override
        public double apply(double x) {
          return Math.cosh(x);
        }
      };

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
  Unary ASINH =
      new Unary() {
        @Override
        public double apply(double x) {
          return Elementary.asinh(x);
        }
      };

  /** The inverse hyperbolic cosine. */
  Unary ACOSH =
      new Unary() {
        @Override
        public double apply(double x) {
          return Elementary.acosh(x);
        }
      };

  /** The inverse hyperbolic tangent. */
  Unary ATANH =
      new Unary() {
        @Override
        public double apply(double x) {
          return Elementary.atanh(x);
        }
      };

  /** sin(πx) / (πx), and 1 at 0. */
  Unary SINC =
      new Unary() {
        @Override
        public double apply(double x) {
          return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
        }
      };
}
