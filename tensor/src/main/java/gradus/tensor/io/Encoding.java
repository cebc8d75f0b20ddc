package gradus.tensor.io;

import gradus.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;

/** The elements of tensors as bytes in a file, the other way than {@link Elements}. */
final class Encoding {
  private static final int CHUNK = 1 << 16;

  private Encoding() {}

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
    Putter putter = putter(tensor, type);
    ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK).order(order);
    int numel = tensor.numel();
    int perChunk = CHUNK / type.bytes();
    for (int from = 0; from < numel; from += perChunk) {
      int to = Math.min(numel, from + perChunk);
      buffer.clear();
      putter.put(buffer, from, to);
      buffer.flip();
      writeFully(channel, buffer);
    }
  }

  /** Puts the elements {@code from} to {@code to} into a buffer. */
  private interface Putter {
    void put(ByteBuffer buffer, int from, int to);
  }

  private static Putter putter(Tensor tensor, StoredDType type) {
    return switch (type.dtype()) {
      case FLOAT64 -> {
        double[] values = tensor.toDoubleArray();
        yield (out, from, to) -> {
          for (int i = from; i < to; i++) {
            out.putDouble(values[i]);
          }
        };
      }
      case FLOAT32 -> floats(tensor.toFloatArray(), type);
      case BOOL -> {
        boolean[] values = tensor.toBooleanArray();
        yield (out, from, to) -> {
          for (int i = from; i < to; i++) {
            out.put((byte) (values[i] ? 1 : 0));
          }
        };
      }
      case INT32, INT64 -> integers(tensor.toLongArray(), type);
    };
  }

  private static Putter floats(float[] values, StoredDType type) {
    return (out, from, to) -> {
      if (type == StoredDType.F32) {
        out.asFloatBuffer().put(values, from, to - from);
        out.position(4 * (to - from));
        return;
      }
      for (int i = from; i < to; i++) {
        switch (type) {
          case F16 -> out.putShort(Float.floatToFloat16(values[i]));
          case BF16 -> out.putShort(SmallFloats.toBfloat16(values[i]));
          default -> out.put(SmallFloats.toByte(values[i], type));
        }
      }
    };
  }

  private static Putter integers(long[] values, StoredDType type) {
    int bits = 8 * type.bytes();
    boolean signed = type.name().startsWith("I");
    long least = signed ? -1L << bits - 1 : 0;
    long greatest = bits == 64 ? Long.MAX_VALUE : (1L << (signed ? bits - 1 : bits)) - 1;
    return (out, from, to) -> {
      for (int i = from; i < to; i++) {
        long value = values[i];
        if (value < least || value > greatest) {
          throw new IllegalArgumentException(
              "save: element %d is %d, which %s does not hold. It holds %d to %d."
                  .formatted(i, value, type, least, greatest));
        }
        switch (bits) {
          case 8 -> out.put((byte) value);
          case 16 -> out.putShort((short) value);
          case 32 -> out.putInt((int) value);
          default -> out.putLong(value);
        }
      }
    };
  }
}
