package gradus.text.tokenizer;

import java.util.List;

/** Reads the part {@code decoder} of a tokenizer.json. */
final class DecoderReader {

  private static final String KNOWN =
      "BPEDecoder, ByteFallback, ByteLevel, Fuse, Metaspace, Replace, Sequence, Strip, WordPiece";

  private DecoderReader() {}

  static Decoder read(Json json) {
    return switch (json.get("type").string()) {
      case "Sequence" ->
          Decoder.sequence(json.get("decoders").list().stream().map(DecoderReader::read).toList());
      case "WordPiece" ->
          Decoders.wordPiece(json.string("prefix", "##"), json.bool("cleanup", true));
      case "ByteLevel" -> ByteLevel::decode;
      case "Metaspace" -> PreTokenizerReader.metaspace(json).decoder();
      case "BPEDecoder" -> Decoders.bpe(json.string("suffix", "</w>"));
      case "ByteFallback" -> Decoders::byteFallback;
      case "Fuse" -> tokens -> List.of(String.join("", tokens));
      case "Replace" ->
          Decoders.replace(PatternReader.read(json.get("pattern")), json.get("content").string());
      case "Strip" ->
          Decoders.strip(
              json.get("content").character(),
              json.get("start").count(Integer.MAX_VALUE),
              json.get("stop").count(Integer.MAX_VALUE));
      default -> throw TokenizerJson.unknown(json, "decoder", KNOWN);
    };
  }
}
