package gradus.tensor.kernel.rows;

import gradus.tensor.kernel.FloatLanes;
import gradus.tensor.kernel.Lanes;
import gradus.tensor.kernel.Rotations;
import gradus.tensor.kernel.Templates;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Template of the loops over {@code e = exp(x − shift)} of which the softmax family is made; see
 * {@code LoopTemplates}, and {@link Rotations} for why the exponential is written out here. It is
 * that of {@code VectorExponential.expOfNegative}, for x − shift up to 80: within 1 ulp, results
 * below 1.2e-38 become 0, and NaN stays.
 */
public final class VectorExpLoop extends ExpLoop {

  private static final Use USE = Templates.constant(MethodHandles.lookup(), Use.class);
  private static final boolean SUMS = USE == Use.SUM || USE == Use.STORE;
  private static final VectorSpecies<Float> SPECIES = FloatLanes.SPECIES;
  private static final int LENGTH = SPECIES.length();

  private static final float LOG2_E = (float) (1 / Math.log(2));

  /** The first bits of log 2, few enough that a product with n is exact; and the rest. */
  private static final float LN2_HIGH = 0x1.62e4p-1f;

  private static final float LN2_LOW = (float) (Math.log(2) - 0x1.62e4p-1);

  /** 1.5·2²³: added to a small number it rounds it to an integer, found in the lowest bits. */
  private static final float SHIFT = 12582912f;

  private static final int ONE_BITS = Float.floatToRawIntBits(1);

  @Override
  Use use() {
    return USE;
  }

  @Override
  float vectors(
      float[] x,
      int at,
      float shift,
      float[] g,
      int gAt,
      float factor,
      float[] out,
      int to,
      int n) {
    FloatVector log2E = FloatVector.broadcast(SPECIES, LOG2_E);
    FloatVector high = FloatVector.broadcast(SPECIES, -LN2_HIGH);
    FloatVector low = FloatVector.broadcast(SPECIES, -LN2_LOW);
    FloatVector c6 = FloatVector.broadcast(SPECIES, 0.00139505998f);
    FloatVector c5 = FloatVector.broadcast(SPECIES, 0.00836895406f);
    FloatVector c4 = FloatVector.broadcast(SPECIES, 0.041666206f);
    FloatVector c3 = FloatVector.broadcast(SPECIES, 0.166665182f);
    FloatVector c2 = FloatVector.broadcast(SPECIES, 0.5f);
    FloatVector rounder = FloatVector.broadcast(SPECIES, SHIFT);
    FloatVector f = FloatVector.broadcast(SPECIES, factor);
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int i = 0; i < n; i += LENGTH) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, at + i).sub(shift);
      // n is the integer nearest to v / log 2; r = v − n·log 2, in two parts.
      FloatVector shifted = v.fma(log2E, rounder);
      FloatVector whole = shifted.sub(SHIFT);
      FloatVector r = whole.fma(low, whole.fma(high, v));
      FloatVector p = r.fma(c6, c5).fma(r, c4).fma(r, c3).fma(r, c2);
      p = p.mul(r).fma(r, r).add(1);
      FloatVector power =
          shifted
              .reinterpretAsInts()
              .lanewise(VectorOperators.LSHL, 23)
              .add(ONE_BITS)
              .reinterpretAsFloats();
      // Below −87.3 there is no such power of 2.
      FloatVector e = p.mul(power).blend(0, v.compare(VectorOperators.LT, -87.3f));
      if (SUMS) {
        sum = sum.add(e);
      }
      if (USE == Use.STORE) {
        e.intoArray(out, to + i);
      } else if (USE == Use.SCALE) {
        e.mul(f).intoArray(out, to + i);
      } else if (USE == Use.SUBTRACT) {
        FloatVector.fromArray(SPECIES, g, gAt + i).sub(f.mul(e)).intoArray(out, to + i);
      }
    }
    if (!SUMS) {
      return 0;
    }
    sum = sum.add(sum.rearrange(Rotations.HALF));
    sum = sum.add(sum.rearrange(Rotations.QUARTER));
    sum = Lanes.COUNT > 4 ? sum.add(sum.rearrange(Rotations.EIGHTH)) : sum;
    sum = Lanes.COUNT > 8 ? sum.add(sum.rearrange(Rotations.SIXTEENTH)) : sum;
    return sum.lane(0);
  }
}
