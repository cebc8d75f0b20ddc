package gradus.text.tokenizer;

import gradus.tensor.io.Quoted;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the part {@code model} of a tokenizer.json. */
final class ModelReader {

  private ModelReader() {}

  static TokenModel read(Json json) {
    return switch (json.optional("type").map(Json::string).orElse(guess(json))) {
      case "WordPiece" -> wordPiece(json);
      case "BPE" -> bpe(json);
      case "Unigram" -> unigram(json);
      case "WordLevel" -> wordLevel(json);
      default -> throw TokenizerJson.unknown(json, "model", "WordPiece, BPE, Unigram, WordLevel");
    };
  }

  /** Files of old versions do not say what they are. */
  private static String guess(Json json) {
    if (json.get("vocab").isList()) {
      return "Unigram";
    }
    return json.get("merges").isNull() ? "WordPiece" : "BPE";
  }

  private static TokenModel wordLevel(Json json) {
    ModelVocabulary vocabulary = vocabulary(json.get("vocab"));
    String unknown = json.string("unk_token", "<unk>");
    return new WordLevel(vocabulary, known(json.get("unk_token"), vocabulary, unknown));
  }

  private static TokenModel wordPiece(Json json) {
    ModelVocabulary vocabulary = vocabulary(json.get("vocab"));
    String unknown = json.string("unk_token", "[UNK]");
    known(json.get("unk_token"), vocabulary, unknown);
    return new WordPiece(
        vocabulary,
        unknown,
        json.string("continuing_subword_prefix", "##"),
        json.optional("max_input_chars_per_word").map(n -> n.count(Integer.MAX_VALUE)).orElse(100));
  }

  private static TokenModel bpe(Json json) {
    if (json.optional("dropout").map(Json::number).orElse(0.0) > 0) {
      throw json.get("dropout")
          .wrong("merges are left out by chance: that is for training only. Set it to null.");
    }
    ModelVocabulary vocabulary = vocabulary(json.get("vocab"));
    String prefix = json.string("continuing_subword_prefix", "");
    Merges merges = new Merges();
    for (Json merge : json.get("merges").list()) {
      String[] pair = pair(merge);
      boolean prefixed = pair[1].startsWith(prefix);
      String result = pair[0] + (prefixed ? pair[1].substring(prefix.length()) : pair[1]);
      merges.add(
          known(merge, vocabulary, pair[0]),
          known(merge, vocabulary, pair[1]),
          known(merge, vocabulary, result));
    }
    Json unknown = json.get("unk_token");
    return new Bpe(
        vocabulary,
        merges,
        new Bpe.Options(
            unknown.isNull() ? -1 : known(unknown, vocabulary, unknown.string()),
            prefix,
            json.string("end_of_word_suffix", ""),
            json.bool("fuse_unk", false),
            json.bool("byte_fallback", false),
            json.bool("ignore_merges", false)));
  }

  /** {@code "a b"} in old files, {@code ["a", "b"]} in new ones. */
  private static String[] pair(Json merge) {
    String[] pair =
        merge.isList()
            ? merge.list().stream().map(Json::string).toArray(String[]::new)
            : merge.string().split(" ", -1);
    if (pair.length != 2) {
      throw merge.wrong("a merge is of two tokens, not of %d.".formatted(pair.length));
    }
    return pair;
  }

  private static int known(Json json, ModelVocabulary vocabulary, String token) {
    int id = vocabulary.id(token);
    if (id < 0) {
      throw json.wrong(
          "the vocabulary has no token \"%s\". It must have.".formatted(Quoted.of(token)));
    }
    return id;
  }

  private static TokenModel unigram(Json json) {
    List<Json> list = json.get("vocab").list();
    if (list.isEmpty()) {
      throw json.get("vocab").wrong("a Unigram model needs tokens.");
    }
    Map<String, Integer> ids = new HashMap<>();
    String[] tokens = new String[list.size()];
    double[] scores = new double[list.size()];
    for (int i = 0; i < tokens.length; i++) {
      List<Json> pair = list.get(i).list();
      if (pair.size() != 2) {
        throw list.get(i).wrong("a token and its score must stand here.");
      }
      tokens[i] = pair.get(0).string();
      scores[i] = pair.get(1).number();
      ids.put(tokens[i], i);
    }
    Json unknown = json.get("unk_id");
    if (unknown.isNull()) {
      throw json.wrong(
          "there is no unk_id. A Unigram model needs a token for what it does not know.");
    }
    return new Unigram(
        new ModelVocabulary(ids, tokens),
        scores,
        unknown.count(tokens.length - 1),
        json.bool("byte_fallback", false));
  }

  /** Whether so many tokens may have a number as great as this: all of them become a list. */
  static boolean plausible(int number, int tokens) {
    return number < 16L * tokens + 65536;
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
    if (ids.isEmpty() || !plausible(last[0], ids.size())) {
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
                    .formatted(Quoted.of(token), id, Quoted.of(tokens[id])));
          }
          tokens[id] = token;
        });
    return new ModelVocabulary(ids, tokens);
  }
}
