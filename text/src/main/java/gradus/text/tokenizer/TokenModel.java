package gradus.text.tokenizer;

/** Turns a word into tokens of its vocabulary. Hugging Face: {@code Model}. */
interface TokenModel {

  /** Adds the tokens of a word. */
  void tokenize(NormalizedString word, TokenBuffer out);

  /** The tokens it knows. */
  ModelVocabulary vocabulary();
}
