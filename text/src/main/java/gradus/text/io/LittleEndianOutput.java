package gradus.text.io;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes numbers as C programs on a PC do. */
public final class LittleEndianOutput {

  private static final int FLOATS = 1 << 14;

  private final OutputStream out;
  private final ByteBuffer buffer =
      ByteBuffer.allocate(FLOATS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);

  public LittleEndianOutput(OutputStream out) {
    this.out = out;
  }

  private void flush() {
    writeBytes(buffer.array(), buffer.position());
    buffer.clear();
  }

  public void writeBytes(byte[] bytes) {
    writeBytes(bytes, bytes.length);
  }

  private void writeBytes(byte[] bytes, int count) {
    try {
      out.write(bytes, 0, count);
    } catch (IOException e) {
      throw new WriteException(e);
    }
  }

  /** The stream below has failed; {@link NewFile} names the file. */
  static final class WriteException extends UncheckedIOException {
    private static final long serialVersionUID = 1;

    WriteException(IOException cause) {
      super(cause);
    }
  }

  public void writeByte(int value) {
    buffer.put((byte) value);
    flush();
  }

  public void writeBoolean(boolean value) {
    writeByte(value ? 1 : 0);
  }

  public void writeInt(int value) {
    buffer.putInt(value);
    flush();
  }

  public void writeLong(long value) {
    buffer.putLong(value);
    flush();
  }

  public void writeDouble(double value) {
    buffer.putDouble(value);
    flush();
  }

  public void writeFloats(float[] values, int from, int count) {
    for (int done = 0; done < count; done += FLOATS) {
      int now = Math.min(FLOATS, count - done);
      for (int i = 0; i < now; i++) {
        // Bit for bit: a NaN keeps what it carries.
        buffer.putInt(Float.floatToRawIntBits(values[from + done + i]));
      }
      flush();
    }
  }
}
