package gradus.tensor.io;

import gradus.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Refuses to write what would not come back, before anything is written. */
final class Writable {
  private Writable() {}

  /**
   * The bytes of a name or text.
   *
   * @throws IllegalArgumentException if it holds half of a surrogate pair: as a question mark, in
   *     its place, two names could be one
   */
  static byte[] utf8(String what, String text) {
    try {
      ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] exact = new byte[bytes.remaining()];
      bytes.get(exact);
      return exact;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "save: %s \"%s\" holds half of a surrogate pair, which UTF-8 has no bytes for. Choose another."
              .formatted(what, Quoted.of(text.replaceAll("\\p{Cs}", "\uFFFD"))),
          e);
    }
  }

  /** Makes sure that there are tensors, and all have names. */
  static void check(Map<String, Tensor> tensors) {
    FileErrors.given("save", "the map of tensors", tensors);
    tensors.forEach(
        (name, tensor) -> {
          utf8("the name", FileErrors.given("save", "a name", name));
          FileErrors.given("save", "the tensor \"" + Quoted.of(name) + "\"", tensor);
        });
  }
}
