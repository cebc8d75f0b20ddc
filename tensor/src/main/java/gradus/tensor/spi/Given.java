package gradus.tensor.spi;

import static gradus.tensor.spi.Given.given;
import static gradus.tensor.spi.Given.givenAll;

import gradus.tensor.Tensor;
import java.lang.reflect.Executable;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Refuses null where something has to stand: {@code add: other is null. Give one.}
 *
 * <p>It is asked where the ways of many ops come together, by code that does not know what the op
 * that was called names the argument. The op itself knows: its parameters of that type are told,
 * and all of them where it has several, as in {@code lerp: end or weight is null}.
 */
public final class Given {
  private Given() {}

  /** A tensor that has to be given. */
  public static Tensor given(Tensor tensor) {
    return given(tensor, Tensor.class);
  }

  /** What has to be given, of a type that tells which parameter it is. */
  public static <T> T given(T value, Class<? super T> type) {
    if (value == null) {
      Executable op = OpName.entry();
      throw refusal(op, names(op, type), type);
    }
    return value;
  }

  /** What has to be given, where it is known what the op names it. */
  public static <T> T given(T value, String name) {
    if (value == null) {
      Executable op = OpName.entry();
      throw refusal(op, name, typeOf(op, name));
    }
    return value;
  }

  /** A list that has to be given, and everything in it. */
  public static <T> List<T> givenAll(List<T> list) {
    givenAll(given(list, List.class).toArray());
    return list;
  }

  /** An array that has to be given, and everything in it. */
  public static <T> T[] givenAll(T[] array) {
    int missing = Arrays.asList(given(array, Object[].class)).indexOf(null);
    if (missing >= 0) {
      Executable op = OpName.entry();
      throw refusal(op, "element " + missing + " of " + names(op, List.class), Object.class);
    }
    return array;
  }

  private static IllegalArgumentException refusal(Executable op, String name, Class<?> type) {
    String kind = type.getSimpleName();
    String cure = kind.startsWith("Optional") ? "Use " + kind + ".empty() for none." : "Give one.";
    return new IllegalArgumentException(OpName.of(op) + ": " + name + " is null. " + cure);
  }

  private static Class<?> typeOf(Executable op, String name) {
    for (Parameter parameter : op.getParameters()) {
      if (parameter.getName().equals(name)) {
        return parameter.getType();
      }
    }
    return Object.class;
  }

  /** The parameters by which a null of this type may have come in. */
  private static String names(Executable op, Class<?> type) {
    List<String> names = new ArrayList<>();
    for (Parameter parameter : op.getParameters()) {
      if (parameter.getType() == type || isMany(type) && isMany(parameter.getType())) {
        names.add(parameter.getName());
      }
    }
    int last = names.size() - 1;
    return switch (last) {
      case -1 -> "an argument";
      case 0 -> names.getFirst();
      default -> String.join(", ", names.subList(0, last)) + " or " + names.get(last);
    };
  }

  /** Whether a type holds several objects. */
  private static boolean isMany(Class<?> type) {
    return Collection.class.isAssignableFrom(type) || Object[].class.isAssignableFrom(type);
  }
}
