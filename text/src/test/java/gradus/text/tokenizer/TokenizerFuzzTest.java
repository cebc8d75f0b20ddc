package gradus.text.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import gradus.tensor.io.FormatException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged files end in one exception type; any text becomes an encoding. */
class TokenizerFuzzTest {

  private static final int MUTATIONS = 10_000;
  private static final String[] EXTREMES = {
    "-1",
    "0",
    "2147483647",
    "-2147483648",
    "4294967296",
    "1e308",
    "9".repeat(40),
    "null",
    "[]",
    "{}"
  };
  private static final List<String> TEXTS =
      List.of("", "ab a\u0301 b", "Embeddings in detail, 東京 [MASK] 😀\ud800 <w>", "  -1b-\n");

  @Test
  void damagedJsonEndsInAFormatException() {
    List<byte[]> files =
        Stream.of(SmallTokenizers.WORD_PIECE, SmallTokenizers.BPE, SmallTokenizers.UNIGRAM)
            .map(json -> json.getBytes(StandardCharsets.UTF_8))
            .toList();
    assertThat(refused(files, 1)).isBetween(MUTATIONS / 4, MUTATIONS);
  }

  @Test
  void damagedVocabulariesEndInAFormatException() {
    byte[] file = SmallTokenizers.VOCAB.getBytes(StandardCharsets.UTF_8);
    assertThat(refused(List.of(file), 2)).isBetween(MUTATIONS / 10, MUTATIONS);
  }

  private static int refused(List<byte[]> files, long seed) {
    int refused = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      var random = new SplittableRandom(seed * MUTATIONS + i);
      byte[] damaged = files.get(random.nextInt(files.size()));
      for (int times = random.nextInt(1, 4); times > 0; times--) {
        damaged = damage(damaged, files.get(random.nextInt(files.size())), random);
      }
      try {
        Tokenizer tokenizer = SmallTokenizers.read(damaged, "damaged");
        TEXTS.forEach(text -> use(tokenizer, text));
      } catch (FormatException e) {
        refused++;
      } catch (Throwable e) {
        fail("seed %d, mutation %d: %s".formatted(seed, i, e), e);
      }
    }
    return refused;
  }

  private static byte[] damage(byte[] file, byte[] other, SplittableRandom random) {
    int at = random.nextInt(file.length + 1);
    int end = Math.min(file.length, at + random.nextInt(12));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(file, 0, at);
    switch (random.nextInt(6)) {
      case 0 -> { // flip
        if (at < file.length) {
          out.write(file[at++] ^ 1 << random.nextInt(8));
        }
      }
      case 1 -> out.write(random.nextInt(256)); // insert
      case 2 -> at = end; // delete
      case 3 -> at = random.nextInt(4) == 0 ? file.length : at; // truncate
      case 4 -> { // splice
        int from = random.nextInt(other.length);
        out.write(other, from, Math.min(other.length - from, random.nextInt(60)));
      }
      default -> { // overwrite a number or a word
        out.writeBytes(EXTREMES[random.nextInt(EXTREMES.length)].getBytes(StandardCharsets.UTF_8));
        while (at < file.length && Character.isLetterOrDigit(file[at])) {
          at++;
        }
      }
    }
    out.write(file, at, file.length - at);
    return out.toByteArray();
  }

  private static void use(Tokenizer tokenizer, String text) {
    Encoding encoding;
    try {
      encoding = tokenizer.encode(text, text);
    } catch (IllegalArgumentException e) {
      // What cannot be cut so is the caller's to decide: a truncation that leaves no room.
      assertThat(e).hasMessageStartingWith("tokenizer: ");
      encoding = tokenizer.withoutTruncation().encode(text, text);
    }
    check(encoding, text);
    tokenizer.decode(encoding.ids());
  }

  private static void check(Encoding encoding, String text) {
    assertThat(encoding.tokens()).hasSize(encoding.size());
    for (Span span : encoding.offsets()) {
      assertThat(0 <= span.start() && span.start() <= span.end() && span.end() <= text.length())
          .as("%s in a text of %d", span, text.length())
          .isTrue();
    }
    assertThat(encoding.codePointOffsets()).hasSize(encoding.size());
  }

  @ParameterizedTest
  @ValueSource(strings = {SmallTokenizers.WORD_PIECE, SmallTokenizers.BPE, SmallTokenizers.UNIGRAM})
  void anyTextBecomesAnEncoding(String json) {
    Tokenizer tokenizer = SmallTokenizers.read(json).withoutTruncation().withoutPadding();
    for (int i = 0; i < 2_000; i++) {
      String text = randomText(new SplittableRandom(i));
      check(tokenizer.encode(text), text);
    }
    String endless = "ab".repeat(50_000);
    check(tokenizer.encode(endless), endless);
  }

  @Test
  void theOnePassGivesWhatTheStepsGive() {
    Tokenizer vocab = SmallTokenizers.vocab();
    Tokenizer steps =
        SmallTokenizers.read(
            """
            {"normalizer": {"type": "Sequence", "normalizers": [{"type": "BertNormalizer"}]},
             "pre_tokenizer": {"type": "BertPreTokenizer"},
             "added_tokens": [%s],
             "model": {"type": "WordPiece", "vocab": {%s}}}"""
                .formatted(addedTokens(vocab), entries(vocab)));
    for (int i = 0; i < 5_000; i++) {
      String text = randomText(new SplittableRandom(i));
      Encoding fast = vocab.encode(text, false);
      Encoding slow = steps.encode(text);
      assertThat(fast.ids()).as("text %d", i).isEqualTo(slow.ids());
      assertThat(fast.offsets()).as("text %d", i).isEqualTo(slow.offsets());
      assertThat(fast.wordIds()).as("text %d", i).isEqualTo(slow.wordIds());
    }
  }

  private static String entries(Tokenizer tokenizer) {
    StringBuilder entries = new StringBuilder();
    tokenizer
        .vocab()
        .forEach(
            (token, id) ->
                entries
                    .append(entries.isEmpty() ? "" : ",")
                    .append("\"%s\": %d".formatted(token, id)));
    return entries.toString();
  }

  private static String addedTokens(Tokenizer tokenizer) {
    return String.join(
        ",",
        tokenizer.addedTokens().stream()
            .map(
                t ->
                    "{\"id\": %d, \"content\": \"%s\", \"special\": true}"
                        .formatted(t.id(), t.content()))
            .toList());
  }

  /** Every kind of character, halves of surrogate pairs too. */
  static String randomText(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    int limit = List.of(0x80, 0x500, 0x3200, 0x10000, 0x1F700).get(random.nextInt(5));
    for (int length = random.nextInt(40); length > 0; length--) {
      switch (random.nextInt(8)) {
        case 0 -> text.append("ab a, 😀\u0301é[MASK] <w> 東각".charAt(random.nextInt(22)));
        case 1 -> text.append(' ');
        case 2 -> text.append(TEXTS.get(random.nextInt(TEXTS.size())));
        default -> text.appendCodePoint(random.nextInt(limit));
      }
    }
    return text.toString();
  }
}
