package gradus.bench.compare;

import static gradus.bench.compare.Input.normal;

import java.util.List;

/** Matrix products. */
final class MatrixRows {

  static final List<Row> ROWS =
      List.of(
          cube(64),
          cube(128),
          cube(256),
          cube(512),
          cube(1024),
          cube(2048),
          product(6, 768, 768),
          product(128, 384, 1536),
          batch(32, 128, 64, 128),
          product(1, 768, 50_000),
          transposed(1, 768, 50_000));

  private MatrixRows() {}

  private static Row cube(int n) {
    return row("%d³".formatted(n), 1.1, Work.products(1, n, n, n), normal(n, n), normal(n, n));
  }

  private static Row product(int m, int k, int n) {
    String shape = "%d×%d·%d×%d".formatted(m, k, k, n);
    return row(shape, 1.2, Work.products(1, m, k, n), normal(m, k), normal(k, n));
  }

  private static Row batch(int count, int m, int k, int n) {
    String shape = "%d×(%d×%d·%d×%d)".formatted(count, m, k, k, n);
    Work work = Work.products(count, m, k, n);
    return row(shape, 1.2, work, normal(count, m, k), normal(count, k, n));
  }

  private static Row row(String shape, double bar, Work work, Input a, Input b) {
    return Row.forward(
            "matmul", shape, bar, work, x -> x[0].matmul(x[1]), List.of("torch.matmul(a, b)"), a, b)
        .with(Onnx.of("MatMul", 2));
  }

  private static Row transposed(int m, int k, int n) {
    return Row.forward(
            "matmul",
            "%d×%d·(%d×%d)ᵀ".formatted(m, k, n, k),
            1.2,
            Work.products(1, m, k, n),
            x -> x[0].matmul(x[1].t()),
            List.of("torch.matmul(a, torch.t(b))"),
            normal(m, k),
            normal(n, k))
        .with(Onnx.of("MatMul", 2).first("Transpose", "b", Onnx.numbers("perm", 1, 0)));
  }
}
