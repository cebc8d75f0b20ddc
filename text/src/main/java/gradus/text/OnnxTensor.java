package gradus.text;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * One initializer of an ONNX model as it lies in the file.
 *
 * @param name its name
 * @param dims its shape
 * @param type the element type by ONNX's number
 * @param raw the elements as little-endian bytes, or empty
 * @param typed the elements of a typed field, already widened, or empty
 */
record OnnxTensor(String name, int[] dims, int type, ByteBuffer raw, double[] typed) {

  private static final int FLOAT = 1;
  private static final int UINT8 = 2;
  private static final int INT8 = 3;
  private static final int INT32 = 6;
  private static final int INT64 = 7;
  private static final int FLOAT16 = 10;
  private static final int DOUBLE = 11;
  private static final int BFLOAT16 = 16;

  private static final int FIELD_DIMS = 1;
  private static final int FIELD_TYPE = 2;
  private static final int FIELD_FLOATS = 4;
  private static final int FIELD_INT32S = 5;
  private static final int FIELD_INT64S = 7;
  private static final int FIELD_NAME = 8;
  private static final int FIELD_RAW = 9;
  private static final int FIELD_DOUBLES = 10;
  private static final int FIELD_EXTERNAL = 13;

  /** Reads one TensorProto up to the stream's present limit. */
  static OnnxTensor read(CodedInputStream in) throws IOException {
    String name = "";
    int type = 0;
    double[] dims = {};
    double[] typed = {};
    ByteBuffer raw = ByteBuffer.allocate(0);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case FIELD_DIMS, FIELD_INT64S -> {
          double[] read = numbers(in, tag, stream -> stream.readInt64());
          if (WireFormat.getTagFieldNumber(tag) == FIELD_DIMS) {
            dims = joined(dims, read);
          } else {
            typed = joined(typed, read);
          }
        }
        case FIELD_INT32S -> typed = joined(typed, numbers(in, tag, stream -> stream.readInt32()));
        case FIELD_FLOATS -> typed = joined(typed, numbers(in, tag, stream -> stream.readFloat()));
        case FIELD_DOUBLES ->
            typed = joined(typed, numbers(in, tag, stream -> stream.readDouble()));
        case FIELD_TYPE -> type = in.readInt32();
        case FIELD_NAME -> name = in.readString();
        case FIELD_RAW -> raw = in.readByteBuffer();
        case FIELD_EXTERNAL ->
            throw new IllegalArgumentException(
                "onnx: \"%s\" keeps its numbers in another file. Only models in one file are read."
                    .formatted(name));
        default -> in.skipField(tag);
      }
    }
    return new OnnxTensor(name, shape(name, dims), type, raw, typed);
  }

  private interface NumberReader {
    double read(CodedInputStream in) throws IOException;
  }

  /** A repeated field's numbers: one of them, or packed, many. */
  private static double[] numbers(CodedInputStream in, int tag, NumberReader reader)
      throws IOException {
    if (WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
      return new double[] {reader.read(in)};
    }
    int limit = in.pushLimit(in.readRawVarint32());
    double[] values = new double[16];
    int count = 0;
    while (in.getBytesUntilLimit() > 0) {
      if (count == values.length) {
        values = Arrays.copyOf(values, 2 * count);
      }
      values[count++] = reader.read(in);
    }
    in.popLimit(limit);
    return Arrays.copyOf(values, count);
  }

  private static double[] joined(double[] a, double[] b) {
    double[] result = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, result, a.length, b.length);
    return result;
  }

  private static int[] shape(String name, double[] dims) {
    int[] shape = new int[dims.length];
    long count = 1;
    for (int i = 0; i < dims.length; i++) {
      boolean tooLarge = dims[i] < 0 || dims[i] > Integer.MAX_VALUE;
      if (tooLarge || (count *= (long) dims[i]) > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "onnx: \"%s\" claims the shape %s. Sizes are not negative and their product is below 2^31."
                .formatted(
                    name, Arrays.toString(Arrays.stream(dims).mapToLong(d -> (long) d).toArray())));
      }
      shape[i] = (int) dims[i];
    }
    return shape;
  }

  /** The number of elements the shape promises. */
  int count() {
    int count = 1;
    for (int dim : dims) {
      count *= dim;
    }
    return count;
  }

  boolean isFloating() {
    return type == FLOAT || type == FLOAT16 || type == BFLOAT16 || type == DOUBLE;
  }

  /** The elements of a floating tensor as floats. */
  float[] floats() {
    ByteBuffer in = checked();
    float[] result = new float[count()];
    if (type == FLOAT && raw.hasRemaining()) {
      in.asFloatBuffer().get(result);
      return result;
    }
    for (int i = 0; i < result.length; i++) {
      result[i] =
          switch (type) {
            case FLOAT -> (float) typed[i];
            case FLOAT16 ->
                Float.float16ToFloat(raw.hasRemaining() ? in.getShort(2 * i) : (short) typed[i]);
            case BFLOAT16 ->
                Float.intBitsToFloat(
                    (raw.hasRemaining() ? in.getShort(2 * i) : (short) typed[i]) << 16);
            case DOUBLE -> raw.hasRemaining() ? (float) in.getDouble(8 * i) : (float) typed[i];
            default -> throw unsupported("floating");
          };
    }
    return result;
  }

  /**
   * The elements of a quantised tensor, {@code (q - zero) * scale}, with one pair per equal part.
   */
  float[] dequantised(float[] scale, long[] zero) {
    ByteBuffer in = checked();
    if (type != UINT8 && type != INT8) {
      throw unsupported("byte");
    }
    float[] result = new float[count()];
    int mask = type == UINT8 ? 0xff : -1;
    int part = result.length / scale.length;
    for (int i = 0; i < result.length; i++) {
      int q = raw.hasRemaining() ? in.get(i) & mask : (int) typed[i];
      result[i] = (q - zero[i / part]) * scale[i / part];
    }
    return result;
  }

  /** The elements of an integer tensor as longs. */
  long[] longs() {
    ByteBuffer in = checked();
    long[] result = new long[count()];
    for (int i = 0; i < result.length; i++) {
      result[i] =
          switch (type) {
            case UINT8 -> raw.hasRemaining() ? in.get(i) & 0xff : (long) typed[i];
            case INT8 -> raw.hasRemaining() ? in.get(i) : (long) typed[i];
            case INT32 -> raw.hasRemaining() ? in.getInt(4 * i) : (long) typed[i];
            case INT64 -> raw.hasRemaining() ? in.getLong(8 * i) : (long) typed[i];
            default -> throw unsupported("integer");
          };
    }
    return result;
  }

  private IllegalArgumentException unsupported(String wanted) {
    return new IllegalArgumentException(
        "onnx: \"%s\" has element type %d, where %s elements are expected."
            .formatted(name, type, wanted));
  }

  /** The raw bytes, little-endian, once their number is known to fit the shape. */
  private ByteBuffer checked() {
    int width =
        switch (type) {
          case UINT8, INT8 -> 1;
          case FLOAT16, BFLOAT16 -> 2;
          case FLOAT, INT32 -> 4;
          case DOUBLE, INT64 -> 8;
          default -> throw unsupported("number");
        };
    long expected = count();
    long there = raw.hasRemaining() ? raw.remaining() / width : typed.length;
    if (there != expected || raw.remaining() % width != 0) {
      throw new IllegalArgumentException(
          "onnx: \"%s\" has the shape %s, which is %d elements, but holds %d."
              .formatted(name, Arrays.toString(dims), expected, there));
    }
    return raw.slice().order(ByteOrder.LITTLE_ENDIAN);
  }
}
