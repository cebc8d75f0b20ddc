package gradus.optable;

import static gradus.optable.OpTable.any;
import static gradus.optable.OpTable.between;
import static gradus.optable.OpTable.positive;

import gradus.tensor.Op;
import gradus.tensor.Shape;
import gradus.tensor.Tensor;
import gradus.tensor.spi.Internals;
import java.util.List;

/** The rows of the table for the families around the everyday ops. */
final class FurtherOps {
  private FurtherOps() {}

  static void addTo(OpTable table) {
    functions(table);
    scansAndStatistics(table);
    rearranged(table);
    partialWrites(table);
    products(table);
    RecurrentRows.addTo(table);
    windows(table);
  }

  private static void windows(OpTable t) {
    int[] from = {0, 2, 2, 3};
    int[] to = {2, 2, 4, 5};
    t.one("sumWindows", x -> Tensor.sumWindows(x, 1, from, to).square(), any(2, 5, 3));
    int[] one = {1, 1};
    t.row(
        "convolution",
        in ->
            Tensor.convolution(
                in.get(0), in.get(1), in.get(2), new int[] {2, 1}, new int[] {1, 2}, one, 1),
        any(2, 3, 5, 4),
        any(4, 3, 3, 2),
        any(4));
    t.row(
        "convolution in groups",
        in ->
            Tensor.convolution(
                in.get(0), in.get(1), null, new int[] {1}, new int[] {1}, new int[] {2}, 2),
        any(2, 4, 6),
        any(2, 2, 3));
    t.row(
        "convolution transposed",
        in ->
            Tensor.transposedConvolution(in.get(0), in.get(1), new int[] {2, 3}, one, one, 1, 6, 7),
        any(2, 3, 3, 3),
        any(3, 2, 3, 2));
    t.row(
        "convolution transposed by single steps",
        in ->
            Tensor.transposedConvolution(in.get(0), in.get(1), one, one, new int[] {2, 1}, 2, 5, 4),
        any(2, 4, 3, 5),
        any(4, 1, 3, 2));
    List<Integer> ones = List.of(1, 1);
    var slide = new Op.Slide(List.of(2, 1), ones, ones, 1);
    t.row(
        "convolution's weight",
        in -> Internals.get().convolutionWeight(in.get(0), in.get(1), slide, Shape.of(2, 3, 3, 3)),
        any(2, 3, 5, 4),
        any(2, 2, 3, 4));
    t.one("sumWindows of the last dimension", x -> Tensor.sumWindows(x, -1, from, to), any(3, 5));
  }

  /** Numbers no two of which are equal. */
  private static Tensor distinct(int rows, int cols) {
    return any(rows, cols).add(Tensor.arange(rows * cols).mul(0.003).reshape(rows, cols));
  }

  private static void functions(OpTable t) {
    t.one("sinc", Tensor::sinc, any(3, 4));
    t.one("entr", Tensor::entr, positive(3, 4));
    t.one("i0", Tensor::i0, any(3, 4));
    t.one("i0e", Tensor::i0e, any(3, 4));
    t.one("i1", Tensor::i1, any(3, 4));
    t.one("i1e", Tensor::i1e, any(3, 4));
    t.one("ndtr", Tensor::ndtr, any(3, 4));
    t.one("logNdtr", Tensor::logNdtr, any(3, 4));
    t.one("erfcx", Tensor::erfcx, any(3, 4));
    t.one("ndtri", Tensor::ndtri, between(0.1, 0.9, 3, 4));
    t.one("mvlgamma", x -> x.mvlgamma(2), between(1.1, 2.9, 3, 4));
    t.one("nanToNum", Tensor::nanToNum, any(3, 4));
    t.one("clamp by tensors", x -> x.clamp(Tensor.of(-1.02f), Tensor.of(1.03f)), any(3, 4));
    t.row("xlog1py", in -> in.get(0).xlog1py(in.get(1)), any(3, 4), positive(3, 4));
    t.row("fmax", in -> in.get(0).fmax(in.get(1)), any(3, 4), any(3, 4).add(0.013));
    t.row("fmin", in -> in.get(0).fmin(in.get(1)), any(3, 4), any(3, 4).add(0.013));
    t.row("floatPower", in -> in.get(0).floatPower(in.get(1)), positive(3, 4), any(3, 4));
    t.row("ldexp", in -> in.get(0).ldexp(in.get(1)), any(3, 4), any(4));
    t.row("dist", in -> in.get(0).dist(in.get(1), 3), any(3, 4), any(3, 4));
    t.one("rpow", x -> x.rpow(2.5), any(3, 4));
    t.one("rdiv", x -> x.rdiv(2.5), positive(3, 4));
  }

  private static void scansAndStatistics(OpTable t) {
    t.one("cummax", x -> x.cummax(1).values(), distinct(3, 4));
    t.one("cummin", x -> x.cummin(0).values(), distinct(3, 4));
    t.one("logcumsumexp", x -> x.logcumsumexp(1), any(3, 4));
    t.one("diff", x -> x.diff(2, 1), any(3, 5));
    t.row("diff prepended", in -> in.get(0).diff(1, 1, in.get(1), null), any(3, 4), any(3, 1));
    t.one("trapezoid", Tensor::trapezoid, any(3, 4));
    t.row("trapezoid x", in -> in.get(0).trapezoid(in.get(1)), any(3, 4), any(4));
    t.one("cumulativeTrapezoid", Tensor::cumulativeTrapezoid, any(3, 4));
    t.one("renorm", x -> x.renorm(2, 0, 1.5), any(3, 4));
    t.one("median", Tensor::median, distinct(3, 3));
    t.one("median dim", x -> x.median(1).values(), distinct(3, 4));
    t.one("mode", x -> x.mode(1).values(), distinct(3, 4));
    t.one("quantile", x -> x.quantile(0.3, 1, false), distinct(3, 4));
    t.one("nansum", Tensor::nansum, any(3, 4));
    t.one("nanmean", x -> x.nanmean(new int[] {1}, false), any(3, 4));
    t.one("aminmax", x -> x.aminmax(1, false).max(), distinct(3, 4));
    Tensor mask = Tensor.of(true, false, true, true);
    t.one(
        "masked var",
        x -> gradus.tensor.Masked.var(x, new int[] {1}, true, false, mask),
        any(3, 4));
    t.one("masked softmax", x -> gradus.tensor.Masked.softmax(x, 1, mask), any(3, 4));
    t.one("varMean", x -> x.varMean(new int[] {1}, 1, false).spread(), any(3, 4));
    t.one("cov", Tensor::cov, any(3, 5));
    t.one("corrcoef", Tensor::corrcoef, any(3, 5));
  }

  private static void rearranged(OpTable t) {
    t.one("repeatInterleave", x -> x.repeatInterleave(Tensor.of(1, 0, 2), 0).square(), any(3, 4));
    t.one("rot90", x -> x.rot90(1, 0, 1).square(), any(3, 4));
    t.one("diagEmbed", x -> x.diagEmbed(1, 0, -1).square(), any(3, 4));
    t.one("diagflat", x -> x.diagflat(-1).square(), any(2, 2));
    t.one("sumToSize", x -> x.sumToSize(3, 1).square(), any(2, 3, 4));
    t.one("tensorSplit", x -> x.tensorSplit(3, 1).get(1).square(), any(3, 4));
    t.one("hsplit", x -> x.hsplit(1, 3).get(1).square(), any(3, 4));
    t.row("hstack", in -> Tensor.hstack(in).square(), any(3, 2), any(3, 4));
    t.row("vstack", in -> Tensor.vstack(in).square(), any(4), any(3, 4));
    t.row("dstack", in -> Tensor.dstack(in).square(), any(3, 2), any(3, 2));
    t.row("columnStack", in -> Tensor.columnStack(in).square(), any(3), any(3, 2));
    t.row("meshgrid", in -> Tensor.meshgrid(in, "xy").get(1).square(), any(3), any(4));
    t.row(
        "cartesianProd", in -> Tensor.cartesianProd(in.get(0), in.get(1)).square(), any(3), any(2));
    t.row("blockDiag", in -> Tensor.blockDiag(in.get(0), in.get(1)).square(), any(2, 3), any(2));
    t.one(
        "asStrided of a transpose",
        x -> x.contiguous().t().asStrided(new int[] {2, 2}, new int[] {3, 2}, 1).square(),
        any(3, 4));
  }

  private static void partialWrites(OpTable t) {
    Tensor places = Tensor.of(new int[][] {{0, 2, 1, 1}, {1, 1, 2, 1}});
    Tensor mask = Tensor.of(true, false, true, true);
    t.row(
        "selectScatter",
        in -> in.get(0).selectScatter(in.get(1), 0, 1).square(),
        any(3, 4),
        any(4));
    t.row(
        "sliceScatter",
        in -> in.get(0).sliceScatter(in.get(1), 1, 0, 4, 2).square(),
        any(3, 4),
        any(3, 2));
    t.row(
        "diagonalScatter", in -> in.get(0).diagonalScatter(in.get(1)).square(), any(3, 4), any(3));
    t.row(
        "maskedScatter",
        in -> in.get(0).maskedScatter(mask, in.get(1)).square(),
        any(3, 4),
        any(3, 4));
    t.row(
        "indexFill",
        in -> in.get(0).indexFill(1, Tensor.of(0, 2), in.get(1)).square(),
        any(3, 4),
        any());
    t.row(
        "put", in -> in.get(0).put(Tensor.of(1, -2), in.get(1), true).square(), any(3, 4), any(2));
    for (String reduce : List.of("sum", "mean", "prod", "amax", "amin")) {
      t.row(
          "scatterReduce " + reduce,
          in -> in.get(0).scatterReduce(0, places, in.get(1), reduce).square(),
          distinct(3, 4),
          distinct(2, 4).add(0.017));
    }
    t.row(
        "indexReduce without self",
        in -> in.get(0).indexReduce(0, Tensor.of(2, 0, 2), in.get(1), "prod", false).square(),
        any(3, 2),
        any(3, 2));
  }

  private static void products(OpTable t) {
    t.row("tensordot", in -> in.get(0).tensordot(in.get(1), 2), any(2, 3, 4), any(3, 4, 2));
    t.row("cross", in -> in.get(0).cross(in.get(1)), any(2, 3), any(2, 3));
    t.row("kron", in -> in.get(0).kron(in.get(1)), any(2, 3), any(2));
    t.row("cdist", in -> in.get(0).cdist(in.get(1)), any(3, 4), any(2, 4));
    t.row("multiDot", Tensor::multiDot, any(2, 3), any(3, 4), any(4));
    t.row(
        "einsum",
        in -> Tensor.einsum("bij,...bjk->...ik", in.get(0), in.get(1)),
        any(2, 3, 4),
        any(2, 4, 2));
    t.row(
        "einsum diagonal",
        in -> Tensor.einsum("ii,jj", in.get(0), in.get(1)),
        any(3, 3),
        any(2, 2));
  }
}
