package gradus.tensor;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.kernel.Parallel;
import gradus.tensor.kernel.order.Sort;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/** How searches and counts run, on the reference path. */
final class SearchSorted {
  private SearchSorted() {}

  static Tensor search(Tensor sequence, Tensor input, boolean right, Tensor sorter) {
    int n = sequence.dim() == 0 ? 1 : sequence.size(-1);
    boolean one = sequence.dim() <= 1;
    given(input);
    if (!one && (input.dim() != sequence.dim() || !leading(sequence).equals(leading(input)))) {
      throw Errors.invalid(
          "searchsorted",
          "the sequence %s and the input %s differ in their leading sizes."
              .formatted(sequence.shape(), input.shape()));
    }
    if (sorter != null && !sorter.shape().equals(sequence.shape())) {
      throw Errors.invalid(
          "searchsorted",
          ("the sorter %s and the sequence %s differ. A sorter is what argsort() of the "
                  + "sequence gives.")
              .formatted(sorter.shape(), sequence.shape()));
    }
    boolean whole = !sequence.dtype().isFloatingPoint() && !input.dtype().isFloatingPoint();
    Tensor sorted = sorter == null ? sequence : sequence.detach().gather(-1, sorter);
    Behind behind = whole ? wholeNumbers(sorted, input, right) : numbers(sorted, input, right);
    int cols = input.dim() == 0 ? 1 : input.size(-1);
    long[] out = ArrayPool.room(input.shape(), 8, long[]::new);
    int steps = 33 - Integer.numberOfLeadingZeros(n);
    Parallel.rows(
        out.length,
        4L * steps,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            out[i] = place(behind, one ? 0 : i / cols * n, n, i);
          }
        });
    return Dense.of(out, DType.INT64, input.shape());
  }

  /** Whether an element of the input belongs behind the element of the sequence at a place. */
  private interface Behind {
    boolean test(int place, int element);
  }

  private static Behind numbers(Tensor sequence, Tensor input, boolean right) {
    double[] s = Dense.doubles(sequence);
    double[] v = Dense.doubles(input);
    return (at, i) -> right ? !(s[at] > v[i]) : !(s[at] >= v[i]);
  }

  /** Longs stay longs: doubles cannot tell them apart beyond 2^53. */
  private static Behind wholeNumbers(Tensor sequence, Tensor input, boolean right) {
    long[] s = Dense.longs(sequence);
    long[] v = Dense.longs(input);
    return (at, i) -> right ? s[at] <= v[i] : s[at] < v[i];
  }

  private static Shape leading(Tensor x) {
    return Shape.of(Arrays.copyOf(x.shape().raw(), x.dim() - 1));
  }

  private static int place(Behind behind, int from, int n, int element) {
    int low = 0;
    int high = n;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (behind.test(from + middle, element)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  static Searching.Unique unique(Tensor x, boolean sort, boolean inverse, boolean counts) {
    Searching.Unique flat = unique(x.flatten(), sort, inverse, counts, 0);
    return new Searching.Unique(
        flat.output(), flat.inverseIndices().map(t -> t.reshape(x.shape().raw())), flat.counts());
  }

  static Searching.Unique unique(Tensor x, boolean sort, boolean inverse, boolean counts, int dim) {
    // As in PyTorch the first dimension changes places with dim, and decides last of the others.
    Tensor rows = x.detach().transpose(0, dim).contiguous();
    int n = rows.size(0);
    int cols = n == 0 ? 0 : rows.numel() / n;
    Elements v = elements(rows);
    int[] order = sort ? order(rows, v, n, cols) : IntStream.range(0, n).toArray();
    long[] firsts = new long[n];
    long[] times = new long[n];
    long[] which = new long[n];
    int different = 0;
    for (int i = 0; i < n; i++) {
      if (i == 0 || !equal(v, order[i], order[i - 1], cols)) {
        firsts[different++] = order[i];
      }
      times[different - 1]++;
      which[order[i]] = different - 1;
    }
    Tensor first = Tensor.of(Arrays.copyOf(firsts, different));
    Tensor from = x.detach();
    return new Searching.Unique(
        x.dim() == 1 ? from.gather(0, first) : from.indexSelect(dim, first),
        inverse ? Optional.of(Tensor.of(which)) : Optional.empty(),
        counts ? Optional.of(Tensor.of(Arrays.copyOf(times, different))) : Optional.empty());
  }

  private static int[] order(Tensor rows, Elements v, int n, int cols) {
    if (cols == 1) {
      return Sort.of(Dense.keys(rows), rows.offset, n);
    }
    Integer[] order = new Integer[n];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> compare(v, a, b, cols));
    return Arrays.stream(order).mapToInt(i -> i).toArray();
  }

  /** How the elements at two places compare; NaN equals nothing, not even itself. */
  private interface Elements {
    int compare(int i, int j);

    boolean equal(int i, int j);
  }

  private static Elements elements(Tensor x) {
    return x.dtype().isFloatingPoint() ? new Reals(Dense.doubles(x)) : new Wholes(Dense.longs(x));
  }

  private record Reals(double[] v) implements Elements {
    @Override
    public int compare(int i, int j) {
      return Double.compare(v[i] + 0.0, v[j] + 0.0);
    }

    @Override
    public boolean equal(int i, int j) {
      return v[i] == v[j];
    }
  }

  private record Wholes(long[] v) implements Elements {
    @Override
    public int compare(int i, int j) {
      return Long.compare(v[i], v[j]);
    }

    @Override
    public boolean equal(int i, int j) {
      return v[i] == v[j];
    }
  }

  private static int compare(Elements v, int a, int b, int cols) {
    for (int c = 0; c < cols; c++) {
      int order = v.compare(a * cols + c, b * cols + c);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static boolean equal(Elements v, int a, int b, int cols) {
    for (int c = 0; c < cols; c++) {
      if (!v.equal(a * cols + c, b * cols + c)) {
        return false;
      }
    }
    return true;
  }

  static Tensor histc(Tensor x, int bins, double min, double max) {
    if (!x.dtype().isFloatingPoint() || bins < 1 || min > max) {
      throw Errors.invalid(
          "histc",
          ("%s, %s bins from %s to %s: it takes floating point numbers, 1 bin or more, and "
                  + "min up to max.")
              .formatted(x.dtype(), bins, min, max));
    }
    double[] v = Dense.doubles(x);
    double low = min;
    double high = max;
    if (low == high && v.length > 0) {
      low = Arrays.stream(v).min().getAsDouble();
      high = Arrays.stream(v).max().getAsDouble();
    }
    if (low == high) {
      low -= 1;
      high += 1;
    }
    if (!Double.isFinite(low) || !Double.isFinite(high)) {
      throw Errors.invalid("histc", "the range " + low + " to " + high + " is not finite.");
    }
    double[] out = ArrayPool.room(Shape.of(bins), 8, double[]::new);
    for (double a : v) {
      if (a >= low && a <= high) {
        out[Math.min(bins - 1, (int) ((a - low) / (high - low) * bins))]++;
      }
    }
    return Dense.of(out, x.dtype(), Shape.of(bins));
  }
}
