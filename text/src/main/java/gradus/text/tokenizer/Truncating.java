package gradus.text.tokenizer;

import java.util.ArrayList;
import java.util.List;

/** Decides which of two texts gives up how many tokens. */
final class Truncating {

  private Truncating() {}

  /**
   * The texts cut so that they fit with the special tokens.
   *
   * @param texts one or two
   * @param added how many special tokens come
   */
  static List<Encoding> truncate(List<Encoding> texts, Truncation how, int added) {
    int room = how.maxLength() - added;
    if (room < 0) {
      throw new IllegalArgumentException(
          "tokenizer: truncation to %d tokens, but %d special tokens are added. Allow more."
              .formatted(how.maxLength(), added));
    }
    int total = texts.stream().mapToInt(Encoding::size).sum();
    if (total <= room) {
      return texts;
    }
    int[] lengths = texts.stream().mapToInt(Encoding::size).toArray();
    if (room == 0) {
      lengths = new int[lengths.length];
    } else {
      switch (how.strategy()) {
        case LONGEST_FIRST -> longestFirst(lengths, room);
        case ONLY_FIRST -> only(0, lengths, total - room);
        case ONLY_SECOND -> only(1, lengths, total - room);
      }
    }
    List<Encoding> cut = new ArrayList<>(2);
    for (int i = 0; i < lengths.length; i++) {
      cut.add(Encodings.truncate(texts.get(i), lengths[i], how.stride(), how.direction()));
    }
    return cut;
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
