package gradus.text.tokenizer;

import java.util.Optional;

/** Reads the part {@code pre_tokenizer} of a tokenizer.json. */
final class PreTokenizerReader {

  private static final String KNOWN =
      "BertPreTokenizer, ByteLevel, CharDelimiterSplit, Digits, Metaspace, Punctuation, Sequence, Split,"
          + " UnicodeScripts, Whitespace, WhitespaceSplit";

  private PreTokenizerReader() {}

  static PreTokenizer read(Json json) {
    return switch (json.get("type").string()) {
      case "Sequence" ->
          PreTokenizer.sequence(
              json.get("pretokenizers").list().stream().map(PreTokenizerReader::read).toList());
      case "BertPreTokenizer" -> PreTokenizers.BERT;
      case "ByteLevel" ->
          ByteLevel.preTokenizer(json.bool("add_prefix_space", true), json.bool("use_regex", true));
      case "Whitespace" -> PreTokenizers.whitespace();
      case "WhitespaceSplit" -> PreTokenizers.whitespaceSplit();
      case "Metaspace" -> metaspace(json).preTokenizer();
      case "Punctuation" ->
          PreTokenizers.punctuation(
              json.optional("behavior")
                  .map(PatternReader::behavior)
                  .orElse(SplitBehavior.ISOLATED));
      case "Digits" -> PreTokenizers.digits(json.bool("individual_digits", false));
      case "CharDelimiterSplit" -> delimiter(json.get("delimiter").character());
      case "Split" -> split(json);
      case "UnicodeScripts" -> UnicodeScripts.preTokenizer();
      default -> throw TokenizerJson.unknown(json, "pre-tokenizer", KNOWN);
    };
  }

  private static PreTokenizer delimiter(int delimiter) {
    return PreTokenizer.at(TextPattern.each(c -> c == delimiter), SplitBehavior.REMOVED);
  }

  private static PreTokenizer split(Json json) {
    TextPattern pattern = PatternReader.read(json.get("pattern"));
    return PreTokenizer.at(
        json.bool("invert", false) ? pattern.inverted() : pattern,
        PatternReader.behavior(json.get("behavior")));
  }

  /** Also the decoder of this name. Old files have {@code add_prefix_space} for the scheme. */
  static Metaspace metaspace(Json json) {
    int replacement = json.optional("replacement").map(Json::character).orElse(0x2581);
    boolean prefix = json.bool("add_prefix_space", true);
    Optional<Json> scheme = json.optional("prepend_scheme");
    Metaspace.Prepend prepend =
        switch (scheme.map(Json::string).orElse("always")) {
          case "always" -> Metaspace.Prepend.ALWAYS;
          case "first" -> Metaspace.Prepend.FIRST;
          case "never" -> Metaspace.Prepend.NEVER;
          default -> throw scheme.orElseThrow().wrong("known are always, first and never.");
        };
    if (!prefix && scheme.isPresent() && prepend != Metaspace.Prepend.NEVER) {
      throw json.wrong("add_prefix_space is false, but prepend_scheme is not never.");
    }
    return new Metaspace(
        replacement, prefix ? prepend : Metaspace.Prepend.NEVER, json.bool("split", true));
  }
}
