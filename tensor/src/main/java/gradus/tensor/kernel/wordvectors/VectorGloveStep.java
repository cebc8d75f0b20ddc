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
    int half = tables.half();
    int[] rows = pairs.rows();
    float[] logs = pairs.logs();
    float[] weights = pairs.weights();
    int word = pairs.word();
    int context = pairs.context();
    int twos = half - half % (2 * LENGTH);
    double cost = 0;
    for (int i = from; i < to; i++) {
      int p = (word + (rows[i] >>> 16)) * 2 * half;
      int q = (context + (rows[i] & 0xffff)) * 2 * half;
      FloatVector a = FloatVector.zero(SPECIES);
      FloatVector b = FloatVector.zero(SPECIES);
      for (int j = 0; j < twos; j += 2 * LENGTH) {
        FloatVector w = FloatVector.fromArray(SPECIES, words, p + j);
        a = w.fma(FloatVector.fromArray(SPECIES, contexts, q + j), a);
        w = FloatVector.fromArray(SPECIES, words, p + j + LENGTH);
        b = w.fma(FloatVector.fromArray(SPECIES, contexts, q + j + LENGTH), b);
      }
      if (twos < half) {
        FloatVector w = FloatVector.fromArray(SPECIES, words, p + twos);
        a = w.fma(FloatVector.fromArray(SPECIES, contexts, q + twos), a);
      }
      float difference = sum(a.add(b)) - logs[i];
      float slope = weights[i] * difference;
      cost += 0.5 * slope * difference;
      float rate = slope * eta;
      if (Math.abs(rate) <= GloveStep.MOST_FOR_SERIES) {
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
          FloatVector three = FloatVector.broadcast(SPECIES, 0.375f);
          FloatVector one = FloatVector.broadcast(SPECIES, 1f);
          FloatVector minus = FloatVector.broadcast(SPECIES, -0.5f);
          scaleW.mul(x.fma(three, minus).fma(x, one)).intoArray(words, p + half + j);
          scaleC.mul(y.fma(three, minus).fma(y, one)).intoArray(contexts, q + half + j);
        }
      } else if (Float.isFinite(rate)) {
        exact(words, p, contexts, q, half, rate, GloveStep.MOST_GRADIENT * eta);
      }
    }
    return cost;
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
