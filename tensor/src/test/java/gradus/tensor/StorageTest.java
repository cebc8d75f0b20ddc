package gradus.tensor;

import static gradus.tensor.Check.counted;
import static gradus.tensor.Check.is;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Memory and its version, and gradients that name only the rows they touch. */
class StorageTest {
  private static Tensor sparse(long[] rows, Tensor values) {
    return Tensor.sparse(Shape.of(4, 2), Tensor.of(rows), values);
  }

  @Test
  void everyDtypeHasItsArray() {
    assertThat(Tensor.zeros(3).storage).isInstanceOf(Storage.Floats.class);
    assertThat(Tensor.zeros(DType.FLOAT64, 3).storage).isInstanceOf(Storage.Doubles.class);
    assertThat(Tensor.zeros(DType.INT64, 3).storage).isInstanceOf(Storage.Longs.class);
    assertThat(Tensor.zeros(DType.INT32, 3).storage).isInstanceOf(Storage.Ints.class);
    assertThat(Tensor.zeros(DType.BOOL, 3).storage).isInstanceOf(Storage.Booleans.class);
    for (DType dtype : DType.values()) {
      Storage storage = Storage.allocate(dtype, 2);
      storage.setDouble(0, 1);
      storage.setLong(1, 1);
      assertThat(storage.getDouble(0)).isEqualTo(storage.getDouble(1)).isEqualTo(1);
      assertThat(storage.getLong(0)).isEqualTo(storage.getLong(1)).isEqualTo(1);
      assertThat(storage.size()).isEqualTo(2);
    }
  }

  @Test
  void versionsCountWritesOfAllViewsTogether() {
    Tensor x = counted(4);
    Tensor view = x.narrow(0, 0, 2);
    x.add_(1);
    view.mul_(2);
    assertThat(x.version()).isEqualTo(2);
    assertThat(view.version()).isEqualTo(2);
    assertThat(x.clone().version()).isZero();
    assertThat(x.detach().version()).isEqualTo(2);
  }

  @Test
  void rowsOfAGradient() {
    Tensor g = sparse(new long[] {3, 1, 3}, counted(3, 2));
    assertThat(g.isSparse()).isTrue();
    assertThat(g.shape()).hasToString("[4, 2]");
    is(g.indices(), DType.INT64, "[3]", 3, 1, 3);
    is(g.values(), "[3, 2]", 0, 1, 2, 3, 4, 5);
    is(g.toDense(), "[4, 2]", 0, 0, 2, 3, 0, 0, 4, 6);
    Tensor summed = g.coalesce();
    is(summed.indices(), "[2]", 1, 3);
    is(summed.values(), "[2, 2]", 2, 3, 4, 6);
    is(g.mul(2).toDense(), "[4, 2]", 0, 0, 4, 6, 0, 0, 8, 12);
    is(g.clone().toDense(), "[4, 2]", 0, 0, 2, 3, 0, 0, 4, 6);
  }

  @Test
  void sumsOfSparseGradients() {
    Tensor a = sparse(new long[] {3}, Tensor.ones(1, 2));
    Tensor b = sparse(new long[] {0, 3}, Tensor.ones(2, 2));
    assertThat(a.add(b).isSparse()).isTrue();
    is(a.add(b).toDense(), "[4, 2]", 1, 1, 0, 0, 0, 0, 2, 2);
    Tensor dense = Tensor.ones(4, 2);
    is(dense.add(a), "[4, 2]", 1, 1, 1, 1, 1, 1, 2, 2);
    is(a.add(dense), "[4, 2]", 1, 1, 1, 1, 1, 1, 2, 2);
    assertThat(dense.toDense()).isSameAs(dense);
  }

  @Test
  void whatASparseGradientDoesNotDo() {
    Tensor g = sparse(new long[] {3}, Tensor.ones(1, 2));
    String text =
        "sparse: this tensor is row-sparse (a gradient of Embedding with sparse=true); only"
            + " indices(), values(), coalesce(), clone(), add, mul by a number and toDense() work on"
            + " it. Use toDense() first.";
    Check.fails(() -> g.view(8), IllegalStateException.class, text);
    Check.fails(g::toDoubleArray, IllegalStateException.class, text);
    Check.fails(() -> g.get(0, 0), IllegalStateException.class, text);
    Check.fails(g::sum, IllegalStateException.class, text);
    Check.fails(() -> g.add_(1), IllegalStateException.class, text);
    Check.invalid(
        () -> Tensor.ones(2).indices(),
        "indices: this tensor [2] is dense. Only row-sparse gradients have indices().");
  }
}
