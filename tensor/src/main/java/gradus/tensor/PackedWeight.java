package gradus.tensor;

import gradus.tensor.kernel.Lanes;
import gradus.tensor.kernel.matmul.MatMul;
import java.lang.ref.SoftReference;
import java.util.Arrays;

/**
 * A weight in the order in which the matrix product reads it, kept beside the weight for as long as
 * nobody changes it: a model that only answers then packs each weight once, and not at every step.
 *
 * <p>Only where gradients are off, and from the second use of an unchanged weight on. The copy
 * takes as much memory as the weight; it is given up when memory runs short.
 */
final class PackedWeight {
  /** With fewer rows, dot products with the weight as it is are as fast. */
  static final int ROWS = 5;

  private final int version;
  private final int offset;
  private final int[] strides;
  private final Shape shape;
  private volatile SoftReference<float[]> data = new SoftReference<>(null);

  private PackedWeight(Tensor weight) {
    version = weight.storage.version;
    offset = weight.offset;
    strides = weight.strides;
    shape = weight.shape();
  }

  /** Whether the weight may have a packed copy: it is no result, and nothing is being recorded. */
  static boolean suits(Tensor weight) {
    return Lanes.COUNT > 0
        && !GradMode.isEnabled()
        && weight.storage instanceof Storage.Floats floats
        && floats.recycled // an array that was given to us may change without our knowing
        && floats.region() == null
        && weight.strides[1] == 1;
  }

  /** The copy of a [n, k] weight; null at its first use. */
  static float[] of(Tensor weight) {
    var storage = (Storage.Floats) weight.storage;
    PackedWeight known = storage.packed;
    if (known == null || !known.fits(weight)) {
      storage.packed = new PackedWeight(weight);
      return null;
    }
    float[] packed = known.data.get();
    if (packed == null) {
      int n = weight.size(0);
      int k = weight.size(1);
      packed = MatMul.pack(n, k, Dense.array(weight), weight.offset, 1, weight.strides[0]);
      known.data = new SoftReference<>(packed);
    }
    return packed;
  }

  private boolean fits(Tensor weight) {
    return version == weight.storage.version
        && offset == weight.offset
        && Arrays.equals(strides, weight.strides)
        && shape.equals(weight.shape());
  }
}
