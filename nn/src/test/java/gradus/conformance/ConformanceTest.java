package gradus.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Nothing that exists may differ from PyTorch. */
class ConformanceTest {
  @Test
  void theSamplesCarriedHerePass() throws IOException, URISyntaxException {
    Path folder =
        Path.of(ConformanceTest.class.getResource("/goldens/README.md").toURI()).getParent();
    var run = new Conformance().run(folder, ".*");
    assertThat(run.failures()).isEmpty();
    assertThat(run.total().passed).isGreaterThan(250);
  }

  @Test
  void allSamplesPassWhereTheyLieBesideTheProject() throws IOException {
    Path folder = Path.of(System.getProperty("gradus.shared", "../../shared"), "goldens");
    assumeTrue(
        Files.isDirectory(folder), "the full set of samples is not here; the subset was run");
    var run = new Conformance().run(folder, ".*");
    assertThat(run.failures()).isEmpty();
    assertThat(run.total().passed).isGreaterThan(8000);
  }
}
