package gradus.tensor.spi;

import gradus.tensor.Tensor;
import java.lang.reflect.Executable;
import java.lang.reflect.Modifier;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Tells through which method users came in.
 *
 * <p>An op is often made of others. What one of those refuses is told in the name of the op that
 * was called: {@code addmm: ...}, though it is the product inside that does not fit.
 */
public final class OpName {
  private OpName() {}

  /**
   * The name of the outermost op on this thread's stack, up to a user's own code.
   *
   * @param inner the name to take where there is none
   */
  public static String of(String inner) {
    return outermost(OpName::isInside, OpName::isOp).map(Executable::getName).orElse(inner);
  }

  /** How errors begin: with the op, or with the class of what is none, such as a layer. */
  static String of(Executable entry) {
    Class<?> type = entry.getDeclaringClass();
    return isOp(type) ? entry.getName() : type.getSimpleName();
  }

  /** The outermost op on the stack; where there is none, what else of ours was called. */
  static Executable entry() {
    Predicate<String> ours =
        name ->
            isInside(name)
                || name.startsWith("gradus.autograd.")
                || name.startsWith("gradus.studio.");
    return outermost(ours, OpName::isOp).or(() -> outermost(ours, _ -> true)).orElseThrow();
  }

  private static Optional<Executable> outermost(
      Predicate<String> inside, Predicate<Class<?>> type) {
    return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
        .walk(
            frames ->
                frames
                    .takeWhile(frame -> inside.test(frame.getClassName()))
                    .filter(frame -> type.test(frame.getDeclaringClass()))
                    .flatMap(OpName::executable)
                    .filter(method -> Modifier.isPublic(method.getModifiers()))
                    .reduce((_, outer) -> outer));
  }

  private static boolean isInside(String className) {
    return className.startsWith("gradus.tensor.")
        || className.startsWith("gradus.nn.")
        || className.startsWith("java.")
        || className.startsWith("jdk.");
  }

  private static boolean isOp(Class<?> type) {
    boolean ofTensors = type != Object.class && type.isAssignableFrom(Tensor.class);
    return ofTensors || type.isAnnotationPresent(Door.class);
  }

  private static Stream<Executable> executable(StackWalker.StackFrame frame) {
    Class<?> type = frame.getDeclaringClass();
    Class<?>[] parameters = frame.getMethodType().parameterArray();
    try {
      return Stream.of(
          frame.getMethodName().equals("<init>")
              ? type.getDeclaredConstructor(parameters)
              : type.getDeclaredMethod(frame.getMethodName(), parameters));
    } catch (NoSuchMethodException e) {
      return Stream.empty(); // a static initialiser
    }
  }
}
