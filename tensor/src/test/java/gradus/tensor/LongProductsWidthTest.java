package gradus.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import gradus.tensor.kernel.Parallel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The error of an inner product does not grow with its length. */
class LongProductsWidthTest {
  private final int threads = Parallel.threads();

  @AfterEach
  void threads() {
    Parallel.threads(threads);
  }

  /** Ways to the inner product of x with itself. */
  private static Map<String, Function<Tensor, Tensor>> products() {
    var ways = new LinkedHashMap<String, Function<Tensor, Tensor>>();
    ways.put("dot", x -> x.dot(x));
    ways.put("row by column", x -> x.unsqueeze(0).matmul(x.unsqueeze(1)));
    ways.put("einsum", x -> Tensor.einsum("i,i->", x, x));
    ways.put("row by matrix", x -> x.matmul(columns(x, 3)).select(0, 2));
    ways.put("strided", x -> x.matmul(columns(x, 2).select(1, 1)));
    ways.put("matrix by vector", x -> columns(x, 5).t().mv(x).select(0, 4));
    ways.put("tiles", x -> columns(x, 8).t().contiguous().matmul(columns(x, 8)));
    ways.put("dots", x -> columns(x, 3).t().contiguous().matmul(columns(x, 3)));
    ways.put("A transposed", x -> columns(x, 8).t().matmul(columns(x, 8)));
    ways.put("addmv", x -> Tensor.zeros(2).addmv(columns(x, 2).t(), x).select(0, 1));
    ways.put("norm", x -> x.norm().square());
    return ways;
  }

  private static Tensor columns(Tensor x, int n) {
    return x.unsqueeze(1).expand(x.size(0), n).contiguous();
  }

  @ParameterizedTest
  @ValueSource(ints = {257, 1_000, 5_000, 32_768, 32_769, 100_000, 1_000_000})
  void staysWithinAMillionth(int k) {
    double tenth = 0.1f;
    Tensor constant = Tensor.full(new int[] {k}, 0.1, DType.FLOAT32);
    products()
        .forEach(
            (name, product) -> {
              Tensor got = product.apply(constant).flatten();
              double error = got.get(got.numel() - 1) / (k * tenth * tenth) - 1;
              assertThat(Math.abs(error)).as("%s of %d", name, k).isLessThan(4e-6);
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 40_000})
  void hasTheSameBitsOnAnyNumberOfThreads(int k) {
    Tensor.manualSeed(4);
    Tensor x = Tensor.randn(k);
    products()
        .forEach(
            (name, product) -> {
              Parallel.threads(1);
              float[] one = product.apply(x).toFloatArray();
              Parallel.threads(2);
              assertThat(product.apply(x).toFloatArray()).as(name).containsExactly(one);
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 40_000})
  void addsToWhatIsThereOnce(int k) {
    Tensor x = Tensor.ones(4, k);
    Tensor y = Tensor.ones(k, 3);
    Tensor bias = Tensor.of(1f, 2f, 3f);
    float[] row = {k + 1, k + 2, k + 3};
    assertThat(bias.addmm(x, y).select(0, 3).toFloatArray()).containsExactly(row);
    assertThat(Tensor.zeros(4, 3).addmm(x, y).add(bias).select(0, 0).toFloatArray())
        .containsExactly(row);
  }
}
