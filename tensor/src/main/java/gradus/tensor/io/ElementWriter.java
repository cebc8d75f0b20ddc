package gradus.tensor.io;

import gradus.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;

/** The elements of tensors as bytes in a file, the other way than {@link Elements}. */
final class ElementWriter {
  private static final int CHUNK = 1 << 18;

  private ElementWriter() {}

  static void writeFully(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /**
   * Writes the elements in row-major order.
   *
   * @throws IllegalArgumentException if a whole number does not fit {@code type}
   */
  static void write(WritableByteChannel channel, Tensor tensor, StoredDType type, ByteOrder order)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK).order(order);
    Tensor values = tensor.detach();
    int numel = values.numel();
    int most = CHUNK / type.bytes();
    if (values.isContiguous() || values.dim() == 0 || numel <= most) {
      writeFlat(channel, values.reshape(-1), 0, type, buffer);
      return;
    }
    // Row after row, so that no copy of all numbers is needed.
    int row = numel / values.size(0);
    int rows = Math.max(1, most / row);
    for (int from = 0, n; from < values.size(0); from += n) {
      n = Math.min(values.size(0) - from, rows);
      writeFlat(channel, values.narrow(0, from, n).reshape(-1), from * row, type, buffer);
    }
  }

  /**
   * Writes elements that lie one after the other.
   *
   * @param before how many of the tensor come before them
   */
  private static void writeFlat(
      WritableByteChannel channel, Tensor flat, int before, StoredDType type, ByteBuffer buffer)
      throws IOException {
    int numel = flat.numel();
    for (int from = 0, n; from < numel; from += n) {
      n = Math.min(numel - from, CHUNK / type.bytes());
      buffer.clear();
      put(flat.narrow(0, from, n), before + from, type, buffer);
      buffer.flip();
      writeFully(channel, buffer);
    }
  }

  private static void put(Tensor piece, int from, StoredDType type, ByteBuffer out) {
    switch (type.dtype()) {
      case FLOAT64 -> {
        double[] values = piece.toDoubleArray();
        out.asDoubleBuffer().put(values);
        out.position(Double.BYTES * values.length);
      }
      case FLOAT32 -> floats(piece.toFloatArray(), type, out);
      case BOOL -> {
        boolean[] values = piece.toBooleanArray();
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
          bytes[i] = (byte) (values[i] ? 1 : 0);
        }
        out.put(bytes);
      }
      case INT32, INT64 -> integers(piece.toLongArray(), from, type, out);
    }
  }

  private static void floats(float[] values, StoredDType type, ByteBuffer out) {
    if (type == StoredDType.F32) {
      out.asFloatBuffer().put(values);
      out.position(Float.BYTES * values.length);
      return;
    }
    for (float value : values) {
      switch (type) {
        case F16 -> out.putShort(Float.floatToFloat16(value));
        case BF16 -> out.putShort(SmallFloats.toBfloat16(value));
        default -> out.put(SmallFloats.toByte(value, type));
      }
    }
  }

  private static void integers(long[] values, int from, StoredDType type, ByteBuffer out) {
    int bits = 8 * type.bytes();
    boolean signed = type.name().startsWith("I");
    long least = signed ? -1L << bits - 1 : 0;
    long greatest = bits == 64 ? Long.MAX_VALUE : (1L << (signed ? bits - 1 : bits)) - 1;
    for (int i = 0; i < values.length; i++) {
      long value = values[i];
      if (value < least || value > greatest) {
        throw new IllegalArgumentException(
            "save: element %d is %d, which %s does not hold. It holds %d to %d."
                .formatted(from + i, value, type, least, greatest));
      }
      switch (bits) {
        case 8 -> out.put((byte) value);
        case 16 -> out.putShort((short) value);
        case 32 -> out.putInt((int) value);
        default -> out.putLong(value);
      }
    }
  }
}
