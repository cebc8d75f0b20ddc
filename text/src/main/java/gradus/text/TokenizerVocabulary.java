package gradus.text;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.jr.ob.JSON;

/** The tokens of a {@code tokenizer.json}, in the order of their ids. */
final class TokenizerVocabulary {

  private TokenizerVocabulary() {}

  /**
   * Reads {@code model.vocab}, a map from token to id.
   *
   * @param in the file's bytes
   * @return the tokens; the i-th one has id i
   * @throws IllegalArgumentException if the file is no such JSON, or the ids are not 0..n-1
   */
  static List<String> read(InputStream in) throws IOException {
    Object root;
    try {
      root = JSON.std.anyFrom(in);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "tokenizer.json: not valid JSON: " + e.getOriginalMessage(), e);
    }
    if (root instanceof Map<?, ?> file
        && file.get("model") instanceof Map<?, ?> model
        && model.get("vocab") instanceof Map<?, ?> vocabulary) {
      return inOrder(vocabulary);
    }
    throw new IllegalArgumentException(
        "tokenizer.json: there is no map model.vocab of tokens to ids. Is it a tokenizer.json?");
  }

  private static List<String> inOrder(Map<?, ?> vocabulary) {
    String[] tokens = new String[vocabulary.size()];
    vocabulary.forEach(
        (token, id) -> {
          int at = id instanceof Integer number ? number : -1;
          if (at < 0 || at >= tokens.length || tokens[at] != null) {
            throw new IllegalArgumentException(
                "tokenizer.json: token \"%s\" has id %s. Each of the %d tokens needs its own id in 0..%d."
                    .formatted(token, id, tokens.length, tokens.length - 1));
          }
          tokens[at] = token.toString();
        });
    return List.copyOf(Arrays.asList(tokens));
  }
}
