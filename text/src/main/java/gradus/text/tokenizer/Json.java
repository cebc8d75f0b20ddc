package gradus.text.tokenizer;

import gradus.tensor.io.FormatException;
import gradus.tensor.io.Quoted;
import gradus.text.io.JsonText;
import gradus.text.io.Texts;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * A value in a JSON file that knows its place there, so that what is wrong with it can be said.
 *
 * @param file the file
 * @param place such as {@code model.vocab}
 * @param value what Jackson made of it, or null
 */
record Json(Path file, String place, Object value) {

  static Json parse(Path file, byte[] bytes) {
    Object root = JsonText.read(file, bytes);
    if (!isWellFormed(root)) {
      throw new FormatException(
          file,
          "JSON",
          "a string holds half of a surrogate pair (\\ud800 to \\udfff), which is no character.");
    }
    return new Json(file, "", root);
  }

  /** Two names that differ in such halves only would be one as soon as they are written. */
  private static boolean isWellFormed(Object value) {
    return switch (value) {
      case String text -> Texts.isWellFormed(text);
      case List<?> list -> list.stream().allMatch(Json::isWellFormed);
      case Map<?, ?> map ->
          map.entrySet().stream()
              .allMatch(e -> isWellFormed(e.getKey()) && isWellFormed(e.getValue()));
      case null, default -> true;
    };
  }

  FormatException wrong(String problem) {
    return new FormatException(file, place.isEmpty() ? "the file" : place, problem);
  }

  private FormatException wrongKind(String wanted) {
    return wrong("%s must stand here but %s does.".formatted(wanted, kind()));
  }

  private String kind() {
    return switch (value) {
      case null -> "nothing";
      case Map<?, ?> _ -> "an object";
      case List<?> _ -> "a list";
      case String _ -> "a string";
      case Boolean _ -> "true or false";
      default -> "a number";
    };
  }

  boolean isNull() {
    return value == null;
  }

  boolean isMap() {
    return value instanceof Map;
  }

  boolean isList() {
    return value instanceof List;
  }

  boolean isString() {
    return value instanceof String;
  }

  /** The value of a key; {@link #isNull} if there is none. */
  Json get(String key) {
    if (value instanceof Map<?, ?> map) {
      return new Json(file, place.isEmpty() ? key : place + "." + key, map.get(key));
    }
    throw wrongKind("an object with the key \"" + key + "\"");
  }

  Optional<Json> optional(String key) {
    Json found = get(key);
    return found.isNull() ? Optional.empty() : Optional.of(found);
  }

  List<Json> list() {
    if (value instanceof List<?> list) {
      List<Json> items = new ArrayList<>(list.size());
      for (int i = 0; i < list.size(); i++) {
        items.add(new Json(file, place + "[" + i + "]", list.get(i)));
      }
      return items;
    }
    throw wrongKind("a list");
  }

  void each(BiConsumer<String, Json> entry) {
    if (value instanceof Map<?, ?> map) {
      map.forEach(
          (key, item) ->
              entry.accept(
                  key.toString(), new Json(file, place + "[\"" + Quoted.of(key) + "\"]", item)));
    } else {
      throw wrongKind("an object");
    }
  }

  String string() {
    if (value instanceof String text) {
      return text;
    }
    throw wrongKind("a string");
  }

  boolean bool() {
    if (value instanceof Boolean truth) {
      return truth;
    }
    throw wrongKind("true or false");
  }

  double number() {
    if (!(value instanceof Number number)) {
      throw wrongKind("a number");
    }
    if (!Double.isFinite(number.doubleValue())) {
      throw wrong("the number is beyond all floats.");
    }
    return number.doubleValue();
  }

  /** A whole number in 0..most. */
  int count(int most) {
    if (value instanceof Integer || value instanceof Long || value instanceof BigInteger) {
      BigInteger number = new BigInteger(value.toString());
      if (number.signum() >= 0 && number.compareTo(BigInteger.valueOf(most)) <= 0) {
        return number.intValue();
      }
      throw wrong("%s is outside of 0..%d.".formatted(Quoted.of(number), most));
    }
    throw wrongKind("a whole number");
  }

  /** The one character (code point) of a string. */
  int character() {
    String text = string();
    if (text.isEmpty() || text.codePointCount(0, text.length()) != 1) {
      throw wrong("\"%s\" must be one character.".formatted(Quoted.of(text)));
    }
    return text.codePointAt(0);
  }

  boolean bool(String key, boolean otherwise) {
    return optional(key).map(Json::bool).orElse(otherwise);
  }

  String string(String key, String otherwise) {
    return optional(key).map(Json::string).orElse(otherwise);
  }
}
