package gradus.text.tokenizer;

import java.util.Arrays;

/**
 * Of all ways to cut a word into tokens the likeliest, found by Viterbi's algorithm.
 *
 * <p>Hugging Face: {@code Unigram}. Source: Kudo, "Subword Regularization", 2018.
 */
final class Unigram implements TokenModel {

  private static final double UNKNOWN_PENALTY = 10;

  private final ModelVocabulary vocabulary;
  private final double[] scores;
  private final int unknown;
  private final double unknownScore;
  private final Trie trie;
  private final int[] byteTokens; // empty where bytes are no way out

  /**
   * A model.
   *
   * @param vocabulary the tokens
   * @param scores the logarithm of each token's probability
   * @param unknown the number of the token for unknown characters
   * @param byteFallback whether unknown characters become tokens such as {@code <0xE6>}
   */
  Unigram(ModelVocabulary vocabulary, double[] scores, int unknown, boolean byteFallback) {
    this.vocabulary = vocabulary;
    this.scores = scores;
    this.unknown = unknown;
    this.unknownScore = Arrays.stream(scores).min().orElseThrow() - UNKNOWN_PENALTY;
    this.trie = new Trie(vocabulary.ids());
    this.byteTokens = byteFallback ? Utf8.byteTokens(vocabulary) : new int[0];
  }

  @Override
  public ModelVocabulary vocabulary() {
    return vocabulary;
  }

  @Override
  public void tokenize(NormalizedString word, TokenBuffer out) {
    int length = word.length();
    int[] cameFrom = new int[length + 1];
    int[] ids = new int[length + 1];
    bestPath(word, cameFrom, ids);
    int[] cuts = new int[length + 1];
    int count = 0;
    for (int end = length; end > 0; ) {
      int start = cameFrom[end];
      while (ids[end] == unknown && start > 0 && ids[start] == unknown) {
        start = cameFrom[start]; // unknown characters in a row are one
      }
      cuts[count++] = end;
      end = start;
    }
    int start = 0;
    while (count > 0) {
      int end = cuts[--count];
      add(word, start, end, ids[end], out);
      start = end;
    }
  }

  private void bestPath(NormalizedString word, int[] cameFrom, int[] ids) {
    int length = word.length();
    double[] best = new double[length + 1];
    Arrays.fill(cameFrom, -1);
    for (int start = 0; start < length; ) {
      int next = start + Character.charCount(word.codePointAt(start));
      boolean single = false;
      int node = Trie.ROOT;
      for (int end = start; end < length; ) {
        node = trie.step(node, word.charAt(end++));
        if (node < 0) {
          break;
        }
        int id = trie.value(node);
        if (id >= 0) {
          double score = best[start] + scores[id];
          if (cameFrom[end] < 0 || score > best[end]) {
            best[end] = score;
            cameFrom[end] = start;
            ids[end] = id;
          }
          single |= end == next;
        }
      }
      double score = best[start] + unknownScore;
      if (!single && (cameFrom[next] < 0 || score > best[next])) {
        best[next] = score;
        cameFrom[next] = start;
        ids[next] = unknown;
      }
      start = next;
    }
  }

  private void add(NormalizedString word, int start, int end, int id, TokenBuffer out) {
    int from = word.start(start, end);
    int to = word.end(start, end);
    if (id != unknown) {
      out.add(id, from, to);
      return;
    }
    String surface = word.substring(start, end);
    int known = vocabulary.id(surface);
    if (known >= 0) {
      out.add(known, from, to);
      return;
    }
    int[] bytes = byteTokens.length == 0 ? byteTokens : Utf8.fallback(surface, byteTokens);
    for (int token : bytes) {
      out.add(token, from, to);
    }
    if (bytes.length == 0) {
      out.add(unknown, from, to, surface);
    }
  }
}
