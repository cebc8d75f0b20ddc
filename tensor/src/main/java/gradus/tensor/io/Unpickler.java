package gradus.tensor.io;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs a pickle as far as it builds data: a machine with a stack, a memo, and no way to call
 * anything but what {@link TorchGlobals} lists.
 *
 * <p>Source of the instructions: {@code pickletools} of Python, protocols 2 to 5.
 */
final class Unpickler {
  static final int MOST_CONTAINERS = 1_000_000;

  /** What PyTorch writes has about one for each object that is made. */
  private static final int MOST_REMEMBERED = 2_000_000;

  private static final Object MARK = new Object();

  private final Path file;
  private final ByteBuffer in;
  private final TorchGlobals globals;
  private final List<Object> stack = new ArrayList<>();
  private final Map<Long, Object> memo = new HashMap<>();
  private int containers;

  Unpickler(Path file, byte[] program, TorchStorages storages) {
    this.file = file;
    this.in = ByteBuffer.wrap(program).order(ByteOrder.LITTLE_ENDIAN);
    this.globals = new TorchGlobals(storages, this::error);
  }

  private FormatException error(String problem) {
    return new FormatException(file, "data.pkl, byte " + in.position(), problem);
  }

  /** The object the program builds. */
  Object load() {
    try {
      for (int op = in.get() & 0xff; op != '.'; op = in.get() & 0xff) {
        step(op);
      }
      Rest.leftOut(file, "data.pkl, byte " + in.position(), in.remaining(), "the pickle");
      return pop();
    } catch (BufferUnderflowException e) {
      throw new FormatException(
          file, "data.pkl, byte " + in.limit(), "the pickle is cut short or damaged.", e);
    } catch (ClassCastException | ArithmeticException | NullPointerException e) {
      // A number where a list must be, None where a tensor must be, and so on.
      throw new FormatException(
          file,
          "data.pkl, byte " + in.position(),
          "the pickle puts together what does not fit: it is damaged.",
          e);
    }
  }

  private void step(int op) {
    switch (op) {
      case 0x80 -> protocol(in.get());
      case 0x95 -> in.getLong(); // FRAME
      case '(' -> stack.add(MARK);
      case '0' -> pop();
      case 'N' -> stack.add(null);
      case 0x88 -> stack.add(true);
      case 0x89 -> stack.add(false);
      case 'K' -> stack.add(in.get() & 0xffL);
      case 'M' -> stack.add(in.getShort() & 0xffffL);
      case 'J' -> stack.add((long) in.getInt());
      case 0x8a -> stack.add(integer(bytes(in.get() & 0xff)));
      case 'G' -> stack.add(Double.longBitsToDouble(Long.reverseBytes(in.getLong())));
      case 'X' -> stack.add(text(Integer.toUnsignedLong(in.getInt())));
      case 0x8c -> stack.add(text(in.get() & 0xff));
      case 0x8d -> stack.add(text(in.getLong()));
      case 'U' -> stack.add(text(in.get() & 0xff)); // of Python 2
      case '}' -> stack.add(container(new LinkedHashMap<>()));
      case ']', ')' -> stack.add(container(new ArrayList<>()));
      case 't', 'l' -> stack.add(container(popToMark()));
      case 0x85, 0x86, 0x87 -> stack.add(container(popLast(op - 0x84)));
      default -> stepOn(op);
    }
  }

  private void stepOn(int op) {
    switch (op) {
      case 'd' -> {
        List<Object> items = popToMark();
        stack.add(container(new LinkedHashMap<>()));
        putAll(items);
      }
      case 'a' -> appendAll(popLast(1));
      case 'e' -> appendAll(popToMark());
      case 's' -> putAll(popLast(2));
      case 'u' -> putAll(popToMark());
      case 'q' -> remember(in.get() & 0xffL);
      case 'r' -> remember(Integer.toUnsignedLong(in.getInt()));
      case 0x94 -> remember(memo.size());
      case 'h' -> stack.add(remembered(in.get() & 0xffL));
      case 'j' -> stack.add(remembered(Integer.toUnsignedLong(in.getInt())));
      case 'c' -> stack.add(globals.find(line(), line()));
      case 0x93 -> {
        List<Object> names = popLast(2);
        stack.add(globals.find((String) names.get(0), (String) names.get(1)));
      }
      case 'Q' -> stack.add(globals.storage((List<?>) pop()));
      case 'R' -> {
        List<Object> call = popLast(2);
        stack.add(container(globals.call(call.get(0), (List<?>) call.get(1))));
      }
      case 'b' -> build();
      default ->
          throw error(
              "the instruction %s is not allowed in a checkpoint of tensors."
                  .formatted(TorchGlobals.instruction(op)));
    }
  }

  private void protocol(int version) {
    if (version < 2 || version > 5) {
      throw error("pickle protocol " + version + " is not known.");
    }
  }

  /** Attributes of a dict, such as {@code _metadata} of a state dict, are no part of its data. */
  private void build() {
    List<Object> pair = popLast(2);
    if (!(pair.get(0) instanceof Map<?, ?>)) {
      throw error("the pickle sets attributes of something that is no dict, which is not allowed.");
    }
    stack.add(pair.get(0));
  }

  private Object peek() {
    if (stack.isEmpty() || stack.getLast() == MARK) {
      throw error("the pickle takes more than there is: it is damaged.");
    }
    return stack.getLast();
  }

  private Object pop() {
    Object top = peek();
    stack.removeLast();
    return top;
  }

  private List<Object> popLast(int n) {
    int from = stack.size() - n;
    if (from < 0 || stack.subList(from, stack.size()).contains(MARK)) {
      throw error("the pickle takes more than there is: it is damaged.");
    }
    return popFrom(from);
  }

  private List<Object> popToMark() {
    int mark = stack.size() - 1;
    while (mark >= 0 && stack.get(mark) != MARK) {
      mark--;
    }
    if (mark < 0) {
      throw error("the pickle takes more than there is: it is damaged.");
    }
    List<Object> items = popFrom(mark + 1);
    stack.removeLast();
    return items;
  }

  private List<Object> popFrom(int from) {
    List<Object> last = stack.subList(from, stack.size());
    List<Object> items = new ArrayList<>(last);
    last.clear();
    return items;
  }

  /** Counts what is made: a pickle of a few bytes each must not fill the memory. */
  private Object container(Object made) {
    if (++containers > MOST_CONTAINERS) {
      throw error("the pickle makes more than %,d objects.".formatted(MOST_CONTAINERS));
    }
    return made;
  }

  private void remember(long key) {
    memo.put(key, peek());
    if (memo.size() > MOST_REMEMBERED) {
      throw error("the pickle remembers more than %,d objects.".formatted(MOST_REMEMBERED));
    }
  }

  private Object remembered(long key) {
    if (!memo.containsKey(key)) {
      throw error("the pickle asks for something that was never there: it is damaged.");
    }
    return memo.get(key);
  }

  @SuppressWarnings("unchecked")
  private void appendAll(List<Object> items) {
    ((List<Object>) peek()).addAll(items);
  }

  @SuppressWarnings("unchecked")
  private void putAll(List<Object> items) {
    var map = (Map<Object, Object>) peek();
    if (items.size() % 2 != 0) {
      throw error("a dict gets a key without a value: the pickle is damaged.");
    }
    for (int i = 0; i < items.size(); i += 2) {
      Object key = items.get(i);
      boolean plain =
          key == null || key instanceof String || key instanceof Number || key instanceof Boolean;
      if (!plain) {
        throw error(
            "a dict has a key that is neither a string nor a number, which is not allowed.");
      }
      map.put(key, items.get(i + 1));
    }
  }

  private byte[] bytes(long length) {
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[(int) length];
    in.get(bytes);
    return bytes;
  }

  private String text(long length) {
    byte[] utf8 = bytes(length);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw error("a string is not in UTF-8.");
    }
  }

  private String line() {
    int start = in.position();
    while (in.get() != '\n') {
      // The end of the program ends this.
    }
    byte[] name = new byte[in.position() - 1 - start];
    in.get(start, name);
    return new String(name, StandardCharsets.UTF_8);
  }

  /** Little-endian, two's complement. */
  private static Number integer(byte[] little) {
    byte[] big = new byte[little.length + 1];
    big[0] = (byte) (little.length > 0 ? little[little.length - 1] >> 7 : 0);
    for (int i = 0; i < little.length; i++) {
      big[little.length - i] = little[i];
    }
    var value = new BigInteger(big);
    return Optional.of(value)
        .filter(v -> v.bitLength() < 64)
        .<Number>map(BigInteger::longValue)
        .orElse(value);
  }
}
