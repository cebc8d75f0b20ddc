package gradus.text.tokenizer;

import java.util.ArrayList;
import java.util.List;

/** The decoders of Hugging Face's tokenizers. */
final class Decoders {

  private Decoders() {}

  /** Pieces join the one before, words get a blank in front. */
  static Decoder wordPiece(String prefix, boolean cleanup) {
    return tokens -> {
      List<String> words = new ArrayList<>();
      for (String token : tokens) {
        String word = token;
        if (!words.isEmpty()) {
          word = token.startsWith(prefix) ? token.substring(prefix.length()) : " " + token;
        }
        words.add(cleanup ? cleanUp(word) : word);
      }
      return words;
    };
  }

  /** English signs and endings join the word before. */
  private static String cleanUp(String word) {
    return word.replace(" .", ".")
        .replace(" ?", "?")
        .replace(" !", "!")
        .replace(" ,", ",")
        .replace(" ' ", "'")
        .replace(" n't", "n't")
        .replace(" 'm", "'m")
        .replace(" do not", " don't")
        .replace(" 's", "'s")
        .replace(" 've", "'ve")
        .replace(" 're", "'re");
  }
}
