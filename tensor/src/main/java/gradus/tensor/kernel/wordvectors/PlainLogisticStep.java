package gradus.tensor.kernel.wordvectors;

import static gradus.tensor.kernel.wordvectors.LogisticStep.LANES;

import gradus.tensor.kernel.math.PlainExponential;
import java.util.Arrays;

/** The plain form of {@link VectorLogisticStep}, with the same bits. */
final class PlainLogisticStep {

  private PlainLogisticStep() {}

  static void scores(LogisticStep step, LogisticStep.Moving moving, float[] sums) {
    int outs = moving.outs();
    for (int i = 0; i < moving.ins(); i++) {
      for (int o = 0; o < outs; o++) {
        step.pairs[i * outs + o] =
            dot(moving.in(), step.inputs[i], moving.out(), step.outputs[o], step.stride, sums);
      }
    }
  }

  /** In as many sums as there are lanes, which are then folded in halves. */
  private static float dot(float[] a, int aAt, float[] b, int bAt, int length, float[] sums) {
    Arrays.fill(sums, 0);
    for (int j = 0; j < length; j += LANES) {
      for (int lane = 0; lane < LANES; lane++) {
        sums[lane] = Math.fma(b[bAt + j + lane], a[aAt + j + lane], sums[lane]);
      }
    }
    for (int half = LANES / 2; half > 0; half /= 2) {
      for (int lane = 0; lane < half; lane++) {
        sums[lane] += sums[lane + half];
      }
    }
    return sums[0];
  }

  static void exponentials(LogisticStep step, int n) {
    for (int i = 0; i < n; i++) {
      step.pairLosses[i] = PlainExponential.exp(-Math.abs(step.pairs[i]));
    }
  }

  static void logistic(LogisticStep step, int n, float rate) {
    for (int i = 0; i < n; i++) {
      float score = step.pairs[i];
      float e = step.pairLosses[i];
      float p = (score < 0 ? e : 1f) / (1f + e);
      float wrong = score < 0 == step.pairLabels[i] < 0.5f ? 0 : Math.abs(score);
      step.pairLosses[i] = PlainExponential.log(1f + e) + wrong;
      step.pairs[i] = (step.pairLabels[i] - p) * rate;
    }
  }

  static void move(LogisticStep step, LogisticStep.Moving moving) {
    float[] old = new float[LogisticStep.TILE];
    float[] moves = new float[LogisticStep.TILE];
    int outs = moving.outs();
    for (int first = 0, tile; first < outs; first += tile) {
      tile = outs - first >= LogisticStep.TILE ? LogisticStep.TILE : 1;
      for (int j = 0; j < step.stride; j++) {
        for (int o = 0; o < tile; o++) {
          old[o] = moving.out()[step.outputs[first + o] + j];
          moves[o] = 0;
        }
        for (int i = 0; i < moving.ins(); i++) {
          float x = moving.in()[step.inputs[i] + j];
          float sum = moving.inTo()[moving.inToAt()[i] + j];
          for (int o = 0; o < tile; o++) {
            float g = step.pairs[i * outs + first + o];
            moves[o] = Math.fma(x, g, moves[o]);
            sum = Math.fma(old[o], g, sum);
          }
          moving.inTo()[moving.inToAt()[i] + j] = sum;
        }
        for (int o = 0; o < tile; o++) {
          moving.outTo()[moving.outToAt()[first + o] + j] += moves[o];
        }
      }
    }
  }
}
