package gradus.tensor.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class HeapTest {

  @Test
  void tooLargeIsNoEndOfTheProcess() {
    assertThat(Heap.<Integer, RuntimeException>reading(Path.of("a"), "its words", () -> 7))
        .isEqualTo(7);
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(
            () ->
                Heap.<Integer, RuntimeException>reading(
                    Path.of("vocab.txt"),
                    "its words",
                    () -> {
                      throw new OutOfMemoryError("Java heap space");
                    }))
        .withMessageStartingWith("vocab.txt, its words: they do not fit into the heap of ")
        .withMessageEndingWith(" Give Java more: -Xmx.");
  }
}
