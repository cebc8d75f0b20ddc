package gradus.tensor.kernel.rows;

import gradus.tensor.kernel.FloatLanes;
import gradus.tensor.kernel.Lanes;
import gradus.tensor.kernel.Rotations;
import gradus.tensor.kernel.reduce.Accumulator;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector forms of layer normalisation, one row each; gamma and beta are never null here. See
 * {@link Rotations} for why the loops are written out.
 */
final class VectorLayerNorm {

  private static final VectorSpecies<Float> SPECIES = FloatLanes.SPECIES;
  private static final int LENGTH = SPECIES.length();
  private static final Accumulator SUM = Accumulator.vector(Accumulator.Op.SUM);
  private static final Accumulator DEVIATIONS = Accumulator.vector(Accumulator.Op.DEVIATIONS);

  private VectorLayerNorm() {}

  static void forward(
      float[] x,
      int at,
      float[] gamma,
      int gammaOff,
      float[] beta,
      int betaOff,
      float eps,
      float[] out,
      float[] means,
      float[] rstds,
      int row,
      int n) {
    double exact = SUM.row(x, at, n, 0) / n;
    float mean = (float) exact;
    double rounding = mean - exact;
    double variance = DEVIATIONS.row(x, at, n, mean) / n - rounding * rounding;
    float rstd = (float) (1 / Math.sqrt(variance + eps));
    means[row] = mean;
    rstds[row] = rstd;
    int to = row * n;
    int bound = SPECIES.loopBound(n);
    int i = 0;
    for (; i < bound; i += LENGTH) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, at + i).sub(mean).mul(rstd);
      FloatVector scale = FloatVector.fromArray(SPECIES, gamma, gammaOff + i);
      FloatVector shift = FloatVector.fromArray(SPECIES, beta, betaOff + i);
      v.fma(scale, shift).intoArray(out, to + i);
    }
    if (i < n) {
      VectorMask<Float> mask = SPECIES.indexInRange(i, n);
      FloatVector v = FloatVector.fromArray(SPECIES, x, at + i, mask).sub(mean).mul(rstd);
      FloatVector scale = FloatVector.fromArray(SPECIES, gamma, gammaOff + i, mask);
      FloatVector shift = FloatVector.fromArray(SPECIES, beta, betaOff + i, mask);
      v.fma(scale, shift).intoArray(out, to + i, mask);
    }
  }

  /**
   * dx of one row, and the row's part of dGamma and dBeta added to {@code sums}: dGamma in its
   * first n elements, dBeta in the next.
   */
  static void backward(
      float[] g,
      int gAt,
      float[] x,
      int xAt,
      float[] gamma,
      int gammaOff,
      float mean,
      float rstd,
      float[] dx,
      int to,
      float[] sums,
      int n) {
    FloatVector sum = FloatVector.zero(SPECIES);
    FloatVector dot = FloatVector.zero(SPECIES);
    int bound = SPECIES.loopBound(n);
    int i = 0;
    for (; i < bound; i += LENGTH) {
      FloatVector incoming = FloatVector.fromArray(SPECIES, g, gAt + i);
      FloatVector normal = FloatVector.fromArray(SPECIES, x, xAt + i).sub(mean).mul(rstd);
      FloatVector scaled = incoming.mul(FloatVector.fromArray(SPECIES, gamma, gammaOff + i));
      sum = sum.add(scaled);
      dot = scaled.fma(normal, dot);
    }
    if (i < n) {
      VectorMask<Float> mask = SPECIES.indexInRange(i, n);
      FloatVector incoming = FloatVector.fromArray(SPECIES, g, gAt + i, mask);
      FloatVector normal = FloatVector.fromArray(SPECIES, x, xAt + i, mask).sub(mean).mul(rstd);
      FloatVector scaled = incoming.mul(FloatVector.fromArray(SPECIES, gamma, gammaOff + i, mask));
      // Beyond the mask scaled is 0; the normal may be anything.
      sum = sum.add(scaled);
      dot = dot.blend(scaled.fma(normal, dot), mask);
    }
    sum = sum.add(sum.rearrange(Rotations.HALF));
    sum = sum.add(sum.rearrange(Rotations.QUARTER));
    sum = Lanes.COUNT > 4 ? sum.add(sum.rearrange(Rotations.EIGHTH)) : sum;
    sum = Lanes.COUNT > 8 ? sum.add(sum.rearrange(Rotations.SIXTEENTH)) : sum;
    dot = dot.add(dot.rearrange(Rotations.HALF));
    dot = dot.add(dot.rearrange(Rotations.QUARTER));
    dot = Lanes.COUNT > 4 ? dot.add(dot.rearrange(Rotations.EIGHTH)) : dot;
    dot = Lanes.COUNT > 8 ? dot.add(dot.rearrange(Rotations.SIXTEENTH)) : dot;
    float centre = sum.lane(0) / n;
    float slope = dot.lane(0) / n;
    spread(g, gAt, x, xAt, gamma, gammaOff, mean, rstd, centre, slope, dx, to, sums, n);
  }

  /** The second pass, over a row that is still in the nearest cache. */
  private static void spread(
      float[] g,
      int gAt,
      float[] x,
      int xAt,
      float[] gamma,
      int gammaOff,
      float mean,
      float rstd,
      float centre,
      float slope,
      float[] dx,
      int to,
      float[] sums,
      int n) {
    FloatVector negative = FloatVector.broadcast(SPECIES, -slope);
    int bound = SPECIES.loopBound(n);
    int i = 0;
    for (; i < bound; i += LENGTH) {
      FloatVector incoming = FloatVector.fromArray(SPECIES, g, gAt + i);
      FloatVector normal = FloatVector.fromArray(SPECIES, x, xAt + i).sub(mean).mul(rstd);
      FloatVector dGamma = FloatVector.fromArray(SPECIES, sums, i);
      incoming.fma(normal, dGamma).intoArray(sums, i);
      FloatVector dBeta = FloatVector.fromArray(SPECIES, sums, n + i);
      dBeta.add(incoming).intoArray(sums, n + i);
      FloatVector scaled = incoming.mul(FloatVector.fromArray(SPECIES, gamma, gammaOff + i));
      normal.fma(negative, scaled.sub(centre)).mul(rstd).intoArray(dx, to + i);
    }
    if (i < n) {
      VectorMask<Float> mask = SPECIES.indexInRange(i, n);
      FloatVector incoming = FloatVector.fromArray(SPECIES, g, gAt + i, mask);
      FloatVector normal = FloatVector.fromArray(SPECIES, x, xAt + i, mask).sub(mean).mul(rstd);
      FloatVector dGamma = FloatVector.fromArray(SPECIES, sums, i, mask);
      incoming.fma(normal, dGamma).intoArray(sums, i, mask);
      FloatVector dBeta = FloatVector.fromArray(SPECIES, sums, n + i, mask);
      dBeta.add(incoming).intoArray(sums, n + i, mask);
      FloatVector scaled = incoming.mul(FloatVector.fromArray(SPECIES, gamma, gammaOff + i, mask));
      normal.fma(negative, scaled.sub(centre)).mul(rstd).intoArray(dx, to + i, mask);
    }
  }
}
