package gradus.tensor.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What follows the data is left out with a warning, where NumPy and PyTorch leave it out. */
class RestOfFileTest {
  private final Tensor x = Tensor.arange(6).reshape(2, 3);

  @TempDir Path folder;

  private static byte[] with(byte[] bytes, int more) {
    byte[] longer = Arrays.copyOf(bytes, bytes.length + more);
    Arrays.fill(longer, bytes.length, longer.length, (byte) 'x');
    return longer;
  }

  private Path npy(int more) throws IOException {
    Path path = folder.resolve("x.npy");
    Npy.save(x, path);
    return Files.write(path, with(Files.readAllBytes(path), more));
  }

  @Test
  void bytesBehindAnArrayAreLeftOut() throws IOException {
    Path path = npy(5);
    try (var warnings = Warnings.heard()) {
      assertThat(Npy.load(path).equal(x)).isTrue();
      assertThat(warnings.texts())
          .containsExactly(path + ", byte 0: 5 bytes behind the array are left out.");
    }
    Path exact = npy(0);
    try (var warnings = Warnings.heard()) {
      assertThat(Npy.load(exact).equal(x)).isTrue();
      assertThat(warnings.texts()).isEmpty();
    }
  }

  @Test
  void bytesBehindAnArrayInAnArchiveAreLeftOut() throws IOException {
    byte[] longer = Files.readAllBytes(npy(200_000));
    for (int method : new int[] {ZipEntry.DEFLATED, ZipEntry.STORED}) {
      Path path = Files.write(folder.resolve("x.npz"), zip("a.npy", longer, method));
      try (var warnings = Warnings.heard()) {
        assertThat(Npz.load(path).get("a").equal(x)).isTrue();
        assertThat(warnings.texts())
            .containsExactly(
                path + ", entry \"a.npy\": 200,000 bytes behind the array are left out.");
      }
      byte[] damaged = Files.readAllBytes(path);
      damaged[damaged.length - 200] ^= 1;
      Files.write(path, damaged);
      assertThatThrownBy(() -> Npz.load(path)).isInstanceOf(FormatException.class);
    }
  }

  private static byte[] zip(String name, byte[] content, int method) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(out)) {
      var entry = new ZipEntry(name);
      entry.setMethod(method);
      if (method == ZipEntry.STORED) {
        var crc = new java.util.zip.CRC32();
        crc.update(content);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
      }
      zip.putNextEntry(entry);
      zip.write(content);
      zip.closeEntry();
    }
    return out.toByteArray();
  }

  @Test
  void bytesBehindAnArchiveAreLeftOut() throws IOException {
    Path npz = folder.resolve("y.npz");
    Npz.save(Map.of("a", x), npz);
    Path pt = folder.resolve("y.pt");
    TorchFile.save(Map.of("a", x), pt);
    for (Path path : new Path[] {npz, pt}) {
      long size = Files.size(path);
      Files.write(path, with(Files.readAllBytes(path), 3));
      try (var warnings = Warnings.heard()) {
        assertThat(TensorFiles.load(path).get("a").equal(x)).isTrue();
        assertThat(warnings.texts())
            .containsExactly(
                path + ", byte " + size + ": 3 bytes behind the zip archive are left out.");
      }
    }
  }

  /** The directory of an archive within the last entry must not be taken for that of the file. */
  @Test
  void anArchiveInACutArchiveIsNotTakenForIt() throws IOException {
    byte[] inner = zip("a.npy", Files.readAllBytes(npy(0)), ZipEntry.STORED);
    byte[] outer = zip("inner.npy", with(inner, 40), ZipEntry.STORED);
    Path cut = Files.write(folder.resolve("z.npz"), Arrays.copyOf(outer, outer.length - 30));
    assertThatThrownBy(() -> Npz.load(cut))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("no directory at its end. Is it cut short?");
  }
}
