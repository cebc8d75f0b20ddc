package gradus.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.lang.module.ModuleReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Corridors stay short and one way: how large packages are, and which of them use which. */
class PackagesTest {
  private static final int MOST_FILES = 45;

  /**
   * Rooms that stay whole: the engines of tensors live on a tensor's private parts, layers stand
   * together as in PyTorch, and a tokenizer divided would have to make most of its parts public.
   */
  private static final Set<String> LARGE =
      Set.of("gradus.tensor", "gradus.nn", "gradus.text.tokenizer");

  /**
   * Two that know each other: what a tensor shows to autograd is told in terms of tensors,
   * fastText's models are word vectors, which come from files of fastText among others, and a
   * corpus is read by what counts its words.
   */
  private static final List<Set<String>> PAIRS =
      List.of(
          Set.of("gradus.tensor", "gradus.tensor.spi"),
          Set.of("gradus.text.vectors", "gradus.text.fasttext"),
          Set.of("gradus.text.corpus", "gradus.text.training"));

  /** The floors of the kernels; each uses only those before it. */
  private static final List<String> FLOORS =
      Stream.of(
              "kernel",
              "kernel.random",
              "kernel.math",
              "kernel.op",
              "kernel.pointwise",
              "kernel.matmul",
              "kernel.reduce",
              "kernel.table",
              "kernel.rows",
              "kernel.attention",
              "kernel.recurrent",
              "kernel.conv",
              "kernel.order",
              "kernel.optimizer",
              "kernel.wordvectors")
          .map(name -> "gradus.tensor." + name)
          .toList();

  private static final Pattern TYPE = Pattern.compile("\\bL?(gradus(?:/[a-z]\\w*)+)/[A-Z]");

  /** The classes of each package, without nested ones. */
  private final Map<String, Set<String>> files = new TreeMap<>();

  /** The packages that each package uses. */
  private final Map<String, Set<String>> uses = new TreeMap<>();

  PackagesTest() throws IOException {
    for (String module :
        List.of("gradus.tensor", "gradus.autograd", "gradus.nn", "gradus.text", "gradus.studio")) {
      var reference =
          ModuleLayer.boot().configuration().findModule(module).orElseThrow().reference();
      try (ModuleReader reader = reference.open();
          Stream<String> names = reader.list()) {
        for (String name : names.filter(n -> n.endsWith(".class")).toList()) {
          if (name.startsWith("gradus/")) {
            try (InputStream in = reader.open(name).orElseThrow()) {
              read(name, in.readAllBytes());
            }
          }
        }
      }
    }
  }

  private void read(String name, byte[] bytes) {
    String here = name.substring(0, name.lastIndexOf('/')).replace('/', '.');
    String simple = name.substring(name.lastIndexOf('/') + 1, name.length() - 6);
    if (simple.equals("package-info")) {
      return;
    }
    if (simple.indexOf('$') < 0) {
      files.computeIfAbsent(here, _ -> new TreeSet<>()).add(simple);
    }
    for (PoolEntry entry : ClassFile.of().parse(bytes).constantPool()) {
      if (entry instanceof Utf8Entry text) {
        Matcher types = TYPE.matcher(text.stringValue());
        while (types.find()) {
          String there = types.group(1).replace('/', '.');
          if (!there.equals(here)) {
            uses.computeIfAbsent(here, _ -> new TreeSet<>()).add(there);
          }
        }
      }
    }
  }

  @Test
  void packagesAreSmall() {
    files.forEach(
        (name, classes) -> {
          if (!LARGE.contains(name)) {
            assertThat(classes).as(name).hasSizeLessThanOrEqualTo(MOST_FILES);
          }
        });
  }

  @Test
  void packagesFormNoCircle() {
    assertThat(files).hasSizeGreaterThan(20);
    for (String start : files.keySet()) {
      assertThat(circle(start)).as("a circle of packages").isEmpty();
    }
  }

  /** A way from a package back to itself, or nothing; the pairs count as one package. */
  private List<String> circle(String start) {
    var way = new ArrayList<String>(List.of(start));
    return leadsTo(one(start), start, way, new TreeSet<>()) ? way : List.of();
  }

  private boolean leadsTo(String end, String at, List<String> way, Set<String> seen) {
    for (String next : uses.getOrDefault(at, Set.of())) {
      if (one(next).equals(one(at)) || !seen.add(next)) {
        continue;
      }
      way.add(next);
      if (one(next).equals(end) || leadsTo(end, next, way, seen)) {
        return true;
      }
      way.removeLast();
    }
    return false;
  }

  private static String one(String name) {
    for (Set<String> pair : PAIRS) {
      if (pair.contains(name)) {
        return pair.toString();
      }
    }
    return name;
  }

  @Test
  void kernelsUseOnlyFloorsBelow() {
    assertThat(files.keySet()).containsAll(FLOORS);
    files.keySet().stream()
        .filter(name -> name.startsWith("gradus.tensor.kernel"))
        .forEach(
            name -> {
              assertThat(FLOORS).as("the floor of " + name).contains(name);
              assertThat(FLOORS.subList(0, FLOORS.indexOf(name)))
                  .as("what " + name + " may use")
                  .containsAll(uses.getOrDefault(name, Set.of()));
            });
  }

  @Test
  void everyPackageHasItsTour() {
    var without = new ArrayList<String>();
    for (String name : files.keySet()) {
      String file = name.replace('.', '/') + "/package-info.java";
      if (Stream.of("tensor", "autograd", "nn", "text", "studio")
          .map(module -> Path.of("..", module, "src/main/java", file))
          .noneMatch(Files::exists)) {
        without.add(name);
      }
    }
    assertThat(without).isEmpty();
  }
}
