package gradus.tensor;

import static gradus.tensor.Check.counted;
import static gradus.tensor.Check.invalid;
import static gradus.tensor.Check.outside;
import static gradus.tensor.Index.ALL;
import static gradus.tensor.Index.ELLIPSIS;
import static gradus.tensor.Index.NEW_AXIS;
import static gradus.tensor.Index.slice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Python's square brackets, read and written, and the ops that choose by index. */
class IndexingTest {
  private final Tensor x = counted(2, 3, 4);

  private static void shape(Tensor t, String shape) {
    assertThat(t.shape()).hasToString(shape);
  }

  @Test
  void numbersAndSlices() {
    Check.is(x.at(1, -1), "[4]", 20, 21, 22, 23);
    Check.is(x.at(0, 1L, 2), "[]", 6);
    Check.is(x.at(1, slice(1, null), slice(0, 4, 3)), "[2, 2]", 16, 19, 20, 23);
    Check.is(x.at(0, slice(null, -1), 0), "[2]", 0, 4);
    shape(x.at(), "[2, 3, 4]");
    assertThat(x.at(0).isView()).isTrue();
    assertThat(x.at().storage).isSameAs(x.storage);
  }

  @Test
  void newAxesAndEllipsis() {
    shape(x.at(NEW_AXIS, 0, NEW_AXIS), "[1, 1, 3, 4]");
    shape(x.at(ELLIPSIS, 0), "[2, 3]");
    shape(x.at(0, ELLIPSIS, NEW_AXIS), "[3, 4, 1]");
    shape(x.at(ELLIPSIS, NEW_AXIS, slice(0, 2)), "[2, 3, 1, 2]");
    Check.is(x.at(1, ELLIPSIS, 3), "[3]", 15, 19, 23);
  }

  @Test
  void idTensors() {
    Check.is(x.at(1, ALL, Tensor.of(3, 0)), "[3, 2]", 15, 12, 19, 16, 23, 20);
    Check.is(x.at(Tensor.of(0, 1), Tensor.of(2, -1)), "[2, 4]", 8, 9, 10, 11, 20, 21, 22, 23);
    Check.is(counted(5).at(Tensor.of(new int[][] {{0, 4}, {1, 1}})), "[2, 2]", 0, 4, 1, 1);
    shape(x.at(Tensor.zeros(DType.INT64, 5, 6)), "[5, 6, 3, 4]");
    shape(x.at(ALL, Tensor.zeros(DType.INT64, 5, 6)), "[2, 5, 6, 4]");
    shape(x.at(Tensor.zeros(DType.INT64, 0)), "[0, 3, 4]");
    assertThat(x.at(Tensor.of(0)).isView() && x.at(Tensor.of(0)).storage == x.storage).isFalse();
  }

  @Test
  void idTensorsApartMoveToTheFrontAndNeighboursStay() {
    Tensor ids = Tensor.of(0, 1, 1, 0, 1);
    shape(x.at(ids, ALL, ids), "[5, 3]");
    shape(x.at(ALL, ids, ids), "[2, 5]");
    Check.is(x.at(Tensor.of(0, 1), slice(1, 3), Tensor.of(3, 0)), "[2, 2]", 7, 11, 16, 20);
    shape(x.at(ids.unsqueeze(1), Tensor.of(0, 2)), "[5, 2, 4]");
  }

  @Test
  void masks() {
    Tensor m = counted(2, 3);
    Check.is(m.at(m.gt(2.5)), "[3]", 3, 4, 5);
    Check.is(x.at(Tensor.of(false, true), 0), "[1, 4]", 12, 13, 14, 15);
    Check.is(m.at(ALL, Tensor.of(true, false, true)), "[2, 2]", 0, 2, 3, 5);
    shape(x.at(Tensor.ones(DType.BOOL, 2, 3)), "[6, 4]");
    shape(x.at(true), "[1, 2, 3, 4]");
    shape(x.at(false), "[0, 2, 3, 4]");
  }

  @Test
  void writing() {
    Tensor y = Tensor.zeros(2, 3);
    y.set(5, 0, 1);
    y.set(Tensor.of(1.0, 2.0), ALL, 2);
    Check.is(y, "[2, 3]", 0, 5, 1, 0, 0, 2);
    y.set(7, y.eq(0));
    Check.is(y, "[2, 3]", 7, 5, 1, 7, 7, 2);
    y.set(Tensor.of(-1.0, -2.0), Tensor.of(0, 1), Tensor.of(2, 0));
    Check.is(y, "[2, 3]", 7, 5, -1, -2, 7, 2);
    y.set(0, ELLIPSIS);
    Check.is(y, "[2, 3]", 0, 0, 0, 0, 0, 0);
    y.set(3, 1, slice(1, null));
    Check.is(y, "[2, 3]", 0, 0, 0, 0, 3, 3);
    assertThat(y.version()).isEqualTo(6);
    Tensor turned = Tensor.zeros(2, 3).t();
    turned.set(Tensor.of(1.0, 2.0), Tensor.of(2));
    Check.is(turned, "[3, 2]", 0, 0, 0, 0, 1, 2);
  }

  @Test
  void repeatedPlacesAddUpOnlyWhenAsked() {
    Tensor y = Tensor.zeros(3);
    Tensor ids = Tensor.of(0, 2, 0);
    y.indexPut_(java.util.List.of(ids), Tensor.of(1.0, 2.0, 4.0), true);
    Check.is(y, "[3]", 5, 0, 2);
    Check.is(y.indexAdd(0, ids, Tensor.of(1.0, 1.0, 1.0), 10), "[3]", 25, 0, 12);
  }

  @Test
  void errors() {
    outside(
        () -> x.at(2),
        "at: index 2 is out of range for dimension 0 of [2, 3, 4]; valid are -2..1.");
    outside(
        () -> x.at(ALL, Tensor.of(0, 3)),
        "at: index 3 is out of range for dimension 1 of [2, 3, 4]; valid are -3..2.");
    invalid(() -> x.at(0, 0, 0, 0), "at: 4 indices are too many for [2, 3, 4] of 3 dimensions.");
    invalid(() -> x.at(ELLIPSIS, ELLIPSIS), "at: an index may hold only one ELLIPSIS.");
    invalid(
        () -> x.at('0'),
        "at: cannot index by 0. Use an int, a string such as \"1:3\", a list of ints, an INT64 tensor"
            + " or a BOOL tensor: at(0, 1) is one element, at(Tensor.of(0, 1)) are two rows.");
    invalid(
        () -> x.at(Tensor.of(0.0)),
        "at: index must be INT64 but is FLOAT32. Use Tensor.of(1, 2, 3) or x.toLong().");
    outside(
        () -> x.at(Tensor.of(true, false, true)),
        "at: the mask [3] does not fit [2, 3, 4] at dimension 0. Each of its sizes must be that of the"
            + " dimension it stands for. Use at(\":\", mask) for a mask of the second.");
    invalid(
        () -> Tensor.zeros(2, 3).set(Tensor.zeros(4), 0),
        "set: the value [4] does not fit into the part [3] that is written. It must have its shape,"
            + " or broadcast to it.");
  }

  @Test
  void wholeSlices() {
    Tensor m = counted(3, 2);
    Check.is(m.indexSelect(0, Tensor.of(2, 0, 2)), "[3, 2]", 4, 5, 0, 1, 4, 5);
    Check.is(m.indexSelect(1, Tensor.of(1)), "[3, 1]", 1, 3, 5);
    Check.is(m.indexFill(0, Tensor.of(1), 9), "[3, 2]", 0, 1, 9, 9, 4, 5);
    Check.is(
        m.indexCopy(1, Tensor.of(0), Tensor.of(new double[][] {{7}, {8}, {9}})),
        "[3, 2]",
        7,
        1,
        8,
        3,
        9,
        5);
    outside(
        () -> m.indexSelect(0, Tensor.of(0, 3)),
        "indexSelect: index 3 at position [1] is outside of dimension 0 of [3, 2]; valid are"
            + " 0..2.");
    invalid(
        () -> m.indexSelect(0, Tensor.of(new int[][] {{0}})),
        "indexSelect: index is [1, 1]. It must be a vector [n].");
    invalid(
        () -> m.indexAdd(0, Tensor.of(0), Tensor.zeros(2, 2)),
        "indexAdd: source is [2, 2] but 1 indices into [3, 2] need [1, 2].");
  }

  @Test
  void singleElements() {
    Tensor m = counted(3, 2);
    Tensor index = Tensor.of(new int[][] {{2, 0}, {1, 1}});
    Check.is(m.gather(0, index), "[2, 2]", 4, 1, 2, 3);
    Check.is(m.gather(1, index.fmod(2)), "[2, 2]", 0, 0, 3, 3);
    Check.is(Tensor.zeros(3, 2).scatter(0, index, m), "[3, 2]", 0, 1, 2, 3, 0, 0);
    Check.is(
        Tensor.zeros(3, 2).scatterAdd(0, Tensor.zeros(DType.INT64, 3, 2), m),
        "[3, 2]",
        6,
        9,
        0,
        0,
        0,
        0);
    Check.is(m.take(Tensor.of(5, -6)), "[2]", 5, 0);
    Check.is(m.takeAlongDim(m.argmax(0, true), 0), "[1, 2]", 4, 5);
    outside(
        () -> m.gather(0, Tensor.of(new int[][] {{0, 1}, {0, 3}})),
        "gather: index 3 at position [1, 1] is outside of dimension 0 of [3, 2]; valid are 0..2.");
    invalid(
        () -> m.gather(0, Tensor.of(0)),
        "gather: index [1] and the tensor [3, 2] differ in the number of dimensions.");
    invalid(
        () -> m.gather(0, Tensor.zeros(DType.INT64, 1, 3)),
        "gather: index [1, 3] is larger than the tensor [3, 2] in dimension 1. It may be larger"
            + " only in dimension 0.");
    invalid(
        () -> m.gather(0, index.toInt()),
        "gather: index must be INT64 but is INT32. Use Tensor.of(1, 2, 3) or x.toLong().");
    invalid(
        () -> m.scatter(0, index, Tensor.of(1)),
        "scatter: src must be FLOAT32 as self but is INT64. Use src.to(DType.FLOAT32).");
  }

  @Test
  void byMask() {
    Tensor m = counted(2, 2);
    Check.is(m.maskedFill(m.gt(1), -1), "[2, 2]", 0, 1, -1, -1);
    Check.is(m.maskedSelect(Tensor.of(true, false)), "[2]", 0, 2);
    Check.is(Tensor.of(0, 3, 0, 4).nonzero(), DType.INT64, "[2, 1]", 1, 3);
    Check.is(Tensor.eye(2).nonzero(), "[2, 2]", 0, 0, 1, 1);
    Check.is(Tensor.scalar(5).nonzero(), "[1, 0]");
    Check.is(m.where(m.lt(2), m.neg()), "[2, 2]", 0, 1, -2, -3);
    invalid(
        () -> m.maskedFill(m, 0),
        "maskedFill: mask must be BOOL but is FLOAT32. Use x.ne(0) or x.toBool().");
    invalid(
        () -> m.maskedFill(m.gt(1), m),
        "maskedFill: value is [2, 2]. It must be a number or a scalar tensor [].");
    invalid(
        () -> Tensor.where(m, m, m),
        "where: condition must be BOOL but is FLOAT32. Use x.ne(0) or x.toBool().");
  }

  @Test
  void errorsNameTheOpThatWasCalled() {
    Tensor x = Check.counted(2, 2);
    Check.invalid(
        () -> x.maskedFill(Tensor.of(true, false, true), 0),
        "maskedFill: [3] and [2, 2] do not broadcast: dimension 1 is 3 and 2.");
    Check.invalid(
        () -> x.set(Tensor.ones(3), 0),
        "set: the value [3] does not fit into the part [2] that is written. It must have its shape,"
            + " or broadcast to it.");
    Check.invalid(
        () -> x.set(Tensor.ones(3), Tensor.of(0, 1)),
        "set: the value [3] does not fit into the part [2, 2] that is written. It must have its"
            + " shape, or broadcast to it.");
    Check.outside(() -> x.max(2), "max: dim 2 is out of range for [2, 2]; valid are -2..1.");
    Check.outside(() -> x.min(2), "min: dim 2 is out of range for [2, 2]; valid are -2..1.");
    Check.invalid(
        () -> Tensor.stack(java.util.List.of()),
        "stack: the list of tensors is empty. Give at least one.");
    Check.outside(
        () -> x.take(Tensor.of(4L)),
        "take: index 4 is outside of the 4 elements of [2, 2]; valid are -4..3.");
    Check.invalid(() -> x.repeat(-1, 2), "repeat: [-1, 2] holds -1. Each must be 0 or more.");
  }

  @Test
  void whatIsWrittenIntoAPickedCopyWouldBeLost() {
    Tensor x = Tensor.arange(6.0).reshape(2, 3);
    Tensor mask = x.gt(2);
    String cure =
        "would be lost. Use x.set(value, index) to write there, or at(...).clone() for a copy to change.";
    List<Runnable> lost =
        List.of(
            () -> x.at(mask).fill_(0),
            () -> x.at(mask).zero_(),
            () -> x.at(Tensor.of(0, 1)).mul_(2),
            () -> x.at(Tensor.of(0, 1)).add_(Tensor.ones(3)),
            () -> x.at(":", List.of(0, 2)).exp_(),
            () -> x.at(new int[] {1}).select(0, 0).copy_(Tensor.ones(3)),
            () -> x.at(":", new int[] {1}).t().uniform_(0, 1),
            () -> x.at(mask).set(1, 0),
            () -> x.toDouble().at(mask).clamp_(0, 1));
    for (Runnable each : lost) {
      assertThatThrownBy(each::run)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("are a copy that at(...) made of the elements")
          .hasMessageEndingWith(cure);
    }
    assertThat(x.equal(Tensor.arange(6.0).reshape(2, 3))).isTrue();
    assertThat(x.at(mask).clone().mul_(2).toFloatArray()).containsExactly(6, 8, 10);
    assertThat(x.at(mask).add(1).add_(1).toFloatArray()).containsExactly(5, 6, 7);
    x.at(1, ":").fill_(7);
    x.at(Tensor.of(0).squeeze(), "1:").fill_(8); // a whole number in a tensor is one: a view
    assertThat(x.toFloatArray()).containsExactly(0, 8, 8, 7, 7, 7);
    Tensor learned = x.at(mask).requiresGrad(true);
    try (var _ = GradMode.noGrad()) {
      learned.sub_(1);
    }
    assertThat(learned.toFloatArray()).containsExactly(6, 6, 6);
  }
}
