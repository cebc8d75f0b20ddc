package gradus.bench.compare;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a TorchScript archive without Python: a zip with the code as text and a pickled object
 * that has no attributes. So the peer can do whatever libtorch can, not only what DJL wraps.
 */
final class TorchScript {

  /** Pickle protocol 2 of an object of class {@code __torch__.M} with {@code training = False}. */
  private static final String OBJECT =
      "\u0080\u0002c__torch__\nM\n)\u0081}X\b\u0000\u0000\u0000training\u0089sb.";

  /** Pickle protocol 2 of an empty tuple. */
  private static final String NO_CONSTANTS = "\u0080\u0002).";

  private TorchScript() {}

  /**
   * An archive of a module that repeats some statements.
   *
   * @param statements lines that set {@code r}, a list of tensors, from the inputs, which are the
   *     list {@code x} and, singly, {@code a} to {@code f}
   * @param inputs how many inputs there are; one more follows them, the number of repeats
   */
  static InputStream archive(String statements, int inputs) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      put(zip, "data.pkl", OBJECT);
      put(zip, "code/__torch__.py", code(statements, inputs));
      put(zip, "constants.pkl", NO_CONSTANTS);
      put(zip, "version", "3\n");
    }
    return new ByteArrayInputStream(bytes.toByteArray());
  }

  /** One method that repeats the statements inside, so that the call costs next to nothing. */
  private static String code(String statements, int inputs) {
    String names =
        IntStream.range(0, Math.min(inputs, 6))
            .mapToObj(i -> "    " + Row.letter(i) + " = x[" + i + "]\n")
            .collect(Collectors.joining());
    return """
        class M(Module):
          __parameters__ = []
          __buffers__ = []
          training : bool
          def forward(self: __torch__.M, x: List[Tensor]) -> List[Tensor]:
        %s    repeats = x[%d]
            r = x
            for step in range(int(repeats)):
        %s    return r
        """
        .formatted(names, inputs, statements.indent(6));
  }

  private static void put(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry("m/" + name));
    zip.write(text.getBytes(StandardCharsets.ISO_8859_1));
    zip.closeEntry();
  }
}
