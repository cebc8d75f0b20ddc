package gradus.text.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import gradus.tensor.io.FormatException;
import gradus.text.corpus.Corpus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncodedCorpusTest {

  @TempDir Path folder;

  private static List<List<String>> sentences(int words, long seed) {
    var random = new Random(seed);
    List<List<String>> all = new ArrayList<>();
    for (int written = 0; written < words; ) {
      int length = 1 + random.nextInt(40);
      all.add(
          IntStream.range(0, length)
              .mapToObj(_ -> "w" + (int) Math.abs(300 * random.nextGaussian()))
              .toList());
      written += length;
    }
    return all;
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  /** The sentences as the trainers see them. */
  static List<List<String>> readBack(Corpus corpus, int minCount, int workers) {
    WordCounts counts = WordCounts.of(corpus, workers, 0);
    int[] numbers = counts.byFrequency(minCount);
    List<String> words = counts.spelt(numbers);
    WordTable vocabulary = counts.table().select(numbers);
    List<List<String>> all = new ArrayList<>();
    try (var encoded =
        EncodedCorpus.of(corpus, vocabulary, EncodedCorpus.LONGEST_SENTENCE, -1, workers)) {
      int[] symbols = null;
      for (int job = 0; job < encoded.jobs(); job++) {
        symbols = encoded.read(job, symbols);
        List<String> sentence = new ArrayList<>();
        for (int i = 0; i < encoded.symbols(job); i++) {
          if (symbols[i] == EncodedCorpus.END) {
            all.add(sentence);
            sentence = new ArrayList<>();
          } else {
            sentence.add(words.get(symbols[i]));
          }
        }
        assertThat(sentence).isEmpty();
        assertThat(encoded.start(job + 1)).isLessThanOrEqualTo(encoded.words());
      }
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void whatIsReadIsWhatWasGiven(int workers) throws IOException {
    List<List<String>> sentences = sentences(250_000, 1);
    assertThat(readBack(Corpus.of(sentences), 1, workers)).isEqualTo(sentences);
    String text = String.join("\n", sentences.stream().map(s -> String.join(" ", s)).toList());
    assertThat(readBack(Corpus.of(file("a.txt", text)), 1, workers)).isEqualTo(sentences);
  }

  @Test
  void aLargeCorpusLiesInAFile() {
    List<List<String>> sentences = sentences(7_000_000, 2);
    assertThat(readBack(Corpus.of(sentences), 1, 2)).isEqualTo(sentences);
  }

  @Test
  void countsDoNotDependOnThreads() throws IOException {
    String text =
        String.join("\n", sentences(200_000, 3).stream().map(s -> String.join(" ", s)).toList());
    Corpus corpus = Corpus.of(file("a.txt", text));
    WordCounts one = WordCounts.of(corpus, 1, 0);
    WordCounts many = WordCounts.of(corpus, 4, 0);
    assertThat(one.spelt(one.byFrequency(2))).isEqualTo(many.spelt(many.byFrequency(2)));
    assertThat(one.words()).isEqualTo(many.words()).isEqualTo(text.split("\\s+").length);
    for (int number : one.byFrequency(500)) {
      byte[] bytes = one.table().bytes(number);
      int other = many.table().find(bytes, 0, bytes.length, WordTable.hash(bytes, 0, bytes.length));
      assertThat(many.table().count(other)).isEqualTo(one.table().count(number));
    }
  }

  @Test
  void ofManyWordsTheFrequentOnesAreKept() {
    List<List<String>> sentences = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      sentences.add(List.of("often", "rare" + i, "also"));
    }
    WordCounts counts = WordCounts.of(Corpus.of(sentences), 4, 100);
    assertThat(counts.table().size()).isLessThanOrEqualTo(100);
    assertThat(counts.spelt(counts.byFrequency(20_000))).containsExactlyInAnyOrder("often", "also");
  }

  @Test
  void blanksOfAllKindsPartWords() throws IOException {
    Path path = file("a.txt", "a  b\tc\r\nd\u000be\ff\0g\n\n  \n\r\nh");
    assertThat(readBack(Corpus.of(path), 1, 1))
        .containsExactly(List.of("a", "b", "c"), List.of("d", "e", "f", "g"), List.of("h"));
  }

  @Test
  void bytesThatAreNoLettersStay() throws IOException {
    Path path = folder.resolve("latin1.txt");
    Files.write(
        path, "caf\u00e9 na\u00efve b\u00e4r \u6587\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(readBack(Corpus.of(path), 1, 1).getFirst())
        .startsWith("caf\\xe9", "na\\xefve", "b\\xe4r");
  }

  @Test
  void foldersAndPackedFiles() throws IOException {
    Files.createDirectories(folder.resolve("texts/deeper"));
    file("texts/b.txt", "second\n");
    file("texts/deeper/c.txt", "third");
    file("texts/.hidden", "never");
    try (var out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("texts/a.txt.gz")))) {
      out.write("first\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(readBack(Corpus.of(folder.resolve("texts")), 1, 1))
        .containsExactly(List.of("first"), List.of("second"), List.of("third"));
  }

  @Test
  void aSentenceOfAMillionWordsIsCut() throws IOException {
    Path path = file("a.txt", "word ".repeat(1_000_000));
    List<List<String>> all = readBack(Corpus.of(path), 1, 3);
    assertThat(all.stream().mapToInt(List::size).sum()).isEqualTo(1_000_000);
    assertThat(all).allMatch(sentence -> sentence.size() <= EncodedCorpus.LONGEST_SENTENCE);
  }

  @Test
  void whatIsNoTextIsRefused() throws IOException {
    byte[] noise = new byte[10_000];
    new Random(4).nextBytes(noise);
    Path path = Files.write(folder.resolve("image.png"), noise);
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> readBack(Corpus.of(path), 1, 1))
        .withMessageContaining("this is no text in UTF-8");
    Path wide =
        Files.writeString(
            folder.resolve("wide.txt"),
            "two bytes a letter\n".repeat(9),
            StandardCharsets.UTF_16LE);
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> readBack(Corpus.of(wide), 1, 1))
        .withMessageContaining("0x00 is no letter");
    Path one = file("one.txt", "x".repeat(3_000_000));
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> readBack(Corpus.of(one), 1, 2))
        .withMessageContaining("there is no blank in");
  }

  @Test
  void pathsThatCannotBeRead() {
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> Corpus.of(folder.resolve("missing.txt")))
        .withMessageContaining("missing.txt cannot be read: there is no such file.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Corpus.of(folder))
        .withMessageContaining("holds no file");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> readBack(Corpus.of(List.of(Arrays.asList("a", null))), 1, 1))
        .withMessage("corpus: a word of the sentences is null. Give one.");
  }
}
