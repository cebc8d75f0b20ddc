package gradus.tensor.kernel.op;

import gradus.tensor.kernel.math.Elementary;
import gradus.tensor.kernel.math.Integers;
import gradus.tensor.kernel.math.VectorMath;
import jdk.incubator.vector.FloatVector;

/** Arithmetic of two elements. */
public interface BinaryArithmetic {

  /** a + b. */
  Binary ADD =
      new VectorBinary() {
        @Override
        public double apply(double a, double b) {
          return a + b;
        }

        @Override
        public float apply(float a, float b) {
          return a + b;
        }

        @Override
        public long apply(long a, long b) {
          return a + b;
        }

        @Override
        public FloatVector apply(FloatVector a, FloatVector b) {
          return VectorMath.add(a, b);
        }
      };

  /** a − b. */
  Binary SUB =
      new VectorBinary() {
        @Override
        public double apply(double a, double b) {
          return a - b;
        }

        @Override
        public float apply(float a, float b) {
          return a - b;
        }

        @Override
        public long apply(long a, long b) {
          return a - b;
        }

        @Override
        public FloatVector apply(FloatVector a, FloatVector b) {
          return VectorMath.sub(a, b);
        }
      };

  /** a·b. */
  Binary MUL =
      new VectorBinary() {
        @Override
        public double apply(double a, double b) {
          return a * b;
        }

        @Override
        public float apply(float a, float b) {
          return a * b;
        }

        @Override
        public long apply(long a, long b) {
          return a * b;
        }

        @Override
        public FloatVector apply(FloatVector a, FloatVector b) {
          return VectorMath.mul(a, b);
        }
      };

  /** a / b. */
  Binary DIV =
      new VectorBinary() {
        @Override
        public double apply(double a, double b) {
          return a / b;
        }

        @Override
        public float apply(float a, float b) {
          return a / b;
        }

        @Override
        public FloatVector apply(FloatVector a, FloatVector b) {
          return VectorMath.div(a, b);
        }
      };

  /**
   * aᵇ as in C: 1 to any power is 1, also to NaN. A negative power of an integer is 0 unless the
   * base is 1 or −1.
   */
  Binary POW = Binary.of((a, b) -> Elementary.pow(a, b), (a, b) -> Integers.pow(a, b));

  /** The remainder with the sign of a. */
  Binary FMOD =
      new Binary() {
        @Override
        public double apply(double a, double b) {
          return a % b;
        }

        @Override
        public float apply(float a, float b) {
          return a % b;
        }

        @Override
        public long apply(long a, long b) {
          return a % b;
        }
      };

  /** The remainder with the sign of b, as in Python. */
  Binary REMAINDER =
      new Binary() {
        @Override
        public double apply(double a, double b) {
          return Elementary.remainder(a, b);
        }

        @Override
        public float apply(float a, float b) {
          return (float) Elementary.remainder(a, b);
        }

        @Override
        public long apply(long a, long b) {
          return Math.floorMod(a, b);
        }
      };

  /** The quotient rounded down. */
  Binary FLOOR_DIVIDE =
      Binary.of((a, b) -> Elementary.floorDivide(a, b), (a, b) -> Math.floorDiv(a, b));

  /** The quotient rounded towards zero. */
  Binary TRUNC_DIVIDE =
      new VectorBinary() {
        @Override
        public double apply(double a, double b) {
          return UnaryOps.TRUNC.apply(a / b);
        }

        @Override
        public float apply(float a, float b) {
          return UnaryOps.TRUNC.apply(a / b);
        }

        @Override
        public long apply(long a, long b) {
          return a / b;
        }

        @Override
        public FloatVector apply(FloatVector a, FloatVector b) {
          return VectorMath.trunc(VectorMath.div(a, b));
        }
      };
}
