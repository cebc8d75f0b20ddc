package gradus.text.tokenizer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Tokenizers of a few tokens, for tests. */
final class SmallTokenizers {

  /** A WordPiece vocabulary, numbered from 0 on. */
  static final String VOCAB =
      """
      [PAD]
      [UNK]
      [CLS]
      [SEP]
      [MASK]
      em
      ##bed
      ##ding
      ##s
      in
      detail
      a
      b
      c
      ,
      東
      """;

  static final String WORD_PIECE =
      """
      {"added_tokens": [
        {"id": 0, "content": "[PAD]", "special": true},
        {"id": 4, "content": "[MASK]", "special": true, "lstrip": true},
        {"id": 9, "content": "<w>", "special": false, "single_word": true, "normalized": false}],
       "normalizer": {"type": "Sequence", "normalizers": [
         {"type": "Strip"}, {"type": "NFKC"},
         {"type": "Replace", "pattern": {"Regex": "\\\\s+"}, "content": " "},
         {"type": "BertNormalizer", "lowercase": true}]},
       "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
         {"type": "BertPreTokenizer"}, {"type": "Digits", "individual_digits": true},
         {"type": "Split", "pattern": {"String": "-"}, "behavior": "MergedWithNext"}]},
       "post_processor": {"type": "TemplateProcessing",
         "single": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}],
         "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
         "special_tokens": {"[CLS]": {"id": "[CLS]", "ids": [2], "tokens": ["[CLS]"]}}},
       "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": true},
       "truncation": {"max_length": 16, "strategy": "LongestFirst", "stride": 1, "direction": "Left"},
       "padding": {"strategy": {"Fixed": 8}, "pad_to_multiple_of": 4, "pad_id": 0, "direction": "Left"},
       "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
         "max_input_chars_per_word": 20,
         "vocab": {"[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3, "[MASK]": 4, "a": 5, "##b": 6, "ab": 7, "1": 8}}}
      """;

  static final String BPE =
      """
      {"normalizer": {"type": "Prepend", "prepend": "_"},
       "pre_tokenizer": {"type": "Metaspace", "replacement": "_", "prepend_scheme": "first", "split": true},
       "post_processor": {"type": "RobertaProcessing", "sep": ["</s>", 1], "cls": ["<s>", 0],
         "trim_offsets": true, "add_prefix_space": true},
       "decoder": {"type": "Sequence", "decoders": [
         {"type": "ByteFallback"}, {"type": "Fuse"}, {"type": "Strip", "content": " ", "start": 1, "stop": 0}]},
       "model": {"type": "BPE", "dropout": null, "unk_token": "<unk>", "fuse_unk": true, "byte_fallback": true,
         "vocab": {"<s>": 0, "</s>": 1, "<unk>": 2, "a": 3, "b": 4, "_": 5, "ab": 6, "_ab": 7, "<0x63>": 8},
         "merges": ["a b", ["_", "ab"]]}}
      """;

  static final String UNIGRAM =
      """
      {"normalizer": {"type": "Precompiled", "precompiled_charsmap": "CAAAAAAEAAAAAAAAAAA="},
       "pre_tokenizer": {"type": "WhitespaceSplit"},
       "decoder": {"type": "Metaspace"},
       "model": {"type": "Unigram", "unk_id": 0, "byte_fallback": false,
         "vocab": [["<unk>", 0.0], ["a", -1.5], ["b", -2], ["ab", -2.25], ["ba", -4]]}}
      """;

  private SmallTokenizers() {}

  static Tokenizer vocab() {
    return read(VOCAB.getBytes(StandardCharsets.UTF_8), "vocab.txt");
  }

  static Tokenizer read(String json) {
    return read(json.getBytes(StandardCharsets.UTF_8), "tokenizer.json");
  }

  static Tokenizer read(byte[] bytes, String name) {
    try {
      return Tokenizer.read(new ByteArrayInputStream(bytes), name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
