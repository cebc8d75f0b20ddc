package gradus.text.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WordDecoderTest {

  private static String escaped(int... bytes) {
    byte[] all = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      all[i] = (byte) bytes[i];
    }
    return new WordDecoder(CodingErrorAction.REPORT).escaped(all);
  }

  /** Python: {@code bytes.decode("utf-8", errors="backslashreplace")}. */
  @Test
  void spellsBytesThatMakeNoLetter() {
    assertThat(escaped('c', 'a', 'f', 0xe9)).isEqualTo("caf\\xe9");
    assertThat(escaped(0xe3, 0x81, 'a', 0xc3, 0xa9)).isEqualTo("\\xe3\\x81aé");
    assertThat(escaped(0xf0, 0x9f, 0x98, 0x80, 0xff, 0x80)).isEqualTo("😀\\xff\\x80");
    assertThat(escaped(0xed, 0xa0, 0x80)).isEqualTo("\\xed\\xa0\\x80");
    assertThat(escaped()).isEmpty();
  }

  /** An exception for each of them made 11 GB of garbage out of a file of 2 MB. */
  @Test
  void manyBadBytesCostLittle() {
    byte[] bad = new byte[65_000];
    Arrays.fill(bad, (byte) 0xe9);
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    assertThat(new WordDecoder(CodingErrorAction.REPORT).escaped(bad)).hasSize(4 * bad.length);
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(8_000_000);
    byte[] good = "é".repeat(1000).getBytes(StandardCharsets.UTF_8);
    assertThat(new WordDecoder(CodingErrorAction.REPORT).escaped(good)).isEqualTo("é".repeat(1000));
  }
}
