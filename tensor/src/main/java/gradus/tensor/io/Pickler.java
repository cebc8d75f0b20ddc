package gradus.tensor.io;

import gradus.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Writes plain data and tensors as a pickle of protocol 2, the way {@code torch.save} does. */
final class Pickler {
  private static final int DEEPEST = 200;

  /** Tuples, a dict and calls: what a reader makes of one tensor. */
  private static final int OBJECTS_OF_TENSOR = 8;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Map<Tensor, Integer> keys = new IdentityHashMap<>();
  private final List<Tensor> tensors = new ArrayList<>();
  private int made;

  /** The tensors, in the order of their keys. */
  List<Tensor> tensors() {
    return tensors;
  }

  /** The pickle of an object. */
  byte[] dump(Object object) {
    out.write(0x80);
    out.write(2);
    write(object, 0);
    out.write('.');
    checkSize();
    return out.toByteArray();
  }

  private void write(Object object, int depth) {
    if (depth > DEEPEST) {
      throw new IllegalArgumentException(
          "save: maps and lists are nested deeper than " + DEEPEST + ", or in themselves.");
    }
    checkSize();
    switch (object) {
      case null -> out.write('N');
      case Boolean truth -> out.write(truth ? 0x88 : 0x89);
      case String text -> text(text);
      case Double number -> real(number);
      case Float number -> real(number);
      case BigInteger number -> integer(number);
      case Long number -> integer(BigInteger.valueOf(number));
      case Integer number -> integer(BigInteger.valueOf(number));
      case Tensor tensor -> tensor(tensor);
      case Map<?, ?> map -> {
        made++;
        out.write('}');
        out.write('(');
        var keys = new HashSet<Object>();
        map.forEach(
            (key, value) -> {
              if (!keys.add(inPython(key))) {
                throw new IllegalArgumentException(
                    "save: the key %s is also there as another type. In Python 1, 1.0 and True are one key. Choose others."
                        .formatted(Quoted.of(key)));
              }
              write(key, depth + 1);
              write(value, depth + 1);
            });
        out.write('u');
      }
      case List<?> list -> {
        made++;
        out.write(']');
        out.write('(');
        list.forEach(value -> write(value, depth + 1));
        out.write('e');
      }
      default ->
          throw new IllegalArgumentException(
              ("save: a checkpoint holds tensors, maps, lists, numbers and strings, but this is "
                      + "a %s. Give what it is made of; the state of an optimizer says it by toMap().")
                  .formatted(object.getClass().getName()));
    }
  }

  /** A key as Python tells it from others. */
  private static Object inPython(Object key) {
    return switch (key) {
      case null -> "None";
      case String text -> "'" + text;
      case Boolean truth -> truth ? BigDecimal.ONE : BigDecimal.ZERO;
      case Double number when !Double.isFinite(number) -> number;
      case Float number when !Float.isFinite(number) -> number.doubleValue();
      case Float number -> new BigDecimal(number).stripTrailingZeros();
      case Double number -> new BigDecimal(number).stripTrailingZeros();
      case Integer _, Long _, BigInteger _ -> new BigDecimal(key.toString()).stripTrailingZeros();
      default ->
          throw new IllegalArgumentException(
              "save: the keys of a map are strings or numbers, but this is a %s."
                  .formatted(key.getClass().getName()));
    };
  }

  /** No more than a reader takes. */
  private void checkSize() {
    if (out.size() > TorchFile.LONGEST_PICKLE || made > Unpickler.MOST_CONTAINERS) {
      throw new IllegalArgumentException(
          "save: apart from the numbers of its tensors a checkpoint has at most %,d bytes and %,d objects. Save it in several files, or as safetensors."
              .formatted(TorchFile.LONGEST_PICKLE, Unpickler.MOST_CONTAINERS));
    }
  }

  private void text(String text) {
    byte[] utf8 = Writable.utf8("the text", text);
    out.write('X');
    int32(utf8.length);
    out.writeBytes(utf8);
  }

  private void int32(int value) {
    out.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
  }

  private void real(double value) {
    out.write('G');
    out.writeBytes(ByteBuffer.allocate(8).putDouble(value).array());
  }

  private void integer(BigInteger value) {
    if (value.bitLength() < 32) {
      out.write('J');
      int32(value.intValue());
      return;
    }
    byte[] big = value.toByteArray();
    if (big.length > 255) {
      throw new IllegalArgumentException(
          "save: the number " + Quoted.of(value) + " is too long. It may have 255 bytes.");
    }
    out.write(0x8a);
    out.write(big.length);
    for (int i = big.length - 1; i >= 0; i--) {
      out.write(big[i]);
    }
  }

  private void global(String module, String name) {
    out.writeBytes(("c" + module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  /** {@code _rebuild_tensor_v2(storage, 0, size, stride, False, OrderedDict())}. */
  private void tensor(Tensor tensor) {
    made += OBJECTS_OF_TENSOR;
    Integer known = keys.putIfAbsent(tensor, tensors.size());
    if (known == null) {
      tensors.add(tensor);
    }
    global("torch._utils", "_rebuild_tensor_v2");
    out.write('(');
    out.write('(');
    text("storage");
    global("torch", TorchStorages.className(tensor.dtype()));
    text(Integer.toString(keys.get(tensor)));
    text("cpu");
    integer(BigInteger.valueOf(tensor.numel()));
    out.write('t');
    out.write('Q');
    integer(BigInteger.ZERO);
    int[] sizes = tensor.shape().toArray();
    long[] strides = new long[sizes.length];
    long step = 1;
    for (int d = sizes.length - 1; d >= 0; d--) {
      strides[d] = step;
      // Only an empty tensor can have sizes beyond, and its strides mean nothing.
      step = Math.min(Integer.MAX_VALUE, step * Math.max(1, sizes[d]));
    }
    tuple(Arrays.stream(sizes).asLongStream().toArray());
    tuple(strides);
    out.write(0x89);
    global("collections", "OrderedDict");
    out.write(')');
    out.write('R');
    out.write('t');
    out.write('R');
  }

  private void tuple(long[] values) {
    out.write('(');
    for (long value : values) {
      integer(BigInteger.valueOf(value));
    }
    out.write('t');
  }
}
