package gradus.tensor.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.tensor.Tensor;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that another program cuts short or writes anew while it is read. */
class CutShortTest {
  @TempDir Path folder;

  private static Map<String, Tensor> tensors() {
    var tensors = new LinkedHashMap<String, Tensor>();
    for (int i = 0; i < 4; i++) {
      tensors.put("t" + i, Tensor.zeros(200_000).fill_(i));
    }
    return tensors;
  }

  private Path saved(String kind) {
    Path path = folder.resolve("x." + kind);
    switch (kind) {
      case "npz" -> Npz.save(tensors(), path);
      case "deflated.npz" -> Npz.saveCompressed(tensors(), path);
      case "npy" -> Npy.save(tensors().get("t1"), path);
      case "pt" -> TorchFile.save(tensors(), path);
      default -> Safetensors.save(tensors(), path);
    }
    return path;
  }

  private static void cut(Path path, long size) {
    try (var channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      channel.truncate(size);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The progress is heard between two tensors: there the file is cut. */
  @ParameterizedTest
  @ValueSource(strings = {"npz", "deflated.npz", "pt", "safetensors"})
  void isRefusedAtTheByteWhereItEnds(String kind) throws IOException {
    Path path = saved(kind);
    long size = Files.size(path);
    assertThatThrownBy(() -> TensorFiles.load(path, (_, _, _) -> cut(path, 900)))
        .isInstanceOf(FormatException.class)
        .hasMessageStartingWith(path + ", byte ")
        .hasMessageContaining("nothing is here any more; the file had %,d bytes when it was", size);
  }

  @Test
  void anOpenFileMayBeCutToo() {
    Path path = saved("safetensors");
    try (var file = Safetensors.open(path)) {
      assertThat(file.tensor("t3").get(9)).isEqualTo(3);
      cut(path, 900_000);
      assertThat(file.tensor("t0").get(9)).isEqualTo(0);
      assertThatThrownBy(() -> file.tensor("t3"))
          .isInstanceOf(FormatException.class)
          .hasMessageContaining("nothing is here any more");
    }
  }

  /** As long as the process lives and there is one error of ours, all is well. */
  @ParameterizedTest
  @ValueSource(strings = {"npz", "deflated.npz", "npy", "pt", "safetensors"})
  void isNoEndOfTheProcessWheneverItHappens(String kind) throws Exception {
    Path path = saved(kind);
    byte[] all = Files.readAllBytes(path);
    for (int i = 0; i < 40; i++) {
      Files.write(path, all);
      long size = 1000L + i * (all.length / 50);
      Thread writer = Thread.ofPlatform().start(() -> cut(path, size));
      try {
        assertThat(TensorFiles.load(path, LoadProgress.silent())).isNotEmpty();
      } catch (FormatException e) {
        assertThat(e).hasMessageStartingWith(path.toString());
      }
      writer.join();
    }
  }

  @Test
  void aClosedFileSaysSo() {
    Path path = saved("safetensors");
    SafetensorsFile file = Safetensors.open(path);
    file.close();
    assertThatThrownBy(() -> file.tensor("t0"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("load: " + path + " is closed. Read from it before close().");
  }
}
