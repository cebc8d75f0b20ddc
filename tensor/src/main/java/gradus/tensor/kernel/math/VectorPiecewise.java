package gradus.tensor.kernel.math;

import static gradus.tensor.kernel.math.PlainPiecewise.CUBE;
import static gradus.tensor.kernel.math.PlainPiecewise.CUBE_LOW;
import static gradus.tensor.kernel.math.PlainPiecewise.ERF_WIDTH;
import static gradus.tensor.kernel.math.PlainPiecewise.GATE_NEAR;
import static gradus.tensor.kernel.math.PlainPiecewise.GELU_WIDTH;
import static gradus.tensor.kernel.math.PlainPiecewise.SHIFT;
import static gradus.tensor.kernel.math.PlainPiecewise.SIGMOID_WIDTH;
import static gradus.tensor.kernel.math.PlainPiecewise.SILU_WIDTH;
import static gradus.tensor.kernel.math.PlainPiecewise.SLOPE_HIGH;
import static gradus.tensor.kernel.math.PlainPiecewise.SLOPE_LOW;
import static gradus.tensor.kernel.math.PlainPiecewise.TANH_WIDTH;
import static gradus.tensor.kernel.math.VectorExponential.expOfNegative;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import gradus.tensor.kernel.FloatLanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Activations and the error function on vectors of 16 floats, by {@link PiecewisePolynomial}.
 *
 * <p>Step by step those of {@link PlainPiecewise}. All of them come from a function of {@code t =
 * |x|}. Where its table ends and the function is not yet flat, a formula takes over; {@code
 * VectorUnaryLoop} calls it only where there is such an element, and an activation sees few of
 * them. Measured against double: within 1 ulp (silu 1.06), beyond their table 4.
 */
public final class VectorPiecewise {

  private static final VectorSpecies<Float> S = FloatLanes.SPECIES;
  private static final VectorSpecies<Integer> I = IntVector.SPECIES_512;

  private VectorPiecewise() {}

  public static FloatVector tanh(FloatVector x) {
    FloatVector t = x.abs();
    // From 9.02 on the result is 1.
    t = t.blend(9.05f, t.compare(GT, 9.05f));
    IntVector i = piece(t, 1 / TANH_WIDTH);
    FloatVector centre = pick(PlainPiecewise.Tanh.TABLE, 0, i);
    FloatVector r = t.sub(centre);
    FloatVector p = next(pick(PlainPiecewise.Tanh.TABLE, 8, i), r, PlainPiecewise.Tanh.TABLE, 7, i);
    FloatVector start = broadcast(S, 0).blend(t, centre.compare(LT, 1.5f * TANH_WIDTH));
    return VectorMath.withSign(polynomial(p, r, PlainPiecewise.Tanh.TABLE, i).add(start), x);
  }

  public static FloatVector erf(FloatVector x) {
    FloatVector t = x.abs();
    // From 3.92 on the result is 1.
    t = t.blend(3.925f, t.compare(GT, 3.925f));
    IntVector i = piece(t, 1 / ERF_WIDTH);
    FloatVector centre = pick(PlainPiecewise.Error.TABLE, 0, i);
    FloatVector p =
        polynomial(
            pick(PlainPiecewise.Error.TABLE, 7, i), t.sub(centre), PlainPiecewise.Error.TABLE, i);
    FloatVector start = broadcast(S, 0).blend(t, centre.compare(LT, 2.5f * ERF_WIDTH));
    return VectorMath.withSign(p.add(start), x);
  }

  public static FloatVector sigmoid(FloatVector x) {
    // σ(−t); and σ(t) is 1 less it.
    FloatVector t = x.abs();
    IntVector i = piece(t, 1 / SIGMOID_WIDTH);
    FloatVector r = t.sub(pick(PlainPiecewise.Sigmoid.TABLE, 0, i));
    FloatVector h =
        polynomial(pick(PlainPiecewise.Sigmoid.TABLE, 7, i), r, PlainPiecewise.Sigmoid.TABLE, i);
    return h.blend(broadcast(S, 1).sub(h), x.compare(GT, 0));
  }

  /** {@link #sigmoid} beyond its {@link PlainPiecewise#SIGMOID_LIMIT}. */
  public static FloatVector sigmoidFar(FloatVector x) {
    FloatVector h = logistic(x.abs());
    return h.blend(broadcast(S, 1).sub(h), x.compare(GT, 0));
  }

  public static FloatVector silu(FloatVector x) {
    return gated(PlainPiecewise.Silu.TABLE, x, SILU_WIDTH);
  }

  public static FloatVector siluFar(FloatVector x) {
    return x.mul(sigmoidFar(x));
  }

  public static FloatVector gelu(FloatVector x) {
    return gated(PlainPiecewise.Gelu.TABLE, x, GELU_WIDTH);
  }

  public static FloatVector geluFar(FloatVector x) {
    FloatVector t = x.abs();
    // From 15 on Φ(−t) is 0 in float, and t² may be infinite.
    t = t.blend(15, t.compare(GT, 15));
    FloatVector half = t.mul(-0.5f);
    FloatVector z = t.mul(half);
    // e^(−t²/2) with what the rounding of the square lost, times Mills' ratio.
    FloatVector h = expOfNegative(z, t.fma(half, z.neg())).mul(mills(t));
    // Written out: the compiler refuses one more helper after so many operations.
    return x.mul(h.blend(broadcast(S, 1).sub(h), x.compare(GT, 0)));
  }

  public static FloatVector geluTanh(FloatVector x) {
    return gated(PlainPiecewise.GeluTanh.TABLE, x, GELU_WIDTH);
  }

  public static FloatVector geluTanhFar(FloatVector x) {
    FloatVector t = x.abs();
    FloatVector b = t.blend(15, t.compare(GT, 15));
    // 2u = b·(slope + cube·b²), and what its roundings lost: up to 90, it needs more digits.
    FloatVector s = b.mul(b);
    FloatVector p = s.mul(CUBE);
    FloatVector k = p.add(SLOPE_HIGH);
    FloatVector kLost = broadcast(S, SLOPE_HIGH).sub(k.sub(p)).add(SLOPE_LOW);
    kLost = s.fma(broadcast(S, CUBE), p.neg()).add(s.fma(broadcast(S, CUBE_LOW), kLost));
    kLost = b.fma(b, s.neg()).fma(broadcast(S, CUBE), kLost);
    FloatVector z = b.mul(k);
    FloatVector lost = b.fma(k, z.neg()).add(b.mul(kLost));
    FloatVector e = expOfNegative(z.neg(), lost.neg());
    // Of σ(−2u) = e − e² + …, e² is below 1e-8 of it.
    FloatVector h = e.mul(e).neg().add(e);
    return x.mul(h.blend(broadcast(S, 1).sub(h), x.compare(GT, 0)));
  }

  /** x·F(x), where F is a distribution function: x/2 or max(x, 0), and what the table says. */
  private static FloatVector gated(int[] table, FloatVector x, float width) {
    FloatVector t = x.abs();
    // The width is a power of two, so an addition alone rounds to whole pieces.
    IntVector i = t.add(SHIFT * width).reinterpretAsInts();
    FloatVector p = polynomial(pick(table, 7, i), t.sub(pick(table, 0, i)), table, i);
    FloatVector twice = x.add(t, t.compare(GE, (GATE_NEAR - 0.5f) * width));
    return twice.fma(broadcast(S, 0.5f), p);
  }

  /** σ(−t) for t from 7: e − e² + e³ with e = e^−t; the next term is below 1e-9 of it. */
  private static FloatVector logistic(FloatVector t) {
    FloatVector e = expOfNegative(t.neg());
    return e.mul(e).fma(e.sub(1), e);
  }

  /** Φ(−t)·e^(t²/2) from 3.87 on: a polynomial in 1/t² over t, minimax within 4e-8. */
  private static FloatVector mills(FloatVector t) {
    FloatVector inverse = broadcast(S, 1).div(t);
    FloatVector u = inverse.mul(inverse);
    FloatVector q = u.fma(broadcast(S, -73.4458517f), broadcast(S, 26.0688238f));
    q = q.fma(u, broadcast(S, -5.48726216f)).fma(u, broadcast(S, 1.18837629f));
    return q.fma(u, broadcast(S, -0.398874979f)).fma(u, broadcast(S, 0.398942098f)).mul(inverse);
  }

  /** A polynomial of degree 6 from its first coefficient on. */
  private static FloatVector polynomial(FloatVector p, FloatVector r, int[] table, IntVector i) {
    p = next(p, r, table, 6, i);
    p = next(p, r, table, 5, i);
    p = next(p, r, table, 4, i);
    p = next(p, r, table, 3, i);
    p = next(p, r, table, 2, i);
    return next(p, r, table, 1, i);
  }

  private static FloatVector next(FloatVector p, FloatVector r, int[] table, int k, IntVector i) {
    return p.fma(r, pick(table, k, i));
  }

  /** The piece t lies in, in the lowest bits. */
  private static IntVector piece(FloatVector t, float pieces) {
    return t.fma(broadcast(S, pieces), broadcast(S, SHIFT)).reinterpretAsInts();
  }

  /** One coefficient, for each lane that of its piece. */
  private static FloatVector pick(int[] table, int k, IntVector i) {
    return i.selectFrom(IntVector.fromArray(I, table, PiecewisePolynomial.COUNT * k))
        .reinterpretAsFloats();
  }
}
