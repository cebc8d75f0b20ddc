package gradus.text.tokenizer;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Collects the tokens of a text while it is encoded. */
final class TokenBuffer {

  private int[] ids = new int[64];
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private int[] words = new int[64];
  private Map<Integer, String> surfaces = Map.of();
  private int size;
  private int word;

  void word(int index) {
    word = index;
  }

  int size() {
    return size;
  }

  void truncate(int count) {
    size = count;
  }

  /** Adds a token and where in the original it stands. */
  void add(int id, int start, int end) {
    if (size == ids.length) {
      grow();
    }
    ids[size] = id;
    starts[size] = start;
    ends[size] = end;
    words[size++] = word;
  }

  /** Adds a token that is written otherwise than the vocabulary has it. */
  void add(int id, int start, int end, String surface) {
    add(id, start, end);
    if (surfaces.isEmpty()) {
      surfaces = new HashMap<>();
    }
    surfaces.put(size - 1, surface);
  }

  private void grow() {
    int capacity = Math.multiplyExact(size, 2);
    ids = Arrays.copyOf(ids, capacity);
    starts = Arrays.copyOf(starts, capacity);
    ends = Arrays.copyOf(ends, capacity);
    words = Arrays.copyOf(words, capacity);
  }

  /** The tokens so far, and the buffer empty again. */
  Encoding take(Tokens names, int sequence) {
    int[] typeIds = new int[size];
    int[] sequences = new int[size];
    if (sequence != 0) {
      Arrays.fill(typeIds, sequence);
      Arrays.fill(sequences, sequence);
    }
    Encoding encoding =
        new Encoding(
            names,
            Arrays.copyOf(ids, size),
            typeIds,
            Arrays.copyOf(starts, size),
            Arrays.copyOf(ends, size),
            Arrays.copyOf(words, size),
            sequences,
            surfaces);
    surfaces = Map.of();
    size = 0;
    return encoding;
  }
}
