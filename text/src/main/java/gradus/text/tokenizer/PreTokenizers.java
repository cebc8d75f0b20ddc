package gradus.text.tokenizer;

import java.util.List;

/** The pre-tokenizers of Hugging Face's tokenizers. */
final class PreTokenizers {

  /** At white space, which goes, and at signs, each a word of its own: BertPreTokenizer. */
  static final PreTokenizer BERT =
      PreTokenizer.sequence(
          List.of(
              PreTokenizer.at(TextPattern.each(CharClasses::isWhiteSpace), SplitBehavior.REMOVED),
              PreTokenizer.at(
                  TextPattern.each(CharClasses::isPunctuation), SplitBehavior.ISOLATED)));

  private PreTokenizers() {}
}
