package gradus.text.vectors;

import gradus.tensor.io.FormatException;
import gradus.text.io.Given;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The lines of a file of questions or pairs, which may be packed by gzip. */
final class QuestionFile {
  private static final int MAGIC = 0x8b1f;

  /** Windows' editors begin a text with it. */
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private QuestionFile() {}

  /** The path of a test set, unless it is null. */
  static Path given(Path path) {
    return Given.notNull("test set", "the path", path);
  }

  static List<String> lines(Path path) throws IOException {
    try (var in = new PushbackInputStream(Files.newInputStream(given(path)), 2)) {
      byte[] start = in.readNBytes(2);
      in.unread(start);
      boolean packed =
          start.length == 2 && ((start[0] & 255) | (start[1] & 255) << Byte.SIZE) == MAGIC;
      InputStream text = packed ? new GZIPInputStream(in) : in;
      // Its decoder refuses what is no UTF-8.
      var reader = new InputStreamReader(text, StandardCharsets.UTF_8.newDecoder());
      var lines = new ArrayList<>(new BufferedReader(reader).readAllLines());
      if (!lines.isEmpty() && lines.getFirst().startsWith(BYTE_ORDER_MARK)) {
        lines.set(0, lines.getFirst().substring(BYTE_ORDER_MARK.length()));
      }
      return lines;
    } catch (CharacterCodingException e) {
      throw new FormatException(
          path, "its text", "not UTF-8. A test set is text; save it in UTF-8.", e);
    }
  }
}
