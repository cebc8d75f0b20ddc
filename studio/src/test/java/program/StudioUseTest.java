package program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.studio.Explain;
import gradus.studio.Recording;
import gradus.studio.Studio;
import gradus.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What a program outside of the house meets. */
class StudioUseTest {
  private final Tensor loss = Tensor.of(new double[] {1, 2}).requiresGrad(true).sum();

  @Test
  void nullIsRefused() {
    assertThatThrownBy(() -> Studio.save(loss, null)).hasMessage("save: file is null. Give one.");
    assertThatThrownBy(() -> Studio.save((Tensor) null, Path.of("a.html")))
        .hasMessage("save: loss is null. Give one.");
    assertThatThrownBy(() -> Recording.of((Tensor) null))
        .hasMessage("Recording: loss is null. Give one.");
    assertThatThrownBy(() -> Recording.of(loss, null))
        .hasMessage("Recording: layer is null. Give one.");
    assertThatThrownBy(() -> Explain.of((Recording) null))
        .hasMessage("Explain: recording is null. Give one.");
  }

  @Test
  void backwardStillWorksAfterLooking() {
    Tensor a = Tensor.of(new double[] {1, 2}).requiresGrad(true);
    Tensor loss = a.square().sum();
    assertThat(Explain.of(loss).pages()).hasSize(6);
    loss.backward();
    assertThat(a.grad().toDoubleArray()).containsExactly(2, 4);
  }

  /** The tests' output goes into a file, so all comes at once. */
  @Test
  void aLossExplainsItself() {
    PrintStream before = System.out;
    var told = new ByteArrayOutputStream();
    System.setOut(new PrintStream(told));
    try {
      loss.explain();
    } finally {
      System.setOut(before);
    }
    assertThat(told.toString()).isEqualTo(Explain.of(loss).toString());
  }

  @Test
  void aProgramThatNeverLooksLoadsNothingOfTheStudio() throws Exception {
    String path =
        String.join(
            File.pathSeparator,
            System.getProperty("jdk.module.path", ""),
            System.getProperty("java.class.path", ""),
            Path.of("target", "test-classes").toString());
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-verbose:class",
                "-cp",
                path,
                "program.NeverLooks")
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said)
        .contains("trained tensor", "gradus.autograd.Backprop ")
        .doesNotContain("gradus.studio.", "com.sun.net.httpserver", "org.jline", "tools.jackson");
  }
}
