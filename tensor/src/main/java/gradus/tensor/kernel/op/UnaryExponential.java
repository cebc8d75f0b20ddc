package gradus.tensor.kernel.op;

import gradus.tensor.kernel.math.Elementary;
import gradus.tensor.kernel.math.PlainExponential;
import gradus.tensor.kernel.math.VectorExponential;
import jdk.incubator.vector.FloatVector;

/** Exponentials and logarithms of one element. */
public interface UnaryExponential {

  /** eˣ. */
  Unary EXP =
      new VectorUnary() {
        @Override
        public double apply(double x) {
          return Math.exp(x);
        }

        @Override
        public float apply(float x) {
          return PlainExponential.exp(x);
        }

        @Override
        public FloatVector apply(FloatVector x) {
          return VectorExponential.exp(x);
        }
      };

  /** 2ˣ. */
  Unary EXP2 =
      new VectorUnary() {
        @Override
        public double apply(double x) {
          return Math.pow(2, x);
        }

        @Override
        public float apply(float x) {
          return PlainExponential.exp2(x);
        }

        @Override
        public FloatVector apply(FloatVector x) {
          return VectorExponential.exp2(x);
        }
      };

  /** eˣ − 1, exact near 0. */
  Unary EXPM1 =
      new VectorUnary() {
        @Override
        public double apply(double x) {
          return Math.expm1(x);
        }

        @Override
        public FloatVector apply(FloatVector x) {
          return VectorExponential.expm1(x);
        }
      };

  /** The natural logarithm. */
  Unary LOG =
      new VectorUnary() {
        @Override
        public double apply(double x) {
          return Math.log(x);
        }

        @Override
        public float apply(float x) {
          return PlainExponential.log(x);
        }

        @Override
        public FloatVector apply(FloatVector x) {
          return VectorExponential.log(x);
        }
      };

  /** The logarithm to base 2. */
  Unary LOG2 =
      new VectorUnary() {
        @Override
        public double apply(double x) {
          return Elementary.log2(x);
        }

        @Override
        public float apply(float x) {
          return PlainExponential.log2(x);
        }

        @Override
        public FloatVector apply(FloatVector x) {
          return VectorExponential.log2(x);
        }
      };

  /** The logarithm to base 10. */
  Unary LOG10 =
      new VectorUnary() {
        @Override
        public double apply(double x) {
          return Math.log10(x);
        }

        @Override
        public float apply(float x) {
          return PlainExponential.log10(x);
        }

        @Override
        public FloatVector apply(FloatVector x) {
          return VectorExponential.log10(x);
        }
      };

  /** log(1 + x), exact near 0. */
  Unary LOG1P =
      new VectorUnary() {
        @Override
        public double apply(double x) {
          return Math.log1p(x);
        }

        @Override
        public FloatVector apply(FloatVector x) {
          return VectorExponential.log1p(x);
        }
      };

  /** log(x / (1 − x)), the inverse of sigmoid. */
  Unary LOGIT = x -> Math.log(x / (1 - x));
}
