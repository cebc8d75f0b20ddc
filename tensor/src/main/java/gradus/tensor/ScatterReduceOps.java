package gradus.tensor;

import static gradus.tensor.spi.Given.given;

import java.util.Arrays;
import java.util.stream.IntStream;

/** How scatterReduce folds several elements into one place, so that gradients flow. */
final class ScatterReduceOps {
  private ScatterReduceOps() {}

  static Tensor scatter(
      Tensor x, int dim, Tensor index, Tensor src, String reduce, boolean includeSelf) {
    Elementwise.sameDType("scatterReduce", x, src);
    Tensor part = src;
    for (int d = 0; d < given(index, "index").dim() && src.dim() == index.dim(); d++) {
      if (index.size(d) < part.size(d)) {
        part = part.narrow(d, 0, index.size(d));
      }
    }
    Tensor ones = Tensor.onesLike(part.detach()).to(DType.INT64);
    Tensor none = Tensor.zeros(DType.INT64, x.shape().raw());
    Tensor count = none.scatterAdd(dim, index, ones);
    Tensor untouched = count.eq(0);
    return switch (given(reduce, "reduce")) {
      case "sum" ->
          includeSelf
              ? x.scatterAdd(dim, index, part)
              : base(x, untouched, 0).scatterAdd(dim, index, part);
      case "mean" -> {
        Tensor sum = (includeSelf ? x : base(x, untouched, 0)).scatterAdd(dim, index, part);
        Tensor n =
            (includeSelf ? count.add(1) : count.maximum(Tensor.onesLike(count))).to(x.dtype());
        yield x.dtype().isFloatingPoint() ? sum.div(n) : sum.div(n, "floor");
      }
      case "prod" -> prod(includeSelf ? x : base(x, untouched, 1), dim, index, part);
      case "amax", "amin" ->
          extreme(x, dim, index, part, includeSelf, reduce.equals("amax"), untouched);
      default ->
          throw Errors.invalid(
              "scatterReduce",
              "reduce is \"%s\". It is \"sum\", \"mean\", \"prod\", \"amax\" or \"amin\"."
                  .formatted(reduce));
    };
  }

  /** The elements that nothing is folded into, and a neutral number in the other places. */
  private static Tensor base(Tensor x, Tensor untouched, Number neutral) {
    return Tensor.where(untouched, x, Tensor.full(Shape.of(), neutral, x.dtype()));
  }

  private interface Meet {
    void meet(int element, int place);
  }

  /**
   * Visits each element of the index with its place among the elements of {@code x}, in row-major
   * order.
   */
  private static void visit(Tensor x, int dim, Tensor index, Meet meet) {
    Tensor order = Tensor.arange(x.numel()).reshape(x.shape().raw());
    long[] places = Dense.longs(order.gather(dim, index));
    for (int i = 0; i < places.length; i++) {
      meet.meet(i, (int) places[i]);
    }
  }

  /** One factor after the other: rounds of index elements that all have different places. */
  private static Tensor prod(Tensor x, int dim, Tensor index, Tensor src) {
    int[] round = new int[index.numel()];
    int[] seen = new int[x.numel()];
    int[] places = new int[index.numel()];
    visit(
        x,
        dim,
        index,
        (i, at) -> {
          places[i] = at;
          round[i] = seen[at]++;
        });
    int rounds = Arrays.stream(round).max().orElse(-1) + 1;
    Tensor flat = x.flatten();
    Tensor values = src.flatten();
    for (int r = 0; r < rounds; r++) {
      int now = r;
      int[] chosen = IntStream.range(0, round.length).filter(i -> round[i] == now).toArray();
      long[] from = Arrays.stream(chosen).asLongStream().toArray();
      long[] to = Arrays.stream(chosen).mapToLong(i -> places[i]).toArray();
      Tensor at = Tensor.of(to);
      flat =
          flat.scatter(0, at, flat.indexSelect(0, at).mul(values.indexSelect(0, Tensor.of(from))));
    }
    return flat.reshape(x.shape().raw());
  }

  /** Equal extremes share the gradient: the mean over all elements that are the extreme. */
  private static Tensor extreme(
      Tensor x,
      int dim,
      Tensor index,
      Tensor src,
      boolean includeSelf,
      boolean max,
      Tensor untouched) {
    Tensor out =
        x.dtype().isFloatingPoint()
            ? extreme(x, Dense.doubles(x), dim, index, Dense.doubles(src), includeSelf, max)
            : extreme(x, Dense.longs(x), dim, index, Dense.longs(src), includeSelf, max);
    if (!GradMode.isEnabled() || !(x.requiresGrad() || src.requiresGrad())) {
      return out;
    }
    Tensor self = x.eq(out).logicalAnd(includeSelf ? Tensor.onesLike(untouched) : untouched);
    Tensor others = src.detach().eq(out.gather(dim, index));
    Tensor count = self.to(x.dtype()).scatterAdd(dim, index, others.to(x.dtype()));
    Tensor sum = Tensor.where(self, x, Tensor.zerosLike(x));
    sum = sum.scatterAdd(dim, index, Tensor.where(others, src, Tensor.zerosLike(src)));
    return sum.div(count);
  }

  private static Tensor extreme(
      Tensor x,
      double[] v,
      int dim,
      Tensor index,
      double[] from,
      boolean includeSelf,
      boolean max) {
    boolean[] taken = new boolean[v.length];
    visit(
        x,
        dim,
        index,
        (i, at) -> {
          boolean first = !includeSelf && !taken[at];
          v[at] = first ? from[i] : max ? Math.max(v[at], from[i]) : Math.min(v[at], from[i]);
          taken[at] = true;
        });
    return Dense.of(v, x.dtype(), x.shape());
  }

  /** Longs stay longs: doubles cannot tell them apart beyond 2^53. */
  private static Tensor extreme(
      Tensor x, long[] v, int dim, Tensor index, long[] from, boolean includeSelf, boolean max) {
    boolean[] taken = new boolean[v.length];
    visit(
        x,
        dim,
        index,
        (i, at) -> {
          boolean first = !includeSelf && !taken[at];
          v[at] = first ? from[i] : max ? Math.max(v[at], from[i]) : Math.min(v[at], from[i]);
          taken[at] = true;
        });
    return Dense.of(v, x.dtype(), x.shape());
  }
}
