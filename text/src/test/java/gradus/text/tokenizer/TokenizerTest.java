package gradus.text.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import gradus.tensor.io.FormatException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenizerTest {

  private static final String SMALL =
      """
      {"model": {"type": "WordPiece", "vocab": {"[UNK]": 0, "a": 1, "##a": 2}}, %s}""";

  private final Tokenizer tokenizer = SmallTokenizers.vocab();

  @TempDir Path folder;

  @Test
  void encodesWithOffsetsIntoTheText() {
    String text = "Embeddings in détail";
    Encoding encoding = tokenizer.encode(text);
    assertThat(encoding.tokens())
        .containsExactly("[CLS]", "em", "##bed", "##ding", "##s", "in", "detail", "[SEP]");
    assertThat(encoding.ids()).containsExactly(2, 5, 6, 7, 8, 9, 10, 3);
    assertThat(encoding.offsets().get(2).of(text)).isEqualTo("bed");
    assertThat(encoding.offsets().get(6).of(text)).isEqualTo("détail");
    assertThat(encoding.offsets().getFirst()).isEqualTo(new Span(0, 0));
    assertThat(encoding.wordIds()).containsExactly(-1, 0, 0, 0, 0, 1, 2, -1);
    assertThat(encoding.specialTokensMask()).containsExactly(1, 0, 0, 0, 0, 0, 0, 1);
    assertThat(encoding.attentionMask()).containsOnly(1);
    assertThat(encoding).hasToString("Encoding" + encoding.tokens());
  }

  @Test
  void offsetsCountCodeUnitsOrCodePoints() {
    Encoding encoding = tokenizer.encode("😀 a 東b");
    assertThat(encoding.tokens()).containsExactly("[CLS]", "[UNK]", "a", "東", "b", "[SEP]");
    assertThat(encoding.offsets().subList(1, 5))
        .containsExactly(new Span(0, 2), new Span(3, 4), new Span(5, 6), new Span(6, 7));
    assertThat(encoding.codePointOffsets().subList(1, 5))
        .containsExactly(new Span(0, 1), new Span(2, 3), new Span(4, 5), new Span(5, 6));
  }

  @Test
  void joinsPairs() {
    Encoding encoding = tokenizer.encode("a b", "c");
    assertThat(encoding.tokens()).containsExactly("[CLS]", "a", "b", "[SEP]", "c", "[SEP]");
    assertThat(encoding.typeIds()).containsExactly(0, 0, 0, 0, 1, 1);
    assertThat(encoding.sequenceIds()).containsExactly(-1, 0, 0, -1, 1, -1);
    assertThat(encoding.offsets().get(4)).isEqualTo(new Span(0, 1));
    assertThat(tokenizer.encodeBatch(List.of("a b"), List.of("c")).getFirst().ids())
        .isEqualTo(encoding.ids());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tokenizer.encodeBatch(List.of("a"), List.of()))
        .withMessageStartingWith("encodeBatch: 1 texts and 0 second texts.");
  }

  @Test
  void leavesSpecialTokensOutWhereAsked() {
    assertThat(tokenizer.encode("a, b", false).tokens()).containsExactly("a", ",", "b");
    assertThat(tokenizer.encode("", false).size()).isZero();
    assertThat(tokenizer.encode("a[MASK]b[mask", false).tokens())
        .containsExactly("a", "[MASK]", "b", "[UNK]", "[UNK]");
  }

  @Test
  void padsABatchToItsLongest() {
    List<Encoding> batch =
        tokenizer.withPadding(Padding.longest()).encodeBatch(List.of("a", "a b c"));
    assertThat(batch.get(0).ids()).containsExactly(2, 11, 3, 0, 0);
    assertThat(batch.get(0).attentionMask()).containsExactly(1, 1, 1, 0, 0);
    assertThat(batch.get(0).specialTokensMask()).containsExactly(1, 0, 1, 1, 1);
    assertThat(batch.get(0).tokens()).endsWith("[PAD]", "[PAD]");
    assertThat(batch.get(1).size()).isEqualTo(5);
    Padding left = new Padding(4, 4, 0, 0, "[PAD]", Direction.LEFT);
    assertThat(tokenizer.withPadding(left).encode("a").attentionMask()).containsExactly(0, 1, 1, 1);
    assertThat(tokenizer.withPadding(left).encode("a b c").size()).isEqualTo(5);
    assertThat(tokenizer.withPadding(left).withoutPadding().encode("a").size()).isEqualTo(3);
  }

  @Test
  void truncatesAndKeepsWhatOverflows() {
    Truncation four = new Truncation(4, Truncation.Strategy.LONGEST_FIRST, 1, Direction.RIGHT);
    Encoding encoding = tokenizer.withTruncation(four).encode("a b c a");
    assertThat(encoding.tokens()).containsExactly("[CLS]", "a", "b", "[SEP]");
    assertThat(encoding.overflowing())
        .extracting(Encoding::tokens)
        .containsExactly(List.of("[CLS]", "b", "c", "[SEP]"), List.of("[CLS]", "c", "a", "[SEP]"));
    Truncation left = new Truncation(4, Truncation.Strategy.LONGEST_FIRST, 0, Direction.LEFT);
    assertThat(tokenizer.withTruncation(left).encode("a b c").tokens())
        .containsExactly("[CLS]", "b", "c", "[SEP]");
    assertThat(tokenizer.withTruncation(four).withoutTruncation().encode("a b c").size())
        .isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({
    "LONGEST_FIRST, '[CLS] a [SEP] b b [SEP]'",
    "ONLY_FIRST, '[CLS] [UNK]'",
    "ONLY_SECOND, '[CLS] a a [SEP] b [SEP]'"
  })
  void cutsTheTextOfAPairThatIsAsked(Truncation.Strategy strategy, String expected) {
    Tokenizer six = tokenizer.withTruncation(new Truncation(6, strategy, 0, Direction.RIGHT));
    if (strategy == Truncation.Strategy.ONLY_FIRST) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> six.encode("a a", "b b b b"))
          .withMessage(
              "tokenizer: 3 tokens must go from text 1 alone, which has 2. Cut another text, or allow"
                  + " more tokens.");
    } else {
      String first = strategy == Truncation.Strategy.LONGEST_FIRST ? "a" : "a a";
      assertThat(String.join(" ", six.encode(first, "b b b b").tokens())).isEqualTo(expected);
    }
  }

  @Test
  void refusesTruncationThatLeavesNoRoom() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tokenizer.withTruncation(Truncation.of(1)).encode("a"))
        .withMessage(
            "tokenizer: truncation to 1 tokens, but 2 special tokens are added. Allow more.");
    assertThatIllegalArgumentException().isThrownBy(() -> Truncation.of(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> Padding.fixed(-1));
  }

  @Test
  void decodes() {
    int[] ids = tokenizer.encode("Embeddings, in detail").ids();
    assertThat(tokenizer.decode(ids)).isEqualTo("embeddings, in detail");
    assertThat(tokenizer.decode(ids, false)).isEqualTo("[CLS] embeddings, in detail [SEP]");
    assertThat(tokenizer.decode(9, -1, 1_000_000)).isEqualTo("in");
  }

  @Test
  void knowsItsTokens() {
    assertThat(tokenizer.vocabSize()).isEqualTo(16);
    assertThat(tokenizer.tokenToId("##ding")).hasValue(7);
    assertThat(tokenizer.tokenToId("ding")).isEmpty();
    assertThat(tokenizer.idToToken(15)).contains("東");
    assertThat(tokenizer.idToToken(16)).isEmpty();
    assertThat(tokenizer.tokens()).hasSize(16).startsWith("[PAD]", "[UNK]");
    assertThat(tokenizer.vocab()).containsEntry("detail", 10);
    assertThat(tokenizer.addedTokens())
        .extracting(AddedToken::content)
        .containsExactly("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");
    assertThat(tokenizer).hasToString("Tokenizer(16 tokens)");
  }

  @Test
  void aVocabularyWithCapitalsKeepsThem() {
    byte[] cased = (SmallTokenizers.VOCAB + "Zürich\n").getBytes(StandardCharsets.UTF_8);
    Tokenizer tokenizer = SmallTokenizers.read(cased, "vocab.txt");
    assertThat(tokenizer.encode("Zürich A a", false).tokens())
        .containsExactly("Zürich", "[UNK]", "a");
  }

  @Test
  void readsWhatTheJsonSays() {
    Tokenizer json = SmallTokenizers.read(SmallTokenizers.WORD_PIECE);
    assertThat(json.truncation())
        .contains(new Truncation(16, Truncation.Strategy.LONGEST_FIRST, 1, Direction.LEFT));
    assertThat(json.padding().orElseThrow().direction()).isEqualTo(Direction.LEFT);
    assertThat(json.withoutPadding().encode("AB\t1<w> <w> a[MASK]").tokens())
        .containsExactly("[CLS]", "ab", "1", "[UNK]", "[UNK]", "[UNK]", "<w>", "a", "[MASK]");
    assertThat(SmallTokenizers.read(SmallTokenizers.BPE).encode("ab cab").tokens())
        .containsExactly("<s>", "_ab", "_", "<0x63>", "ab", "</s>");
    assertThat(SmallTokenizers.read(SmallTokenizers.UNIGRAM).encode("abab aba xx").tokens())
        .containsExactly("ab", "ab", "ab", "a", "xx");
  }

  @Test
  void loadsFromFilesFoldersAndArchives() throws IOException {
    byte[] json = SmallTokenizers.WORD_PIECE.getBytes(StandardCharsets.UTF_8);
    Path plain = Files.write(folder.resolve("any-name"), json);
    Path packed = folder.resolve("vocab.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(SmallTokenizers.VOCAB.getBytes(StandardCharsets.UTF_8));
    }
    Path jar = folder.resolve("model.jar");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new ZipEntry("small-tokenizer.json"));
      out.write(json);
    }
    Path inner = Files.createDirectory(folder.resolve("model"));
    Files.writeString(inner.resolve("vocab.txt"), SmallTokenizers.VOCAB);
    assertThat(Tokenizer.load(plain).vocabSize()).isEqualTo(10);
    assertThat(Tokenizer.load(jar).vocabSize()).isEqualTo(10);
    assertThat(Tokenizer.load(packed).vocabSize()).isEqualTo(16);
    assertThat(Tokenizer.load(inner).vocabSize()).isEqualTo(16);
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> Tokenizer.load(folder.resolve("none")));
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> Tokenizer.load(folder))
        .withMessageContaining("none is named like tokenizer.json or vocab.txt");
    byte[] broken = Files.readAllBytes(jar);
    Path cut = Files.write(folder.resolve("cut.jar"), java.util.Arrays.copyOf(broken, 60));
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> Tokenizer.load(cut))
        .withMessageContaining("damaged");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{ | JSON: not valid",
        "{\"a\": 1} | the file: there is no object \"model\" in it. Is it a tokenizer.json?",
        "{\"model\": {\"type\": \"Unknown\"}} | model: the model \"Unknown\" is not supported.",
        "{\"model\": {\"type\": \"WordPiece\", \"vocab\": {\"a\": 0}}} | the vocabulary has no token \"[UNK]\"",
        "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 0, \"b\": 0}, \"merges\": []}} | has the number 0, and so has",
        "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 9999999}, \"merges\": []}} | the greatest number is 9999999",
        "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": -1}, \"merges\": []}} | model.vocab[\"a\"]: -1 is outside of",
        "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": \"0\"}, \"merges\": []}} | a whole number must stand here but a string does",
        "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 0}, \"merges\": [\"a a\"]}} | model.merges[0]: the vocabulary has no token \"aa\"",
        "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 0}, \"merges\": [], \"dropout\": 0.1}} | model.dropout: merges are left out by chance",
        "{\"model\": {\"type\": \"Unigram\", \"vocab\": [[\"a\", 0]]}} | there is no unk_id",
        "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 0}, \"merges\": []}, \"pre_tokenizer\": {\"type\": \"FixedLength\"}} | pre_tokenizer: the pre-tokenizer \"FixedLength\" is not supported. Known are:",
        "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 0}, \"merges\": []}, \"decoder\": {\"type\": \"CTC\"}} | decoder: the decoder \"CTC\" is not supported",
        "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 0}, \"merges\": []}, \"normalizer\": {\"type\": \"Replace\", \"pattern\": {\"Regex\": \"(\"}, \"content\": \"\"}} | is no pattern",
        "[PAD] | its lines: none is the token [UNK]"
      })
  void saysWhatIsWrongWithAFile(String file, String message) {
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> SmallTokenizers.read(file))
        .withMessageStartingWith("tokenizer.json, ")
        .withMessageContaining(message);
  }

  /** Quadratic for a backtracking matcher: each start looks at all that is left. */
  @Test
  void aPatternThatDoesNotGetThroughATextGivesUp() {
    Tokenizer splitting =
        SmallTokenizers.read(
            SMALL.formatted(
                """
                "pre_tokenizer": {"type": "Split", "pattern": {"Regex": "a+b"},
                "behavior": "Isolated", "invert": false}"""));
    assertThat(splitting.encode("a".repeat(50)).size()).isEqualTo(50);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> splitting.encode("a".repeat(100_000)))
        .withMessageContaining("does not get through a text of 100,000 characters");
  }

  @Test
  void aNormalizerThatGrowsWithoutEndIsRefused() {
    String tenfold =
        "{\"type\": \"Replace\", \"pattern\": {\"String\": \"a\"}, \"content\": \"aaaaaaaaaa\"}";
    String file =
        SMALL.formatted(
            "\"normalizer\": {\"type\": \"Sequence\", \"normalizers\": ["
                + String.join(",", java.util.Collections.nCopies(12, tenfold))
                + "]}");
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> SmallTokenizers.read(file))
        .withMessageContaining("the normalizer in the tokenizer's file makes more than");
  }

  /** What would only fail when it is used. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"added_tokens\": [{\"id\": 2000000000, \"content\": \"<x>\"}] | token \"<x>\" has the number 2000000000, far above",
        "\"truncation\": {\"max_length\": 4, \"stride\": 4} | max_length 4 with the special tokens leaves 4 tokens",
        "\"truncation\": {\"max_length\": 1}, \"post_processor\": {\"type\": \"BertProcessing\", \"sep\": [\"a\", 1], \"cls\": [\"a\", 1]} | leaves -1 tokens",
        "\"normalizer\": {\"type\": \"Prepend\", \"prepend\": \"\\ud800\"} | JSON: a string holds half of a surrogate pair"
      })
  void refusesWhatWouldFailAtUse(String part, String message) {
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> SmallTokenizers.read(SMALL.formatted(part)))
        .withMessageStartingWith("tokenizer.json, ")
        .withMessageContaining(message);
  }

  @Test
  void nullIsNoText() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tokenizer.encode((String) null))
        .withMessage("encode: a text is null. Give one.");
    assertThatIllegalArgumentException().isThrownBy(() -> tokenizer.encode("a", (String) null));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tokenizer.encodeBatch(java.util.Arrays.asList("a", null)));
  }

  @Test
  void aPackedBombIsNotUnpacked() throws IOException {
    Path file = folder.resolve("tokenizer.json.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      for (int i = 0; i < 64; i++) {
        out.write(new byte[1 << 20]);
      }
    }
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> Tokenizer.load(file))
        .withMessageContaining("No tokenizer is so large");
  }
}
