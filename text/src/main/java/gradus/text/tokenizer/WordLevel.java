package gradus.text.tokenizer;

/**
 * Each word a token, or the unknown one. Hugging Face: {@code WordLevel}.
 *
 * @param vocabulary the words
 * @param unknown the number of the token for all others
 */
record WordLevel(ModelVocabulary vocabulary, int unknown) implements TokenModel {

  @Override
  public void tokenize(NormalizedString word, TokenBuffer out) {
    int length = word.length();
    int id = vocabulary.id(word.toString());
    out.add(id < 0 ? unknown : id, word.start(0, length), word.end(0, length));
  }
}
