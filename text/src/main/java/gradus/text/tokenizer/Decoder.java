package gradus.text.tokenizer;

import java.util.List;

/** Turns tokens back into pieces of text. */
@FunctionalInterface
interface Decoder {

  /** The pieces; joined they are the text. */
  List<String> decode(List<String> tokens);

  static Decoder sequence(List<Decoder> parts) {
    return tokens -> {
      List<String> result = tokens;
      for (Decoder part : parts) {
        result = part.decode(result);
      }
      return result;
    };
  }
}
