package gradus.tensor.kernel.op;

import gradus.tensor.kernel.math.VectorMath;
import jdk.incubator.vector.FloatVector;

/** Signs, roots and roundings of one element. */
public interface UnaryArithmetic {

  /** x itself. */
  Unary IDENTITY =
      new VectorUnary() {
        @Override
        public double apply(double x) {
          return x;
        }

        @Override
        public float apply(float x) {
          return x;
        }

        @Override
        public long apply(long x) {
          return x;
        }

        @Override
        public FloatVector apply(FloatVector x) {
          return x;
        }
      };

  /** −x. */
  Unary NEG =
      new VectorUnary() {
        @Override
        public double apply(double x) {
          return -x;
        }

        @Override
        public float apply(float x) {
          return -x;
        }

        @Override
        public long apply(long x) {
          return -x;
        }

        @Override
        public FloatVector apply(FloatVector x) {
          return VectorMath.neg(x);
        }
      };

  /** The absolute value |x|. */
  Unary ABS =
      new VectorUnary() {
        @Override
        public double apply(double x) {
          return Math.abs(x);
        }

        @Override
        public float apply(float x) {
          return Math.abs(x);
        }

        @Override
        public long apply(long x) {
          return Math.abs(x);
        }

        @Override
        public FloatVector apply(FloatVector x) {
          return VectorMath.abs(x);
        }
      };

  /** −1, 0 or 1; 0 for NaN, as in PyTorch. */
  Unary SIGN =
      new VectorUnary() {
        @Override
        public double apply(double x) {
          return x > 0 ? 1 : x < 0 ? -1 : 0;
        }

        @Override
        public float apply(float x) {
          return x > 0 ? 1 : x < 0 ? -1 : 0;
        }

        @Override
        public long apply(long x) {
          return Long.signum(x);
        }

        @Override
        public FloatVector apply(FloatVector x) {
          return VectorMath.sign(x);
        }
      };

  /** x². */
  Unary SQUARE =
      new VectorUnary() {
        @Override
        public double apply(double x) {
          return x * x;
        }

        @Override
        public float apply(float x) {
          return x * x;
        }

        @Override
        public long apply(long x) {
          return x * x;
        }

        @Override
        public FloatVector apply(FloatVector x) {
          return VectorMath.mul(x, x);
        }
      };

  /** x³. */
  Unary CUBE =
      new VectorUnary() {
        @Override
        public double apply(double x) {
          return x * x * x;
        }

        @Override
        public float apply(float x) {
          return x * x * x;
        }

        @Override
        public FloatVector apply(FloatVector x) {
          return VectorMath.mul(VectorMath.mul(x, x), x);
        }
      };

  /** √x. */
  Unary SQRT =
      new VectorUnary() {
        @Override
        public double apply(double x) {
          return Math.sqrt(x);
        }

        @Override
        public FloatVector apply(FloatVector x) {
          return VectorMath.sqrt(x);
        }
      };

  /** 1/√x. */
  Unary RSQRT =
      new VectorUnary() {
        @Override
        public double apply(double x) {
          return 1 / Math.sqrt(x);
        }

        @Override
        public FloatVector apply(FloatVector x) {
          return VectorMath.rsqrt(x);
        }
      };

  /** 1/x. */
  Unary RECIPROCAL =
      new VectorUnary() {
        @Override
        public double apply(double x) {
          return 1 / x;
        }

        @Override
        public float apply(float x) {
          return 1 / x;
        }

        @Override
        public FloatVector apply(FloatVector x) {
          return VectorMath.reciprocal(x);
        }
      };

  /** 1/x². */
  Unary INVERSE_SQUARE =
      new VectorUnary() {
        @Override
        public double apply(double x) {
          return 1 / (x * x);
        }

        @Override
        public float apply(float x) {
          return 1 / (x * x);
        }

        @Override
        public FloatVector apply(FloatVector x) {
          return VectorMath.reciprocal(VectorMath.mul(x, x));
        }
      };

  /** The largest integer not above x. */
  Unary FLOOR =
      new VectorUnary() {
        @Override
        public double apply(double x) {
          return Math.floor(x);
        }

        @Override
        public long apply(long x) {
          return x;
        }

        @Override
        public FloatVector apply(FloatVector x) {
          return VectorMath.floor(x);
        }
      };

  /** The smallest integer not below x. */
  Unary CEIL =
      new VectorUnary() {
        @Override
        public double apply(double x) {
          return Math.ceil(x);
        }

        @Override
        public long apply(long x) {
          return x;
        }

        @Override
        public FloatVector apply(FloatVector x) {
          return VectorMath.ceil(x);
        }
      };

  /** The nearest integer; a half goes to the even neighbour. */
  Unary ROUND =
      new VectorUnary() {
        @Override
        public double apply(double x) {
          return Math.rint(x);
        }

        @Override
        public long apply(long x) {
          return x;
        }

        @Override
        public FloatVector apply(FloatVector x) {
          return VectorMath.round(x);
        }
      };

  /** x without its fraction, towards zero. */
  Unary TRUNC =
      new VectorUnary() {
        @Override
        public double apply(double x) {
          return x < 0 ? Math.ceil(x) : Math.floor(x);
        }

        @Override
        public long apply(long x) {
          return x;
        }

        @Override
        public FloatVector apply(FloatVector x) {
          return VectorMath.trunc(x);
        }
      };

  /** The fraction x − trunc(x), with the sign of x. */
  Unary FRAC =
      new VectorUnary() {
        @Override
        public double apply(double x) {
          return x - TRUNC.apply(x);
        }

        @Override
        public float apply(float x) {
          return x - TRUNC.apply(x);
        }

        @Override
        public FloatVector apply(FloatVector x) {
          return VectorMath.frac(x);
        }
      };

  /** Degrees to radians: x·π/180. */
  Unary DEG2RAD =
      new VectorUnary() {
        @Override
        public double apply(double x) {
          return x * (Math.PI / 180);
        }

        @Override
        public FloatVector apply(FloatVector x) {
          return VectorMath.scale(x, (float) (Math.PI / 180));
        }
      };

  /** Radians to degrees: x·180/π. */
  Unary RAD2DEG =
      new VectorUnary() {
        @Override
        public double apply(double x) {
          return x * (180 / Math.PI);
        }

        @Override
        public FloatVector apply(FloatVector x) {
          return VectorMath.scale(x, (float) (180 / Math.PI));
        }
      };
}
