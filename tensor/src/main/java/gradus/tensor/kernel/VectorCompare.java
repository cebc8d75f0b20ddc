package gradus.tensor.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The vector form of {@link Compare}: a loop for each comparison, which must be a constant. */
final class VectorCompare {

  private static final VectorSpecies<Float> SPECIES = FloatLanes.SPECIES;
  private static final int LENGTH = SPECIES.length();

  private VectorCompare() {}

  static void run(
      Compare.Kind kind,
      float[] a,
      int aAt,
      int aStep,
      float[] b,
      int bAt,
      int bStep,
      boolean[] out,
      int to,
      int n) {
    int whole = n - n % LENGTH;
    switch (kind) {
      case EQ -> eq(a, aAt, aStep, b, bAt, bStep, out, to, whole);
      case NE -> ne(a, aAt, aStep, b, bAt, bStep, out, to, whole);
      case LT -> lt(a, aAt, aStep, b, bAt, bStep, out, to, whole);
      case LE -> le(a, aAt, aStep, b, bAt, bStep, out, to, whole);
      case GT, GE -> throw new IllegalArgumentException(kind + " is the other way round");
    }
    int p = aAt + whole * aStep;
    int q = bAt + whole * bStep;
    Compare.scalar(kind, a, p, aStep, b, q, bStep, out, to + whole, n - whole);
  }

  private static void eq(
      float[] a, int aAt, int aStep, float[] b, int bAt, int bStep, boolean[] out, int to, int n) {
    for (int i = 0; i < n; i += LENGTH) {
      FloatVector x =
          aStep == 0
              ? FloatVector.broadcast(SPECIES, a[aAt])
              : FloatVector.fromArray(SPECIES, a, aAt + i);
      FloatVector y =
          bStep == 0
              ? FloatVector.broadcast(SPECIES, b[bAt])
              : FloatVector.fromArray(SPECIES, b, bAt + i);
      x.compare(VectorOperators.EQ, y).intoArray(out, to + i);
    }
  }

  private static void ne(
      float[] a, int aAt, int aStep, float[] b, int bAt, int bStep, boolean[] out, int to, int n) {
    for (int i = 0; i < n; i += LENGTH) {
      FloatVector x =
          aStep == 0
              ? FloatVector.broadcast(SPECIES, a[aAt])
              : FloatVector.fromArray(SPECIES, a, aAt + i);
      FloatVector y =
          bStep == 0
              ? FloatVector.broadcast(SPECIES, b[bAt])
              : FloatVector.fromArray(SPECIES, b, bAt + i);
      x.compare(VectorOperators.NE, y).intoArray(out, to + i);
    }
  }

  private static void lt(
      float[] a, int aAt, int aStep, float[] b, int bAt, int bStep, boolean[] out, int to, int n) {
    for (int i = 0; i < n; i += LENGTH) {
      FloatVector x =
          aStep == 0
              ? FloatVector.broadcast(SPECIES, a[aAt])
              : FloatVector.fromArray(SPECIES, a, aAt + i);
      FloatVector y =
          bStep == 0
              ? FloatVector.broadcast(SPECIES, b[bAt])
              : FloatVector.fromArray(SPECIES, b, bAt + i);
      x.compare(VectorOperators.LT, y).intoArray(out, to + i);
    }
  }

  private static void le(
      float[] a, int aAt, int aStep, float[] b, int bAt, int bStep, boolean[] out, int to, int n) {
    for (int i = 0; i < n; i += LENGTH) {
      FloatVector x =
          aStep == 0
              ? FloatVector.broadcast(SPECIES, a[aAt])
              : FloatVector.fromArray(SPECIES, a, aAt + i);
      FloatVector y =
          bStep == 0
              ? FloatVector.broadcast(SPECIES, b[bAt])
              : FloatVector.fromArray(SPECIES, b, bAt + i);
      x.compare(VectorOperators.LE, y).intoArray(out, to + i);
    }
  }
}
