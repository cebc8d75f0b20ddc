package gradus.text.fasttext;

import gradus.text.io.BinaryInput;
import gradus.text.io.LittleEndianOutput;

/**
 * Vectors as a byte for each few numbers: the byte is the number of one of 256 centroids of those
 * numbers.
 *
 * <p>Source: Jégou, Douze and Schmid, "Product Quantization for Nearest Neighbor Search", 2011;
 * Joulin and others, "FastText.zip", 2016.
 *
 * @param dim how many numbers a vector has
 * @param parts how many bytes that takes
 * @param size how many numbers a byte stands for
 * @param lastSize how many the last byte of a vector stands for
 * @param centroids part after part, 256 of each
 */
record ProductQuantizer(int dim, int parts, int size, int lastSize, float[] centroids) {

  private static final int CENTROIDS = 256;

  static ProductQuantizer read(BinaryInput in, long columns) {
    in.reading("the product quantiser");
    int dim = in.readInt();
    int parts = in.readInt();
    int size = in.readInt();
    int lastSize = in.readInt();
    boolean fits =
        dim == columns
            && size > 0
            && parts == (dim + (long) size - 1) / size
            && lastSize == dim - (parts - 1L) * size;
    if (!fits || (long) dim * CENTROIDS * Float.BYTES > in.left()) {
      throw in.error(
          "the quantiser before says %d parts of %d numbers and a last one of %d for vectors of %d, with %,d bytes left. That does not fit."
              .formatted(parts, size, lastSize, dim, in.left()));
    }
    float[] centroids = new float[dim * CENTROIDS];
    in.readFloats(centroids, 0, centroids.length);
    return new ProductQuantizer(dim, parts, size, lastSize, centroids);
  }

  void write(LittleEndianOutput out) {
    out.writeInt(dim);
    out.writeInt(parts);
    out.writeInt(size);
    out.writeInt(lastSize);
    out.writeFloats(centroids, 0, centroids.length);
  }

  /** Where the centroid begins that a byte of a part stands for. */
  private int start(int part, byte code) {
    int number = Byte.toUnsignedInt(code);
    return part == parts - 1
        ? part * CENTROIDS * size + number * lastSize
        : (part * CENTROIDS + number) * size;
  }

  /** Adds {@code factor} times the vector that the bytes from {@code from} on stand for. */
  void add(byte[] codes, int from, float factor, float[] sum) {
    for (int part = 0; part < parts; part++) {
      int start = start(part, codes[from + part]);
      int count = part == parts - 1 ? lastSize : size;
      for (int i = 0; i < count; i++) {
        sum[part * size + i] += factor * centroids[start + i];
      }
    }
  }

  /** The dot product of such a vector and another. */
  float dot(byte[] codes, int from, float[] vector) {
    float sum = 0;
    for (int part = 0; part < parts; part++) {
      int start = start(part, codes[from + part]);
      int count = part == parts - 1 ? lastSize : size;
      for (int i = 0; i < count; i++) {
        sum += vector[part * size + i] * centroids[start + i];
      }
    }
    return sum;
  }

  /** The number that a byte stands for, where vectors have one number. */
  float number(byte code) {
    return centroids[start(0, code)];
  }
}
