package gradus.tensor.spi;

import gradus.tensor.Tensor;
import java.lang.reflect.Modifier;

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
    return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
        .walk(
            frames ->
                frames
                    .takeWhile(frame -> isInside(frame.getClassName()))
                    .filter(OpName::isOp)
                    .map(StackWalker.StackFrame::getMethodName)
                    .reduce(inner, (_, outer) -> outer));
  }

  private static boolean isInside(String className) {
    return className.startsWith("gradus.tensor.")
        || className.startsWith("gradus.nn.")
        || className.startsWith("java.")
        || className.startsWith("jdk.");
  }

  private static boolean isOp(StackWalker.StackFrame frame) {
    Class<?> type = frame.getDeclaringClass();
    boolean ofTensors = type != Object.class && type.isAssignableFrom(Tensor.class);
    return (ofTensors || type.isAnnotationPresent(Door.class)) && isPublic(type, frame);
  }

  private static boolean isPublic(Class<?> type, StackWalker.StackFrame frame) {
    try {
      Class<?>[] parameters = frame.getMethodType().parameterArray();
      return Modifier.isPublic(
          type.getDeclaredMethod(frame.getMethodName(), parameters).getModifiers());
    } catch (NoSuchMethodException e) {
      return false; // a constructor
    }
  }
}
