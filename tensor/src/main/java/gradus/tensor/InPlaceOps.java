package gradus.tensor;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.kernel.op.Binary;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * How every in-place op runs: check, compute, overwrite, and move the history of the result to the
 * tensor.
 *
 * <p>Where nothing has to be recorded, arithmetic goes straight into the memory of the tensor.
 */
final class InPlaceOps {
  private InPlaceOps() {}

  /** {@code x = f(x, other)}, or {@code recorded} where that is not possible. */
  static Tensor with(Tensor x, String op, Binary f, Tensor other, UnaryOperator<Tensor> recorded) {
    keeps(x, op);
    if (!direct(x, other) || !Elementwise.into(f, x, other)) {
      return with(x, op, recorded);
    }
    x.storage.version++;
    return x;
  }

  /** {@code x += alpha · other}, or {@code recorded} where that is not possible. */
  static Tensor adding(
      Tensor x, String op, Tensor other, double alpha, UnaryOperator<Tensor> recorded) {
    keeps(x, op);
    if (!direct(x, other) || !Elementwise.addInto(x, other, alpha)) {
      return with(x, op, recorded);
    }
    x.storage.version++;
    return x;
  }

  /** Writes {@code n} floats from {@code at} on, whatever they were. */
  interface Filling {
    void fill(float[] array, int at, int n);
  }

  /** Overwrites {@code x} in its memory, or by {@code recorded} where that is not possible. */
  static Tensor filling(Tensor x, String op, Filling filling, UnaryOperator<Tensor> recorded) {
    keeps(x, op);
    if (recording(x) || x.dtype() != DType.FLOAT32 || x.isSparse() || !x.isContiguous()) {
      return with(x, op, recorded);
    }
    filling.fill(Dense.array(x), x.offset, x.numel());
    x.storage.version++;
    return x;
  }

  private static boolean recording(Tensor x) {
    return GradMode.isEnabled() && x.base().requiresGrad();
  }

  /**
   * Whether nothing has to be recorded, and no element of {@code other} is overwritten before it is
   * read.
   */
  private static boolean direct(Tensor x, Tensor other) {
    boolean recording = recording(x) || GradMode.isEnabled() && given(other).requiresGrad();
    // The very same elements are read just before they are written; a part of them, broadcast,
    // would be read again after that.
    boolean same =
        other.offset == x.offset
            && other.shape().equals(x.shape())
            && Arrays.equals(other.strides, x.strides);
    boolean looked = GradMode.state().anomaly; // at a result of its own, before x is overwritten
    return !recording && !looked && (other.storage != x.storage || same);
  }

  /** {@code x = f(x)}, recorded if gradients are. */
  static Tensor with(Tensor x, String op, UnaryOperator<Tensor> f) {
    check(x, op);
    long since = Node.nextSequence();
    Tensor result = f.apply(x);
    if (!result.shape().equals(x.shape())) {
      throw Errors.inPlaceShape(op, x.shape(), result.shape());
    }
    if (result.dtype().category() > x.dtype().category()) {
      throw Errors.inPlaceDType(op, x.dtype(), result.dtype());
    }
    Tensor cast = result.to(x.dtype());
    if (!GradMode.isEnabled() || !cast.requiresGrad()) {
      Dense.write(x, cast);
      return x;
    }
    // The op itself may need the old values for its derivative: it keeps a copy of them.
    Tensor before = Dense.copy(x).aliasOf(x.gradientNode());
    Node made = cast.gradientNode();
    made.replaceInput(x, before, since);
    Dense.write(x, cast);
    x.rebaseHistory(made);
    return x;
  }

  /** Whether a tensor of shape {@code src} broadcasts to {@code shape}. */
  static boolean takes(Shape shape, Shape src) {
    int lead = shape.rank() - src.rank();
    boolean fits = lead >= 0;
    for (int d = 0; fits && d < src.rank(); d++) {
      fits = src.size(d) == 1 || src.size(d) == shape.size(lead + d);
    }
    return fits;
  }

  /** The elements of {@code src}, which broadcasts to {@code to}, in place of those there. */
  static Tensor copy(Tensor to, String op, Tensor src) {
    return with(
        to,
        op,
        x -> {
          Tensor from = Elementwise.fit(src, x.dtype(), x.shape());
          return Tensor.record(new Op.Copy(), from.detach(), x, from);
        });
  }

  /** Refuses a copy that nobody else will see: {@code x.at(mask).fill_(0)} leaves x as it is. */
  private static void keeps(Tensor x, String op) {
    if (x.isPicked()) {
      throw Errors.inPlaceOnPicked(op, x.shape());
    }
  }

  private static void check(Tensor x, String op) {
    keeps(x, op);
    if (recording(x)) {
      if (x.base().isLeaf()) {
        throw Errors.inPlaceOnLeaf(op);
      }
      if (x.writeRule() != null) {
        throw Errors.invalid(op, x.writeRule());
      }
    }
    for (int d = 0; d < x.dim() && !op.equals("fill_"); d++) {
      if (x.strides[d] == 0 && x.size(d) > 1) {
        throw Errors.overlappingWrite(op, x.shape());
      }
    }
  }
}
