package gradus.fuzz;

import gradus.nn.F;
import gradus.nn.Init;
import gradus.nn.Layer;
import gradus.nn.Transformer;
import gradus.nn.optim.Optimizer;
import gradus.nn.optim.lrscheduler.LRScheduler;
import gradus.tensor.Tensor;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * One way in: a method of a tensor, of F or Init, or a layer, an optimizer or a scheduler, which is
 * made and then run.
 *
 * @param name how errors of it begin
 * @param made the method, or the constructor
 * @param run what runs what was made; null for a method
 */
record EntryPoint(String name, Executable made, Method run) {

  /** Not ops: they wait, compare as Java does, or hand out what has its own tests. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "wait",
          "notify",
          "notifyAll",
          "getClass",
          "hashCode",
          "equals",
          "toString",
          "manualSeed");

  /** All of them, in an order of their own. */
  static List<EntryPoint> all() throws ReflectiveOperationException, IOException {
    var all = new ArrayList<EntryPoint>();
    for (Class<?> type : List.of(Tensor.class, F.class, Init.class)) {
      for (Method method : type.getMethods()) {
        if (!LEFT_OUT.contains(method.getName())
            && !method.isBridge()
            && !method.getDeclaringClass().getName().startsWith("java.")
            && isKnown(method)) {
          all.add(new EntryPoint(method.getName(), method, null));
        }
      }
    }
    for (String room : List.of("gradus.nn", "gradus.nn.bert")) {
      for (Class<?> type : subclasses(room, Layer.class)) {
        addMade(type, "forward", all);
      }
    }
    for (Class<?> base : List.of(Optimizer.class, LRScheduler.class)) {
      String room = base == Optimizer.class ? "gradus.nn.optim" : "gradus.nn.optim.lrscheduler";
      for (Class<?> type : subclasses(room, base)) {
        addMade(type, "step", all);
      }
    }
    all.sort(Comparator.comparing(e -> e.made + " " + e.run));
    return all;
  }

  /** Each way of making one with each way of running it; made only, where there is none. */
  private static void addMade(Class<?> type, String run, List<EntryPoint> all) {
    var runs = new ArrayList<Method>();
    for (Method method : type.getMethods()) {
      if (method.getName().equals(run)
          && !method.isBridge()
          && method.getDeclaringClass() != Layer.class
          && isKnown(method)) {
        runs.add(method);
      }
    }
    if (runs.isEmpty()) {
      runs.add(null);
    }
    for (Constructor<?> constructor : type.getConstructors()) {
      for (Method method : runs) {
        if (isKnown(constructor) && !isHuge(constructor)) {
          all.add(new EntryPoint(type.getSimpleName(), constructor, method));
        }
      }
    }
  }

  /**
   * Forty million numbers each time; the others of this class have the same code and small sizes.
   */
  private static boolean isHuge(Constructor<?> constructor) {
    return constructor.getDeclaringClass() == Transformer.class
        && constructor.getParameterCount() == 0;
  }

  /** Whether there are arguments for it; lists are of tensors. */
  private static boolean isKnown(Executable executable) {
    for (Parameter parameter : executable.getParameters()) {
      if (!Arguments.knows(parameter.getType())
          || (parameter.getType() == List.class
              && !parameter.getParameterizedType().getTypeName().endsWith("Tensor>"))) {
        return false;
      }
    }
    return true;
  }

  private static List<Class<?>> subclasses(String packageName, Class<?> base)
      throws ReflectiveOperationException, IOException {
    URL classes = Layer.class.getProtectionDomain().getCodeSource().getLocation();
    Path folder = Path.of(URI.create(classes + packageName.replace('.', '/')));
    var found = new ArrayList<Class<?>>();
    try (var files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files.sorted()::iterator) {
        String name = file.getFileName().toString();
        if (name.endsWith(".class") && !name.contains("$") && !name.equals("package-info.class")) {
          Class<?> type = Class.forName(packageName + "." + name.substring(0, name.length() - 6));
          if (base.isAssignableFrom(type)
              && Modifier.isPublic(type.getModifiers())
              && !Modifier.isAbstract(type.getModifiers())) {
            found.add(type);
          }
        }
      }
    }
    return found;
  }

  boolean isMade() {
    return made instanceof Constructor<?>;
  }

  boolean isStatic() {
    return made instanceof Method && Modifier.isStatic(made.getModifiers());
  }

  /** Whether the first argument is the tensor it is called on. */
  boolean isOfTensor() {
    return made instanceof Method && !isStatic();
  }

  boolean givesTensor() {
    return (run != null ? run : made) instanceof Method method
        && method.getReturnType() == Tensor.class;
  }

  boolean isInPlace() {
    return isOfTensor() && name.endsWith("_");
  }

  /** What the call needs: the tensor itself first, if it is a method of one. */
  List<Class<?>> parameters() {
    var types = new ArrayList<Class<?>>();
    if (isOfTensor()) {
      types.add(Tensor.class);
    }
    types.addAll(Arrays.asList(made.getParameterTypes()));
    if (run != null) {
      types.addAll(Arrays.asList(run.getParameterTypes()));
    }
    return types;
  }

  /** Calls it; throws what it throws. */
  Object call(List<Object> arguments) throws Throwable {
    try {
      if (made instanceof Method method) {
        Object self = isStatic() ? null : arguments.getFirst();
        int from = isStatic() ? 0 : 1;
        return method.invoke(self, arguments.subList(from, arguments.size()).toArray());
      }
      int split = made.getParameterCount();
      Object object = ((Constructor<?>) made).newInstance(arguments.subList(0, split).toArray());
      return run == null
          ? object.toString()
          : run.invoke(object, arguments.subList(split, arguments.size()).toArray());
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  @Override
  public String toString() {
    return made.getDeclaringClass().getSimpleName() + "." + name;
  }
}
