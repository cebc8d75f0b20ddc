package gradus.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShapeTest {
  @Test
  void printsAndCountsAndCompares() {
    Shape shape = Shape.of(2, 3, 768);
    assertThat(shape)
        .hasToString("[2, 3, 768]")
        .isEqualTo(Shape.of(2, 3, 768))
        .isNotEqualTo(Shape.of(2, 3));
    assertThat(shape.hashCode()).isEqualTo(Shape.of(2, 3, 768).hashCode());
    assertThat(shape.numel()).isEqualTo(4608);
    assertThat(shape.rank()).isEqualTo(3);
    assertThat(shape.size(-1)).isEqualTo(768);
    assertThat(shape.strides()).containsExactly(2304, 768, 1);
    assertThat(Shape.of()).hasToString("[]");
    assertThat(Shape.of().numel()).isOne();
    assertThat(Shape.of(2, 0, 3).numel()).isZero();
    assertThat(Shape.of(2, 0, 3).strides()).containsExactly(3, 3, 1);
  }

  @Test
  void isImmutable() {
    int[] sizes = {2, 3};
    Shape shape = Shape.of(sizes);
    sizes[0] = 9;
    shape.toArray()[1] = 9;
    assertThat(shape).hasToString("[2, 3]");
  }

  @Test
  void countsUpToTheLargestArray() {
    assertThat(Shape.of(Integer.MAX_VALUE).numel()).isEqualTo(Integer.MAX_VALUE);
    assertThat(Shape.of(100_000, 100_000, 0).numel()).isZero();
    Check.invalid(
        () -> Shape.of(65_536, 32_768),
        "shape: [65536, 32768] has more than 2147483647 elements. A tensor holds at most 2^31 - 1."
            + " Split it along a dimension.");
    Check.invalid(
        () -> Shape.of(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE),
        "shape: [2147483647, 2147483647, 2147483647] has more than 2147483647 elements. A tensor"
            + " holds at most 2^31 - 1. Split it along a dimension.");
    Check.invalid(
        () -> Shape.of(2, -1), "shape: [2, -1] has a negative size. Sizes are 0 or more.");
  }

  @Test
  void dimensionsOutOfRange() {
    Check.outside(
        () -> Shape.of(2, 3).size(2), "size: dim 2 is out of range for [2, 3]; valid are -2..1.");
    Check.outside(
        () -> Tensor.zeros(2, 3).size(-3),
        "size: dim -3 is out of range for [2, 3]; valid are -2..1.");
    Check.outside(
        () -> Tensor.scalar(1).sum(1), "sum: dim 1 is out of range for []; valid are -1..0.");
  }
}
