package gradus.text.tokenizer;

/**
 * Each word as the longest token it begins with, then the longest that the rest begins with, and so
 * on; a word that does not come out even is the unknown token as a whole.
 *
 * <p>A tree of the vocabulary finds the longest token in one walk. Hugging Face: {@code WordPiece};
 * Source: Wu et al., "Google's Neural Machine Translation System", 2016.
 */
final class WordPiece implements TokenModel {

  private final ModelVocabulary vocabulary;
  private final Trie trie;
  private final int unknown;
  private final int maxInputCharsPerWord;
  private final int continuing;

  WordPiece(ModelVocabulary vocabulary, String unknown, String prefix, int maxInputCharsPerWord) {
    this.vocabulary = vocabulary;
    this.trie = new Trie(vocabulary.ids());
    this.unknown = vocabulary.id(unknown);
    this.maxInputCharsPerWord = maxInputCharsPerWord;
    this.continuing = trie.walk(prefix);
  }

  @Override
  public ModelVocabulary vocabulary() {
    return vocabulary;
  }

  @Override
  public void tokenize(NormalizedString word, TokenBuffer out) {
    int length = word.length();
    int[] ids = new int[length];
    int[] ends = new int[length];
    int pieces = pieces(word.array(), word.from(), word.to(), ids, ends);
    if (pieces < 0) {
      out.add(unknown, word.start(0, length), word.end(0, length));
      return;
    }
    int start = 0;
    for (int i = 0; i < pieces; i++) {
      int end = ends[i] - word.from();
      out.add(ids[i], word.start(start, end), word.end(start, end));
      start = end;
    }
  }

  /**
   * Cuts a word into pieces.
   *
   * @param ids takes the pieces' numbers
   * @param ends takes where each piece ends
   * @return how many there are; -1 if the word is unknown
   */
  int pieces(char[] chars, int from, int to, int[] ids, int[] ends) {
    if (to - from > maxInputCharsPerWord
        && Character.codePointCount(chars, from, to - from) > maxInputCharsPerWord) {
      return -1;
    }
    int pieces = 0;
    for (int start = from; start < to; pieces++) {
      int node = start == from ? Trie.ROOT : continuing;
      int id = -1;
      int end = start;
      for (int i = start; i < to && node >= 0; i++) {
        node = trie.step(node, chars[i]);
        if (node >= 0 && trie.value(node) >= 0) {
          id = trie.value(node);
          end = i + 1;
        }
      }
      if (id < 0) {
        return -1;
      }
      ids[pieces] = id;
      ends[pieces] = end;
      start = end;
    }
    return pieces;
  }

  int unknown() {
    return unknown;
  }
}
