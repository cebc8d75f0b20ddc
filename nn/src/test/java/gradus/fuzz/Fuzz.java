package gradus.fuzz;

import gradus.tensor.DType;
import gradus.tensor.Tensor;
import gradus.tensor.kernel.Parallel;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Calls everything there is with random arguments. What comes out is a result, or an error that is
 * documented and begins with the op; and a result does not depend on how its operands lie in
 * memory, on the number of threads, hardly on the precision, nor on whether it was computed in
 * place.
 */
final class Fuzz {
  private static final Set<Class<?>> DOCUMENTED =
      Set.of(
          IllegalArgumentException.class,
          IllegalStateException.class,
          IndexOutOfBoundsException.class,
          ArithmeticException.class,
          UnsupportedOperationException.class);

  private final List<EntryPoint> entryPoints;

  /** What went wrong, by place and kind, with the first example of each. */
  final Map<String, String> faults = new LinkedHashMap<>();

  int calls;
  int results;

  Fuzz() throws Exception {
    entryPoints = EntryPoint.all();
  }

  int entryPoints() {
    return entryPoints.size();
  }

  /** One call of a random entry point; the seed says which, and with what. */
  void run(long seed) {
    Random random = new Random(seed);
    EntryPoint entry = entryPoints.get(random.nextInt(entryPoints.size()));
    run(entry, arguments(entry, random), random, seed);
  }

  /** Calls of every entry point, each of its arguments being null once with each of some seeds. */
  void runNulls(int seeds) {
    for (EntryPoint entry : entryPoints) {
      for (int at = entry.isOfTensor() ? 1 : 0; at < entry.parameters().size(); at++) {
        for (int seed = 0; seed < seeds && !entry.parameters().get(at).isPrimitive(); seed++) {
          Random random = new Random(seed);
          List<Object> arguments = arguments(entry, random);
          arguments.set(at, null);
          run(entry, arguments, random, seed);
        }
      }
    }
  }

  private static List<Object> arguments(EntryPoint entry, Random random) {
    var arguments = new ArrayList<Object>();
    var source = new Arguments(random);
    for (Class<?> type : entry.parameters()) {
      arguments.add(source.of(type));
    }
    return arguments;
  }

  private void run(EntryPoint entry, List<Object> arguments, Random random, long seed) {
    calls++;
    Outcome first = Outcome.of(entry, Variants.copies(arguments));
    if (first.error() != null) {
      checkError(entry, arguments, first.error(), seed);
      return;
    }
    results++;
    if (arguments.contains(null)) {
      if (entry.givesTensor() && first.tensors().isEmpty()) {
        fault(entry, "null of " + entry, "gives null", arguments, seed);
      }
      return;
    }
    if (!DRAWS.contains(entry.name().replace("_", "")) && !writesWhatIsExpanded(entry, arguments)) {
      Outcome strided = Outcome.of(entry, Variants.mapped(arguments, Arguments::spread));
      compare(entry, arguments, first, strided, "strided", 2e-5, seed);
      doubles(entry, arguments, first, seed);
    }
    int threads = Parallel.threads();
    Parallel.threads(1);
    Outcome alone = Outcome.of(entry, Variants.copies(arguments));
    Parallel.threads(threads);
    compare(entry, arguments, first, alone, "1 thread", 0, seed);
    outOfPlace(entry, arguments, first, seed);
    if (random.nextInt(3) == 0) {
      backward(entry, arguments, seed);
    }
  }

  // ---------------------------------------------------------------- errors

  private void checkError(EntryPoint entry, List<Object> arguments, Throwable error, long seed) {
    if (error instanceof OutOfMemoryError) {
      return; // what does not fit depends on the heap
    }
    String text = String.valueOf(error.getMessage());
    boolean known = DOCUMENTED.contains(error.getClass());
    boolean named =
        entry.isMade()
            ? text.matches("(?s)[A-Za-z0-9_.]+: .*")
            : text.startsWith(entry.name() + ": ");
    if (!known || !named) {
      String kind = error.getClass().getSimpleName();
      fault(entry, kind + " at " + place(error), kind + ": " + text, arguments, seed);
    }
  }

  /** Where in our code. */
  private static String place(Throwable error) {
    for (StackTraceElement frame : error.getStackTrace()) {
      if (frame.getClassName().startsWith("gradus")
          && !frame.getClassName().matches(".*(Errors|Given|OpName|Checks)")) {
        return frame.getFileName() + ":" + frame.getLineNumber();
      }
    }
    return "";
  }

  private void fault(EntryPoint entry, String kind, String text, List<Object> args, long seed) {
    String key = kind.startsWith("twin") ? entry + " " + kind : kind;
    faults.putIfAbsent(key, entry + Variants.shown(args) + " " + text + " (seed " + seed + ")");
  }

  private void compare(
      EntryPoint entry,
      List<Object> arguments,
      Outcome first,
      Outcome other,
      String twin,
      double tolerance,
      long seed) {
    String difference = first.difference(other, tolerance);
    // What depends on the memory says so in its name or is about it.
    if (difference != null && !ABOUT_MEMORY.contains(entry.name())) {
      fault(entry, "twin: " + twin, difference, arguments, seed);
    }
  }

  /** They fill as a tensor lies in memory, and each dtype draws numbers of its own. */
  private static final Set<String> DRAWS =
      Set.of(
          "rand",
          "randLike",
          "randnLike",
          "uniform",
          "normal",
          "bernoulli",
          "multinomial",
          "xavierUniform",
          "xavierNormal",
          "kaimingUniform",
          "kaimingNormal",
          "truncNormal",
          "sparse",
          "exponential",
          "cauchy",
          "geometric",
          "random",
          "randintLike",
          "rrelu",
          "RReLU",
          "gumbelSoftmax",
          "fractionalMaxPool2d",
          "fractionalMaxPool3d",
          "FractionalMaxPool2d",
          "FractionalMaxPool3d",
          "dropout",
          "Dropout",
          "scaledDotProductAttention",
          "cov", // of weights that leave nothing to vary, and
          "corrcoef"); // of constant rows: 0 / 0, or a rounding by a rounding

  /** Elements that share a place in memory are written one after another. */
  private static boolean writesWhatIsExpanded(EntryPoint entry, List<Object> arguments) {
    boolean writes =
        entry.name().endsWith("_") || entry.name().equals("addAt") || entry.name().equals("set");
    return writes && Variants.hasExpanded(arguments);
  }

  private static final Set<String> ABOUT_MEMORY =
      Set.of(
          "stride",
          "storageOffset",
          "isContiguous",
          "asStrided",
          "version",
          "asStridedScatter",
          "empty",
          "emptyLike",
          "view",
          "isView");

  /** In FLOAT32 x^100 is 0 early. */
  private static boolean takesPowers(EntryPoint entry) {
    return entry.name().toLowerCase(Locale.ROOT).startsWith("lppool");
  }

  /** FLOAT64 gives nearly the same, unless the op jumps or tears there. */
  private void doubles(EntryPoint entry, List<Object> arguments, Outcome first, long seed) {
    if (arguments.stream().noneMatch(a -> a instanceof Tensor t && t.dtype() == DType.FLOAT32)
        || Variants.hasExtremeNumber(arguments)
        || takesPowers(entry)) {
      return;
    }
    Outcome exact = Outcome.of(entry, Variants.mapped(arguments, t -> Variants.wide(t, 0)));
    if (exact.error() != null || first.difference(exact, 1e-3) == null) {
      return; // what only FLOAT32 takes is refused in its own words
    }
    // Numbers of FLOAT32 are rounded: what a rounding of the operands changes may differ as well.
    Outcome above = Outcome.of(entry, Variants.mapped(arguments, t -> Variants.wide(t, 3e-6)));
    Outcome below = Outcome.of(entry, Variants.mapped(arguments, t -> Variants.wide(t, -3e-6)));
    if (exact.difference(above, 1e-5) == null && exact.difference(below, 1e-5) == null) {
      compare(entry, arguments, first, exact, "FLOAT64", 1e-3, seed);
    }
  }

  // ---------------------------------------------------------------- gradients

  /** Backward ends in gradients, or in an error that says why; FLOAT64 has nearly the same ones. */
  private void backward(EntryPoint entry, List<Object> arguments, long seed) {
    if (entry.isInPlace() || DRAWS.contains(entry.name())) {
      return;
    }
    Outcome first = Outcome.gradients(entry, arguments, t -> t);
    if (first.error() != null) {
      checkBackwardError(entry, arguments, first.error(), seed);
      return;
    }
    if (first.tensors().isEmpty()
        || Variants.hasExtremeNumber(arguments)
        || takesPowers(entry)
        || Variants.hasExpanded(arguments)) {
      return;
    }
    Outcome exact = Outcome.gradients(entry, arguments, t -> Variants.wide(t, 0));
    if (exact.error() != null || first.difference(exact, 1e-2) == null) {
      return;
    }
    Outcome above = Outcome.gradients(entry, arguments, t -> Variants.wide(t, 3e-6));
    Outcome below = Outcome.gradients(entry, arguments, t -> Variants.wide(t, -3e-6));
    if (exact.difference(above, 1e-4) == null && exact.difference(below, 1e-4) == null) {
      compare(entry, arguments, first, exact, "gradients", 1e-2, seed);
    }
  }

  private void checkBackwardError(
      EntryPoint entry, List<Object> arguments, Throwable error, long seed) {
    if (error instanceof OutOfMemoryError) {
      return;
    }
    if (!DOCUMENTED.contains(error.getClass())
        || !String.valueOf(error.getMessage()).matches("(?s)[A-Za-z0-9_.]+: .*")) {
      fault(entry, "backward of " + entry + ": " + place(error), error.toString(), arguments, seed);
    }
  }

  /** {@code x.op_(…)} leaves in x what {@code x.op(…)} gives. */
  private void outOfPlace(EntryPoint entry, List<Object> arguments, Outcome first, long seed) {
    if (!entry.isInPlace()) {
      return;
    }
    String name = entry.name().substring(0, entry.name().length() - 1);
    try {
      Method twin = Tensor.class.getMethod(name, entry.made().getParameterTypes());
      Outcome other = Outcome.of(new EntryPoint(name, twin, null), Variants.copies(arguments));
      Tensor x = (Tensor) arguments.getFirst();
      if (other.error() == null && other.tensors().getFirst().dtype() == x.dtype()) {
        compare(entry, arguments, first, other, "out of place", 1e-5, seed);
      }
    } catch (NoSuchMethodException e) {
      // fill_ and its like have no other form
    }
  }

  /** {@code -Dgradus.fuzz.seconds=60 -Dgradus.fuzz.seed=1}, and the faults on standard output. */
  public static void main(String[] args) throws Exception {
    Fuzz fuzz = new Fuzz();
    fuzz.runNulls(100);
    fuzz.runFor(Long.getLong("gradus.fuzz.seconds", 60), Long.getLong("gradus.fuzz.seed", 1));
    fuzz.faults.values().forEach(System.out::println);
    System.out.printf(
        "%,d calls of %d entry points, %,d with a result: %d faults%n",
        fuzz.calls, fuzz.entryPoints(), fuzz.results, fuzz.faults.size());
    System.exit(fuzz.faults.isEmpty() ? 0 : 1);
  }

  void runFor(long seconds, long seed) {
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    while (System.nanoTime() < end) {
      run(seed++);
    }
  }
}
