package gradus.tensor.kernel.op;

import gradus.tensor.kernel.math.VectorMath;
import jdk.incubator.vector.FloatVector;

/** Ops that compare two elements or their signs. */
public interface BinaryOrder {

  /** The larger; NaN if either is NaN. */
  Binary MAXIMUM =
      new VectorBinary() {
        @Override
        public double apply(double a, double b) {
          return Math.max(a, b);
        }

        @Override
        public float apply(float a, float b) {
          return Math.max(a, b);
        }

        @Override
        public long apply(long a, long b) {
          return Math.max(a, b);
        }

        @Override
        public FloatVector apply(FloatVector a, FloatVector b) {
          return VectorMath.max(a, b);
        }
      };

  /** The smaller; NaN if either is NaN. */
  Binary MINIMUM =
      new VectorBinary() {
        @Override
        public double apply(double a, double b) {
          return Math.min(a, b);
        }

        @Override
        public float apply(float a, float b) {
          return Math.min(a, b);
        }

        @Override
        public long apply(long a, long b) {
          return Math.min(a, b);
        }

        @Override
        public FloatVector apply(FloatVector a, FloatVector b) {
          return VectorMath.min(a, b);
        }
      };

  /** The larger; a NaN loses against a number. */
  Binary FMAX =
      new Binary() {
        @Override
        public double apply(double a, double b) {
          return a != a ? b : b != b ? a : Math.max(a, b);
        }

        @Override
        public float apply(float a, float b) {
          return a != a ? b : b != b ? a : Math.max(a, b);
        }

        @Override
        public long apply(long a, long b) {
          return Math.max(a, b);
        }
      };

  /** The smaller; a NaN loses against a number. */
  Binary FMIN =
      new Binary() {
        @Override
        public double apply(double a, double b) {
          return a != a ? b : b != b ? a : Math.min(a, b);
        }

        @Override
        public float apply(float a, float b) {
          return a != a ? b : b != b ? a : Math.min(a, b);
        }

        @Override
        public long apply(long a, long b) {
          return Math.min(a, b);
        }
      };

  /** |a| with the sign of b. */
  Binary COPYSIGN =
      new Binary() {
        @Override
        public double apply(double a, double b) {
          return Math.copySign(a, b);
        }

        @Override
        public float apply(float a, float b) {
          return Math.copySign(a, b);
        }
      };

  /** The next number after a in the direction of b. */
  Binary NEXTAFTER =
      new Binary() {
        @Override
        public double apply(double a, double b) {
          return Math.nextAfter(a, b);
        }

        @Override
        public float apply(float a, float b) {
          return Math.nextAfter(a, b);
        }
      };

  /** The step function of a: 0 below 0, b at 0, 1 above. */
  Binary HEAVISIDE =
      Binary.of((a, b) -> a == 0 ? b : a > 0 ? 1 : 0, (a, b) -> a == 0 ? b : a > 0 ? 1 : 0);

  /** 1 where a is above b, else 0. */
  Binary GREATER =
      new VectorBinary() {
        @Override
        public double apply(double a, double b) {
          return a > b ? 1 : 0;
        }

        @Override
        public float apply(float a, float b) {
          return a > b ? 1 : 0;
        }

        @Override
        public FloatVector apply(FloatVector a, FloatVector b) {
          return VectorMath.greater(a, b);
        }
      };

  /** 1 where a is at least b, else 0. */
  Binary GREATER_EQUAL =
      new VectorBinary() {
        @Override
        public double apply(double a, double b) {
          return a >= b ? 1 : 0;
        }

        @Override
        public float apply(float a, float b) {
          return a >= b ? 1 : 0;
        }

        @Override
        public FloatVector apply(FloatVector a, FloatVector b) {
          return VectorMath.greaterEqual(a, b);
        }
      };
}
