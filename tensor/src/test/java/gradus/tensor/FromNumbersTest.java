package gradus.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tensors of Java's collections, numbers out of tensors, and parts of them that grow. */
class FromNumbersTest {

  @Test
  void listsBecomeTensors() {
    var ids = new ArrayList<>(List.of(3, 1, 2));
    assertThat(Tensor.of(ids)).hasToString("tensor([3, 1, 2])");
    assertThat(Tensor.of(List.of(1L, 2, (short) 3)).dtype()).isEqualTo(DType.INT64);
    assertThat(Tensor.of(List.of(1, 2.5))).hasToString("tensor([1.0000, 2.5000])");
    assertThat(Tensor.of(List.of(0.5f)).dtype()).isEqualTo(DType.FLOAT32);
    assertThat(Tensor.of(List.of(true, false))).hasToString("tensor([ True, False])");
    assertThat(Tensor.of(List.of())).hasToString("tensor([])");
  }

  @Test
  void rowsInListsBecomeDimensions() {
    Tensor want = Tensor.of(new int[][] {{1, 2}, {3, 4}});
    assertThat(Tensor.of(List.of(new int[] {1, 2}, new int[] {3, 4})).equal(want)).isTrue();
    assertThat(Tensor.of(List.of(List.of(1, 2), List.of(3, 4))).equal(want)).isTrue();
    assertThat(Tensor.of(List.of(Tensor.of(1, 2), Tensor.of(3, 4))).equal(want)).isTrue();
    assertThat(Tensor.of(List.of(new double[] {1, 2})).dtype()).isEqualTo(DType.FLOAT32);
  }

  @Test
  void whatIsNoRowIsRefused() {
    assertThatThrownBy(() -> Tensor.of(List.of(new int[] {1}, new int[] {2, 3})))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("of: row 1 is [2] but row 0 is [1].");
    assertThatThrownBy(() -> Tensor.of(List.of("a")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("of: a row is a String.");
    assertThatThrownBy(() -> Tensor.of(Arrays.asList(1, null)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Tensor.padded(List.of(), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("padded: there are no rows.");
    assertThatThrownBy(() -> Tensor.padded(List.of(Tensor.scalar(1)), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("padded: row 0 is a scalar []");
  }

  @Test
  void shortRowsAreFilledUp() {
    List<?> rows = List.of(new int[] {1, 2, 3}, List.of(4), Tensor.of(5, 6));
    assertThat(Tensor.padded(rows, -1))
        .hasToString("tensor([[ 1,  2,  3],\n        [ 4, -1, -1],\n        [ 5,  6, -1]])");
    Tensor a = Tensor.ones(2, 3).requiresGrad(true);
    Tensor b = Tensor.ones(1, 3).requiresGrad(true);
    Tensor padded = Tensor.padded(List.of(a, b), 7);
    assertThat(padded.shape()).isEqualTo(Shape.of(2, 2, 3));
    assertThat(padded.get(1, 1, 2)).isEqualTo(7);
    assertThat(padded.requiresGrad()).isTrue();
  }

  @Test
  void wholeNumbersComeOutAsSuch() {
    Tensor x = Tensor.of(new long[][] {{1, 1L << 60}, {-3, 4}});
    assertThat(x.getLong(0, 1)).isEqualTo(1L << 60);
    assertThat(x.getInt(1, -2)).isEqualTo(-3);
    assertThat(x.select(1, 0).argmin(0, false).itemInt()).isEqualTo(1);
    assertThatThrownBy(() -> x.getInt(0, 1))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageStartingWith("getInt: ");
    assertThatThrownBy(() -> Tensor.scalar(0.5).itemInt())
        .isInstanceOf(ArithmeticException.class)
        .hasMessageStartingWith("itemInt: 0.5 is no whole number");
    assertThatThrownBy(() -> x.getInt(2, 0))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageStartingWith("getInt: ");
  }

  @Test
  void partsAreAddedTo() {
    Tensor counts = Tensor.zeros(3, 3);
    counts.addAt(1, 0, 2).addAt(2, 0, 2).addAt(Tensor.of(1.0, 2, 3), 1);
    assertThat(counts.equal(Tensor.of(new double[][] {{0, 0, 3}, {1, 2, 3}, {0, 0, 0}}))).isTrue();
    // As in Python: what is named twice is read before, and written once.
    Tensor x = Tensor.zeros(DType.INT64, 3).addAt(1, Tensor.of(0, 0, 2));
    assertThat(x).hasToString("tensor([1, 0, 1])");
    Tensor w = Tensor.ones(2).requiresGrad(true);
    assertThat(w.mul(1).addAt(w.select(0, 1), 0).sum().requiresGrad()).isTrue();
  }

  @Test
  void aParameterChangesOutsideOfTheGraph() {
    Tensor p = Tensor.of(1.0, 2.0).requiresGrad(true);
    p.data().sub_(Tensor.of(0.5, 0.5));
    assertThat(p.detach()).hasToString("tensor([0.5000, 1.5000])");
    assertThat(p.requiresGrad()).isTrue();
    assertThat(p.data().requiresGrad()).isFalse();
  }

  @Test
  void shapesServeAsSizes() {
    Tensor x = Tensor.arange(6);
    assertThat(x.view(Shape.of(2, 3)).reshape(Shape.of(3, 2)).shape()).isEqualTo(Shape.of(3, 2));
    Tensor y = Tensor.of(new double[][] {{1, 3}, {2, 6}});
    assertThat(y.std(1, true).shape()).isEqualTo(Shape.of(2, 1));
    assertThat(y.var(1, true).equal(Tensor.of(new double[][] {{2}, {8}}))).isTrue();
  }

  @Test
  void listsOfTensorsAddUp() {
    assertThat(Tensor.sum(List.of(Tensor.of(1, 2), Tensor.scalar(3), Tensor.of(4, 5))))
        .hasToString("tensor([ 8, 10])");
    assertThatThrownBy(() -> Tensor.sum(List.of())).hasMessageStartingWith("sum: the list");
  }
}
