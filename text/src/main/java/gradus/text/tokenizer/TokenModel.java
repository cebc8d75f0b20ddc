package gradus.text.tokenizer;

/** Turns a word into tokens of its vocabulary. Hugging Face: {@code Model}. */
interface TokenModel {

  void tokenize(NormalizedString word, TokenBuffer out);

  ModelVocabulary vocabulary();
}
