package gradus.tensor.kernel.op;

import gradus.tensor.kernel.math.VectorSpecial;
import jdk.incubator.vector.FloatVector;

/** Activations with a parameter, and gradients of activations from their result. */
public interface BinaryActivations {

  /** x, multiplied by slope where negative. */
  Binary LEAKY_RELU =
      new VectorBinary() {
        @Override
        public double apply(double x, double slope) {
          return x > 0 ? x : x * slope;
        }

        @Override
        public float apply(float x, float slope) {
          return x > 0 ? x : x * slope;
        }

        @Override
        public FloatVector apply(FloatVector x, FloatVector slope) {
          return VectorSpecial.leakyRelu(x, slope);
        }
      };

  /** The gradient of RELU: g where its result y is above 0. */
  Binary RELU_GRAD =
      new VectorBinary() {
        @Override
        public double apply(double g, double y) {
          return y <= 0 ? 0 : g;
        }

        @Override
        public float apply(float g, float y) {
          int kept = y <= 0 ? 0 : -1; // of numbers it would be a branch, and taken at random
          return Float.intBitsToFloat(Float.floatToRawIntBits(g) & kept);
        }

        @Override
        public FloatVector apply(FloatVector g, FloatVector y) {
          return VectorSpecial.reluGrad(g, y);
        }
      };

  /** The gradient of TANH from its result y: g·(1 − y²). */
  Binary TANH_GRAD =
      new VectorBinary() {
        @Override
        public double apply(double g, double y) {
          return g * (1 - y * y);
        }

        @Override
        public float apply(float g, float y) {
          return g * (1 - y * y);
        }

        @Override
        public FloatVector apply(FloatVector g, FloatVector y) {
          return VectorSpecial.tanhGrad(g, y);
        }
      };

  /** The gradient of SIGMOID from its result y: g·y·(1 − y). */
  Binary SIGMOID_GRAD =
      new VectorBinary() {
        @Override
        public double apply(double g, double y) {
          return g * ((1 - y) * y);
        }

        @Override
        public float apply(float g, float y) {
          return g * ((1 - y) * y);
        }

        @Override
        public FloatVector apply(FloatVector g, FloatVector y) {
          return VectorSpecial.sigmoidGrad(g, y);
        }
      };
}
