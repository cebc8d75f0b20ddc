package gradus.text.tokenizer;

import static gradus.text.io.JsonText.object;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says in the words of a {@code tokenizer.json} what a {@code vocab.txt} means. */
final class VocabTxtJson {
  private VocabTxtJson() {}

  static Map<String, Object> of(byte[] vocabTxt) {
    String[] tokens = VocabTxt.tokens(new String(vocabTxt, StandardCharsets.UTF_8));
    boolean lowercase = VocabTxt.isLowercase(tokens);
    var vocab = new LinkedHashMap<String, Object>();
    for (int i = 0; i < tokens.length; i++) {
      vocab.put(tokens[i], i);
    }
    return object(
        "added_tokens", added(vocab),
        "normalizer",
            object(
                "type",
                "BertNormalizer",
                "clean_text",
                true,
                "handle_chinese_chars",
                true,
                "strip_accents",
                lowercase,
                "lowercase",
                lowercase),
        "pre_tokenizer", object("type", "BertPreTokenizer"),
        "post_processor", template(vocab),
        "decoder", object("type", "WordPiece", "prefix", "##", "cleanup", true),
        "model",
            object(
                "type", "WordPiece",
                "unk_token", "[UNK]",
                "continuing_subword_prefix", "##",
                "max_input_chars_per_word", 100,
                "vocab", vocab));
  }

  private static List<Object> added(Map<String, Object> vocab) {
    var added = new ArrayList<Object>();
    for (String token : VocabTxt.SPECIAL) {
      if (vocab.containsKey(token)) {
        added.add(
            object(
                "id", vocab.get(token),
                "content", token,
                "single_word", false,
                "lstrip", false,
                "rstrip", false,
                "normalized", false,
                "special", true));
      }
    }
    return added;
  }

  /** {@code [CLS] A [SEP]} and {@code [CLS] A [SEP] B [SEP]}. */
  private static Map<String, Object> template(Map<String, Object> vocab) {
    var single = List.of(piece("SpecialToken", "[CLS]", 0), piece("Sequence", "A", 0), sep(0));
    var pair = new ArrayList<Object>(single);
    pair.add(piece("Sequence", "B", 1));
    pair.add(sep(1));
    return object(
        "type",
        "TemplateProcessing",
        "single",
        single,
        "pair",
        pair,
        "special_tokens",
        object("[CLS]", special("[CLS]", vocab), "[SEP]", special("[SEP]", vocab)));
  }

  private static Map<String, Object> sep(int typeId) {
    return piece("SpecialToken", "[SEP]", typeId);
  }

  private static Map<String, Object> piece(String kind, String id, int typeId) {
    return object(kind, object("id", id, "type_id", typeId));
  }

  private static Map<String, Object> special(String token, Map<String, Object> vocab) {
    return object("id", token, "ids", List.of(vocab.get(token)), "tokens", List.of(token));
  }
}
