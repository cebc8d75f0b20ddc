package gradus.fuzz;

import gradus.nn.F;
import gradus.tensor.DType;
import gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.zip.CRC32;

/**
 * Prints a checksum for each entry point, over the bits of its results and gradients with arguments
 * that its signature alone decides, and for products, rows, sums and orders of sizes that take the
 * ways of large tensors. A change that is to leave arithmetic alone leaves this output alone:
 * compare the two by diff.
 */
final class SameBits {
  private static final int CALLS = 40;

  private final Map<String, String> sums = new TreeMap<>();

  /** No arguments; see the class. */
  public static void main(String[] args) throws Exception {
    SameBits bits = new SameBits();
    for (EntryPoint entry : EntryPoint.all()) {
      bits.small(entry);
    }
    bits.large();
    bits.sums.forEach((name, sum) -> System.out.println(sum + "  " + name));
  }

  private void small(EntryPoint entry) {
    var types = new StringBuilder(entry.name()).append('(');
    entry.parameters().forEach(type -> types.append(type.getSimpleName()).append(' '));
    String name = types + ")" + (entry.isMade() ? " made" : entry.isOfTensor() ? "" : " static");
    CRC32 sum = new CRC32();
    for (int call = 0; call < CALLS; call++) {
      Random random = new Random(name.hashCode() * 31L + call);
      var source = new Arguments(random);
      var arguments = new ArrayList<Object>();
      entry.parameters().forEach(type -> arguments.add(source.of(type)));
      add(sum, Outcome.of(entry, Variants.copies(arguments)));
      if (!entry.isInPlace()) {
        add(sum, Outcome.gradients(entry, arguments, t -> t));
      }
    }
    sums.merge(name, hex(sum), (a, b) -> a + "+" + b);
  }

  private static void add(CRC32 sum, Outcome outcome) {
    if (outcome.error() instanceof OutOfMemoryError) {
      return;
    }
    sum.update(outcome.error() == null ? 1 : 0);
    outcome.tensors().forEach(t -> add(sum, t));
  }

  private static void add(CRC32 sum, Tensor tensor) {
    sum.update(tensor.shape().toString().getBytes());
    for (double value : tensor.to(DType.FLOAT64).toDoubleArray()) {
      long bits = Double.doubleToLongBits(value);
      for (int i = 0; i < 64; i += 8) {
        sum.update((int) (bits >>> i));
      }
    }
  }

  private static String hex(CRC32 sum) {
    return String.format(Locale.ROOT, "%08x", sum.getValue());
  }

  private void large() {
    int[][] products = {
      {1, 7, 300},
      {1, 3000, 768},
      {3, 5, 7},
      {6, 96, 64},
      {17, 33, 1000},
      {64, 64, 64},
      {200, 130, 515},
      {257, 64, 1030},
      {5, 700, 40_000},
      {300, 300, 300},
      {1000, 1, 1000}
    };
    for (int[] p : products) {
      Tensor a = draw(p[0], p[2]);
      Tensor b = draw(p[2], p[1]);
      Tensor bT = draw(p[1], p[2]).transpose(0, 1);
      Tensor aT = draw(p[2], p[0]).transpose(0, 1);
      String name = " " + p[0] + "x" + p[1] + "x" + p[2];
      keep("mm" + name, () -> List.of(a.matmul(b), a.matmul(bT), aT.matmul(b), aT.matmul(bT)));
      keep("addmm" + name, () -> List.of(draw(p[1]).addmm(a, b), draw(p[0], 1).addmm(a, bT, 2, 3)));
    }
    keep("bmm", () -> List.of(draw(9, 31, 65).bmm(draw(9, 65, 40))));
    Map<String, Function<Tensor, Tensor>> rows = new TreeMap<>();
    rows.put("softmax", x -> F.softmax(x, -1));
    rows.put("logSoftmax", x -> F.logSoftmax(x, -1));
    rows.put("softmax of columns", x -> F.softmax(x, 0));
    rows.put("layerNorm", x -> F.layerNorm(x, x.size(1)));
    rows.put("gelu", F::gelu);
    rows.put("expression", x -> x.mul(2).add(x).tanh().mul(x.sigmoid()));
    rows.put("sum", x -> x.sum().add(x.sum(0).sum(0)).add(x.sum(1)));
    rows.put("mean", x -> x.mean(1).add(x.mean()));
    rows.put("var", x -> x.var(1).add(x.std(0).mean()));
    rows.put("logsumexp", x -> x.logsumexp(1));
    rows.put("norm", x -> x.norm().add(x.norm(1.5)));
    rows.put("max", x -> x.max().add(x.amax(1)).add(x.amin(1)));
    rows.put("cumsum", x -> x.cumsum(1).add(x.cumsum(0)));
    rows.put("sort", x -> x.sort(1).values().mul(x.sort(0).values()));
    rows.put("topk", x -> x.topk(1 + x.size(1) / 3, 1).values());
    rows.put("attention", x -> F.scaledDotProductAttention(x, x, x));
    rows.put("transposed", x -> x.transpose(0, 1).exp().add(1).contiguous());
    int[][] shapes = {{1, 1}, {3, 5}, {40, 768}, {129, 1023}, {700, 33}, {70_000, 5}, {5, 70_000}};
    for (int[] shape : shapes) {
      rows.forEach(
          (name, op) -> {
            if (name.equals("attention") && shape[0] > 10_000) {
              return;
            }
            Tensor x = draw(shape).requiresGrad(true);
            keep(
                name + " of " + shape[0] + "x" + shape[1],
                () -> {
                  Tensor y = op.apply(x);
                  y.mul(draw(y.shape().toArray())).sum().backward();
                  return List.of(y.detach(), x.grad());
                });
          });
    }
    keep(
        "crossEntropy",
        () -> {
          Tensor x = draw(300, 5000).requiresGrad(true);
          F.crossEntropy(x, Tensor.arange(300)).backward();
          return List.of(x.grad());
        });
    keep(
        "embedding",
        () -> {
          Tensor table = draw(500, 100).requiresGrad(true);
          Tensor ids = Tensor.arange(3000).remainder(499);
          Tensor y = F.embedding(ids, table);
          y.mul(draw(3000, 100)).sum().backward();
          return List.of(y.detach(), table.grad());
        });
  }

  private static Tensor draw(int... shape) {
    Tensor.manualSeed(Arrays.hashCode(shape) & 0xFFFF);
    return Tensor.randn(shape);
  }

  private void keep(String name, Supplier<List<Tensor>> results) {
    CRC32 sum = new CRC32();
    results.get().forEach(t -> add(sum, t));
    sums.put("large " + name, hex(sum));
  }
}
