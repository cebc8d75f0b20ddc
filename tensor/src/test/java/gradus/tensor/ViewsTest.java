package gradus.tensor;

import static gradus.tensor.Check.counted;
import static gradus.tensor.Check.invalid;
import static gradus.tensor.Check.lies;
import static gradus.tensor.Check.outside;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Views copy nothing: they share memory, and only shape, strides and offset differ. */
class ViewsTest {
  private final Tensor x = counted(2, 3, 4);

  private void shares(Tensor view) {
    assertThat(view.storage).isSameAs(x.storage);
    assertThat(view.isView()).isTrue();
  }

  @Test
  void everyViewSharesMemory() {
    shares(x.view(6, 4));
    shares(x.reshape(4, 6));
    shares(x.transpose(0, 2));
    shares(x.permute(1, 2, 0));
    shares(x.unsqueeze(1));
    shares(x.unsqueeze(0).squeeze(0));
    shares(x.flatten());
    shares(x.unflatten(2, 2, 2));
    shares(x.slice(2, 0, 4, 2));
    shares(x.narrow(1, 1, 2));
    shares(x.select(0, 1));
    shares(x.expand(5, 2, 3, 4));
    shares(x.movedim(0, -1));
    shares(x.diagonal(0, 1, 2));
    shares(x.unfold(2, 2, 1));
    shares(x.asStrided(new int[] {2}, new int[] {5}, 3));
    shares(x.at(1, Index.ALL, Index.slice(1, 3)));
    x.split(1, 1).forEach(this::shares);
    x.chunk(2, 2).forEach(this::shares);
    x.unbind(1).forEach(this::shares);
    assertThat(x.storage.version).isZero();
    assertThat(x.isView()).isFalse();
  }

  @Test
  void aWriteShowsInEveryView() {
    Tensor view = x.transpose(0, 2).select(1, 1).slice(0, 1, 4, 2);
    x.set(-1, 1, 1, 3);
    Check.is(view, "[2, 2]", 5, 17, 7, -1);
    view.fill_(9);
    Check.is(x.select(1, 1), "[2, 4]", 4, 9, 6, 9, 16, 9, 18, 9);
    assertThat(x.version()).isEqualTo(view.version()).isEqualTo(2);
  }

  @Test
  void strides() {
    lies(x, 0, 12, 4, 1);
    lies(x.transpose(0, -1), 0, 1, 4, 12);
    lies(x.permute(2, 0, 1), 0, 1, 12, 4);
    lies(x.slice(2, 1, 4, 2), 1, 12, 4, 2);
    lies(x.narrow(1, -2, 2), 4, 12, 4, 1);
    lies(x.select(1, -1), 8, 12, 1);
    lies(x.select(0, 1).diagonal(1, 0, 1), 13, 5);
    lies(x.diagonal(-1, 1, 2), 4, 12, 5);
    lies(x.unfold(2, 3, 1), 0, 12, 4, 1, 1);
    lies(x.unsqueeze(-1).expand(2, 3, 4, 5), 0, 12, 4, 1, 0);
    assertThat(x.stride(-3)).isEqualTo(12);
    assertThat(x.isContiguous()).isTrue();
    assertThat(x.mT().isContiguous()).isFalse();
    assertThat(x.narrow(0, 1, 1).isContiguous()).isTrue();
    assertThat(x.narrow(1, 0, 1).transpose(0, 1).isContiguous()).isFalse();
    assertThat(x.narrow(2, 0, 0).transpose(0, 1).isContiguous()).isTrue();
  }

  @Test
  void transposing() {
    Check.is(counted(2, 3).t(), "[3, 2]", 0, 3, 1, 4, 2, 5);
    Check.is(counted(3).t(), "[3]", 0, 1, 2);
    assertThat(x.mT().shape()).hasToString("[2, 4, 3]");
    assertThat(x.movedim(0, -1).shape()).hasToString("[3, 4, 2]");
    assertThat(x.movedim(new int[] {0, 1}, new int[] {2, 0}).shape()).hasToString("[3, 4, 2]");
    assertThat(x.swapaxes(0, 1).shape()).hasToString("[3, 2, 4]");
    invalid(x::t, "t: [2, 3, 4] has more than 2 dimensions. Use transpose(dim0, dim1) or mT().");
    invalid(
        () -> counted(3).mT(), "mT: [3] has no two dimensions to swap. Use unsqueeze(...) first.");
    invalid(() -> x.permute(0, 1), "permute: [0, 1] names 2 dimensions but [2, 3, 4] has 3.");
    invalid(() -> x.permute(0, 1, 1), "permute: dim 1 appears more than once in [0, 1, 1].");
    outside(
        () -> x.transpose(0, 3),
        "transpose: dim 3 is out of range for [2, 3, 4]; valid are -3..2.");
  }

  @Test
  void viewNeedsFittingStrides() {
    lies(x.narrow(2, 0, 2).view(6, 2), 0, 4, 1);
    lies(x.permute(1, 0, 2).view(3, 2, 2, 2), 0, 4, 12, 2, 1);
    lies(counted(1, 3).expand(2, 3).view(2, 3, 1), 0, 0, 1, 1);
    invalid(
        () -> x.narrow(2, 0, 2).view(12),
        "view: [2, 3, 2] with strides [12, 4, 1] cannot be seen as [12] without copying. A view"
            + " needs compatible strides. Use reshape(...) or contiguous().view(...).");
  }

  @Test
  void reshapeCopiesOnlyWhereViewFails() {
    shares(x.narrow(0, 1, 1).reshape(3, 4));
    shares(x.narrow(2, 0, 2).reshape(6, 2));
    Tensor copied = x.mT().reshape(24);
    assertThat(copied.storage).isNotSameAs(x.storage);
    assertThat(copied.narrow(0, 0, 4).toFloatArray()).containsExactly(0, 4, 8, 1);
    assertThat(counted(2).expand(3, 2).reshape(6).storage.size()).isEqualTo(6);
    assertThat(x.contiguous()).isSameAs(x);
    assertThat(x.mT().contiguous().storage).isNotSameAs(x.storage);
  }

  @Test
  void inferredSizes() {
    assertThat(x.reshape(-1, 8).shape()).hasToString("[3, 8]");
    assertThat(x.view(2, -1).shape()).hasToString("[2, 12]");
    assertThat(Tensor.zeros(0, 3).reshape(3, -1).shape()).hasToString("[3, 0]");
    assertThat(Tensor.scalar(5).reshape(1, 1).shape()).hasToString("[1, 1]");
    assertThat(x.flatten(0, 1).shape()).hasToString("[6, 4]");
    assertThat(x.flatten(1).shape()).hasToString("[2, 12]");
    assertThat(Tensor.scalar(5).flatten().shape()).hasToString("[1]");
    assertThat(x.unflatten(-1, -1, 2).shape()).hasToString("[2, 3, 2, 2]");
    String rule = " The element count must stay the same; one size may be -1 to be inferred.";
    invalid(
        () -> x.reshape(5, -1),
        "reshape: [2, 3, 4] has 24 elements, which [5, -1] cannot hold." + rule);
    invalid(() -> x.view(25), "view: [2, 3, 4] has 24 elements, which [25] cannot hold." + rule);
    invalid(
        () -> Tensor.zeros(0).reshape(0, -1),
        "reshape: [0] has 0 elements, which [0, -1] cannot hold." + rule);
    invalid(
        () -> x.reshape(-1, -1), "reshape: only one size can be -1 (inferred), but got [-1, -1].");
    invalid(() -> x.view(-2, 12), "view: size -2 in [-2, 12] is negative. Sizes are 0 or more.");
    invalid(
        () -> x.unflatten(1, 2, 2),
        "unflatten: [3] has 3 elements, which [2, 2] cannot hold." + rule);
    invalid(() -> x.flatten(2, 1), "flatten: startDim 2 comes after endDim 1.");
  }

  @Test
  void dimensionsOfSizeOne() {
    Tensor y = counted(1, 3, 1);
    assertThat(y.squeeze().shape()).hasToString("[3]");
    assertThat(y.squeeze(0).shape()).hasToString("[3, 1]");
    assertThat(y.squeeze(1).shape()).hasToString("[1, 3, 1]");
    assertThat(y.unsqueeze(-1).shape()).hasToString("[1, 3, 1, 1]");
    assertThat(y.unsqueeze(-4).shape()).hasToString("[1, 1, 3, 1]");
    outside(
        () -> y.unsqueeze(4), "unsqueeze: dim 4 is out of range for [1, 3, 1]; valid are -4..3.");
    outside(() -> y.squeeze(3), "squeeze: dim 3 is out of range for [1, 3, 1]; valid are -3..2.");
  }

  @Test
  void expanding() {
    Tensor column = counted(3, 1);
    Check.is(column.expand(-1, 2), "[3, 2]", 0, 0, 1, 1, 2, 2);
    assertThat(column.expand(4, 3, 0).shape()).hasToString("[4, 3, 0]");
    assertThat(Tensor.scalar(7).expand(2, 2).toLongArray()).containsExactly(7, 7, 7, 7);
    assertThat(column.expandAs(x.select(0, 0)).shape()).hasToString("[3, 4]");
    invalid(
        () -> column.expand(2, 2),
        "expand: [3, 1] cannot be expanded to [2, 2]: dimension 0 would go from 3 to 2. Only"
            + " dimensions of size 1 expand.");
    invalid(
        () -> column.expand(3),
        "expand: [3] has fewer dimensions than [3, 1]. It may only add some.");
    Check.fails(
        () -> column.expand(3, 2).add_(1),
        IllegalStateException.class,
        "add_: this tensor [3, 2] is expanded: several of its elements share one place in memory."
            + " It cannot be written. Use clone() first.");
  }

  @Test
  void slicing() {
    Tensor y = counted(10);
    Check.is(y.slice(0, 1, 8, 3), "[3]", 1, 4, 7);
    Check.is(y.slice(0, -3, 100), "[3]", 7, 8, 9);
    Check.is(y.slice(0, 5, 2), "[0]");
    Check.is(y.slice(0, -100, 2), "[2]", 0, 1);
    Check.is(y.slice(0, 0, 10, 100), "[1]", 0);
    Check.is(y.narrow(0, 10, 0), "[0]");
    invalid(
        () -> y.slice(0, 0, 3, 0),
        "slice: step is 0. It must be 1 or more; use flip(dim) to go backwards.");
    outside(
        () -> y.narrow(0, 8, 3), "narrow: start 8 and length 3 do not lie in dimension 0 of [10].");
    outside(
        () -> y.narrow(0, -11, 3),
        "narrow: start -11 and length 3 do not lie in dimension 0 of [10].");
    outside(
        () -> y.select(0, 10),
        "select: index 10 is out of range for dimension 0 of [10]; valid are -10..9.");
    outside(
        () -> Tensor.zeros(0).select(0, 0),
        "select: index 0 is out of range for dimension 0 of [0], which is empty.");
    invalid(
        () -> Tensor.scalar(1).select(0, 0), "select: a scalar [] cannot be indexed. Use item().");
  }

  @Test
  void piecesAndWindows() {
    assertThat(counted(5).split(2, 0))
        .map(t -> t.shape().toString())
        .containsExactly("[2]", "[2]", "[1]");
    assertThat(counted(7).chunk(3, 0))
        .map(t -> t.shape().toString())
        .containsExactly("[3]", "[3]", "[1]");
    assertThat(counted(5).split(new int[] {1, 0, 4}, 0))
        .map(Tensor::numel)
        .containsExactly(1, 0, 4);
    Check.is(counted(2, 2).unbind(1).get(1), "[2]", 1, 3);
    Check.is(counted(5).unfold(0, 3, 2), "[2, 3]", 0, 1, 2, 2, 3, 4);
    Check.is(counted(3, 3).diagonal(), "[3]", 0, 4, 8);
    Check.is(counted(2, 3).diagonal(-1, 0, 1), "[1]", 3);
    Check.is(counted(2, 3).diagonal(5, 0, 1), "[0]");
    Check.is(counted(2).diag(1), "[3, 3]", 0, 0, 0, 0, 0, 1, 0, 0, 0);
    invalid(
        () -> counted(5).split(new int[] {1, 2}, 0),
        "split: [1, 2] adds up to 3 but dimension 0 of [5] is 5.");
    invalid(() -> counted(5).split(0, 0), "split: splitSize is 0. It must be 1 or more.");
    invalid(() -> counted(5).chunk(0, 0), "chunk: chunks is 0. It must be 1 or more.");
    invalid(
        () -> counted(5).unfold(0, 6, 1),
        "unfold: size 6 and step 1 do not fit dimension 0 of [5].");
    invalid(
        () -> x.diagonal(0, 1, -2),
        "diagonal: dim1 and dim2 are both 1. A diagonal needs two dimensions.");
  }

  @Test
  void anyLook() {
    Check.is(
        counted(6).asStrided(new int[] {2, 3}, new int[] {1, 2}, 0), "[2, 3]", 0, 2, 4, 1, 3, 5);
    Check.is(counted(6).asStrided(new int[] {3}, new int[] {0}, 4), "[3]", 4, 4, 4);
    outside(
        () -> counted(6).asStrided(new int[] {3}, new int[] {2}, 2),
        "asStrided: [3] with strides [2] reaches element 6 but the memory has 6.");
  }

  @Test
  void copiesOfParts() {
    Tensor y = counted(2, 2);
    Check.is(y.repeat(2, 1), "[4, 2]", 0, 1, 2, 3, 0, 1, 2, 3);
    Check.is(y.repeat(1, 1, 2), "[1, 2, 4]", 0, 1, 0, 1, 2, 3, 2, 3);
    Check.is(y.tile(2), "[2, 4]", 0, 1, 0, 1, 2, 3, 2, 3);
    Check.is(y.flip(0, 1), "[2, 2]", 3, 2, 1, 0);
    Check.is(counted(4).roll(1), "[4]", 3, 0, 1, 2);
    Check.is(y.roll(-1, 1), "[2, 2]", 1, 0, 3, 2);
    Check.is(counted(2, 3).tril(), "[2, 3]", 0, 0, 0, 3, 4, 0);
    Check.is(counted(2, 3).triu(1), "[2, 3]", 0, 1, 2, 0, 0, 5);
    assertThat(y.flip(0).isView()).isFalse();
    invalid(() -> y.repeat(2), "repeat: [2] has fewer numbers than [2, 2] has dimensions.");
    invalid(() -> counted(2).tril(), "tril: [2] is not a matrix. Use unsqueeze(...) first.");
    invalid(
        () -> y.roll(new int[] {1, 2}, new int[] {0}),
        "roll: shifts [1, 2] and dims [0] must pair up.");
  }

  @Test
  void asStridedTakesOneStrideASize() {
    Tensor x = Check.counted(6);
    Check.invalid(
        () -> x.asStrided(new int[] {2, 2}, new int[] {1}),
        "asStrided: sizes [2, 2] and strides [1] do not fit. There must be as many strides as"
            + " sizes, each 0 or more.");
    Check.invalid(
        () -> x.asStrided(new int[] {2}, new int[] {-1}, 5),
        "asStrided: sizes [2] and strides [-1] do not fit. There must be as many strides as sizes,"
            + " each 0 or more.");
    Check.invalid(
        () -> x.asStrided(new int[] {2}, new int[] {1}, -1),
        "asStrided: storageOffset is -1. It must be 0 or more.");
  }

  @Test
  void aScalarHasNoPieces() {
    String rest = ": a scalar [] has no dimension to take pieces of. Use unsqueeze(0) first.";
    Check.invalid(() -> Tensor.scalar(1).split(1), "split" + rest);
    Check.invalid(() -> Tensor.scalar(1).chunk(1), "chunk" + rest);
  }

  @Test
  void rowsComeOneAfterAnother() {
    Tensor x = Check.counted(3, 2);
    int row = 0;
    for (Tensor seen : x) {
      Check.is(seen, "[2]", 2.0 * row, 2.0 * row + 1);
      seen.add_(1); // a view
      row++;
    }
    assertThat(row).isEqualTo(3);
    assertThat(x.get(2, 1)).isEqualTo(6);
    Check.invalid(
        Tensor.scalar(1)::iterator, "iterator: a scalar [] has no dimension to take apart.");
  }
}
