package gradus.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import gradus.tensor.kernel.Parallel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sorting and choosing beside a sort of the positions by a comparator. */
class SortingTest {
  private static final int[] SIZES = {1, 2, 7, 8, 13, 31, 33, 64, 300, 1021};

  private static final double[] SPECIAL = {
    Double.NaN,
    -0.0,
    0.0,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MAX_VALUE,
    -Float.MAX_VALUE
  };

  /** Few different numbers, so that many are equal, with the special ones among them. */
  private static Tensor numbers(DType dtype, long seed, int... shape) {
    var random = new SplittableRandom(seed);
    double[] v = new double[Shape.of(shape).numel()];
    for (int i = 0; i < v.length; i++) {
      boolean special = dtype.isFloatingPoint() && random.nextInt(3) == 0;
      v[i] =
          special
              ? SPECIAL[random.nextInt(SPECIAL.length)]
              : seed % 2 == 0 ? random.nextInt(-9, 9) : random.nextInt();
    }
    return Dense.of(v, dtype, Shape.of(shape));
  }

  /** As they are, transposed, every second one, and one number repeated. */
  private static List<Tensor> layouts(DType dtype, int n) {
    var all = new ArrayList<Tensor>();
    for (int seed = 0; seed < 2; seed++) {
      all.add(numbers(dtype, seed, 3, n));
      all.add(numbers(dtype, seed, n, 3).t());
      all.add(numbers(dtype, seed, 4, 2 * n + 1).slice(1, 1, 2 * n + 1, 2).narrow(0, 1, 3));
      all.add(numbers(dtype, seed, 3, 1).expand(3, n));
      all.add(numbers(dtype, seed, 2, n, 19).transpose(1, 2));
    }
    return all;
  }

  /** The order of the last dimension, row after row. */
  private static long[][] oracle(Tensor x, boolean descending) {
    int n = x.size(-1);
    double[] v = Dense.doubles(x);
    long[][] out = new long[v.length / n][];
    for (int r = 0; r < out.length; r++) {
      int from = r * n;
      Comparator<Integer> order = (a, b) -> compare(v[from + a], v[from + b]);
      Integer[] index = new Integer[n];
      Arrays.setAll(index, i -> i);
      Arrays.sort(index, descending ? order.reversed() : order);
      out[r] = Arrays.stream(index).mapToLong(i -> i).toArray();
    }
    return out;
  }

  private static int compare(double a, double b) {
    return a < b ? -1 : a > b ? 1 : a == b ? 0 : Boolean.compare(Double.isNaN(a), Double.isNaN(b));
  }

  private static long[] cut(long[][] rows, int from, int to) {
    return Arrays.stream(rows).flatMapToLong(r -> Arrays.stream(r, from, to)).toArray();
  }

  private static void check(String what, Tensor x, ValuesIndices got, int dim, long[] wanted) {
    Tensor indices = got.indices().transpose(dim, -1);
    assertThat(indices.contiguous().toLongArray()).as(what).isEqualTo(wanted);
    double[] from = Dense.doubles(x);
    double[] values = Dense.doubles(got.values().transpose(dim, -1));
    int n = x.size(-1);
    int k = values.length * n / Math.max(1, from.length);
    double[] picked = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      picked[i] = from[i / k * n + (int) wanted[i]];
    }
    // As boxes: −0 is not 0, and NaN is NaN.
    assertThat(values).as(what).isEqualTo(picked);
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void sortingIsStableInBothDirections(DType dtype) {
    for (int n : SIZES) {
      for (Tensor x : layouts(dtype, n)) {
        for (boolean descending : new boolean[] {false, true}) {
          long[] wanted = cut(oracle(x, descending), 0, n);
          String what = dtype + " " + x.shape() + (descending ? " descending" : "");
          check(what, x, x.sort(-1, descending), -1, wanted);
          for (int dim = 0; dim < x.dim() - 1; dim++) {
            check(what + dim, x, x.transpose(dim, -1).sort(dim, descending), dim, wanted);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void theBestAreTheFirstOfAllInOrder(DType dtype) {
    for (int n : SIZES) {
      for (Tensor x : layouts(dtype, n)) {
        for (int k : new int[] {0, 1, 2, 10, n / 2, n - 1, n}) {
          if (k <= n) {
            for (boolean largest : new boolean[] {false, true}) {
              long[] wanted = cut(oracle(x, largest), 0, k);
              check(dtype + " " + x.shape() + " " + k, x, x.topk(k, -1, largest), -1, wanted);
              check(k + " of 0", x, x.transpose(0, -1).topk(k, 0, largest), 0, wanted);
            }
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void oneRankIsFoundWithoutSorting(DType dtype) {
    for (int n : SIZES) {
      for (Tensor x : layouts(dtype, n)) {
        for (int k : new int[] {1, 2, n / 3, n / 2, n - 1, n}) {
          if (k >= 1 && k <= n) {
            long[] wanted = cut(oracle(x, false), k - 1, k);
            check(dtype + " " + x.shape() + " " + k, x, x.kthvalue(k, -1, true), -1, wanted);
          }
        }
        if (!dtype.isFloatingPoint()) {
          long[] wanted = cut(oracle(x, false), (n - 1) / 2, (n - 1) / 2 + 1);
          check(dtype + " median of " + x.shape(), x, x.median(-1, true), -1, wanted);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void aMedianIsThatOfTheNumbersOrTheFirstNan(DType dtype) {
    for (int n : SIZES) {
      for (Tensor x : layouts(dtype, n)) {
        long[][] order = oracle(x, false);
        double[] v = Dense.doubles(x);
        long[] median = new long[order.length];
        long[] nanmedian = new long[order.length];
        for (int r = 0; r < order.length; r++) {
          int from = r * n;
          int numbers =
              (int)
                  Arrays.stream(order[r])
                      .filter(i -> v[from + (int) i] == v[from + (int) i])
                      .count();
          int middle = (numbers - 1) / 2;
          median[r] = order[r][numbers < n ? numbers : middle];
          nanmedian[r] = order[r][numbers == 0 ? 0 : middle];
        }
        check("median of " + x.shape(), x, x.median(-1, true), -1, median);
        check("nanmedian of " + x.shape(), x, x.nanmedian(-1, true), -1, nanmedian);
      }
    }
  }

  @Test
  void wholeNumbersBeyondDoublesAreToldApart() {
    long top = 1L << 60;
    Tensor x = Tensor.of(top + 1, top, -top - 1, -top, top, Long.MAX_VALUE, Long.MIN_VALUE);
    assertThat(x.argsort().toLongArray()).containsExactly(6, 2, 3, 1, 4, 0, 5);
    assertThat(x.argsort(0, true).toLongArray()).containsExactly(5, 0, 1, 4, 3, 2, 6);
    assertThat(x.topk(2).indices().toLongArray()).containsExactly(5, 0);
    assertThat(x.kthvalue(4, 0).indices().itemLong()).isEqualTo(1);
  }

  @Test
  void doublesThatAgreeInTheirUpperHalf() {
    double[] v = new double[500];
    for (int i = 0; i < v.length; i++) {
      v[i] = (i % 2 == 0 ? 1 : -1) * (1 + (i * 7919 % 500) * 0x1p-50);
    }
    Tensor x = Dense.of(v, DType.FLOAT64, Shape.of(1, 500));
    for (boolean descending : new boolean[] {false, true}) {
      long[] wanted = cut(oracle(x, descending), 0, 500);
      check("all", x, x.sort(-1, descending), -1, wanted);
      check("some", x, x.topk(3, -1, descending), -1, Arrays.copyOf(wanted, 3));
    }
  }

  @Test
  void nothingAndOneNumber() {
    Check.is(Tensor.zeros(2, 0).sort().indices(), DType.INT64, "[2, 0]");
    Check.is(Tensor.zeros(0, 3).sort(0).values(), "[0, 3]");
    Check.is(Tensor.zeros(3, 0).topk(2, 0).values(), "[2, 0]");
    Check.is(Tensor.zeros(0, 3).kthvalue(2, 1).values(), "[0]");
    Check.is(Tensor.scalar(4.0).sort(0, true).indices(), DType.INT64, "[]", 0);
    Check.is(Tensor.scalar(4.0).topk(1, 0).values(), "[]", 4);
    Check.is(Tensor.scalar(4.0).kthvalue(1, 0).values(), "[]", 4);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void theSameOnAnyNumberOfThreads(int threads) {
    int before = Parallel.threads();
    Tensor x = numbers(DType.FLOAT32, 4, 67, 1021);
    Tensor wide = numbers(DType.INT64, 5, 67, 1021);
    Parallel.threads(threads);
    try {
      for (Tensor t : List.of(x, wide)) {
        check("rows", t, t.sort(), -1, cut(oracle(t, false), 0, 1021));
        check("columns", t.t(), t.sort(0, true), 0, cut(oracle(t.t(), true), 0, 67));
        check("best", t, t.topk(5), -1, cut(oracle(t, true), 0, 5));
        check("rank", t, t.kthvalue(500, 1, true), -1, cut(oracle(t, false), 499, 500));
      }
    } finally {
      Parallel.threads(before);
    }
  }
}
