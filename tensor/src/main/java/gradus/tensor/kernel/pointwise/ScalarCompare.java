package gradus.tensor.kernel.pointwise;

import gradus.tensor.kernel.Templates;
import java.lang.invoke.MethodHandles;

/** Template of the scalar loop of one comparison; see {@link Templates}. */
final class ScalarCompare extends Compare {

  private static final Kind KIND = Templates.constant(MethodHandles.lookup(), Kind.class);

  @Override
  void loop(
      float[] a, int aAt, int aStep, float[] b, int bAt, int bStep, boolean[] out, int to, int n) {
    for (int i = 0; i < n; i++) {
      float x = a[aAt + i * aStep];
      float y = b[bAt + i * bStep];
      out[to + i] =
          switch (KIND) {
            case EQ -> x == y;
            case NE -> x != y;
            case LT -> x < y;
            case LE -> x <= y;
            case GT -> x > y;
            case GE -> x >= y;
          };
    }
  }
}
