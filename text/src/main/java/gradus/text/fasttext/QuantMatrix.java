package gradus.text.fasttext;

import gradus.text.io.BinaryInput;
import gradus.text.io.LittleEndianOutput;

/**
 * Rows of a {@code .ftz}: bytes that stand for a direction and, on request, one for a length.
 *
 * @param rows how many rows
 * @param columns how many numbers each has
 * @param codes the bytes of the directions, row after row
 * @param directions what they stand for
 * @param lengthCodes a byte for the length of each row; empty if lengths were not split off
 * @param lengths what those stand for; null if lengths were not split off
 */
record QuantMatrix(
    int rows,
    int columns,
    byte[] codes,
    ProductQuantizer directions,
    byte[] lengthCodes,
    ProductQuantizer lengths)
    implements FastTextMatrix {

  static QuantMatrix read(BinaryInput in, String what) {
    in.reading("the quantised " + what + " matrix");
    boolean normed = in.readBoolean();
    long rows = in.readLong();
    long columns = in.readLong();
    int size = in.readInt();
    boolean small = rows >= 0 && rows <= in.left() && columns > 0 && columns <= in.left();
    if (!small || size < 0 || size > in.left()) {
      throw in.error(
          "the quantised %s matrix is said to be [%d, %d] in %d bytes, but %,d are left. The file was cut short, or its sizes are wrong."
              .formatted(what, rows, columns, size, in.left()));
    }
    byte[] codes = in.readBytes(size);
    ProductQuantizer directions = ProductQuantizer.read(in, columns);
    if (size != rows * directions.parts()) {
      throw in.error(
          "%,d rows of %d bytes do not make the %,d bytes of the quantised %s matrix."
              .formatted(rows, directions.parts(), size, what));
    }
    in.reading("the lengths of the rows");
    byte[] lengthCodes = in.readBytes(normed ? (int) rows : 0);
    ProductQuantizer lengths = normed ? ProductQuantizer.read(in, 1) : null;
    return new QuantMatrix((int) rows, (int) columns, codes, directions, lengthCodes, lengths);
  }

  private float length(int row) {
    return lengths == null ? 1 : lengths.number(lengthCodes[row]);
  }

  @Override
  public void addRow(int row, float[] sum) {
    directions.add(codes, row * directions.parts(), length(row), sum);
  }

  @Override
  public float dotRow(int row, float[] vector) {
    return directions.dot(codes, row * directions.parts(), vector) * length(row);
  }

  @Override
  public void write(LittleEndianOutput out) {
    out.writeBoolean(lengths != null);
    out.writeLong(rows);
    out.writeLong(columns);
    out.writeInt(codes.length);
    out.writeBytes(codes);
    directions.write(out);
    if (lengths != null) {
      out.writeBytes(lengthCodes);
      lengths.write(out);
    }
  }
}
