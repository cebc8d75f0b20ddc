package gradus.text.tokenizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Joins, cuts and fills encodings. */
final class Encodings {

  private static final int ARRAYS = 6;

  private Encodings() {}

  /** Tokens that stand nowhere in the text. */
  static Encoding special(Tokens names, int[] ids, List<String> tokens, int typeId) {
    int n = ids.length;
    Map<Integer, String> surfaces = new HashMap<>();
    for (int i = 0; i < n; i++) {
      if (!tokens.get(i).equals(names.token(ids[i]))) {
        surfaces.put(i, tokens.get(i));
      }
    }
    return new Encoding(
        names,
        ids.clone(),
        filled(n, typeId),
        new int[n],
        new int[n],
        filled(n, -1),
        filled(n, -1),
        surfaces.isEmpty() ? Map.of() : surfaces);
  }

  private static int[] filled(int length, int value) {
    int[] array = new int[length];
    Arrays.fill(array, value);
    return array;
  }

  /** The parts one after the other; what overflows of one is joined with all the others. */
  static Encoding merge(List<Encoding> parts, Tokens names) {
    if (parts.isEmpty()) {
      return special(names, new int[0], List.of(), 0);
    }
    Encoding whole = join(parts);
    if (parts.stream().allMatch(part -> part.overflowing().isEmpty())) {
      return whole;
    }
    List<Encoding> main = List.of();
    List<List<Encoding>> others = new ArrayList<>();
    for (Encoding part : parts) {
      List<List<Encoding>> longer = new ArrayList<>();
      for (List<Encoding> other : others) {
        longer.add(with(other, part));
        part.overflowing().forEach(over -> longer.add(with(other, over)));
      }
      for (Encoding over : part.overflowing()) {
        longer.add(with(main, over));
      }
      main = with(main, part);
      others = longer;
    }
    return whole.overflowing(others.stream().map(Encodings::join).toList());
  }

  private static List<Encoding> with(List<Encoding> way, Encoding next) {
    List<Encoding> longer = new ArrayList<>(way);
    longer.add(next);
    return longer;
  }

  private static Encoding join(List<Encoding> parts) {
    int length = parts.stream().mapToInt(Encoding::size).sum();
    int[][] arrays = new int[ARRAYS][length];
    Map<Integer, String> surfaces = Map.of();
    int at = 0;
    for (Encoding part : parts) {
      part.copyInto(arrays, 0, part.size(), at);
      surfaces = joined(surfaces, part.surfaces(), at);
      at += part.size();
    }
    OriginalTexts texts =
        parts.stream()
            .map(Encoding::texts)
            .filter(t -> t.size() > 0)
            .findFirst()
            .orElse(OriginalTexts.NONE);
    return of(parts.getFirst().names(), arrays, surfaces).texts(texts);
  }

  private static Map<Integer, String> joined(
      Map<Integer, String> surfaces, Map<Integer, String> more, int at) {
    if (more.isEmpty()) {
      return surfaces;
    }
    Map<Integer, String> all = new HashMap<>(surfaces);
    more.forEach((index, surface) -> all.put(at + index, surface));
    return all;
  }

  private static Encoding of(Tokens names, int[][] a, Map<Integer, String> surfaces) {
    return new Encoding(names, a[0], a[1], a[2], a[3], a[4], a[5], surfaces);
  }

  private static Encoding slice(Encoding of, int from, int to) {
    int[][] part = new int[ARRAYS][to - from];
    of.copyInto(part, from, to, 0);
    Map<Integer, String> surfaces = new HashMap<>();
    for (int i = from; i < to && !of.surfaces().isEmpty(); i++) {
      String surface = of.surfaces().get(i);
      if (surface != null) {
        surfaces.put(i - from, surface);
      }
    }
    return of(of.names(), part, surfaces.isEmpty() ? Map.of() : surfaces).texts(of.texts());
  }

  /** The first (or last) tokens alone. */
  static Encoding first(Encoding encoding, int maxLength, Direction direction) {
    int n = encoding.size();
    int length = Math.min(maxLength, n);
    int from = direction == Direction.RIGHT ? 0 : n - length;
    return length == n ? encoding : slice(encoding, from, from + length);
  }

  /** The first (or last) tokens; the others in parts of the same length, which overlap. */
  static Encoding truncate(Encoding encoding, int maxLength, int stride, Direction direction) {
    int n = encoding.size();
    if (maxLength >= n) {
      return encoding;
    }
    if (maxLength == 0) {
      return slice(encoding, 0, 0).overflowing(List.of(encoding));
    }
    List<Encoding> parts = new ArrayList<>();
    int step = maxLength - stride;
    for (int done = 0; ; done += step) {
      int length = Math.min(maxLength, n - done);
      int from = direction == Direction.RIGHT ? done : n - done - length;
      parts.add(slice(encoding, from, from + length));
      if (done + length == n) {
        break;
      }
    }
    return parts.removeFirst().overflowing(parts);
  }

  /** Filled up to a length; what overflows likewise. */
  static Encoding pad(Encoding encoding, int length, Padding padding) {
    int missing = length - encoding.size();
    Supplier<List<Encoding>> overflowing =
        () -> encoding.overflowing().stream().map(part -> pad(part, length, padding)).toList();
    if (missing <= 0) {
      return encoding.isCut()
          ? slice(encoding, 0, encoding.size()).overflowing(overflowing)
          : encoding;
    }
    Encoding pads =
        special(
            encoding.names(),
            filled(missing, padding.padId()),
            Collections.nCopies(missing, padding.padToken()),
            padding.padTypeId());
    boolean left = padding.direction() == Direction.LEFT;
    Encoding padded = join(left ? List.of(pads, encoding) : List.of(encoding, pads));
    int from = left ? missing : 0;
    return padded.real(from, from + encoding.size()).overflowing(overflowing);
  }
}
