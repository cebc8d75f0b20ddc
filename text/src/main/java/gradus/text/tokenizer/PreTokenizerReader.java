package gradus.text.tokenizer;

/** Reads the part {@code pre_tokenizer} of a tokenizer.json. */
final class PreTokenizerReader {

  private PreTokenizerReader() {}

  static PreTokenizer read(Json json) {
    return switch (json.get("type").string()) {
      case "BertPreTokenizer" -> PreTokenizers.BERT;
      default -> throw TokenizerJson.unknown(json, "pre-tokenizer", "BertPreTokenizer");
    };
  }
}
