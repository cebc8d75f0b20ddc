package gradus.text.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.tensor.io.FormatException;
import gradus.tensor.io.LoadProgress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** word2vec's binary files. */
class BinaryVectorsTest {

  @TempDir private Path folder;

  /** Three words of two numbers. */
  static byte[] bytes(String counts, boolean newlines) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(counts.getBytes(StandardCharsets.UTF_8));
    float[] values = {1.25f, -3, 0.1f, 1e-20f, Float.NaN, 7};
    List<String> words = List.of("the", "naïve", "of");
    for (int row = 0; row < 3; row++) {
      out.writeBytes((words.get(row) + " ").getBytes(StandardCharsets.UTF_8));
      ByteBuffer numbers = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
      out.writeBytes(numbers.putFloat(values[2 * row]).putFloat(values[2 * row + 1]).array());
      if (newlines) {
        out.write('\n');
      }
    }
    return out.toByteArray();
  }

  private WordVectors load(byte[] bytes) throws IOException {
    return WordVectors.load(Files.write(folder.resolve("v.bin"), bytes), LoadProgress.silent());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void readsBothStyles(boolean newlines) throws IOException {
    byte[] bytes = bytes("3 2\n", newlines);
    for (byte[] file : List.of(bytes, TextVectorsTest.packed(bytes))) {
      WordVectors table = load(file);
      assertThat(table.vocabulary().words()).containsExactly("the", "naïve", "of");
      assertThat(table.vectors().toFloatArray())
          .containsExactly(1.25f, -3, 0.1f, 1e-20f, Float.NaN, 7);
    }
  }

  @Test
  void saysWhatIsWrongAndWhere() throws IOException {
    byte[] whole = bytes("3 2\n", true);
    fails(Arrays.copyOf(whole, whole.length - 20), "line 1", "3 words of 2 numbers take 27 bytes");
    fails(Arrays.copyOf(whole, whole.length - 3), "byte", "ends in the middle of a vector");
    fails(bytes("3 1000000000\n", true), "line 1", "was cut short");
    fails(bytes("2000000000 1\n", true), "line 1", "was cut short");
    byte[] latin = bytes("3 2\n", true);
    latin[4] = (byte) 0xe9;
    fails(latin, "byte 4", "word 1 (bytes e9 68 65) is not UTF-8");
  }

  private void fails(byte[] bytes, String... parts) {
    assertThatThrownBy(() -> load(bytes))
        .isInstanceOf(FormatException.class)
        .message()
        .contains(parts);
  }
}
