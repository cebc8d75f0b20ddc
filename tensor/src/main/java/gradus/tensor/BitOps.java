package gradus.tensor;

import gradus.tensor.kernel.op.BinaryOps;

/** The bits of whole numbers: and, or, exclusive or, not, and shifts; truth values are one bit. */
public sealed interface BitOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /** Bitwise and with a number. */
  default Tensor bitwiseAnd(Number other) {
    return bitwiseAnd(Tensor.wrap(other));
  }

  /** Bitwise and of integers, or of truth values. PyTorch: {@code torch.bitwise_and}. */
  default Tensor bitwiseAnd(Tensor other) {
    Elementwise.wholeNumbers("bitwiseAnd", self(), other);
    return Elementwise.binary(new Op.Steps("BitwiseAnd"), BinaryOps.BITWISE_AND, self(), other);
  }

  /** Bitwise or with a number. */
  default Tensor bitwiseOr(Number other) {
    return bitwiseOr(Tensor.wrap(other));
  }

  /** Bitwise or of integers, or of truth values. PyTorch: {@code torch.bitwise_or}. */
  default Tensor bitwiseOr(Tensor other) {
    Elementwise.wholeNumbers("bitwiseOr", self(), other);
    return Elementwise.binary(new Op.Steps("BitwiseOr"), BinaryOps.BITWISE_OR, self(), other);
  }

  /** Bitwise exclusive or with a number. */
  default Tensor bitwiseXor(Number other) {
    return bitwiseXor(Tensor.wrap(other));
  }

  /** Bitwise exclusive or of integers, or of truth values. PyTorch: {@code torch.bitwise_xor}. */
  default Tensor bitwiseXor(Tensor other) {
    Elementwise.wholeNumbers("bitwiseXor", self(), other);
    return Elementwise.binary(new Op.Steps("BitwiseXor"), BinaryOps.BITWISE_XOR, self(), other);
  }

  /**
   * The bits inverted; of truth values, their negation. PyTorch: {@code torch.bitwise_not}, {@code
   * ~x}.
   */
  default Tensor bitwiseNot() {
    Elementwise.wholeNumbers("bitwiseNot", self(), self());
    return self().dtype() == DType.BOOL ? self().logicalNot() : self().neg().sub(1);
  }

  /** The bits moved up by a number of places. */
  default Tensor bitwiseLeftShift(Number other) {
    return bitwiseLeftShift(Tensor.wrap(other));
  }

  /** The bits moved up. PyTorch: {@code torch.bitwise_left_shift}, {@code x << other}. */
  default Tensor bitwiseLeftShift(Tensor other) {
    return Elementwise.binary(
        new Op.Steps("BitwiseLeftShift"),
        BinaryOps.SHIFT_LEFT,
        Elementwise.integers("bitwiseLeftShift", self(), other),
        other);
  }

  /** The bits moved down by a number of places. */
  default Tensor bitwiseRightShift(Number other) {
    return bitwiseRightShift(Tensor.wrap(other));
  }

  /**
   * The bits moved down, keeping the sign. PyTorch: {@code torch.bitwise_right_shift}, {@code x >>
   * other}.
   */
  default Tensor bitwiseRightShift(Tensor other) {
    return Elementwise.binary(
        new Op.Steps("BitwiseRightShift"),
        BinaryOps.SHIFT_RIGHT,
        Elementwise.integers("bitwiseRightShift", self(), other),
        other);
  }
}
