package gradus.text.tokenizer;

/** Reads the part {@code decoder} of a tokenizer.json. */
final class DecoderReader {

  private DecoderReader() {}

  static Decoder read(Json json) {
    return switch (json.get("type").string()) {
      case "WordPiece" ->
          Decoders.wordPiece(json.string("prefix", "##"), json.bool("cleanup", true));
      default -> throw TokenizerJson.unknown(json, "decoder", "WordPiece");
    };
  }
}
