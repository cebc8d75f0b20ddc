package gradus.nn;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.ModuleAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.ModuleDesc;
import java.lang.constant.PackageDesc;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A layer in a module that does not open its package: the error says which line to add. */
class ClosedPackageTest {
  private static final ClassDesc LAYER = ClassDesc.of("gradus.nn.Layer");

  @TempDir Path dir;

  @Test
  void theErrorNamesTheOpensLine() throws Exception {
    assumeTrue(Layer.class.getModule().isNamed(), "the tests run on the class path");
    write("module-info.class", moduleInfo());
    write("closed/layers/Net.class", net());
    var parent = Layer.class.getModule().getLayer();
    var configuration =
        Configuration.resolve(
            ModuleFinder.of(dir),
            List.of(parent.configuration()),
            ModuleFinder.of(),
            Set.of("closed"));
    var layer =
        ModuleLayer.defineModulesWithOneLoader(
                configuration, List.of(parent), Layer.class.getClassLoader())
            .layer();
    Class<?> type = layer.findLoader("closed").loadClass("closed.layers.Net");
    var net = (Layer) type.getConstructor().newInstance();

    assertThatThrownBy(net::parameters)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Layer: the field Net.hidden cannot be read, because module closed does not open package closed.layers."
                + " A layer's parameters and children are found in its fields."
                + " Add to module-info.java: opens closed.layers to gradus.nn;");
  }

  private void write(String name, byte[] bytes) throws Exception {
    Path file = dir.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  private static byte[] moduleInfo() {
    return ClassFile.of()
        .buildModule(
            ModuleAttribute.of(
                ModuleDesc.of("closed"),
                module -> {
                  module.requires(ModuleDesc.of("java.base"), ClassFile.ACC_MANDATED, null);
                  module.requires(ModuleDesc.of("gradus.nn"), 0, null);
                  module.exports(PackageDesc.of("closed.layers"), 0);
                }));
  }

  private static byte[] net() {
    return ClassFile.of()
        .build(
            ClassDesc.of("closed.layers.Net"),
            type ->
                type.withFlags(ClassFile.ACC_PUBLIC)
                    .withSuperclass(LAYER)
                    .withField("hidden", ClassDesc.of("gradus.nn.Linear"), ClassFile.ACC_PRIVATE)
                    .withMethodBody(
                        ConstantDescs.INIT_NAME,
                        ConstantDescs.MTD_void,
                        ClassFile.ACC_PUBLIC,
                        code ->
                            code.aload(0)
                                .invokespecial(
                                    LAYER, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
                                .return_()));
  }
}
