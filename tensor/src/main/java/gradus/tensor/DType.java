package gradus.tensor;

/**
 * The element type of a tensor.
 *
 * <p>{@link #FLOAT32} has the fast kernels; every other type goes through one reference path, which
 * is also what the kernels are tested against. PyTorch: {@code torch.dtype}.
 */
public enum DType {
  /** Truth values; one byte an element. PyTorch: {@code torch.bool}. */
  BOOL("bool", 0, 1),
  /** 32-bit signed integers. PyTorch: {@code torch.int32}. */
  INT32("int32", 1, 4),
  /** 64-bit signed integers, the type of ids and indices. PyTorch: {@code torch.int64}. */
  INT64("int64", 1, 8),
  /** 32-bit floating point, the default of floating literals. PyTorch: {@code torch.float32}. */
  FLOAT32("float32", 2, 4),
  /** 64-bit floating point, for gradient checks. PyTorch: {@code torch.float64}. */
  FLOAT64("float64", 2, 8);

  private final String torchName;
  private final int category;
  private final int bytes;

  DType(String torchName, int category, int bytes) {
    this.torchName = torchName;
    this.category = category;
    this.bytes = bytes;
  }

  /** The name PyTorch prints, such as {@code torch.float32}. */
  public String torchName() {
    return "torch." + torchName;
  }

  /** Whether this is a floating type, and therefore able to carry gradients. */
  public boolean isFloatingPoint() {
    return category == 2;
  }

  /** The size of one element in bytes. PyTorch: {@code itemsize}. */
  public int itemSize() {
    return bytes;
  }

  /** Bool (0) below integral (1) below floating (2): the first thing type promotion looks at. */
  int category() {
    return category;
  }

  /**
   * This type if it is floating, else {@link #FLOAT32}: what {@code exp} or {@code div} of integers
   * yields.
   */
  DType orFloat() {
    return isFloatingPoint() ? this : FLOAT32;
  }

  /**
   * The smallest type that holds values of both: {@code promote(INT64, FLOAT32)} is {@code
   * FLOAT32}. PyTorch: {@code torch.promote_types}.
   *
   * @param a one type
   * @param b the other
   * @return the promoted type
   */
  public static DType promote(DType a, DType b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}
