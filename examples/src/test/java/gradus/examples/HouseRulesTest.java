package gradus.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules of the house that no compiler checks. */
class HouseRulesTest {

  private static final List<String> MODULES =
      List.of("gradus.tensor", "gradus.autograd", "gradus.nn", "gradus.text", "gradus.studio");

  @Test
  void onlyTheKernelsTouchTheVectorApi() {
    var offenders = new TreeSet<String>();
    int users = 0;
    for (String module : MODULES) {
      for (ClassModel type : classes(module)) {
        if (mentionsVectors(type)) {
          String name = type.thisClass().asInternalName();
          users++;
          if (!name.startsWith("gradus/tensor/kernel/")) {
            offenders.add(name);
          }
        }
      }
    }
    assertThat(offenders).isEmpty();
    assertThat(users).as("classes that use vectors at all").isPositive();
  }

  private static boolean mentionsVectors(ClassModel type) {
    for (PoolEntry entry : type.constantPool()) {
      boolean mentions =
          switch (entry) {
            case ClassEntry used -> used.asInternalName().startsWith("jdk/incubator/vector/");
            case Utf8Entry text -> text.stringValue().contains("Ljdk/incubator/vector/");
            default -> false;
          };
      if (mentions) {
        return true;
      }
    }
    return false;
  }

  /**
   * In a file that begins with {@code import module gradus.nn;} a type named like one of java.base
   * would be ambiguous.
   */
  @Test
  void noPublicTypeIsNamedLikeOneOfJavaBase() {
    Map<String, String> taken = new TreeMap<>();
    for (ClassModel type : publicTypes("java.base")) {
      taken.put(simpleName(type), type.thisClass().asInternalName());
    }
    assertThat(taken).containsKeys("Module", "Random", "Function");
    List<String> clashes = new ArrayList<>();
    for (String module : Stream.concat(MODULES.stream(), Stream.of("gradus.examples")).toList()) {
      for (ClassModel type : publicTypes(module)) {
        String other = taken.get(simpleName(type));
        if (other != null) {
          clashes.add(type.thisClass().asInternalName() + " is named like " + other);
        }
      }
    }
    assertThat(clashes).isEmpty();
  }

  @Test
  void theModulesFormOneLadder() {
    assertThat(required("gradus.tensor")).containsExactly("java.base", "jdk.incubator.vector");
    assertThat(required("gradus.autograd")).containsExactly("gradus.tensor", "java.base");
    assertThat(required("gradus.nn")).containsExactly("gradus.autograd", "java.base");
    assertThat(required("gradus.text"))
        .contains("gradus.nn")
        .doesNotContain("gradus.studio", "gradus.examples");
    assertThat(required("gradus.studio")).contains("gradus.text").doesNotContain("gradus.examples");
  }

  private static Set<String> required(String module) {
    return reference(module).descriptor().requires().stream()
        .map(ModuleDescriptor.Requires::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static ModuleReference reference(String module) {
    return ModuleLayer.boot().configuration().findModule(module).orElseThrow().reference();
  }

  /** The public top-level types in packages that the module exports to everybody. */
  private static List<ClassModel> publicTypes(String module) {
    Set<String> exported =
        reference(module).descriptor().exports().stream()
            .filter(exports -> !exports.isQualified())
            .map(ModuleDescriptor.Exports::source)
            .collect(Collectors.toSet());
    return classes(module, exported).stream()
        .filter(type -> type.flags().has(AccessFlag.PUBLIC))
        .toList();
  }

  private static List<ClassModel> classes(String module) {
    return classes(module, reference(module).descriptor().packages());
  }

  private static List<ClassModel> classes(String module, Set<String> packages) {
    List<ClassModel> result = new ArrayList<>();
    try (ModuleReader reader = reference(module).open();
        Stream<String> names = reader.list()) {
      for (String name : names.filter(HouseRulesTest::isOursOrTopLevel).toList()) {
        if (packages.contains(packageOf(name))) {
          try (InputStream in = reader.open(name).orElseThrow()) {
            result.add(ClassFile.of().parse(in.readAllBytes()));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return result;
  }

  private static boolean isOursOrTopLevel(String name) {
    boolean ofOurs = name.startsWith("gradus/");
    return name.endsWith(".class")
        && !name.endsWith("-info.class")
        && (ofOurs || name.indexOf('$') < 0);
  }

  private static String packageOf(String name) {
    int slash = name.lastIndexOf('/');
    return slash < 0 ? "" : name.substring(0, slash).replace('/', '.');
  }

  private static String simpleName(ClassModel type) {
    String name = type.thisClass().asInternalName();
    return name.substring(name.lastIndexOf('/') + 1);
  }
}
