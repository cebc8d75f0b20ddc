package gradus.tensor.kernel.reduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;

import gradus.tensor.kernel.Parallel;
import gradus.tensor.kernel.StrideWalk;
import gradus.tensor.kernel.Strided;
import gradus.tensor.kernel.reduce.Reduce.Kind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Reductions against plain loops in double, over every set of dimensions and in every layout. */
class ReduceTest {

  private static final int THREADS = Parallel.threads();

  private static final int[][] SHAPES = {
    {},
    {1},
    {6},
    {13},
    {33},
    {1021},
    {5000},
    {20000},
    {3, 4},
    {33, 31},
    {300, 70},
    {7, 1030},
    {2, 3, 4},
    {5, 7, 9},
    {3, 1100, 5},
    {2, 3, 1, 17}
  };

  @AfterEach
  void restoreThreads() {
    Parallel.threads(THREADS);
  }

  /** The input with its dimensions told apart by the bits of {@code mask}. */
  private record Split(
      Strided x, int[] kept, int[] keptStrides, int[] reduced, int[] reducedStrides) {
    static Split of(Strided x, int[] shape, int mask) {
      List<Integer> kept = new ArrayList<>();
      List<Integer> reduced = new ArrayList<>();
      for (int d = 0; d < shape.length; d++) {
        ((mask >> d & 1) == 0 ? kept : reduced).add(d);
      }
      return new Split(
          x,
          pick(shape, kept),
          pick(x.strides(), kept),
          pick(shape, reduced),
          pick(x.strides(), reduced));
    }

    private static int[] pick(int[] values, List<Integer> dims) {
      return dims.stream().mapToInt(d -> values[d]).toArray();
    }

    /** The elements of each result. */
    double[][] elements() {
      double[][] all = new double[StrideWalk.count(kept)][StrideWalk.count(reduced)];
      StrideWalk result = new StrideWalk(x.offset(), kept, keptStrides);
      for (double[] row : all) {
        StrideWalk element = new StrideWalk(result.at, reduced, reducedStrides);
        for (int j = 0; j < row.length; j++, element.next()) {
          row[j] = x.data()[element.at];
        }
        result.next();
      }
      return all;
    }

    float[] reduce(Kind kind) {
      float[] out = new float[StrideWalk.count(kept)];
      Reduce.reduce(kind, x.data(), x.offset(), kept, keptStrides, reduced, reducedStrides, out);
      return out;
    }
  }

  private static List<Split> cases(boolean special) {
    List<Split> cases = new ArrayList<>();
    for (int[] shape : SHAPES) {
      float[] values = Strided.values(StrideWalk.count(shape), shape.length + 7, special);
      List<Strided> layouts = new ArrayList<>(Strided.layouts(values, shape));
      layouts.addAll(Strided.broadcasts(shape, 3));
      for (Strided x : layouts) {
        for (int mask = 0; mask < 1 << shape.length; mask++) {
          cases.add(Split.of(x, shape, mask));
        }
      }
    }
    return cases;
  }

  @Test
  void everyKind() {
    for (Split split : cases(false)) {
      double[][] elements = split.elements();
      for (Kind kind : Kind.values()) {
        float[] out = split.reduce(kind);
        for (int i = 0; i < out.length; i++) {
          double expected = ReferenceReduce.start(kind);
          double size = 0;
          for (double element : elements[i]) {
            expected = ReferenceReduce.step(kind, expected, element);
            size += kind == Kind.SUM_SQUARES ? element * element : Math.abs(element);
          }
          boolean exact = kind == Kind.MAX || kind == Kind.MIN || kind == Kind.PROD;
          double tolerance = exact ? Math.ulp((float) expected) : 1e-6 * size;
          if (!(Math.abs(out[i] - expected) <= tolerance) && (float) expected != out[i]) {
            fail("%s of %s: %s, not %s", kind, split.x.layout(), out[i], expected);
          }
        }
      }
    }
  }

  @Test
  void notANumberWins() {
    for (Split split : cases(true)) {
      double[][] elements = split.elements();
      for (Kind kind : List.of(Kind.MAX, Kind.MIN)) {
        float[] out = split.reduce(kind);
        for (int i = 0; i < out.length; i++) {
          double expected = ReferenceReduce.start(kind);
          for (double element : elements[i]) {
            expected = ReferenceReduce.step(kind, expected, element);
          }
          assertThat(Float.compare(out[i], (float) expected)).isZero();
        }
      }
    }
  }

  /** Some strides let the elements between pass through the lanes as well. */
  @Test
  void whatLiesBetweenDoesNotCount() {
    float[] between = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};
    for (int stride : new int[] {2, 3, 4, 8, 16, 32}) {
      for (int n : new int[] {1, 2, 7, 8, 31, 33, 1021, 5000}) {
        // Two results; the array ends at the last element.
        int[] shape = {2, n};
        int[] strides = {n * stride, stride};
        float[] data = new float[1 + (2 * n - 1) * stride + 1];
        for (int i = 0; i < data.length; i++) {
          data[i] = between[i % 3];
        }
        float[] values = Strided.values(2 * n, n, false);
        for (int i = 0; i < values.length; i++) {
          data[1 + i * stride] = values[i];
        }
        Strided x = new Strided("every " + stride + " of " + n, data, 1, strides);
        Strided dense = new Strided("dense", values, 0, new int[] {n, 1});
        for (Kind kind : Kind.values()) {
          float[] out = Split.of(x, shape, 2).reduce(kind);
          float[] expected = Split.of(dense, shape, 2).reduce(kind);
          float[] size = Split.of(dense, shape, 2).reduce(Kind.SUM_ABS);
          for (int i = 0; i < 2; i++) {
            assertThat(out[i]).as(x.layout()).isFinite();
            assertThat(out[i])
                .as(x.layout())
                .isCloseTo(expected[i], within(1e-6f * (expected[i] + 2 * size[i])));
          }
        }
      }
    }
  }

  @Test
  void ofNothing() {
    int[] none = {0};
    int[] one = {1};
    int[] two = {2};
    float[] out = new float[2];
    Reduce.reduce(Kind.SUM, new float[0], 0, two, none, none, one, out);
    assertThat(out).containsExactly(0, 0);
    Reduce.reduce(Kind.PROD, new float[0], 0, two, none, none, one, out);
    assertThat(out).containsExactly(1, 1);
    Reduce.reduce(Kind.MAX, new float[0], 0, two, none, none, one, out);
    assertThat(out).containsOnly(Float.NEGATIVE_INFINITY);
    Reduce.reduce(Kind.SUM, new float[0], 0, none, one, two, one, new float[0]);
    float[] squares = new float[2];
    Reduce.moments(new float[0], 0, two, none, none, one, out, squares);
    assertThat(out).containsOnly(Float.NaN);
    assertThat(squares).containsOnly(0);
  }

  @Test
  void positionOfTheExtreme() {
    for (int[] shape : SHAPES) {
      if (shape.length == 0) {
        continue;
      }
      for (boolean special : new boolean[] {false, true}) {
        float[] values = Strided.values(StrideWalk.count(shape), 11, special);
        for (int i = 0; i < values.length; i++) {
          // Few different values: the first of equal ones counts.
          values[i] = special ? values[i] : Math.round(values[i]);
        }
        for (Strided x : Strided.layouts(values, shape)) {
          for (int d = 0; d < shape.length; d++) {
            checkPositions(Split.of(x, shape, 1 << d));
          }
        }
      }
    }
  }

  private static void checkPositions(Split split) {
    double[][] elements = split.elements();
    for (boolean max : new boolean[] {true, false}) {
      long[] out = new long[elements.length];
      float[] values = new float[elements.length];
      Reduce.arg(
          max,
          split.x.data(),
          split.x.offset(),
          split.kept,
          split.keptStrides,
          split.reduced[0],
          split.reducedStrides[0],
          values,
          out);
      for (int i = 0; i < out.length; i++) {
        int best = 0;
        for (int j = 1; j < elements[i].length; j++) {
          double a = elements[i][j];
          double b = elements[i][best];
          if (b == b && (a != a || (max ? a > b : a < b))) {
            best = j;
          }
        }
        assertThat(out[i]).as(split.x.layout()).isEqualTo(best);
        assertThat(Float.compare(values[i], (float) elements[i][best])).isZero();
      }
    }
  }

  @Test
  void meanAndDeviations() {
    for (Split split : cases(false)) {
      double[][] elements = split.elements();
      float[] mean = new float[elements.length];
      float[] squares = new float[elements.length];
      Reduce.moments(
          split.x.data(),
          split.x.offset(),
          split.kept,
          split.keptStrides,
          split.reduced,
          split.reducedStrides,
          mean,
          squares);
      for (int i = 0; i < mean.length; i++) {
        double sum = 0;
        double size = 0;
        for (double element : elements[i]) {
          sum += element;
          size += Math.abs(element);
        }
        double centre = sum / elements[i].length;
        double expected = 0;
        for (double element : elements[i]) {
          expected += (element - centre) * (element - centre);
        }
        double each = size / elements[i].length;
        assertThat(Math.abs(mean[i] - centre)).isLessThanOrEqualTo(1e-6 * each);
        assertThat(Math.abs(squares[i] - expected))
            .isLessThanOrEqualTo(2e-6 * expected + 1e-12 * elements[i].length * (1 + each * each));
      }
    }
  }

  @Test
  void deviationsOfLargeNumbers() {
    float[] x = new float[1000];
    for (int i = 0; i < x.length; i++) {
      x[i] = 10000 + i % 2;
    }
    float[] mean = new float[1];
    float[] squares = new float[1];
    int[] none = {};
    Reduce.moments(x, 0, none, none, new int[] {1000}, new int[] {1}, mean, squares);
    assertThat(mean[0]).isEqualTo(10000.5f);
    assertThat(squares[0]).isEqualTo(250);
  }

  @Test
  void sumOfMillionsKeepsItsDigits() {
    float[] x = new float[3_000_000];
    java.util.Arrays.fill(x, 0.1f);
    float[] out = new float[1];
    int[] none = {};
    Reduce.reduce(Kind.SUM, x, 0, none, none, new int[] {x.length}, new int[] {1}, out);
    assertThat(out[0] / (x.length * (double) 0.1f)).isBetween(1 - 1e-6, 1 + 1e-6);
    float[] columns = new float[3];
    Reduce.reduce(
        Kind.SUM,
        x,
        0,
        new int[] {3},
        new int[] {1},
        new int[] {1_000_000},
        new int[] {3},
        columns);
    for (float column : columns) {
      assertThat(column / (1_000_000 * (double) 0.1f)).isBetween(1 - 2e-6, 1 + 2e-6);
    }
  }

  @Test
  void anyNumberOfThreadsGivesTheSameBits() {
    int[][] shapes = {{100_003}, {2000, 130}, {130, 2000}, {50, 40, 60}};
    for (int[] shape : shapes) {
      float[] values = Strided.values(StrideWalk.count(shape), 5, false);
      for (Strided x : Strided.layouts(values, shape)) {
        for (int mask = 1; mask < 1 << shape.length; mask++) {
          float[] first = null;
          for (int threads : new int[] {1, 2, 4}) {
            Parallel.threads(threads);
            float[] out = Split.of(x, shape, mask).reduce(Kind.SUM);
            first = first == null ? out : first;
            assertThat(out).isEqualTo(first);
          }
        }
      }
    }
  }
}
