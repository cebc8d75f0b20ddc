package gradus.tensor.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class OneSpeciesTest {

  private static final Pattern SPECIES =
      Pattern.compile(
          "FloatVector\\.SPECIES_(?!PREFERRED)|withLanes\\(float|withShape|VectorSpecies\\.of");

  /**
   * A second class of float vectors anywhere, and the compiler guesses the class in all kernels;
   * some of them, at random, are then 15 times slower for good.
   */
  @Test
  void allKernelsUseVectorsOfOneClass() throws IOException {
    Path kernels = Path.of("src/main/java/gradus/tensor/kernel");
    List<String> naming;
    try (var files = Files.walk(kernels)) {
      naming =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> SPECIES.matcher(read(file)).find())
              .map(file -> file.getFileName().toString())
              .toList();
    }
    assertThat(naming).containsExactly("FloatLanes.java");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
