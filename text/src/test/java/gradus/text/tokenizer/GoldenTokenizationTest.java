package gradus.text.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.jr.ob.JSON;

/** Every recorded case of Hugging Face's own library, token for token and offset for offset. */
class GoldenTokenizationTest {

  private static final Path GOLDEN =
      Path.of(System.getProperty("gradus.shared", ""), "data/minilm_golden");
  private static final Path ARTIFACTS =
      Path.of(System.getProperty("user.home"), ".m2/repository/dev/langchain4j");

  static List<Path> tokenizers() throws IOException {
    List<Path> files = new ArrayList<>();
    files.add(GOLDEN.resolve("vocab.txt"));
    if (Files.isDirectory(ARTIFACTS)) {
      try (Stream<Path> jars = Files.walk(ARTIFACTS)) {
        jars.filter(jar -> jar.toString().matches(".*embeddings-[^/]*(q|v2|v15)/.*\\.jar"))
            .sorted()
            .forEach(files::add);
      }
    }
    return files;
  }

  @ParameterizedTest
  @MethodSource("tokenizers")
  void tokenizesEveryCaseAlike(Path file) throws IOException {
    Assumptions.assumeTrue(Files.exists(file), () -> "left out: " + file + " is not there");
    Assumptions.assumeTrue(Files.exists(GOLDEN), () -> "left out: " + GOLDEN + " is not there");
    Tokenizer tokenizer = Tokenizer.load(file).withoutTruncation().withoutPadding();
    List<?> cases = list(GOLDEN.resolve("tokenization.json"));
    assertThat(cases).hasSizeGreaterThan(150);
    for (Object item : cases) {
      Map<?, ?> expected = (Map<?, ?>) item;
      String text = (String) expected.get("text");
      Encoding encoding =
          expected.get("pair") instanceof String pair
              ? tokenizer.encode(text, pair)
              : tokenizer.encode(text);
      assertThat(encoding.tokens()).as(text).isEqualTo(expected.get("tokens"));
      assertThat(boxed(encoding.ids())).as(text).isEqualTo(expected.get("ids"));
      assertThat(boxed(encoding.typeIds())).as(text).isEqualTo(expected.get("type_ids"));
      assertThat(spans(encoding)).as(text).isEqualTo(expected.get("char_spans"));
    }
  }

  @ParameterizedTest
  @MethodSource("tokenizers")
  void tokenizesEverySentenceAlike(Path file) throws IOException {
    Assumptions.assumeTrue(Files.exists(file), () -> "left out: " + file + " is not there");
    Assumptions.assumeTrue(Files.exists(GOLDEN), () -> "left out: " + GOLDEN + " is not there");
    Tokenizer tokenizer = Tokenizer.load(file).withoutPadding().withTruncation(Truncation.of(512));
    for (Object item : list(GOLDEN.resolve("sentences.json"))) {
      Map<?, ?> expected = (Map<?, ?>) item;
      String text = (String) expected.get("text");
      assertThat(tokenizer.encode(text).tokens()).as(text).isEqualTo(expected.get("tokens"));
    }
  }

  private static List<Object> spans(Encoding encoding) {
    List<Object> spans = new ArrayList<>();
    int[] special = encoding.specialTokensMask();
    List<Span> offsets = encoding.codePointOffsets();
    for (int i = 0; i < special.length; i++) {
      Span span = offsets.get(i);
      spans.add(special[i] == 1 ? null : List.of(span.start(), span.end()));
    }
    return spans;
  }

  private static List<Integer> boxed(int[] numbers) {
    return Arrays.stream(numbers).boxed().toList();
  }

  private static List<?> list(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return (List<?>) JSON.std.anyFrom(in);
    }
  }
}
