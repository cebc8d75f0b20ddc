package gradus.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.lang.constant.ClassDesc;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleReference;
import java.lang.reflect.AccessFlag;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * Rules of the whole house, read from the compiled classes of every module the examples stand on.
 */
class HouseRulesTest {
  private static final String VECTORS = "jdk.incubator.vector".replace('.', '/');
  private static final String KERNEL = "gradus/tensor/kernel/";

  @Test
  void onlyTheKernelPackageTouchesTheVectorApi() {
    var users = new TreeSet<String>();
    for (ClassModel c : ourClasses()) {
      if (refersToVectors(c)) {
        users.add(c.thisClass().asInternalName());
      }
    }
    assertThat(users).as("the kernels are read at all").isNotEmpty();
    assertThat(users).allMatch(name -> name.startsWith(KERNEL));
  }

  @Test
  void noPublicTypeBearsANameThatJavaBaseExports() {
    Set<String> taken = publicNames(exported("java.base"));
    assertThat(taken)
        .as("java.base is read at all")
        .contains("String", "Module", "Parameter", "Function");
    Set<String> ours = publicNames(ourClasses());
    assertThat(ours)
        .as("our modules are read at all")
        .contains("Tensor", "Autograd", "Layer", "WordVectors", "Lesson");
    ours.retainAll(taken);
    assertThat(ours).as("ambiguous in a compact source file").isEmpty();
  }

  private static boolean refersToVectors(ClassModel c) {
    for (PoolEntry entry : c.constantPool()) {
      if (entry instanceof Utf8Entry text && text.stringValue().contains(VECTORS)) {
        return true;
      }
    }
    return false;
  }

  /** The simple names of public top-level types. */
  private static Set<String> publicNames(Collection<ClassModel> classes) {
    return classes.stream()
        .filter(c -> c.flags().has(AccessFlag.PUBLIC))
        .map(c -> c.thisClass().asSymbol())
        .map(ClassDesc::displayName)
        .filter(name -> !name.contains("$"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Collection<ClassModel> ourClasses() {
    return ModuleLayer.boot().configuration().modules().stream()
        .filter(module -> module.name().startsWith("gradus."))
        .flatMap(module -> classes(module.reference()).stream())
        .toList();
  }

  private static Collection<ClassModel> exported(String name) {
    ModuleReference module =
        ModuleLayer.boot().configuration().findModule(name).orElseThrow().reference();
    Set<String> packages =
        module.descriptor().exports().stream()
            .filter(e -> !e.isQualified())
            .map(Exports::source)
            .collect(Collectors.toSet());
    return classes(module).stream()
        .filter(c -> packages.contains(c.thisClass().asSymbol().packageName()))
        .toList();
  }

  private static Collection<ClassModel> classes(ModuleReference module) {
    try (var reader = module.open();
        var names = reader.list()) {
      return StreamSupport.stream(names.spliterator(), false)
          .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
          .map(
              name -> {
                try (var in = reader.open(name).orElseThrow()) {
                  return ClassFile.of().parse(in.readAllBytes());
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              })
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
