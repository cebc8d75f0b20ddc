package gradus.text.tokenizer;

import java.util.Map;

/** The tokens of a model, by name and by number. */
final class ModelVocabulary {

  private final Map<String, Integer> ids;
  private final String[] tokens;

  /**
   * A vocabulary.
   *
   * @param ids the number of each token
   * @param tokens the token of each number; null where a number has none
   */
  ModelVocabulary(Map<String, Integer> ids, String[] tokens) {
    this.ids = ids;
    this.tokens = tokens;
  }

  /** The number of a token, or -1. */
  int id(String token) {
    return ids.getOrDefault(token, -1);
  }

  /** The token of a number, or null. */
  String token(int id) {
    return id >= 0 && id < tokens.length ? tokens[id] : null;
  }

  int size() {
    return ids.size();
  }

  Map<String, Integer> ids() {
    return ids;
  }
}
