package gradus.text.tokenizer;

import java.util.Arrays;
import java.util.List;

/**
 * BERT's whole way from text to tokens in one pass: what {@link BertNormalizer}, {@link
 * PreTokenizers#BERT} and {@link WordPiece} do one after the other.
 *
 * <p>Most characters mean the same wherever they stand: they end a word, are one, belong to one, or
 * vanish: {@link BertTable} says which. Where a character is none of these (a Korean syllable
 * becomes several letters, marks change places), all up to the next white space goes the long way.
 */
final class BertWords {

  private final BertNormalizer normalizer;
  private final WordPiece model;
  private final BertTable table;

  BertWords(BertNormalizer normalizer, WordPiece model) {
    this.normalizer = normalizer;
    this.model = model;
    this.table = BertTable.of(normalizer);
  }

  /** A text on its way; one for each call. */
  private final class Walk {
    private final String text;
    private final TokenBuffer out;
    private final int enough;
    private char[] word = new char[64];
    private int[] origins = new int[64];
    private int[] ids = new int[64];
    private int[] ends = new int[64];
    private int length;
    private int words;

    Walk(String text, TokenBuffer out, int enough) {
      this.text = text;
      this.out = out;
      this.enough = enough;
    }

    /**
     * Walks on, until there are enough tokens: then what is left cannot change those any more, for
     * a blank or a word of its own stands between.
     */
    void walk(int from, int to) {
      int run = from; // since the last white space
      int runTokens = out.size();
      int runWords = words;
      for (int i = from; i < to; i++) {
        int entry = table.entry(text.charAt(i));
        switch (BertTable.kind(entry)) {
          case BertTable.WORD -> append((char) entry, i);
          case BertTable.BLANK -> {
            flush();
            if (hasEnough()) {
              return;
            }
            run = i + 1;
            runTokens = out.size();
            runWords = words;
          }
          case BertTable.ALONE -> {
            flush();
            if (hasEnough()) {
              return;
            }
            append((char) entry, i);
            flush();
          }
          case BertTable.GONE -> {}
          default -> {
            out.truncate(runTokens);
            words = runWords;
            length = 0;
            int end = i;
            while (end < to && BertTable.kind(table.entry(text.charAt(end))) != BertTable.BLANK) {
              end++;
            }
            theLongWay(run, end);
            i = end - 1;
          }
        }
      }
      flush();
    }

    boolean hasEnough() {
      return out.size() >= enough;
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
        if (hasEnough()) {
          return;
        }
        out.word(words++);
        model.tokenize(split.text(), out);
      }
    }
  }

  /** Adds the tokens of a text until they are enough; added tokens are found first. */
  void encode(String text, AddedTokens added, TokenBuffer out, int enough) {
    Walk walk = new Walk(text, out, enough);
    int from = 0;
    for (int at = added.next(text, 0); at >= 0 && !walk.hasEnough(); at = added.next(text, from)) {
      walk.walk(from, at);
      AddedToken token = added.at(text, at);
      out.word(walk.words++);
      out.add(token.id(), at, at + token.content().length());
      from = at + token.content().length();
    }
    if (!walk.hasEnough()) {
      walk.walk(from, text.length());
    }
  }
}
