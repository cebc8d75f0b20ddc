package gradus.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Index lists as callers write them: Python's text between square brackets, and indices in Java's
 * arrays and lists.
 */
final class IndexText {
  private static final Pattern SLICE =
      Pattern.compile("\\s*(-?\\d+)?\\s*:\\s*(-?\\d+)?\\s*(?::\\s*(-?\\d+)?\\s*)?");

  private IndexText() {}

  /** The entries with texts read, and arrays and lists as tensors. */
  static Object[] read(Object[] index) {
    boolean plain = true;
    for (Object entry : index) {
      plain &= entry instanceof Integer || entry instanceof Tensor || entry instanceof Index;
    }
    if (plain) {
      return index;
    }
    var out = new ArrayList<Object>();
    for (Object entry : index) {
      switch (entry) {
        case String text -> {
          for (String part : text.split(",", -1)) {
            out.add(entry(text, part.strip()));
          }
        }
        case int[] places -> out.add(Tensor.of(places));
        case long[] places -> out.add(Tensor.of(places));
        case boolean[] mask -> out.add(Tensor.of(mask));
        case List<?> places ->
            out.add(places.isEmpty() ? Tensor.zeros(DType.INT64, 0) : Tensor.of(places));
        case null, default -> out.add(entry);
      }
    }
    return out.toArray();
  }

  private static Object entry(String text, String part) {
    switch (part) {
      case ":" -> {
        return Index.ALL;
      }
      case "..." -> {
        return Index.ELLIPSIS;
      }
      case "None" -> {
        return Index.NEW_AXIS;
      }
      default -> {}
    }
    try {
      Matcher slice = SLICE.matcher(part);
      if (slice.matches()) {
        Integer step = number(slice.group(3));
        return Index.slice(number(slice.group(1)), number(slice.group(2)), step == null ? 1 : step);
      }
      return Integer.valueOf(part);
    } catch (NumberFormatException e) {
      throw Errors.invalid(
          "at",
          ("cannot read \"%s\" in the index \"%s\". Write what Python does between square"
                  + " brackets: \":\", \"1:5:2\", \"-1\", \"...\" or \"None\".")
              .formatted(part, text));
    }
  }

  private static Integer number(String digits) {
    return digits == null ? null : Integer.valueOf(digits);
  }
}
