package gradus.conformance;

import gradus.nn.F;
import gradus.nn.Init;
import gradus.nn.Layer;
import gradus.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page {@code docs/pytorch.md}: every public name of PyTorch, and what it is called here.
 *
 * <p>Most names are found by the rule they follow: camelCase, on the tensor, in {@code F}, as a
 * layer. Those that are spelled otherwise stand in {@code pytorch-spelled.txt}, and what is written
 * there must exist.
 */
final class NameTable {
  private static final List<String> PACKAGES =
      List.of(
          "gradus.tensor",
          "gradus.tensor.io",
          "gradus.autograd",
          "gradus.nn",
          "gradus.nn.optim",
          "gradus.nn.optim.lrscheduler",
          "gradus.nn.data");

  /** {@code x.name(…)}, {@code Type.name(…)}, {@code new Type(…)}, {@code Type}. */
  private static final Pattern CODE =
      Pattern.compile(
          "(?:(new )([A-Z]\\w*)|(x|layer|optimizer)\\.(\\w+)|([A-Z]\\w*)(?:\\.(\\w+))?).*");

  private final Map<String, String> spelled;

  NameTable() {
    this.spelled = new LinkedHashMap<>();
    for (String line : lines("pytorch-spelled.txt")) {
      String[] parts = line.split(" = ", 2);
      spelled.put(parts[0], parts[1]);
    }
  }

  static List<String> lines(String resource) {
    try (var in = NameTable.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The whole page. */
  String page() {
    var rows = new StringBuilder();
    var counts = new StringBuilder();
    String section = null;
    int here = 0;
    int all = 0;
    var body = new StringBuilder();
    for (String line : lines("pytorch-names.txt")) {
      if (line.startsWith("[")) {
        if (section != null) {
          body.append(section(section, rows));
          counts.append("| `%s` | %s | %s |%n".formatted(section, here, all));
        }
        section = line.substring(1, line.length() - 1);
        rows.setLength(0);
        here = 0;
        all = 0;
        continue;
      }
      Optional<String> ours = find(section, line);
      here += ours.isPresent() ? 1 : 0;
      all++;
      rows.append(
          "| `%s` | %s |%n".formatted(line, ours.map(NameTable::quoted).orElse("not here")));
    }
    body.append(section(section, rows));
    counts.append("| `%s` | %s | %s |%n".formatted(section, here, all));
    return """
        # PyTorch's names

        Every public name of PyTorch and what it is called here, as the build finds it in the code; what is written
        here exists. `x` is a `Tensor`. Rules: Python's `snake_case` is `camelCase`; `torch.f(x)` is `x.f()` where the
        first argument is a tensor, else `Tensor.f()`; an op in place keeps its `_`; more than two optional arguments are
        options by name, `o -> o.dropout(0.1)`.

        | of | here | names |
        |---|---|---|
        %s
        %s"""
        .formatted(counts, body)
        .replace("\r\n", "\n");
  }

  private static String section(String name, CharSequence rows) {
    return "## %s%n%n| PyTorch | Gradus |%n|---|---|%n%s%n".formatted(name, rows);
  }

  private static String quoted(String code) {
    return code.startsWith("Java: ")
        ? code.substring("Java: ".length())
        : "`" + code.replace("|", "\\|") + "`";
  }

  /** What a name is called here. */
  Optional<String> find(String section, String name) {
    String key = section + "." + name;
    if (spelled.containsKey(key)) {
      return Optional.of(spelled.get(key)).filter(code -> !code.equals("-"));
    }
    String camel = Binder.camel(name);
    String java = name.endsWith("_") ? camel + "_" : camel;
    return switch (section) {
      case "torch" -> function(java).or(() -> in(F.class, "F", java));
      case "torch.Tensor" -> instance(java);
      case "torch.nn", "torch.optim", "torch.optim.lr_scheduler", "torch.utils.data" -> type(name);
      case "torch.nn.Module" -> in(Layer.class, "layer", java);
      case "torch.nn.functional" -> in(F.class, "F", java);
      case "torch.nn.init" -> in(Init.class, "Init", java);
      default -> Optional.empty();
    };
  }

  private static Optional<String> function(String name) {
    String last = name.substring(name.lastIndexOf('.') + 1);
    return instance(last)
        .or(
            () ->
                Binder.methods(Tensor.class, last, true).isEmpty()
                    ? Optional.empty()
                    : Optional.of("Tensor." + last + "()"));
  }

  private static Optional<String> instance(String name) {
    return Binder.methods(Tensor.class, name, false).isEmpty()
        ? Optional.empty()
        : Optional.of("x." + name + "()");
  }

  private static Optional<String> in(Class<?> type, String shown, String name) {
    return Arrays.stream(type.getMethods()).map(Method::getName).anyMatch(name::equals)
        ? Optional.of(shown + "." + name + "()")
        : Optional.empty();
  }

  private static Optional<String> type(String name) {
    return find(name).isPresent() ? Optional.of(name) : Optional.empty();
  }

  private static Optional<Class<?>> find(String type) {
    for (String in : PACKAGES) {
      try {
        Class<?> found = Class.forName(in + "." + type, false, NameTable.class.getClassLoader());
        if (Modifier.isPublic(found.getModifiers())) {
          return Optional.of(found);
        }
      } catch (ClassNotFoundException e) {
        // the next package may have it
      }
    }
    return Optional.empty();
  }

  /** What is written by hand and is not there. */
  List<String> missing() {
    return spelled.values().stream()
        .filter(code -> !code.equals("-") && !code.startsWith("Java: ") && !code.startsWith("-D"))
        .filter(code -> !exists(code))
        .toList();
  }

  /** Names that are spelled by hand and are no names of PyTorch in the list. */
  List<String> unknown() {
    var known = new HashSet<String>();
    String section = "";
    for (String line : lines("pytorch-names.txt")) {
      section = line.startsWith("[") ? line.substring(1, line.length() - 1) : section;
      known.add(section + "." + line);
    }
    return spelled.keySet().stream().filter(key -> !known.contains(key)).toList();
  }

  static boolean exists(String code) {
    Matcher m = CODE.matcher(code);
    if (!m.matches()) {
      return false;
    }
    if (m.group(2) != null) {
      return find(m.group(2)).isPresent();
    }
    if (m.group(3) != null) {
      String owner =
          Map.of("x", "Tensor", "layer", "Layer", "optimizer", "Optimizer").get(m.group(3));
      return has(find(owner).orElseThrow(), m.group(4));
    }
    Optional<Class<?>> type = find(m.group(5));
    return type.isPresent() && (m.group(6) == null || has(type.get(), m.group(6)));
  }

  private static boolean has(Class<?> type, String member) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      boolean there =
          Arrays.stream(c.getDeclaredMethods()).anyMatch(m -> m.getName().equals(member))
              || Arrays.stream(c.getDeclaredFields()).anyMatch(f -> f.getName().equals(member))
              || Arrays.stream(c.getDeclaredClasses())
                  .anyMatch(d -> d.getSimpleName().equals(member))
              || Arrays.stream(c.getMethods()).anyMatch(m -> m.getName().equals(member));
      if (there) {
        return true;
      }
    }
    return false;
  }

  /** Writes the page. */
  public static void main(String[] args) throws IOException {
    Path page = Path.of(args[0]);
    Files.createDirectories(page.getParent());
    Files.writeString(page, new NameTable().page());
  }
}
