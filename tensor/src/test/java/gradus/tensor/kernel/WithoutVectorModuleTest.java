package gradus.tensor.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A program on the class path without the vector module still runs, and is told so once. */
class WithoutVectorModuleTest {

  @Test
  void runsScalarWithOneHint() throws IOException, InterruptedException {
    String classPath = location(Lanes.class) + File.pathSeparator + location(WithoutVectors.class);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                WithoutVectors.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output)
        .contains("all kernels ran")
        .containsOnlyOnce("jdk.incubator.vector is missing");
  }

  private static String location(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation().getPath();
  }
}
