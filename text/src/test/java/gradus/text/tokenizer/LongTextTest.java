package gradus.text.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that are much longer than what is kept of them. huggingface/tokenizers #1573, #2035. */
class LongTextTest {

  private static final Tokenizer VOCAB = SmallTokenizers.vocab();

  static Stream<Tokenizer> tokenizers() {
    return Stream.of(
        VOCAB,
        SmallTokenizers.read(SmallTokenizers.WORD_PIECE),
        SmallTokenizers.read(SmallTokenizers.BPE),
        SmallTokenizers.read(SmallTokenizers.UNIGRAM));
  }

  /** Pieces that end words, are words, stay unknown, change by what stands beside them. */
  private static final List<String> PIECES =
      List.of(
          "a", "b", "c", "embed", "in", " ", " ", "\n", ",", "-", "東", "é", "e\u0301", "\u0323",
          "각", "😀", "[MASK]", "[mask", "<w>", "ab", "1", "\u00A0", "Σ", "İ", "\u0000", "\u200D");

  private static String text(Random random, int pieces) {
    var text = new StringBuilder();
    for (int i = 0; i < pieces; i++) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }

  /** What is kept is the beginning or the end of what the whole text has. */
  @ParameterizedTest
  @EnumSource
  void keepsWhatTheWholeTextBeginsOrEndsWith(Direction direction) {
    var random = new Random(4);
    for (Tokenizer tokenizer : tokenizers().toList()) {
      Tokenizer plain = tokenizer.withoutPadding().withoutTruncation();
      for (int turn = 0; turn < 2000; turn++) {
        String text = text(random, 1 + random.nextInt(40));
        int most = 1 + random.nextInt(12);
        var how = new Truncation(most, Truncation.Strategy.LONGEST_FIRST, 0, direction);
        Encoding whole = plain.encode(text, false);
        Encoding cut = plain.withTruncation(how).encode(text, false);
        int length = Math.min(most, whole.size());
        int from = direction == Direction.RIGHT ? 0 : whole.size() - length;
        List<String> rows = rows(whole).subList(from, from + length);
        assertThat(rows(cut)).as(text).isEqualTo(rows);
        if (direction == Direction.RIGHT) {
          List<String> all = new ArrayList<>(rows(cut));
          cut.overflowing().forEach(part -> all.addAll(rows(part)));
          assertThat(all).as(text).isEqualTo(rows(whole));
        }
      }
    }
  }

  private static List<String> rows(Encoding encoding) {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < encoding.size(); i++) {
      rows.add(
          "%s %d %s %s"
              .formatted(
                  encoding.token(i),
                  encoding.wordIds()[i],
                  encoding.offsets().get(i),
                  encoding.codePointOffsets().get(i)));
    }
    return rows;
  }

  /** Of two texts too, whichever is cut: the parts that nobody asks for decide nothing. */
  @ParameterizedTest
  @EnumSource(Truncation.Strategy.class)
  void pairsAreCutAsTheirLengthsSay(Truncation.Strategy strategy) {
    var random = new Random(5);
    Tokenizer plain = VOCAB.withoutTruncation();
    for (int turn = 0; turn < 500; turn++) {
      String first = "a ".repeat(1 + random.nextInt(20)).strip();
      String second = "b ".repeat(1 + random.nextInt(20)).strip();
      int most = 3 + random.nextInt(20);
      Encoding cut;
      try {
        cut =
            plain
                .withTruncation(new Truncation(most, strategy, 0, Direction.RIGHT))
                .encode(first, second);
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageContaining("tokens must go from text");
        continue;
      }
      int a = (int) cut.tokens().stream().filter("a"::equals).count();
      int b = (int) cut.tokens().stream().filter("b"::equals).count();
      int lengthA = (first.length() + 1) / 2;
      int lengthB = (second.length() + 1) / 2;
      assertThat(a + b).isEqualTo(Math.min(most - 3, lengthA + lengthB));
      if (strategy == Truncation.Strategy.LONGEST_FIRST && a < lengthA && b < lengthB) {
        assertThat(a - b).isEqualTo((most - 3) % 2 * (lengthA > lengthB ? 1 : -1));
      }
    }
  }

  private static long allocated(Runnable work) {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    work.run();
    long before = threads.getCurrentThreadAllocatedBytes();
    work.run();
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  /** Not even what it takes to look at each word. */
  @ParameterizedTest
  @ValueSource(strings = {"a in ", "a,", "東", "東 각 ", "in\u0301 "})
  void costsWhatIsKept(String piece) {
    // Of an odd number of tokens the longer of two long texts keeps one more: they are counted.
    Tokenizer cut = VOCAB.withTruncation(Truncation.of(257));
    String text = piece.repeat(1_000_000 / piece.length());
    assertThat(allocated(() -> cut.encode(text))).isLessThan(500_000);
    assertThat(allocated(() -> cut.encode(text, text))).isLessThan(1_000_000);
  }

  /** The parts that overflow cost what they hold, not each the whole. */
  @ParameterizedTest
  @MethodSource("tokenizers")
  void partsThatOverflowGrowWithTheText(Tokenizer tokenizer) {
    Tokenizer cut = tokenizer.withoutPadding().withTruncation(Truncation.of(64));
    long once = allocated(() -> offsets(cut.encode("a, b 東 ".repeat(4_000))));
    long fourTimes = allocated(() -> offsets(cut.encode("a, b 東 ".repeat(16_000))));
    assertThat(fourTimes).isLessThan(6 * once);
  }

  private static void offsets(Encoding encoding) {
    assertThat(encoding.overflowing()).isNotEmpty();
    encoding.overflowing().forEach(Encoding::codePointOffsets);
  }

  /** Two kinds of added tokens, one of which is not in the text. */
  @Test
  void addedTokensAreFoundInOneWalk() {
    Tokenizer two =
        SmallTokenizers.read(
            """
            {"added_tokens": [{"id": 2, "content": "<s>", "special": true},
              {"id": 3, "content": "[M]", "special": true}],
             "normalizer": {"type": "BertNormalizer"}, "pre_tokenizer": {"type": "BertPreTokenizer"},
             "model": {"type": "WordPiece", "vocab": {"[UNK]": 0, "a": 1}}}""");
    // Quadratic, it would take minutes.
    assertThat(two.encode("[M]a".repeat(500_000)).size()).isEqualTo(1_000_000);
  }
}
