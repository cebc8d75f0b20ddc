package gradus.tensor.kernel.wordvectors;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.FloatVector.zero;

import gradus.tensor.kernel.FloatLanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The vector form of {@link RowSums}, with the same bits. */
final class VectorRowSums {

  private static final VectorSpecies<Float> S = FloatLanes.SPECIES;
  private static final int LENGTH = S.length();

  private VectorRowSums() {}

  static void scaledSum(float[] table, int[] at, int n, float scale, float[] into, int stride) {
    for (int j = 0; j < stride; j += LENGTH) {
      FloatVector sum = zero(S);
      for (int i = 0; i < n; i++) {
        sum = sum.add(fromArray(S, table, at[i] + j));
      }
      sum.mul(scale).intoArray(into, j);
    }
  }

  static void addToAll(float[] step, float scale, float[] table, int[] at, int n, int stride) {
    FloatVector factor = broadcast(S, scale);
    for (int i = 0; i < n; i++) {
      int to = at[i];
      for (int j = 0; j < stride; j += LENGTH) {
        fromArray(S, step, j).fma(factor, fromArray(S, table, to + j)).intoArray(table, to + j);
      }
    }
  }
}
