package gradus.text.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import gradus.text.io.Texts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.jr.ob.JSON;

/**
 * Byte-level BPE with GPT-2's real vocabulary of 50,256 tokens, beside jtokkit, which knows it too.
 */
class Gpt2Test {

  private static final Encoding JTOKKIT =
      Encodings.newDefaultEncodingRegistry().getEncoding(EncodingType.R50K_BASE);
  private static Tokenizer gpt2;

  @BeforeAll
  static void load() throws IOException {
    Map<String, Integer> vocabulary = vocabulary();
    Map<String, Object> byteLevel =
        Map.of("type", "ByteLevel", "add_prefix_space", false, "trim_offsets", false);
    Map<String, Object> model =
        Map.of("type", "BPE", "vocab", vocabulary, "merges", merges(vocabulary));
    gpt2 =
        SmallTokenizers.read(
            JSON.std.asBytes(
                Map.of("model", model, "pre_tokenizer", byteLevel, "decoder", byteLevel)),
            "tokenizer.json");
  }

  /** The tokens as jtokkit holds them: bytes and numbers, as GPT-2's file writes them. */
  private static Map<String, Integer> vocabulary() throws IOException {
    Map<String, Integer> vocabulary = new LinkedHashMap<>();
    try (var in =
            Objects.requireNonNull(
                Encodings.class.getResourceAsStream("/com/knuddels/jtokkit/r50k_base.tiktoken"));
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] fields = line.split(" ");
        String token =
            new String(Base64.getDecoder().decode(fields[0]), StandardCharsets.ISO_8859_1);
        NormalizedString text = NormalizedString.of(token);
        StringBuilder seen = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
          seen.append(visible(text.charAt(i)));
        }
        vocabulary.put(seen.toString(), Integer.parseInt(fields[1]));
      }
    }
    return vocabulary;
  }

  /** GPT-2's table, by its rule: bytes that cannot be seen stand as the characters from 256 on. */
  private static char visible(char b) {
    int hidden = 0;
    for (int i = 0; i < b; i++) {
      hidden += isSeen(i) ? 0 : 1;
    }
    return isSeen(b) ? b : (char) (256 + hidden);
  }

  private static boolean isSeen(int b) {
    return (b > 32 && b < 127) || (b > 160 && b != 173);
  }

  /** The merge that made each token: of the tokens before it, those that BPE arrives at. */
  private static List<List<String>> merges(Map<String, Integer> vocabulary) {
    List<List<String>> merges = new ArrayList<>();
    Map<String, Integer> ranks = new HashMap<>(vocabulary);
    vocabulary.forEach(
        (token, rank) -> {
          if (token.length() > 1) {
            merges.add(lastTwo(token, rank, ranks));
          }
        });
    return merges;
  }

  private static List<String> lastTwo(String token, int limit, Map<String, Integer> ranks) {
    List<String> parts = new ArrayList<>(List.of(token.split("")));
    while (parts.size() > 2) {
      int best = -1;
      int bestRank = limit;
      for (int i = 0; i + 1 < parts.size(); i++) {
        int rank = ranks.getOrDefault(parts.get(i) + parts.get(i + 1), limit);
        if (rank < bestRank) {
          best = i;
          bestRank = rank;
        }
      }
      parts.set(best, parts.get(best) + parts.remove(best + 1));
    }
    return parts;
  }

  private static void same(String text) {
    int[] expected = JTOKKIT.encodeOrdinary(text).toArray();
    assertThat(gpt2.encode(text).ids()).as(text).isEqualTo(expected);
    assertThat(gpt2.decode(gpt2.encode(text).ids())).isEqualTo(text);
  }

  @Test
  void tokenizesAsJtokkitDoes() {
    same("Hello world");
    same("  two blanks,\n\n\tand lines  ");
    same("They'll say it's 1,234.56 o'clock; she'd've LEFT'S");
    same("naïve Zürich ПРИВЕТ 東京 한국어 👨‍👩‍👧 \u0301 ½Ⅷ");
    same("x".repeat(3000) + " " + "ab".repeat(2000));
  }

  @Test
  void everyTextComesBack() {
    for (int i = 0; i < 3_000; i++) {
      String text = Texts.wellFormed(TokenizerFuzzTest.randomText(new SplittableRandom(i)));
      same(text);
    }
  }

  @Test
  void offsetsCoverTheText() {
    String text = "Hello, 東京 naïve";
    List<Span> offsets = gpt2.encode(text).offsets();
    assertThat(offsets.getFirst()).isEqualTo(new Span(0, 5));
    assertThat(offsets.getLast().end()).isEqualTo(text.length());
    for (int i = 1; i < offsets.size(); i++) {
      assertThat(offsets.get(i).start())
          .isBetween(offsets.get(i - 1).start(), offsets.get(i - 1).end());
    }
  }
}
