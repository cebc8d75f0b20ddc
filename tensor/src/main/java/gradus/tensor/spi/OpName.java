package gradus.tensor.spi;

import gradus.tensor.Tensor;

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
                    .filter(frame -> isOp(frame.getDeclaringClass(), frame.getMethodName()))
                    .map(StackWalker.StackFrame::getMethodName)
                    .reduce(inner, (_, outer) -> outer));
  }

  private static boolean isInside(String className) {
    return className.startsWith("gradus.tensor.")
        || className.startsWith("gradus.nn.")
        || className.startsWith("java.")
        || className.startsWith("jdk.");
  }

  private static boolean isOp(Class<?> type, String method) {
    boolean ofTensors = type != Object.class && type.isAssignableFrom(Tensor.class);
    return (ofTensors || type.isAnnotationPresent(Door.class)) && method.indexOf('$') < 0;
  }
}
