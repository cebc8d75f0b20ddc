package gradus.text.tokenizer;

import java.util.HashMap;
import java.util.Map;

/** Reads the part {@code model} of a tokenizer.json. */
final class ModelReader {

  private ModelReader() {}

  static TokenModel read(Json json) {
    return switch (json.optional("type").map(Json::string).orElse(guess(json))) {
      case "WordPiece" -> wordPiece(json);
      default -> throw TokenizerJson.unknown(json, "model", "WordPiece, BPE, Unigram");
    };
  }

  /** Files of old versions do not say what they are. */
  private static String guess(Json json) {
    if (json.get("vocab").isList()) {
      return "Unigram";
    }
    return json.get("merges").isNull() ? "WordPiece" : "BPE";
  }

  private static TokenModel wordPiece(Json json) {
    ModelVocabulary vocabulary = vocabulary(json.get("vocab"));
    String unknown = json.string("unk_token", "[UNK]");
    if (vocabulary.id(unknown) < 0) {
      throw json.get("unk_token")
          .wrong("the vocabulary has no token \"%s\". It must have.".formatted(unknown));
    }
    return new WordPiece(
        vocabulary,
        unknown,
        json.string("continuing_subword_prefix", "##"),
        json.optional("max_input_chars_per_word").map(n -> n.count(Integer.MAX_VALUE)).orElse(100));
  }

  /** A map of tokens to numbers, each its own. */
  static ModelVocabulary vocabulary(Json json) {
    Map<String, Integer> ids = new HashMap<>();
    int[] last = {-1};
    json.each(
        (token, id) -> {
          int number = id.count(Integer.MAX_VALUE - 1);
          ids.put(token, number);
          last[0] = Math.max(last[0], number);
        });
    if (ids.isEmpty() || last[0] >= 16L * ids.size() + 65536) {
      throw json.wrong(
          "%d tokens, and the greatest number is %d. They must be numbered from 0 on, nearly without gaps."
              .formatted(ids.size(), last[0]));
    }
    String[] tokens = new String[last[0] + 1];
    ids.forEach(
        (token, id) -> {
          if (tokens[id] != null) {
            throw json.wrong(
                "token \"%s\" has the number %d, and so has \"%s\". Each needs its own."
                    .formatted(token, id, tokens[id]));
          }
          tokens[id] = token;
        });
    return new ModelVocabulary(ids, tokens);
  }
}
