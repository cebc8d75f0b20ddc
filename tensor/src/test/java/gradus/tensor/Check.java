package gradus.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What the tests of this package ask most often. */
final class Check {
  private Check() {}

  /**
   * Shape, as printed, and elements in row-major order; NaN equals NaN, and 0 does not equal −0.
   */
  static void is(Tensor tensor, String shape, double... values) {
    assertThat(tensor.shape()).hasToString(shape);
    assertThat(tensor.toDoubleArray()).containsExactly(values);
  }

  /** Dtype, shape and elements. */
  static void is(Tensor tensor, DType dtype, String shape, double... values) {
    assertThat(tensor.dtype()).isEqualTo(dtype);
    is(tensor, shape, values);
  }

  /** Strides and offset, in elements. */
  static void lies(Tensor tensor, int offset, int... strides) {
    assertThat(tensor.storageOffset()).as("offset").isEqualTo(offset);
    assertThat(tensor.strides).as("strides").containsExactly(strides);
  }

  /** The whole text of an error. */
  static void fails(ThrowingCallable call, Class<? extends Throwable> type, String message) {
    assertThatThrownBy(call).isExactlyInstanceOf(type).hasMessage(message);
  }

  /** An argument that breaks a rule. */
  static void invalid(ThrowingCallable call, String message) {
    fails(call, IllegalArgumentException.class, message);
  }

  /** An index or a dimension out of range. */
  static void outside(ThrowingCallable call, String message) {
    fails(call, IndexOutOfBoundsException.class, message);
  }

  /** 0, 1, 2, … as FLOAT32 of the given shape. */
  static Tensor counted(int... shape) {
    float[] data = new float[Shape.of(shape).numel()];
    for (int i = 0; i < data.length; i++) {
      data[i] = i;
    }
    return Tensor.fromArray(data, shape);
  }
}
