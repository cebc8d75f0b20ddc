package gradus.tensor.kernel.op;

import gradus.tensor.kernel.math.Elementary;
import gradus.tensor.kernel.math.Erf;
import gradus.tensor.kernel.math.PlainPiecewise;
import gradus.tensor.kernel.math.PlainSpecial;
import gradus.tensor.kernel.math.VectorPiecewise;
import gradus.tensor.kernel.math.VectorSpecial;
import jdk.incubator.vector.FloatVector;

/** Activation functions of neural networks. */
public interface UnaryActivations {

  /** 1 / (1 + e⁻ˣ). */
  Unary SIGMOID =
      new VectorUnary() {
        @Override
        public double apply(double x) {
          return 1 / (1 + Math.exp(-x));
        }

        @Override
        public float apply(float x) {
          return PlainPiecewise.AVAILABLE ? PlainPiecewise.sigmoid(x) : PlainSpecial.sigmoid(x);
        }

        @Override
        public FloatVector apply(FloatVector x) {
          return PlainPiecewise.AVAILABLE ? VectorPiecewise.sigmoid(x) : VectorSpecial.sigmoid(x);
        }

        @Override
        public float limit() {
          return PlainPiecewise.AVAILABLE ? PlainPiecewise.SIGMOID_LIMIT : Float.POSITIVE_INFINITY;
        }

        @Override
        public FloatVector beyond(FloatVector x) {
          return VectorPiecewise.sigmoidFar(x);
        }
      };

  /** max(x, 0); NaN stays. */
  Unary RELU =
      new VectorUnary() {
        @Override
        public double apply(double x) {
          return x <= 0 ? 0 : x;
        }

        @Override
        public float apply(float x) {
          return Math.max(x, 0f); // a branch would be taken at random
        }

        @Override
        public long apply(long x) {
          return Math.max(x, 0);
        }

        @Override
        public FloatVector apply(FloatVector x) {
          return VectorSpecial.relu(x);
        }
      };

  /** x·Φ(x) with the normal distribution Φ, through erf. */
  Unary GELU =
      new VectorUnary() {
        @Override
        public double apply(double x) {
          return x * 0.5 * Erf.erfc(-x * Math.sqrt(0.5));
        }

        @Override
        public float apply(float x) {
          return PlainPiecewise.AVAILABLE ? PlainPiecewise.gelu(x) : PlainSpecial.gelu(x);
        }

        @Override
        public FloatVector apply(FloatVector x) {
          return PlainPiecewise.AVAILABLE ? VectorPiecewise.gelu(x) : VectorSpecial.gelu(x);
        }

        @Override
        public float limit() {
          return PlainPiecewise.AVAILABLE ? PlainPiecewise.GELU_LIMIT : Float.POSITIVE_INFINITY;
        }

        @Override
        public FloatVector beyond(FloatVector x) {
          return VectorPiecewise.geluFar(x);
        }
      };

  /** The tanh approximation of GELU: x/2·(1 + tanh(√(2/π)(x + 0.044715x³))). */
  Unary GELU_TANH =
      new VectorUnary() {
        @Override
        public double apply(double x) {
          double inner = Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x);
          return x / (1 + Math.exp(-2 * inner));
        }

        @Override
        public float apply(float x) {
          return PlainPiecewise.AVAILABLE ? PlainPiecewise.geluTanh(x) : PlainSpecial.geluTanh(x);
        }

        @Override
        public FloatVector apply(FloatVector x) {
          return PlainPiecewise.AVAILABLE ? VectorPiecewise.geluTanh(x) : VectorSpecial.geluTanh(x);
        }

        @Override
        public float limit() {
          return PlainPiecewise.AVAILABLE ? PlainPiecewise.GELU_LIMIT : Float.POSITIVE_INFINITY;
        }

        @Override
        public FloatVector beyond(FloatVector x) {
          return VectorPiecewise.geluTanhFar(x);
        }
      };

  /** x·sigmoid(x), also called swish. */
  Unary SILU =
      new VectorUnary() {
        @Override
        public double apply(double x) {
          return x / (1 + Math.exp(-x));
        }

        @Override
        public float apply(float x) {
          return PlainPiecewise.AVAILABLE ? PlainPiecewise.silu(x) : PlainSpecial.silu(x);
        }

        @Override
        public FloatVector apply(FloatVector x) {
          return PlainPiecewise.AVAILABLE ? VectorPiecewise.silu(x) : VectorSpecial.silu(x);
        }

        @Override
        public float limit() {
          return PlainPiecewise.AVAILABLE ? PlainPiecewise.SILU_LIMIT : Float.POSITIVE_INFINITY;
        }

        @Override
        public FloatVector beyond(FloatVector x) {
          return VectorPiecewise.siluFar(x);
        }
      };

  /** x·tanh(log(1 + eˣ)). */
  Unary MISH =
      new VectorUnary() {
        @Override
        public double apply(double x) {
          return x * Math.tanh(Elementary.softplus(x));
        }

        @Override
        public FloatVector apply(FloatVector x) {
          return VectorSpecial.mish(x);
        }
      };

  /** log(sigmoid(x)), safe for large |x|. */
  Unary LOG_SIGMOID =
      new VectorUnary() {
        @Override
        public double apply(double x) {
          return -Elementary.softplus(-x);
        }

        @Override
        public FloatVector apply(FloatVector x) {
          return VectorSpecial.logSigmoid(x);
        }
      };

  /** min(max(x + 3, 0), 6) / 6. */
  Unary HARDSIGMOID =
      new VectorUnary() {
        @Override
        public double apply(double x) {
          return Math.min(Math.max(x + 3, 0), 6) / 6;
        }

        @Override
        public FloatVector apply(FloatVector x) {
          return VectorSpecial.hardSigmoid(x);
        }
      };

  /** x·hardsigmoid(x). */
  Unary HARDSWISH =
      new VectorUnary() {
        @Override
        public double apply(double x) {
          return x * Math.min(Math.max(x + 3, 0), 6) / 6;
        }

        @Override
        public FloatVector apply(FloatVector x) {
          return VectorSpecial.hardSwish(x);
        }
      };

  /** x / (1 + |x|). */
  Unary SOFTSIGN =
      new VectorUnary() {
        @Override
        public double apply(double x) {
          return x / (1 + Math.abs(x));
        }

        @Override
        public FloatVector apply(FloatVector x) {
          return VectorSpecial.softsign(x);
        }
      };

  /** x − tanh(x). */
  Unary TANHSHRINK = x -> x - Math.tanh(x);
}
