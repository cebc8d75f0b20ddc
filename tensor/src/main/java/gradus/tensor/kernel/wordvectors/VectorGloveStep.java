package gradus.tensor.kernel.wordvectors;

import static gradus.tensor.kernel.math.VectorMath.sum;

import gradus.tensor.kernel.FloatLanes;
import gradus.tensor.kernel.wordvectors.GloveStep.Pairs;
import gradus.tensor.kernel.wordvectors.GloveStep.Tables;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The steps of {@link GloveStep} with vectors, which a row holds a whole number of. */
final class VectorGloveStep {

  private static final VectorSpecies<Float> SPECIES = FloatLanes.SPECIES;
  private static final int LENGTH = SPECIES.length();

  private VectorGloveStep() {}

  static double steps(Tables tables, Pairs pairs, int from, int to, float eta) {
    float[] words = tables.words();
    float[] contexts = tables.contexts();
    int dim = tables.dim();
    int half = tables.half();
    int[] rows = pairs.rows();
    float[] logs = pairs.logs();
    float[] weights = pairs.weights();
    int word = pairs.word();
    int context = pairs.context();
    int twos = half - half % (2 * LENGTH);
    double cost = 0;
    for (int i = from; i < to; ) {
      int second = Math.min(i + 1, to - 1);
      int p = (word + (rows[i] >>> 16)) * 2 * half;
      int q = (context + (rows[i] & 0xffff)) * 2 * half;
      int r = (word + (rows[second] >>> 16)) * 2 * half;
      int s = (context + (rows[second] & 0xffff)) * 2 * half;
      FloatVector a = FloatVector.zero(SPECIES);
      FloatVector b = FloatVector.zero(SPECIES);
      FloatVector c = FloatVector.zero(SPECIES);
      FloatVector d = FloatVector.zero(SPECIES);
      for (int j = 0; j < twos; j += 2 * LENGTH) {
        FloatVector w = FloatVector.fromArray(SPECIES, words, p + j);
        a = w.fma(FloatVector.fromArray(SPECIES, contexts, q + j), a);
        w = FloatVector.fromArray(SPECIES, words, p + j + LENGTH);
        b = w.fma(FloatVector.fromArray(SPECIES, contexts, q + j + LENGTH), b);
        w = FloatVector.fromArray(SPECIES, words, r + j);
        c = w.fma(FloatVector.fromArray(SPECIES, contexts, s + j), c);
        w = FloatVector.fromArray(SPECIES, words, r + j + LENGTH);
        d = w.fma(FloatVector.fromArray(SPECIES, contexts, s + j + LENGTH), d);
      }
      if (twos < half) {
        FloatVector w = FloatVector.fromArray(SPECIES, words, p + twos);
        a = w.fma(FloatVector.fromArray(SPECIES, contexts, q + twos), a);
        w = FloatVector.fromArray(SPECIES, words, r + twos);
        c = w.fma(FloatVector.fromArray(SPECIES, contexts, s + twos), c);
      }
      float difference = sum(a.add(b)) - logs[i];
      float difference2 = sum(c.add(d)) - logs[second];
      float slope = weights[i] * difference;
      cost += 0.5 * slope * difference;
      move(words, p, contexts, q, dim, half, slope * eta, eta);
      i++;
      // What the second product was made of has changed if they share a row.
      if (second == i && p != r && q != s) {
        slope = weights[i] * difference2;
        cost += 0.5 * slope * difference2;
        move(words, r, contexts, s, dim, half, slope * eta, eta);
        i++;
      }
    }
    return cost;
  }

  private static void move(
      float[] words, int p, float[] contexts, int q, int dim, int half, float rate, float eta) {
    float bias = Math.max(words[p + half + dim], contexts[q + half + dim + 1]);
    if (Math.abs(rate) * Math.max(1, bias) <= GloveStep.MOST_FOR_SERIES) {
      series(words, p, contexts, q, half, rate);
    } else if (Float.isFinite(rate)) {
      exact(words, p, contexts, q, half, rate, GloveStep.MOST_GRADIENT * eta);
    }
  }

  private static void series(float[] words, int p, float[] contexts, int q, int half, float rate) {
    FloatVector three = FloatVector.broadcast(SPECIES, 0.375f);
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    FloatVector minus = FloatVector.broadcast(SPECIES, -0.5f);
    for (int j = 0; j < half; j += LENGTH) {
      FloatVector w = FloatVector.fromArray(SPECIES, words, p + j);
      FloatVector c = FloatVector.fromArray(SPECIES, contexts, q + j);
      FloatVector scaleW = FloatVector.fromArray(SPECIES, words, p + half + j);
      FloatVector scaleC = FloatVector.fromArray(SPECIES, contexts, q + half + j);
      FloatVector stepW = c.mul(rate).mul(scaleW);
      FloatVector stepC = w.mul(rate).mul(scaleC);
      w.sub(stepW).intoArray(words, p + j);
      c.sub(stepC).intoArray(contexts, q + j);
      FloatVector x = stepW.mul(stepW).min(GloveStep.MOST_SQUARE);
      FloatVector y = stepC.mul(stepC).min(GloveStep.MOST_SQUARE);
      scaleW.mul(x.fma(three, minus).fma(x, one)).intoArray(words, p + half + j);
      scaleC.mul(y.fma(three, minus).fma(y, one)).intoArray(contexts, q + half + j);
    }
  }

  private static void exact(
      float[] words, int p, float[] contexts, int q, int half, float rate, float most) {
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    for (int j = 0; j < half; j += LENGTH) {
      FloatVector w = FloatVector.fromArray(SPECIES, words, p + j);
      FloatVector c = FloatVector.fromArray(SPECIES, contexts, q + j);
      FloatVector scaleW = FloatVector.fromArray(SPECIES, words, p + half + j);
      FloatVector scaleC = FloatVector.fromArray(SPECIES, contexts, q + half + j);
      FloatVector stepW = c.mul(rate).min(most).max(-most).mul(scaleW);
      FloatVector stepC = w.mul(rate).min(most).max(-most).mul(scaleC);
      w.sub(stepW).intoArray(words, p + j);
      c.sub(stepC).intoArray(contexts, q + j);
      FloatVector root = stepW.fma(stepW, one).lanewise(VectorOperators.SQRT);
      scaleW.div(root).intoArray(words, p + half + j);
      root = stepC.fma(stepC, one).lanewise(VectorOperators.SQRT);
      scaleC.div(root).intoArray(contexts, q + half + j);
    }
  }
}
