package gradus.text.tokenizer;

import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.List;

/**
 * BERT's whole way from text to tokens in one pass: what {@link BertNormalizer}, {@link
 * PreTokenizers#BERT} and {@link WordPiece} do one after the other.
 *
 * <p>Most characters mean the same wherever they stand: they end a word, are one, belong to one, or
 * vanish. A table, filled by asking the parts themselves, says which. Where a character is none of
 * these (a Korean syllable becomes several letters, marks change places), all up to the next white
 * space goes the long way.
 */
final class BertWords {

  private static final byte WORD = 1;
  private static final byte BLANK = 2;
  private static final byte ALONE = 3;
  private static final byte GONE = 4;
  private static final byte OTHER = 5;

  private final BertNormalizer normalizer;
  private final WordPiece model;
  private final byte[][] kinds = new byte[256][];
  private final char[][] mapped = new char[256][];

  BertWords(BertNormalizer normalizer, WordPiece model) {
    this.normalizer = normalizer;
    this.model = model;
    for (int page = 0; page < kinds.length; page++) {
      kinds[page] = new byte[page < 1 ? 256 : 0];
      mapped[page] = new char[page < 1 ? 256 : 0];
    }
    for (char c = 0; c < 256; c++) {
      classify(c, kinds[0], mapped[0]);
    }
  }

  /** The page of a character, filled when it is first needed; filling it twice does no harm. */
  private byte[] page(char c) {
    byte[] page = kinds[c >> 8];
    return page.length > 0 ? page : fill(c >> 8);
  }

  private synchronized byte[] fill(int number) {
    if (kinds[number].length == 0) {
      byte[] page = new byte[256];
      char[] to = new char[256];
      for (int i = 0; i < 256; i++) {
        classify((char) (number << 8 | i), page, to);
      }
      mapped[number] = to;
      VarHandle.releaseFence(); // who sees the kinds sees what they are mapped to
      kinds[number] = page;
    }
    return kinds[number];
  }

  private void classify(char c, byte[] page, char[] to) {
    int at = c & 255;
    page[at] = OTHER;
    if (Character.isSurrogate(c)) {
      return;
    }
    NormalizedString text = NormalizedString.of(Character.toString(c));
    normalizer.normalize(text);
    String result = text.toString();
    boolean apart = result.length() == 3 && result.charAt(0) == ' ' && result.charAt(2) == ' ';
    char only = apart ? result.charAt(1) : result.isEmpty() ? 0 : result.charAt(0);
    to[at] = only;
    if (result.isEmpty()) {
      page[at] = GONE;
    } else if (apart || result.length() == 1) {
      if (CharClasses.isWhiteSpace(only)) {
        page[at] = BLANK;
      } else if (!normalizer.stripAccents() || CombiningClass.of(only) == 0) {
        page[at] = apart || CharClasses.isPunctuation(only) ? ALONE : WORD;
      }
    }
  }

  /** A text on its way; one for each call. */
  private final class Walk {
    private final String text;
    private final TokenBuffer out;
    private char[] word = new char[64];
    private int[] origins = new int[64];
    private int[] ids = new int[64];
    private int[] ends = new int[64];
    private int length;
    private int words;

    Walk(String text, TokenBuffer out) {
      this.text = text;
      this.out = out;
    }

    void walk(int from, int to) {
      int run = from; // since the last white space
      int runTokens = out.size();
      int runWords = words;
      for (int i = from; i < to; i++) {
        char c = text.charAt(i);
        byte[] page = page(c);
        switch (page[c & 255]) {
          case WORD -> append(mapped[c >> 8][c & 255], i);
          case BLANK -> {
            flush();
            run = i + 1;
            runTokens = out.size();
            runWords = words;
          }
          case ALONE -> {
            flush();
            append(mapped[c >> 8][c & 255], i);
            flush();
          }
          case GONE -> {}
          default -> {
            out.truncate(runTokens);
            words = runWords;
            length = 0;
            int end = i;
            while (end < to && page(text.charAt(end))[text.charAt(end) & 255] != BLANK) {
              end++;
            }
            theLongWay(run, end);
            i = end - 1;
          }
        }
      }
      flush();
    }

    private void append(char c, int origin) {
      if (length == word.length) {
        word = Arrays.copyOf(word, 2 * length);
        origins = Arrays.copyOf(origins, 2 * length);
        ids = new int[2 * length];
        ends = new int[2 * length];
      }
      word[length] = c;
      origins[length++] = origin;
    }

    private void flush() {
      if (length == 0) {
        return;
      }
      out.word(words++);
      int pieces = model.pieces(word, 0, length, ids, ends);
      if (pieces < 0) {
        out.add(model.unknown(), origins[0], origins[length - 1] + 1);
      }
      int start = 0;
      for (int i = 0; i < pieces; i++) {
        int end = ends[i];
        out.add(ids[i], origins[start], origins[end - 1] + 1);
        start = end;
      }
      length = 0;
    }

    private void theLongWay(int from, int to) {
      NormalizedString part = NormalizedString.of(text, from, to);
      normalizer.normalize(part);
      for (Split split : PreTokenizers.BERT.split(List.of(new Split(part)))) {
        out.word(words++);
        model.tokenize(split.text(), out);
      }
    }
  }

  /** Adds the tokens of a text; added tokens are found first. */
  void encode(String text, AddedTokens added, TokenBuffer out) {
    Walk walk = new Walk(text, out);
    int from = 0;
    for (int at = added.next(text, 0); at >= 0; at = added.next(text, from)) {
      walk.walk(from, at);
      AddedToken token = added.at(text, at);
      out.word(walk.words++);
      out.add(token.id(), at, at + token.content().length());
      from = at + token.content().length();
    }
    walk.walk(from, text.length());
  }
}
