package gradus.tensor.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** The vector forms of layer normalisation, one row each; gamma and beta are never null here. */
final class VectorLayerNorm {

  private static final VectorSpecies<Float> SPECIES = FloatLanes.SPECIES;
  private static final int LENGTH = SPECIES.length();
  private static final Fold SUM = Fold.of(Fold.Op.SUM);
  private static final Fold DEVIATIONS = Fold.of(Fold.Op.DEVIATIONS);

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
    for (int i = 0; i < n; i += LENGTH) {
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
    for (int i = 0; i < n; i += LENGTH) {
      VectorMask<Float> mask = SPECIES.indexInRange(i, n);
      FloatVector incoming = FloatVector.fromArray(SPECIES, g, gAt + i, mask);
      FloatVector normal = FloatVector.fromArray(SPECIES, x, xAt + i, mask).sub(mean).mul(rstd);
      FloatVector scaled = incoming.mul(FloatVector.fromArray(SPECIES, gamma, gammaOff + i, mask));
      // Beyond the mask incoming is 0, and so is all that is added here.
      sum = sum.add(scaled);
      dot = scaled.fma(normal, dot);
      FloatVector dGamma = FloatVector.fromArray(SPECIES, sums, i, mask);
      incoming.fma(normal, dGamma).intoArray(sums, i, mask);
      FloatVector dBeta = FloatVector.fromArray(SPECIES, sums, n + i, mask);
      dBeta.add(incoming).intoArray(sums, n + i, mask);
    }
    float meanOfScaled = VectorMath.sum(sum) / n;
    FloatVector slope = VectorMath.all(VectorMath.sum(dot) / n);
    for (int i = 0; i < n; i += LENGTH) {
      VectorMask<Float> mask = SPECIES.indexInRange(i, n);
      FloatVector incoming = FloatVector.fromArray(SPECIES, g, gAt + i, mask);
      FloatVector normal = FloatVector.fromArray(SPECIES, x, xAt + i, mask).sub(mean).mul(rstd);
      FloatVector scaled = incoming.mul(FloatVector.fromArray(SPECIES, gamma, gammaOff + i, mask));
      scaled.sub(meanOfScaled).sub(normal.mul(slope)).mul(rstd).intoArray(dx, to + i, mask);
    }
  }
}
