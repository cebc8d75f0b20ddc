package gradus.text.tokenizer;

import java.text.Normalizer.Form;

/** Reads the part {@code normalizer} of a tokenizer.json. */
final class NormalizerReader {

  private static final String KNOWN =
      "BertNormalizer, ByteLevel, Lowercase, NFC, NFD, NFKC, NFKD, Nmt, Precompiled, Prepend, Replace,"
          + " Sequence, Strip, StripAccents";

  private NormalizerReader() {}

  static TextNormalizer read(Json json) {
    return switch (json.get("type").string()) {
      case "Sequence" ->
          Normalizers.sequence(
              json.get("normalizers").list().stream().map(NormalizerReader::read).toList());
      case "BertNormalizer" -> bert(json);
      case "NFC" -> text -> UnicodeForms.normalize(text, Form.NFC);
      case "NFD" -> text -> UnicodeForms.normalize(text, Form.NFD);
      case "NFKC" -> text -> UnicodeForms.normalize(text, Form.NFKC);
      case "NFKD" -> text -> UnicodeForms.normalize(text, Form.NFKD);
      case "Lowercase" -> NormalizedString::lowercase;
      case "StripAccents" -> Normalizers::stripAccents;
      case "Strip" ->
          Normalizers.strip(json.bool("strip_left", true), json.bool("strip_right", true));
      case "Replace" -> replace(json);
      case "Prepend" -> prepend(json);
      case "Nmt" -> Normalizers::nmt;
      case "Precompiled" -> PrecompiledCharsmap.read(json.get("precompiled_charsmap"));
      case "ByteLevel" -> ByteLevel::normalize;
      default -> throw TokenizerJson.unknown(json, "normalizer", KNOWN);
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

  private static TextNormalizer replace(Json json) {
    TextPattern pattern = PatternReader.read(json.get("pattern"));
    String content = json.get("content").string();
    return text -> text.replace(pattern, content);
  }

  private static TextNormalizer prepend(Json json) {
    String front = json.get("prepend").string();
    return text -> text.prepend(front);
  }
}
