package gradus.tensor.kernel;

/**
 * Exponentials and logarithms of one element.
 */
public interface UnaryExponential {

  /** eˣ. */
  Unary EXP =
      new Unary() {
        @Override
        public double apply(double x) {
          return Math.exp(x);
        }
      };

  /** 2ˣ. */
  Unary EXP2 =
      new Unary() {
        @Override
        public double apply(double x) {
          return Math.pow(2, x);
        }
      };

  /** eˣ − 1, exact near 0. */
  Unary EXPM1 =
      new Unary() {
        @Override
        public double apply(double x) {
          return Math.expm1(x);
        }
      };

  /** The natural logarithm. */
  Unary LOG =
      new Unary() {
        @Override
        public double apply(double x) {
          return Math.log(x);
        }
      };

  /** The logarithm to base 2. */
  Unary LOG2 =
      new Unary() {
        @Override
        public double apply(double x) {
          return Elementary.log2(x);
        }
      };

  /** The logarithm to base 10. */
  Unary LOG10 =
      new Unary() {
        @Override
        public double apply(double x) {
          return Math.log10(x);
        }
      };

  /** log(1 + x), exact near 0. */
  Unary LOG1P =
      new Unary() {
        @Override
        public double apply(double x) {
          return Math.log1p(x);
        }
      };

  /** log(x / (1 − x)), the inverse of sigmoid. */
  Unary LOGIT =
      new Unary() {
        @Override
        public double apply(double x) {
          return Math.log(x / (1 - x));
        }
      };
}
