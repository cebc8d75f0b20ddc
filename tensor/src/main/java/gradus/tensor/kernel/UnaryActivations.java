package gradus.tensor.kernel;

/**
 * Activation functions of neural networks.
 */
public interface UnaryActivations {

  /** 1 / (1 + e⁻ˣ). */
  Unary SIGMOID =
      new Unary() {
        @Override
        public double apply(double x) {
          return 1 / (1 + Math.exp(-x));
        }
      };

  /** max(x, 0); NaN stays. */
  Unary RELU =
      new Unary() {
        @Override
        public double apply(double x) {
          return x <= 0 ? 0 : x;
        }

        @Override
        public float apply(float x) {
          return x <= 0 ? 0 : x;
        }

        @Override
        public long apply(long x) {
          return Math.max(x, 0);
        }
      };

  /** x·Φ(x) with the normal distribution Φ, through erf. */
  Unary GELU =
      new Unary() {
        @Override
        public double apply(double x) {
          return x * 0.5 * Erf.erfc(-x * Math.sqrt(0.5));
        }
      };

  /** The tanh approximation of GELU: x/2·(1 + tanh(√(2/π)(x + 0.044715x³))). */
  Unary GELU_TANH =
      new Unary() {
        @Override
        public double apply(double x) {
          double inner = Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x);
          return 0.5 * x * (1 + Math.tanh(inner));
        }
      };

  /** x·sigmoid(x), also called swish. */
  Unary SILU =
      new Unary() {
        @Override
        public double apply(double x) {
          return x / (1 + Math.exp(-x));
        }
      };

  /** x·tanh(log(1 + eˣ)). */
  Unary MISH =
      new Unary() {
        @Override
        public double apply(double x) {
          return x * Math.tanh(Elementary.softplus(x));
        }
      };

  /** log(sigmoid(x)), safe for large |x|. */
  Unary LOG_SIGMOID =
      new Unary() {
        @Override
        public double apply(double x) {
          return -Elementary.softplus(-x);
        }
      };

  /** min(max(x + 3, 0), 6) / 6. */
  Unary HARDSIGMOID =
      new Unary() {
        @Override
        public double apply(double x) {
          return Math.min(Math.max(x + 3, 0), 6) / 6;
        }
      };

  /** x·hardsigmoid(x). */
  Unary HARDSWISH =
      new Unary() {
        @Override
        public double apply(double x) {
          return x * Math.min(Math.max(x + 3, 0), 6) / 6;
        }
      };

  /** x / (1 + |x|). */
  Unary SOFTSIGN =
      new Unary() {
        @Override
        public double apply(double x) {
          return x / (1 + Math.abs(x));
        }
      };

  /** x − tanh(x). */
  Unary TANHSHRINK =
      new Unary() {
        @Override
        public double apply(double x) {
          return x - Math.tanh(x);
        }
      };
}
