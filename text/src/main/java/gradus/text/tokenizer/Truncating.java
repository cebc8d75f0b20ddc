package gradus.text.tokenizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Decides which of two texts gives up how many tokens.
 *
 * @param how how they are cut
 * @param room how many tokens of the texts stay
 */
record Truncating(Truncation how, int room) {

  /** The decision where so many special tokens come to the texts. */
  static Truncating of(Truncation how, int added) {
    if (how.maxLength() < added) {
      throw new IllegalArgumentException(
          "tokenizer: truncation to %d tokens, but %d special tokens are added. Allow more."
              .formatted(how.maxLength(), added));
    }
    return new Truncating(how, how.maxLength() - added);
  }

  /**
   * How many tokens of a text are enough: one more than there is room for, to know that it is cut,
   * where it is cut at its end.
   */
  int enough(int text, int texts) {
    boolean cut =
        texts == 1
            || switch (how.strategy()) {
              case LONGEST_FIRST -> true;
              case ONLY_FIRST -> text == 0;
              case ONLY_SECOND -> text == 1;
            };
    return cut && how.direction() == Direction.RIGHT && room < Integer.MAX_VALUE
        ? room + 1
        : Integer.MAX_VALUE;
  }

  boolean fits(List<Encoding> texts) {
    return texts.stream().mapToInt(Encoding::size).sum() <= room;
  }

  /**
   * Whether texts that are encoded so far only are cut as they would be as a whole. Of two long
   * ones the longer keeps the odd token; and an error says how long they are.
   */
  boolean decided(List<Encoding> texts) {
    if (texts.size() == 1) {
      return how.strategy() != Truncation.Strategy.ONLY_SECOND;
    }
    return switch (how.strategy()) {
      case LONGEST_FIRST -> room % 2 == 0 || texts.stream().anyMatch(text -> text.size() <= room);
      case ONLY_FIRST -> texts.get(1).size() < room;
      case ONLY_SECOND -> texts.get(0).size() < room;
    };
  }

  /** The texts cut so that they fit, without what is cut off. */
  List<Encoding> first(List<Encoding> texts) {
    int[] lengths = lengths(texts);
    List<Encoding> cut = new ArrayList<>(2);
    for (int i = 0; i < lengths.length; i++) {
      cut.add(Encodings.first(texts.get(i), lengths[i], how.direction()));
    }
    return cut;
  }

  /** The texts cut so that they fit, with what is cut off. */
  List<Encoding> all(List<Encoding> texts) {
    int[] lengths = lengths(texts);
    List<Encoding> cut = new ArrayList<>(2);
    for (int i = 0; i < lengths.length; i++) {
      cut.add(Encodings.truncate(texts.get(i), lengths[i], how.stride(), how.direction()));
    }
    return cut;
  }

  private int[] lengths(List<Encoding> texts) {
    int[] lengths = texts.stream().mapToInt(Encoding::size).toArray();
    int total = Arrays.stream(lengths).sum();
    if (room == 0) {
      return new int[lengths.length];
    }
    switch (how.strategy()) {
      case LONGEST_FIRST -> longestFirst(lengths, room);
      case ONLY_FIRST -> only(0, lengths, total - room);
      case ONLY_SECOND -> only(1, lengths, total - room);
    }
    for (int i = 0; i < lengths.length; i++) {
      if (lengths[i] > 0 && lengths[i] < texts.get(i).size() && how.stride() >= lengths[i]) {
        throw new IllegalArgumentException(
            "tokenizer: stride %d where %d tokens of the text stay. The stride must be less."
                .formatted(how.stride(), lengths[i]));
      }
    }
    return lengths;
  }

  /** The longer one down to the other's length, then both alike. */
  private static void longestFirst(int[] lengths, int room) {
    if (lengths.length == 1) {
      lengths[0] = room;
      return;
    }
    int longer = lengths[0] > lengths[1] ? 0 : 1;
    int less = lengths[1 - longer];
    int more = less > room ? less : Math.max(less, room - less);
    if (less + more > room) {
      less = room / 2;
      more = less + room % 2;
    }
    lengths[longer] = more;
    lengths[1 - longer] = less;
  }

  private static void only(int which, int[] lengths, int remove) {
    if (which >= lengths.length || lengths[which] <= remove) {
      throw new IllegalArgumentException(
          "tokenizer: %d tokens must go from text %d alone, which %s. Cut another text, or allow more tokens."
              .formatted(
                  remove,
                  which + 1,
                  which < lengths.length ? "has " + lengths[which] : "is not there"));
    }
    lengths[which] -= remove;
  }
}
