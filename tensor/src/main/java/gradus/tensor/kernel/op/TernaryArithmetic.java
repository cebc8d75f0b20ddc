package gradus.tensor.kernel.op;

import gradus.tensor.kernel.math.Elementary;
import gradus.tensor.kernel.math.VectorMath;
import gradus.tensor.kernel.math.VectorSpecial;
import jdk.incubator.vector.FloatVector;

/** What is made of three elements. */
public interface TernaryArithmetic {

  /** x, but at least lo and at most hi; NaN stays. */
  Ternary CLAMP =
      new VectorTernary() {
        @Override
        public double apply(double x, double lo, double hi) {
          return Math.min(Math.max(x, lo), hi);
        }

        @Override
        public float apply(float x, float lo, float hi) {
          return Math.min(Math.max(x, lo), hi);
        }

        @Override
        public long apply(long x, long lo, long hi) {
          return Math.min(Math.max(x, lo), hi);
        }

        @Override
        public FloatVector apply(FloatVector x, FloatVector lo, FloatVector hi) {
          return VectorMath.min(VectorMath.max(x, lo), hi);
        }
      };

  /** a + b·c. */
  Ternary ADDCMUL =
      new VectorTernary() {
        @Override
        public double apply(double a, double b, double c) {
          return a + b * c;
        }

        @Override
        public long apply(long a, long b, long c) {
          return a + b * c;
        }

        @Override
        public FloatVector apply(FloatVector a, FloatVector b, FloatVector c) {
          return VectorMath.addcmul(a, b, c);
        }
      };

  /** From a to b by the weight w: a + w·(b − a), exact at both ends. */
  Ternary LERP =
      new VectorTernary() {
        @Override
        public double apply(double a, double b, double w) {
          return Math.abs(w) < 0.5 ? a + w * (b - a) : b - (b - a) * (1 - w);
        }

        @Override
        public FloatVector apply(FloatVector a, FloatVector b, FloatVector w) {
          return VectorMath.lerp(a, b, w);
        }
      };

  /** scale·x, and scale·alpha·(eˣ − 1) where x is negative. */
  Ternary ELU =
      new VectorTernary() {
        @Override
        public double apply(double x, double alpha, double scale) {
          return x <= 0 ? scale * alpha * Math.expm1(x) : scale * x;
        }

        @Override
        public FloatVector apply(FloatVector x, FloatVector alpha, FloatVector scale) {
          return VectorSpecial.elu(x, alpha, scale);
        }
      };

  /** log(1 + e^(beta·x)) / beta, and x itself where beta·x is above threshold. */
  Ternary SOFTPLUS =
      new VectorTernary() {
        @Override
        public double apply(double x, double beta, double threshold) {
          return x * beta > threshold ? x : Elementary.softplus(x * beta) / beta;
        }

        @Override
        public FloatVector apply(FloatVector x, FloatVector beta, FloatVector threshold) {
          return VectorSpecial.softplus(x, beta, threshold);
        }
      };

  /** x where it is above threshold, else value. */
  Ternary THRESHOLD =
      new VectorTernary() {
        @Override
        public double apply(double x, double threshold, double value) {
          return x <= threshold ? value : x;
        }

        @Override
        public float apply(float x, float threshold, float value) {
          return x <= threshold ? value : x;
        }

        @Override
        public long apply(long x, long threshold, long value) {
          return x <= threshold ? value : x;
        }

        @Override
        public FloatVector apply(FloatVector x, FloatVector threshold, FloatVector value) {
          return VectorSpecial.threshold(x, threshold, value);
        }
      };

  /** a where the condition is not 0, else b. */
  Ternary WHERE =
      new VectorTernary() {
        @Override
        public double apply(double condition, double a, double b) {
          return condition != 0 ? a : b;
        }

        @Override
        public float apply(float condition, float a, float b) {
          return condition != 0 ? a : b;
        }

        @Override
        public FloatVector apply(FloatVector condition, FloatVector a, FloatVector b) {
          return VectorMath.where(condition, a, b);
        }
      };
}
