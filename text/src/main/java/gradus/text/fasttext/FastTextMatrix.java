package gradus.text.fasttext;

import gradus.tensor.io.Elements;
import gradus.text.io.BinaryInput;
import gradus.text.io.LittleEndianOutput;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** The rows of a fastText model: plain floats in memory or in the file, or quantised. */
sealed interface FastTextMatrix permits FastTextMatrix.Dense, FastTextMatrix.Mapped, QuantMatrix {

  int rows();

  int columns();

  void addRow(int row, float[] sum);

  float dotRow(int row, float[] vector);

  void write(LittleEndianOutput out);

  /**
   * Floats in memory.
   *
   * @param rows how many rows
   * @param columns how many numbers each has
   * @param values row after row; there may be more
   */
  record Dense(int rows, int columns, float[] values) implements FastTextMatrix {

    static Dense read(BinaryInput in, String what) {
      long[] sizes = sizes(in, what);
      float[] values = Elements.floats(in.path(), "the " + what + " matrix", sizes[0], sizes[1]);
      in.readFloats(values, 0, values.length);
      return new Dense((int) sizes[0], (int) sizes[1], values);
    }

    /** The sizes, when the file has the bytes for them. */
    static long[] sizes(BinaryInput in, String what) {
      in.reading("the " + what + " matrix");
      long rows = in.readLong();
      long columns = in.readLong();
      // Whoever has a size of 2^40 cannot be multiplied safely.
      boolean small =
          rows >= 0 && columns > 0 && rows <= Integer.MAX_VALUE && columns <= Integer.MAX_VALUE;
      if (!small || rows * columns > in.left() / Float.BYTES) {
        throw in.error(
            "the %s matrix is said to be [%d, %d], but %,d bytes are left. The file was cut short, or its sizes are wrong."
                .formatted(what, rows, columns, in.left()));
      }
      return new long[] {rows, columns};
    }

    @Override
    public void addRow(int row, float[] sum) {
      int start = row * columns;
      for (int i = 0; i < columns; i++) {
        sum[i] += values[start + i];
      }
    }

    @Override
    public float dotRow(int row, float[] vector) {
      int start = row * columns;
      float sum = 0;
      for (int i = 0; i < columns; i++) {
        sum += values[start + i] * vector[i];
      }
      return sum;
    }

    @Override
    public void write(LittleEndianOutput out) {
      out.writeLong(rows);
      out.writeLong(columns);
      out.writeFloats(values, 0, rows * columns);
    }
  }

  /**
   * Floats that stay in the file.
   *
   * @param rows how many rows
   * @param columns how many numbers each has
   * @param values row after row
   */
  record Mapped(int rows, int columns, MemorySegment values) implements FastTextMatrix {
    private static final ValueLayout.OfFloat FLOAT =
        ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    @Override
    public void addRow(int row, float[] sum) {
      // Checked once for the row, not for each number of it.
      float[] copy = new float[columns];
      MemorySegment.copy(values, FLOAT, (long) row * columns * Float.BYTES, copy, 0, columns);
      for (int i = 0; i < columns; i++) {
        sum[i] += copy[i];
      }
    }

    @Override
    public float dotRow(int row, float[] vector) {
      float[] copy = new float[columns];
      addRow(row, copy);
      return new Dense(1, columns, copy).dotRow(0, vector);
    }

    @Override
    public void write(LittleEndianOutput out) {
      throw new UnsupportedOperationException("rows in a file are only read");
    }
  }
}
