package gradus.text.tokenizer;

import gradus.tensor.io.Quoted;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads Hugging Face's {@code tokenizer.json}. */
final class TokenizerJson {

  private TokenizerJson() {}

  static Tokenizer read(Path file, byte[] bytes) {
    Json root = Json.parse(file, bytes);
    if (!root.isMap() || !root.get("model").isMap()) {
      throw root.wrong("there is no object \"model\" in it. Is it a tokenizer.json?");
    }
    TokenModel model = ModelReader.read(root.get("model"));
    Tokens tokens = new Tokens(model.vocabulary(), added(root, model.vocabulary()));
    TextNormalizer normalizer =
        root.optional("normalizer").map(NormalizerReader::read).orElse(null);
    Pipeline pipeline =
        Pipeline.of(
            tokens,
            normalizer,
            root.optional("pre_tokenizer").map(PreTokenizerReader::read).orElse(null),
            model,
            root.optional("post_processor")
                .map(json -> PostProcessorReader.read(json, tokens))
                .orElse(PostProcessor.NONE),
            root.optional("decoder").map(DecoderReader::read).orElse(null));
    tryOut(root, pipeline);
    return new Tokenizer(
        pipeline,
        root.optional("truncation").map(json -> truncation(json, pipeline)),
        root.optional("padding").map(TokenizerJson::padding),
        TokenizerSource.of(bytes, true));
  }

  /** A token that the model has keeps the model's number, whatever the list says. */
  private static List<AddedToken> added(Json root, ModelVocabulary model) {
    List<AddedToken> added = new ArrayList<>();
    Set<Integer> ids = new HashSet<>();
    for (Json json : root.optional("added_tokens").map(Json::list).orElse(List.of())) {
      String content = json.get("content").string();
      int listed = json.get("id").count(Integer.MAX_VALUE - 1);
      int id = model.id(content) >= 0 ? model.id(content) : listed;
      if (content.isEmpty() || !ids.add(id)) {
        continue; // twice the same: the first one counts
      }
      if (model.id(content) < 0 && model.token(id) != null) {
        throw json.wrong(
            "token \"%s\" has the number %d of the model's \"%s\". Each needs its own."
                .formatted(Quoted.of(content), id, Quoted.of(model.token(id))));
      }
      if (!ModelReader.plausible(id, model.size())) {
        throw json.wrong(
            "token \"%s\" has the number %d, far above those of the model's %d tokens."
                .formatted(Quoted.of(content), id, model.size()));
      }
      boolean special = json.bool("special", false);
      added.add(
          new AddedToken(
              id,
              content,
              json.bool("single_word", false),
              json.bool("lstrip", false),
              json.bool("rstrip", false),
              json.bool("normalized", !special),
              special));
    }
    return added;
  }

  /** That a text gets through: a pattern or normalizer may be such that none does. */
  private static void tryOut(Json root, Pipeline pipeline) {
    try {
      pipeline.encode(("a".repeat(60) + " b-1.\n").repeat(20), 0, Integer.MAX_VALUE);
    } catch (IllegalArgumentException e) {
      throw root.wrong("no text gets through it: " + e.getMessage());
    }
  }

  private static Truncation truncation(Json json, Pipeline pipeline) {
    Truncation truncation = readTruncation(json);
    int room = truncation.maxLength() - pipeline.postProcessor().addedTokens(false);
    if (room < 0 || room > 0 && truncation.stride() >= room) {
      throw json.wrong(
          "max_length %d with the special tokens leaves %d tokens of a text, of which the next part is to repeat %d. That does not fit."
              .formatted(truncation.maxLength(), room, truncation.stride()));
    }
    return truncation;
  }

  private static Truncation readTruncation(Json json) {
    return new Truncation(
        json.get("max_length").count(Integer.MAX_VALUE),
        switch (json.string("strategy", "LongestFirst")) {
          case "LongestFirst" -> Truncation.Strategy.LONGEST_FIRST;
          case "OnlyFirst" -> Truncation.Strategy.ONLY_FIRST;
          case "OnlySecond" -> Truncation.Strategy.ONLY_SECOND;
          default -> throw json.get("strategy").wrong("no strategy of truncation.");
        },
        json.optional("stride").map(stride -> stride.count(Integer.MAX_VALUE)).orElse(0),
        direction(json));
  }

  private static Padding padding(Json json) {
    Json strategy = json.get("strategy");
    int length = 0;
    if (strategy.isMap()) {
      length = strategy.get("Fixed").count(Padding.LONGEST);
    } else if (!strategy.string().equals("BatchLongest")) {
      throw strategy.wrong("no strategy of padding. Known are BatchLongest and Fixed.");
    }
    return new Padding(
        length,
        json.optional("pad_to_multiple_of").map(n -> n.count(Padding.LONGEST)).orElse(0),
        json.optional("pad_id").map(id -> id.count(Integer.MAX_VALUE)).orElse(0),
        json.optional("pad_type_id").map(id -> id.count(Integer.MAX_VALUE)).orElse(0),
        json.string("pad_token", "[PAD]"),
        direction(json));
  }

  private static Direction direction(Json json) {
    return switch (json.string("direction", "Right")) {
      case "Left" -> Direction.LEFT;
      case "Right" -> Direction.RIGHT;
      default -> throw json.get("direction").wrong("neither Left nor Right.");
    };
  }

  /** What is to be said of a component that is not known. */
  static RuntimeException unknown(Json json, String kind, String known) {
    return json.wrong(
        "the %s \"%s\" is not supported. Known are: %s."
            .formatted(kind, Quoted.of(json.get("type").string()), known));
  }
}
