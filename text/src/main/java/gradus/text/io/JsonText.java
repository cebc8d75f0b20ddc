package gradus.text.io;

import gradus.tensor.io.FormatException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.jr.ob.JSON;

/** JSON as plain maps, lists, strings and numbers. */
public final class JsonText {

  private JsonText() {}

  /** The value in a file, or null if it says so. */
  public static Object read(Path file, byte[] bytes) {
    try {
      return JSON.std.anyFrom(bytes);
    } catch (JacksonException e) {
      throw new FormatException(file, "JSON", "not valid: " + e.getOriginalMessage(), e);
    }
  }

  /** The text of maps, lists, strings, numbers and nulls, a key a line. */
  public static String write(Object value) {
    return JSON.std
        .with(JSON.Feature.PRETTY_PRINT_OUTPUT, JSON.Feature.WRITE_NULL_PROPERTIES)
        .asString(value);
  }

  /** An object of keys and values in turns. */
  public static Map<String, Object> object(Object... entries) {
    var object = new LinkedHashMap<String, Object>();
    for (int i = 0; i < entries.length; i += 2) {
      object.put((String) entries[i], entries[i + 1]);
    }
    return object;
  }
}
