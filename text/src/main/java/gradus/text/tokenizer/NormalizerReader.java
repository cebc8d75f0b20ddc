package gradus.text.tokenizer;

/** Reads the part {@code normalizer} of a tokenizer.json. */
final class NormalizerReader {

  private NormalizerReader() {}

  static TextNormalizer read(Json json) {
    return switch (json.get("type").string()) {
      case "BertNormalizer" -> bert(json);
      default -> throw TokenizerJson.unknown(json, "normalizer", "BertNormalizer");
    };
  }

  private static TextNormalizer bert(Json json) {
    boolean lowercase = json.bool("lowercase", true);
    return new BertNormalizer(
        json.bool("clean_text", true),
        json.bool("handle_chinese_chars", true),
        json.bool("strip_accents", lowercase),
        lowercase);
  }
}
