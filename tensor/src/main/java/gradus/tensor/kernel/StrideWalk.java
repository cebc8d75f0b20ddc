package gradus.tensor.kernel;

/** Steps through the offsets of a strided shape in row-major order, without allocating per step. */
public final class StrideWalk {

  private final int[] shape;
  private final int[] strides;
  private final int[] index;

  /** The offset of the current element. */
  public int at;

  public StrideWalk(int offset, int[] shape, int[] strides) {
    this.at = offset;
    this.shape = shape;
    this.strides = strides;
    this.index = new int[shape.length];
  }

  /** Jumps from the start to the given position in row-major order. */
  public StrideWalk skip(int position) {
    for (int d = shape.length - 1; d >= 0; d--) {
      index[d] = position % shape[d];
      at += index[d] * strides[d];
      position /= shape[d];
    }
    return this;
  }

  /** One element on; after the last one it is back at the first. */
  public void next() {
    for (int d = shape.length - 1; d >= 0; d--) {
      at += strides[d];
      if (++index[d] < shape[d]) {
        return;
      }
      at -= shape[d] * strides[d];
      index[d] = 0;
    }
  }

  /** How many elements a shape has. */
  public static int count(int[] shape) {
    int n = 1;
    for (int size : shape) {
      n *= size;
    }
    return n;
  }
}
