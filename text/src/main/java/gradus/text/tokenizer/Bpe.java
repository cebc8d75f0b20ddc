package gradus.text.tokenizer;

import java.util.Arrays;

/**
 * A word's characters, merged two by two in the order in which training found the pairs.
 *
 * <p>Hugging Face: {@code BPE}. Source: Sennrich et al., "Neural Machine Translation of Rare Words
 * with Subword Units", 2016. Byte-level BPE is this model after the pre-tokenizer {@code
 * ByteLevel}.
 */
final class Bpe implements TokenModel {

  /**
   * What a file says of the model besides its tokens and merges.
   *
   * @param unknown the number of the token for unknown characters, or -1: they vanish
   * @param prefix stands before each character but the first of a word
   * @param suffix stands after the last character of a word
   * @param fuseUnknown whether unknown characters in a row are one token
   * @param byteFallback whether unknown characters become tokens such as {@code <0xE6>}
   * @param ignoreMerges whether a word that is a token is taken as it is
   */
  record Options(
      int unknown,
      String prefix,
      String suffix,
      boolean fuseUnknown,
      boolean byteFallback,
      boolean ignoreMerges) {}

  private static final int NEAR = 0x250; // the characters that stand for bytes, and all Latin ones

  private final ModelVocabulary vocabulary;
  private final Merges merges;
  private final Options options;
  private final int[] byteTokens;
  private final int[] near = new int[NEAR];

  Bpe(ModelVocabulary vocabulary, Merges merges, Options options) {
    this.vocabulary = vocabulary;
    this.merges = merges;
    this.options = options;
    this.byteTokens = Utf8.byteTokens(vocabulary);
    Arrays.setAll(near, c -> vocabulary.id(Character.toString(c)));
  }

  @Override
  public ModelVocabulary vocabulary() {
    return vocabulary;
  }

  @Override
  public void tokenize(NormalizedString word, TokenBuffer out) {
    if (options.ignoreMerges) {
      int whole = vocabulary.id(word.toString());
      if (whole >= 0) {
        out.add(whole, word.start(0, word.length()), word.end(0, word.length()));
        return;
      }
    }
    BpeWord symbols = symbols(word);
    symbols.mergeAll(merges);
    symbols.emit(word, out);
  }

  private BpeWord symbols(NormalizedString word) {
    BpeWord symbols = new BpeWord(word.length());
    int unknownBytes = 0; // of unknown characters that are not added yet
    for (int i = 0; i < word.length(); ) {
      int c = word.codePointAt(i);
      int end = i + Character.charCount(c);
      int id = id(c, i == 0, end == word.length());
      if (id >= 0) {
        if (unknownBytes > 0) {
          symbols.add(options.unknown, unknownBytes);
          unknownBytes = 0;
        }
        symbols.add(id, Utf8.length(c));
      } else if (!addBytes(c, i == 0, end == word.length(), symbols) && options.unknown >= 0) {
        if (unknownBytes > 0 && !options.fuseUnknown) {
          symbols.add(options.unknown, unknownBytes);
          unknownBytes = 0;
        }
        unknownBytes += Utf8.length(c);
      }
      i = end;
    }
    if (unknownBytes > 0) {
      symbols.add(options.unknown, unknownBytes);
    }
    return symbols;
  }

  private int id(int c, boolean first, boolean last) {
    boolean plain = (first || options.prefix.isEmpty()) && (!last || options.suffix.isEmpty());
    return plain && c < NEAR ? near[c] : vocabulary.id(symbol(c, first, last));
  }

  private String symbol(int c, boolean first, boolean last) {
    String symbol = Character.toString(c);
    symbol = first ? symbol : options.prefix + symbol;
    return last ? symbol + options.suffix : symbol;
  }

  private boolean addBytes(int c, boolean first, boolean last, BpeWord symbols) {
    if (!options.byteFallback) {
      return false;
    }
    int[] ids = Utf8.fallback(symbol(c, first, last), byteTokens);
    for (int id : ids) {
      symbols.add(id, 1);
    }
    return ids.length > 0;
  }
}
