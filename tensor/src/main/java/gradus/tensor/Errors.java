package gradus.tensor;

import gradus.tensor.spi.OpName;
import java.util.Arrays;

/**
 * The texts of the errors, in one place: {@code op: what happened, with both shapes. The rule. The
 * cure.}
 *
 * <p>They are part of the contract and are tested word for word. The op is the one that was called,
 * whichever of those it is made of refuses: {@link OpName}.
 */
final class Errors {
  private Errors() {}

  static IllegalArgumentException noBroadcast(String op, Shape a, Shape b, int dim, int x, int y) {
    return new IllegalArgumentException(
        "%s: %s and %s do not broadcast: dimension %s is %s and %s."
            .formatted(OpName.of(op), a, b, dim, x, y));
  }

  static IndexOutOfBoundsException dimOutOfRange(String op, int dim, Shape shape) {
    int rank = Math.max(1, shape.rank());
    String fact = OpName.of(op) + ": dim " + dim + " is out of range for " + shape;
    return new IndexOutOfBoundsException(
        shape.rank() == 0 && (dim == 0 || dim == -1)
            ? fact + ", which has no dimensions. Use unsqueeze(0) first."
            : fact + "; valid are " + -rank + ".." + (rank - 1) + ".");
  }

  static IllegalArgumentException tooManyElements(int[] sizes) {
    return new IllegalArgumentException(
        ("%s: %s has more than 2147483647 elements. A tensor holds at most 2^31 - 1. "
                + "Split it along a dimension.")
            .formatted(OpName.of("shape"), Arrays.toString(sizes)));
  }

  static IllegalArgumentException reshape(String op, Shape from, int[] to) {
    return new IllegalArgumentException(
        ("%s: %s has %s elements, which %s cannot hold. The element count must stay the "
                + "same; one size may be -1 to be inferred.")
            .formatted(OpName.of(op), from, from.numel(), Arrays.toString(to)));
  }

  static IllegalArgumentException view(Shape from, int[] strides, int[] to) {
    return new IllegalArgumentException(
        ("%s: %s with strides %s cannot be seen as %s without copying. A view needs "
                + "compatible strides. Use reshape(...) or contiguous().view(...).")
            .formatted(OpName.of("view"), from, Arrays.toString(strides), Arrays.toString(to)));
  }

  static IllegalArgumentException matmul(String op, Shape a, Shape b, String fact) {
    return new IllegalArgumentException(OpName.of(op) + ": " + a + " @ " + b + ": " + fact);
  }

  static IllegalArgumentException dtype(
      String op, String argument, String wanted, DType is, String cure) {
    return new IllegalArgumentException(
        OpName.of(op) + ": " + argument + " must be " + wanted + " but is " + is + ". " + cure);
  }

  static IndexOutOfBoundsException embeddingIndex(long id, String position, int rows) {
    return new IndexOutOfBoundsException(
        "%s: index %s at position %s is outside the table of %s rows; valid are 0..%s."
            .formatted(OpName.of("embedding"), id, position, rows, rows - 1));
  }

  static IndexOutOfBoundsException index(String op, long index, int dim, Shape shape) {
    int size = shape.rank() == 0 ? 1 : shape.size(dim);
    return new IndexOutOfBoundsException(
        "%s: index %s is out of range for dimension %s of %s%s"
            .formatted(
                OpName.of(op),
                index,
                dim,
                shape,
                size == 0
                    ? ", which is empty."
                    : "; valid are " + -size + ".." + (size - 1) + "."));
  }

  static IllegalStateException noGradYet() {
    return new IllegalStateException(
        "grad: no gradient has arrived at this leaf yet. Call backward() on a result that depends on it first.");
  }

  static IllegalStateException gradNotRequired(String op) {
    return new IllegalStateException(
        OpName.of(op)
            + ": this tensor does not require gradients. Call requiresGrad(true) before using it.");
  }

  static IllegalStateException gradOfResult(Op op) {
    return new IllegalStateException(
        ("grad: this tensor is a result (of %s), not a leaf; gradients stay on leaves "
                + "unless retainGrad() is called before backward().")
            .formatted(op.name()));
  }

  static IllegalStateException historyFreed(Op op) {
    return new IllegalStateException(
        ("backward: the history of this result (of %s) was freed by an earlier backward. "
                + "Values are kept for one walk only. Call backward(true, false) the first time to "
                + "retain it, or compute the result again.")
            .formatted(op.name()));
  }

  static IllegalStateException handedBack() {
    return new IllegalStateException(
        "memory: this tensor was made inside a Memory.scope() that is closed, and its memory has been"
            + " handed back. What a scope makes lives until it is closed. Keep it: scope.keep(x), or"
            + " read what you need before.");
  }

  static IllegalStateException changedInPlace(Op op, String role, Shape shape, int saved, int now) {
    return new IllegalStateException(
        ("backward: %s %s of %s was changed in place after it was used (version %s, "
                + "expected %s). Its derivative needs the old values. Use the out-of-place op, or "
                + "clone() before changing it.")
            .formatted(role, shape, op.name(), now, saved));
  }

  static IllegalStateException inPlaceOnLeaf(String op) {
    return new IllegalStateException(
        ("%s: a leaf that requires gradients (or a view of one) cannot be changed in "
                + "place while gradients are recorded. Do it inside try (var _ = "
                + "GradMode.noGrad()) { ... }.")
            .formatted(OpName.of(op)));
  }

  static IllegalStateException inPlaceOnPicked(String op, Shape shape) {
    return new IllegalStateException(
        ("%s: these %s are a copy that at(...) made of the elements a tensor, a list or a mask "
                + "names; what is written here would be lost. Use x.set(value, index) to write "
                + "there, or at(...).clone() for a copy to change.")
            .formatted(OpName.of(op), shape));
  }

  static IllegalArgumentException inPlaceShape(String op, Shape self, Shape result) {
    return new IllegalArgumentException(
        ("%s: the result %s does not fit into %s. An in-place op keeps the shape of its "
                + "tensor. Use the op without underscore.")
            .formatted(OpName.of(op), result, self));
  }

  static IllegalArgumentException inPlaceDType(String op, DType self, DType result) {
    return new IllegalArgumentException(
        ("%s: the result is %s and cannot be stored in %s. An in-place op keeps the dtype "
                + "of its tensor. Convert first: x.to(DType.%s).")
            .formatted(OpName.of(op), result, self, result));
  }

  static IllegalStateException overlappingWrite(String op, Shape shape) {
    return new IllegalStateException(
        ("%s: this tensor %s is expanded: several of its elements share one place in "
                + "memory. It cannot be written. Use clone() first.")
            .formatted(OpName.of(op), shape));
  }

  static IllegalStateException lentChanged(Shape shape) {
    return new IllegalStateException(
        ("values: the gradient %s that backward() made this row-sparse gradient of was "
                + "changed in place before it was used. Its rows are not copied. Take the "
                + "optimizer's step first, or pass backward(gradient.clone()).")
            .formatted(shape));
  }

  static IllegalStateException sparse() {
    return new IllegalStateException(
        "sparse: this tensor is row-sparse (a gradient of Embedding with sparse=true); only indices(), values(),"
            + " coalesce(), clone(), add, mul by a number and toDense() work on it. Use toDense() first.");
  }

  static IllegalStateException notOneElement(Shape shape) {
    return new IllegalStateException(
        ("%s: only a tensor with one element converts to a number, but this is %s. Use "
                + "get(index...).")
            .formatted(OpName.of("item"), shape));
  }

  static IndexOutOfBoundsException outside(String op, String text) {
    return new IndexOutOfBoundsException(OpName.of(op) + ": " + text);
  }

  /** There is no room for a result. */
  static OutOfMemoryError outOfMemory(Object shape, long elements, int bytes) {
    Runtime runtime = Runtime.getRuntime();
    return new OutOfMemoryError(
        ("%s: out of memory: %s takes %s MiB, and of the heap of %s MiB %s are in use. "
                + "Work on smaller parts, hand memory back by Memory.scope(), or give the program "
                + "more: java -Xmx.")
            .formatted(
                OpName.of("tensor"),
                shape,
                elements * bytes >> 20,
                runtime.maxMemory() >> 20,
                runtime.totalMemory() - runtime.freeMemory() >> 20));
  }

  static IllegalArgumentException invalid(String op, String text) {
    return new IllegalArgumentException(OpName.of(op) + ": " + text);
  }

  static IllegalArgumentException notHeld(String op, Number value, DType dtype) {
    boolean narrow = dtype == DType.INT32;
    return new IllegalArgumentException(
        ("%s: %s cannot be held by %s. It holds whole numbers from %s to %s. Use " + "x.toFloat().")
            .formatted(
                OpName.of(op),
                value,
                dtype,
                narrow ? Integer.MIN_VALUE : Long.MIN_VALUE,
                narrow ? Integer.MAX_VALUE : Long.MAX_VALUE));
  }

  static ArithmeticException divisionByZero(String op, DType dtype) {
    return new ArithmeticException(
        "%s: division by zero in %s. Integers have no infinity. Use x.toFloat()."
            .formatted(OpName.of(op), dtype));
  }
}
