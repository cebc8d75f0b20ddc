package gradus.tensor.kernel.wordvectors;

import gradus.tensor.kernel.Lanes;
import gradus.tensor.kernel.wordvectors.GloveStep.Pairs;
import gradus.tensor.kernel.wordvectors.GloveStep.Tables;

/** {@link VectorGloveStep} without vectors; the same bits. */
final class PlainGloveStep {

  /** Sums that go side by side, as in the lanes of a vector. */
  private static final int LENGTH = Lanes.COUNT == 0 ? 16 : Lanes.COUNT;

  private PlainGloveStep() {}

  static double steps(Tables tables, Pairs pairs, int from, int to, float eta) {
    float[] words = tables.words();
    float[] contexts = tables.contexts();
    int dim = tables.dim();
    int half = tables.half();
    float[] sums = new float[2 * LENGTH];
    double cost = 0;
    for (int i = from; i < to; i++) {
      int p = (pairs.word() + (pairs.rows()[i] >>> 16)) * 2 * half;
      int q = (pairs.context() + (pairs.rows()[i] & 0xffff)) * 2 * half;
      float difference = dot(words, p, contexts, q, half, sums) - pairs.logs()[i];
      float slope = pairs.weights()[i] * difference;
      cost += 0.5 * slope * difference;
      float rate = slope * eta;
      float bias = Math.max(words[p + half + dim], contexts[q + half + dim + 1]);
      if (Math.abs(rate) * Math.max(1, bias) <= GloveStep.MOST_FOR_SERIES) {
        series(words, p, contexts, q, half, rate);
      } else if (Float.isFinite(rate)) {
        exact(words, p, contexts, q, half, rate, GloveStep.MOST_GRADIENT * eta);
      }
    }
    return cost;
  }

  private static float dot(float[] words, int p, float[] contexts, int q, int half, float[] sums) {
    for (int l = 0; l < 2 * LENGTH; l++) {
      sums[l] = 0;
    }
    int j = 0;
    for (; j <= half - 2 * LENGTH; j += 2 * LENGTH) {
      for (int l = 0; l < 2 * LENGTH; l++) {
        sums[l] = Math.fma(words[p + j + l], contexts[q + j + l], sums[l]);
      }
    }
    for (int l = 0; j + l < half; l++) {
      sums[l] = Math.fma(words[p + j + l], contexts[q + j + l], sums[l]);
    }
    for (int some = LENGTH; some > 0; some /= 2) {
      for (int l = 0; l < some; l++) {
        sums[l] += sums[l + some];
      }
    }
    return sums[0];
  }

  private static void series(float[] words, int p, float[] contexts, int q, int half, float rate) {
    for (int j = 0; j < half; j++) {
      float w = words[p + j];
      float c = contexts[q + j];
      float scaleW = words[p + half + j];
      float scaleC = contexts[q + half + j];
      float stepW = c * rate * scaleW;
      float stepC = w * rate * scaleC;
      words[p + j] = w - stepW;
      contexts[q + j] = c - stepC;
      words[p + half + j] = scaleW * shrink(stepW * stepW);
      contexts[q + half + j] = scaleC * shrink(stepC * stepC);
    }
  }

  /** The first terms of 1/√(1 + square). */
  private static float shrink(float square) {
    float x = Math.min(square, GloveStep.MOST_SQUARE);
    return Math.fma(Math.fma(x, 0.375f, -0.5f), x, 1f);
  }

  private static void exact(
      float[] words, int p, float[] contexts, int q, int half, float rate, float most) {
    for (int j = 0; j < half; j++) {
      float w = words[p + j];
      float c = contexts[q + j];
      float scaleW = words[p + half + j];
      float scaleC = contexts[q + half + j];
      float stepW = Math.max(Math.min(c * rate, most), -most) * scaleW;
      float stepC = Math.max(Math.min(w * rate, most), -most) * scaleC;
      words[p + j] = w - stepW;
      contexts[q + j] = c - stepC;
      words[p + half + j] = scaleW / (float) Math.sqrt(Math.fma(stepW, stepW, 1f));
      contexts[q + half + j] = scaleC / (float) Math.sqrt(Math.fma(stepC, stepC, 1f));
    }
  }
}
