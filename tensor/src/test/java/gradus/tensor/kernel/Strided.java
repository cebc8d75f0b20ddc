package gradus.tensor.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** The same values in different layouts: an array, an offset and strides. */
public record Strided(String layout, float[] data, int offset, int[] strides) {

  static final float[] SPECIAL = {
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    -0.0f,
    0.0f,
    Float.MIN_VALUE,
    Float.MAX_VALUE,
    1,
    -1,
    0.5f,
    2.5f,
    -2.5f,
    8388607.5f,
    16777216f
  };

  /** Random numbers of several magnitudes; with special values between them if wanted. */
  public static float[] values(int n, long seed, boolean special) {
    RandomGenerator random = new SplittableRandom(seed);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      float scale = (float) Math.pow(10, random.nextInt(5) - 3);
      values[i] = (float) random.nextGaussian() * scale;
      if (special && random.nextInt(6) == 0) {
        values[i] = SPECIAL[random.nextInt(SPECIAL.length)];
      }
    }
    return values;
  }

  public static int[] rowMajor(int[] shape) {
    int[] strides = new int[shape.length];
    int step = 1;
    for (int d = shape.length - 1; d >= 0; d--) {
      strides[d] = step;
      step *= shape[d];
    }
    return strides;
  }

  /** The values (row-major over the shape) as they are, transposed, and in a slice with steps. */
  public static List<Strided> layouts(float[] values, int[] shape) {
    List<Strided> all = new ArrayList<>();
    all.add(new Strided("contiguous", values, 0, rowMajor(shape)));
    int rank = shape.length;
    int[] reversed = new int[rank];
    int step = 1;
    for (int d = 0; d < rank; d++) {
      reversed[d] = step;
      step *= shape[d];
    }
    all.add(place("transposed", values, shape, 0, reversed));
    int[] sliced = new int[rank];
    step = 2;
    for (int d = rank - 1; d >= 0; d--) {
      sliced[d] = step;
      step *= shape[d] + 1;
    }
    all.add(place("sliced", values, shape, 5, sliced));
    if (rank > 1) {
      int[] padded = rowMajor(shape).clone();
      for (int d = 0; d < rank - 1; d++) {
        padded[d] *= 3;
      }
      all.add(place("padded rows", values, shape, 3, padded));
    }
    return all;
  }

  /** Views that repeat elements: stride 0 in the first, in the last, and in all dimensions. */
  public static List<Strided> broadcasts(int[] shape, long seed) {
    int n = StrideWalk.count(shape);
    List<Strided> all = new ArrayList<>();
    float[] values = values(Math.max(n, 1) + 2, seed, false);
    int[] first = rowMajor(shape);
    int[] last = rowMajor(shape);
    if (shape.length > 0) {
      first[0] = 0;
      last[shape.length - 1] = 0;
    }
    all.add(new Strided("row repeated", values, 1, first));
    all.add(new Strided("column repeated", values, 2, last));
    all.add(new Strided("one repeated", values, 0, new int[shape.length]));
    return all;
  }

  private static Strided place(
      String layout, float[] values, int[] shape, int offset, int[] strides) {
    int size = offset + 1;
    for (int d = 0; d < shape.length; d++) {
      size += Math.max(0, shape[d] - 1) * strides[d];
    }
    float[] data = values(size, 99, false);
    StrideWalk walk = new StrideWalk(offset, shape, strides);
    for (int i = 0; i < StrideWalk.count(shape); i++, walk.next()) {
      data[walk.at] = values[i];
    }
    return new Strided(layout, data, offset, strides);
  }

  /** The elements in row-major order. */
  public float[] read(int[] shape) {
    float[] values = new float[StrideWalk.count(shape)];
    StrideWalk walk = new StrideWalk(offset, shape, strides);
    for (int i = 0; i < values.length; i++, walk.next()) {
      values[i] = data[walk.at];
    }
    return values;
  }

  /** A copy to write into, in the same layout, filled with something else. */
  public Strided target() {
    return new Strided(layout, values(data.length, 5, false), offset, strides);
  }
}
