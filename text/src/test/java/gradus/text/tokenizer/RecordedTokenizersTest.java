package gradus.text.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.jr.ob.JSON;

/**
 * Small tokenizers, one for each part of a tokenizer.json, on random texts of many scripts: what
 * Hugging Face's library (tokenizers in ai.djl.huggingface:tokenizers:0.31.1) gave for them.
 */
class RecordedTokenizersTest {

  /** A tokenizer and its cases. */
  record Recorded(String name, Map<?, ?> tokenizer) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Recorded> tokenizers() throws IOException {
    try (InputStream in = RecordedTokenizersTest.class.getResourceAsStream("recorded.json")) {
      Map<?, ?> root = (Map<?, ?>) JSON.std.anyFrom(Objects.requireNonNull(in));
      Map<?, ?> models = (Map<?, ?>) root.get("models");
      return ((List<?>) root.get("tokenizers"))
          .stream()
              .map(
                  item -> {
                    Map<Object, Object> file = new HashMap<>((Map<?, ?>) item);
                    file.put("model", models.get(file.get("model")));
                    return new Recorded(file.get("name").toString(), file);
                  });
    }
  }

  @ParameterizedTest
  @MethodSource("tokenizers")
  void tokenizesAsTheOriginal(Recorded recorded) throws IOException {
    Tokenizer tokenizer = load(recorded.tokenizer);
    for (Object item : (List<?>) recorded.tokenizer.get("cases")) {
      Map<?, ?> expected = (Map<?, ?>) item;
      String text = (String) expected.get("text");
      Encoding encoding =
          expected.get("pair") instanceof String pair
              ? tokenizer.encode(text, pair)
              : tokenizer.encode(text);
      List<Integer> offsets =
          encoding.codePointOffsets().stream()
              .flatMap(span -> Stream.of(span.start(), span.end()))
              .toList();
      assertThat(boxed(encoding.ids())).as(text).isEqualTo(expected.get("ids"));
      assertThat(offsets).as(text).isEqualTo(expected.get("offsets"));
      assertThat(boxed(encoding.wordIds())).as(text).isEqualTo(expected.get("words"));
      assertThat(tokenizer.decode(encoding.ids())).as(text).isEqualTo(expected.get("decoded"));
      if (expected.containsKey("types")) {
        assertThat(boxed(encoding.typeIds())).as(text).isEqualTo(expected.get("types"));
      }
      if (expected.containsKey("tokens")) {
        assertThat(encoding.tokens()).as(text).isEqualTo(expected.get("tokens"));
      }
    }
  }

  private static Tokenizer load(Map<?, ?> json) throws IOException {
    byte[] bytes = JSON.std.asBytes(json);
    return Tokenizer.read(new ByteArrayInputStream(bytes), "tokenizer.json");
  }

  private static List<Integer> boxed(int[] numbers) {
    return Arrays.stream(numbers).boxed().toList();
  }
}
