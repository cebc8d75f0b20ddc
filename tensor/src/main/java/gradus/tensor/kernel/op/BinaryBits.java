package gradus.tensor.kernel.op;

import gradus.tensor.kernel.math.Integers;

/** Ops of integers: bits and divisors. */
public interface BinaryBits {

  /** The greatest common divisor; integers only. */
  Binary GCD =
      new Binary() {
        @Override
        public double apply(double a, double b) {
          return Integers.onlyIntegers();
        }

        @Override
        public long apply(long a, long b) {
          return Integers.gcd(a, b);
        }
      };

  /** The least common multiple; integers only. */
  Binary LCM =
      new Binary() {
        @Override
        public double apply(double a, double b) {
          return Integers.onlyIntegers();
        }

        @Override
        public long apply(long a, long b) {
          return Integers.lcm(a, b);
        }
      };

  /** {@code a & b}; integers and booleans only. */
  Binary BITWISE_AND =
      new Binary() {
        @Override
        public double apply(double a, double b) {
          return Integers.onlyIntegers();
        }

        @Override
        public long apply(long a, long b) {
          return a & b;
        }
      };

  /** a | b; integers and booleans only. */
  Binary BITWISE_OR =
      new Binary() {
        @Override
        public double apply(double a, double b) {
          return Integers.onlyIntegers();
        }

        @Override
        public long apply(long a, long b) {
          return a | b;
        }
      };

  /** a ^ b; integers and booleans only. */
  Binary BITWISE_XOR =
      new Binary() {
        @Override
        public double apply(double a, double b) {
          return Integers.onlyIntegers();
        }

        @Override
        public long apply(long a, long b) {
          return a ^ b;
        }
      };

  /** a·2ᵇ; an integer shifted by 64 or more is 0. */
  Binary SHIFT_LEFT =
      new Binary() {
        @Override
        public double apply(double a, double b) {
          return a * Math.pow(2, b);
        }

        @Override
        public long apply(long a, long b) {
          return b < 0 || b > 63 ? 0 : a << b;
        }
      };

  /** a/2ᵇ; for integers rounded down. */
  Binary SHIFT_RIGHT =
      new Binary() {
        @Override
        public double apply(double a, double b) {
          return a / Math.pow(2, b);
        }

        @Override
        public long apply(long a, long b) {
          return b < 0 || b > 63 ? a >> 63 : a >> b;
        }
      };
}
