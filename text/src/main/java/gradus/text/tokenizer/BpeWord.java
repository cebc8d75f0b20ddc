package gradus.text.tokenizer;

import java.util.Arrays;

/** A word while its symbols are merged: a list of tokens, each with its length in bytes. */
final class BpeWord {

  private int[] ids;
  private int[] lengths;
  private int[] previous;
  private int[] next;
  private int size;
  private long[] heap = new long[16];
  private int waiting;

  BpeWord(int capacity) {
    ids = new int[capacity + 1];
    lengths = new int[capacity + 1];
  }

  void add(int id, int length) {
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, 2 * size);
      lengths = Arrays.copyOf(lengths, 2 * size);
    }
    ids[size] = id;
    lengths[size++] = length;
  }

  /** Merges the pair of the lowest rank, the leftmost of equals, until no pair can be merged. */
  void mergeAll(Merges merges) {
    previous = new int[size];
    next = new int[size];
    for (int i = 0; i < size; i++) {
      previous[i] = i - 1;
      next[i] = i + 1 < size ? i + 1 : -1;
    }
    for (int i = 0; i < size; i++) {
      offer(i, merges);
    }
    while (waiting > 0) {
      long top = poll();
      int at = (int) top;
      int id = merges.result((int) (top >>> 32));
      int right = lengths[at] < 0 ? -1 : next[at];
      if (right < 0) {
        continue; // it was swallowed, or what it was to merge with
      }
      int rank = merges.rank(ids[at], ids[right]);
      if (rank < 0 || merges.result(rank) != id) {
        continue; // one of the two has become another token
      }
      ids[at] = id;
      lengths[at] += lengths[right];
      lengths[right] = -1;
      next[at] = next[right];
      if (next[right] >= 0) {
        previous[next[right]] = at;
      }
      if (previous[at] >= 0) {
        offer(previous[at], merges);
      }
      offer(at, merges);
    }
  }

  private void offer(int left, Merges merges) {
    if (next[left] < 0) {
      return;
    }
    int rank = merges.rank(ids[left], ids[next[left]]);
    if (rank >= 0) {
      push((long) rank << 32 | left);
    }
  }

  private void push(long value) {
    if (waiting == heap.length) {
      heap = Arrays.copyOf(heap, 2 * waiting);
    }
    int at = waiting++;
    while (at > 0 && heap[(at - 1) / 2] > value) {
      heap[at] = heap[(at - 1) / 2];
      at = (at - 1) / 2;
    }
    heap[at] = value;
  }

  private long poll() {
    long top = heap[0];
    long last = heap[--waiting];
    int at = 0;
    for (int child = 1; child < waiting; child = 2 * at + 1) {
      if (child + 1 < waiting && heap[child + 1] < heap[child]) {
        child++;
      }
      if (heap[child] >= last) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = last;
    return top;
  }

  /** Adds the tokens, each with the place of the characters it has a byte of. */
  void emit(NormalizedString word, TokenBuffer out) {
    int unit = 0; // where the character begins that holds byte number charByte
    int charByte = 0;
    int at = 0;
    for (int i = 0; i < size; i++) {
      if (lengths[i] < 0) {
        continue;
      }
      int end = at + lengths[i];
      while (unit < word.length() && charByte + Utf8.length(word.codePointAt(unit)) <= at) {
        charByte += Utf8.length(word.codePointAt(unit));
        unit += Character.charCount(word.codePointAt(unit));
      }
      int last = unit;
      for (int b = charByte; last < word.length() && b < end; ) {
        b += Utf8.length(word.codePointAt(last));
        last += Character.charCount(word.codePointAt(last));
      }
      out.add(ids[i], word.start(unit, last), word.end(unit, last));
      at = end;
    }
  }
}
