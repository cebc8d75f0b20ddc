package gradus.text.tokenizer;

/** A step of normalisation. Hugging Face: {@code Normalizer}. */
@FunctionalInterface
interface TextNormalizer {

  /** Changes the text; its alignment with the original goes along. */
  void normalize(NormalizedString text);
}
