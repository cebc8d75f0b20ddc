package gradus.tensor.io;

import gradus.tensor.DType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How one number lies in a file, and as what it is loaded: files know more types than tensors do.
 *
 * <p>No loading loses anything: the small integers become INT32, U32 and U64 INT64 (a U64 beyond
 * {@link Long#MAX_VALUE} is an error), the small floating types FLOAT32. The constants stand in the
 * order in which safetensors sorts its tensors, widest last.
 *
 * <p>Names: those of safetensors; {@link #numpy} and {@link #torch} give the others.
 */
public enum StoredDType {
  /** Truth values, one byte each. */
  BOOL(DType.BOOL, 1, "b1", "bool"),
  /** Unsigned bytes. */
  U8(DType.INT32, 1, "u1", "uint8"),
  /** Signed bytes. */
  I8(DType.INT32, 1, "i1", "int8"),
  /** Bytes of 5 exponent and 2 mantissa bits, with infinities. */
  F8_E5M2(DType.FLOAT32, 1, "", "float8_e5m2"),
  /** Bytes of 4 exponent and 3 mantissa bits, without infinities (the "FN" form). */
  F8_E4M3(DType.FLOAT32, 1, "", "float8_e4m3fn"),
  /** Bytes that are a power of two, used as scales; always positive. */
  F8_E8M0(DType.FLOAT32, 1, "", "float8_e8m0fnu"),
  /** 16-bit signed integers. */
  I16(DType.INT32, 2, "i2", "int16"),
  /** 16-bit unsigned integers. */
  U16(DType.INT32, 2, "u2", "uint16"),
  /** IEEE half precision. */
  F16(DType.FLOAT32, 2, "f2", "float16"),
  /** The upper half of a FLOAT32. */
  BF16(DType.FLOAT32, 2, "", "bfloat16"),
  /** 32-bit signed integers. */
  I32(DType.INT32, 4, "i4", "int32"),
  /** 32-bit unsigned integers. */
  U32(DType.INT64, 4, "u4", "uint32"),
  /** IEEE single precision. */
  F32(DType.FLOAT32, 4, "f4", "float32"),
  /** IEEE double precision. */
  F64(DType.FLOAT64, 8, "f8", "float64"),
  /** 64-bit signed integers. */
  I64(DType.INT64, 8, "i8", "int64"),
  /** 64-bit unsigned integers. */
  U64(DType.INT64, 8, "u8", "uint64");

  private static final List<StoredDType> ALL = List.of(values());

  private final DType dtype;
  private final int bytes;
  private final String numpy;
  private final String torch;

  StoredDType(DType dtype, int bytes, String numpy, String torch) {
    this.dtype = dtype;
    this.bytes = bytes;
    this.numpy = numpy;
    this.torch = torch;
  }

  /** The type of the tensor it is loaded into. */
  public DType dtype() {
    return dtype;
  }

  /** The bytes of one element in the file. */
  public int bytes() {
    return bytes;
  }

  /** NumPy's kind and size, such as {@code f4}; empty where NumPy has no such type. */
  public String numpy() {
    return numpy;
  }

  /** The name in PyTorch, such as {@code float32}. */
  public String torch() {
    return torch;
  }

  /** The type in which a tensor of the given type is stored as it is. */
  public static StoredDType of(DType dtype) {
    return switch (dtype) {
      case BOOL -> BOOL;
      case INT32 -> I32;
      case INT64 -> I64;
      case FLOAT32 -> F32;
      case FLOAT64 -> F64;
    };
  }

  /** The type of safetensors' name, such as {@code BF16}. */
  static Optional<StoredDType> named(String name) {
    return ALL.stream().filter(type -> type.name().equals(name)).findFirst();
  }

  /** The type of NumPy's name without the byte order, such as {@code f4}. */
  static Optional<StoredDType> ofNumpy(String name) {
    return ALL.stream().filter(t -> !t.numpy.isEmpty() && t.numpy.equals(name)).findFirst();
  }

  /** The type of PyTorch's name, such as {@code float16}. */
  static Optional<StoredDType> ofTorch(String name) {
    return ALL.stream().filter(type -> type.torch.equals(name)).findFirst();
  }

  /** All names, for errors. */
  static String names() {
    return Arrays.toString(values());
  }
}
