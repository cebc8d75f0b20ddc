package gradus.text.tokenizer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tokens of a vocabulary as a tree of characters, in a double array.
 *
 * <p>Node {@code n} has the child {@code base[n] + code(c)} for a character {@code c} if that
 * node's {@code check} is {@code n}. A step is two reads beside each other, however many children
 * there are. Source: Aoe, "An efficient digital search algorithm by using a double-array
 * structure", 1989.
 */
final class Trie {

  static final int ROOT = 0;

  private static final int WIDTH = 4; // base, check, value, unused: four nodes a cache line
  private static final int NONE = -1;
  private static final int PATIENCE = 64;

  private final char[][] codes = new char[256][];
  private int[] nodes = new int[WIDTH * 1024];
  private int firstFree = 1;

  /** A range of sorted keys that share their first {@code depth} characters. */
  private record Range(int node, int from, int to, int depth) {}

  /**
   * A tree of texts and their values.
   *
   * @param values for each text a number from 0 on; the empty text is left out
   */
  Trie(Map<String, Integer> values) {
    Arrays.fill(codes, new char[256]);
    clear(0);
    nodes[1] = NONE;
    List<String> keys = values.keySet().stream().filter(key -> !key.isEmpty()).sorted().toList();
    number(keys);
    Deque<Range> open = new ArrayDeque<>();
    open.push(new Range(ROOT, 0, keys.size(), 0));
    while (!open.isEmpty()) {
      Range range = open.pop();
      int from = range.from;
      if (from < range.to && keys.get(from).length() == range.depth) {
        nodes[WIDTH * range.node + 2] = values.get(keys.get(from++));
      }
      if (from < range.to) {
        addChildren(keys, new Range(range.node, from, range.to, range.depth), open);
      }
    }
  }

  /** Gives the characters small numbers from 1 on, the most frequent first. */
  private void number(List<String> keys) {
    Map<Character, int[]> counts = new HashMap<>();
    for (String key : keys) {
      for (int i = 0; i < key.length(); i++) {
        counts.computeIfAbsent(key.charAt(i), c -> new int[1])[0]++;
      }
    }
    List<Character> used = new ArrayList<>(counts.keySet());
    used.sort((a, b) -> Integer.compare(counts.get(b)[0], counts.get(a)[0]));
    char[] none = codes[0];
    for (int i = 0; i < used.size(); i++) {
      int page = used.get(i) >> 8;
      if (codes[page] == none) {
        codes[page] = new char[256];
      }
      codes[page][used.get(i) & 255] = (char) (i + 1);
    }
  }

  private void addChildren(List<String> keys, Range range, Deque<Range> open) {
    int[] starts = new int[16];
    int children = 0;
    for (int i = range.from; i < range.to; i++) {
      if (i == range.from
          || keys.get(i).charAt(range.depth) != keys.get(i - 1).charAt(range.depth)) {
        if (children == starts.length) {
          starts = Arrays.copyOf(starts, 2 * children);
        }
        starts[children++] = i;
      }
    }
    int[] code = new int[children];
    for (int i = 0; i < children; i++) {
      code[i] = code(keys.get(starts[i]).charAt(range.depth));
    }
    int base = place(code);
    nodes[WIDTH * range.node] = base;
    for (int i = 0; i < children; i++) {
      int child = base + code[i];
      nodes[WIDTH * child + 1] = range.node;
      int end = i + 1 < children ? starts[i + 1] : range.to;
      open.push(new Range(child, starts[i], end, range.depth + 1));
    }
  }

  /** A base from which all codes lead to free nodes. */
  private int place(int[] code) {
    int least = Arrays.stream(code).min().orElseThrow();
    int greatest = Arrays.stream(code).max().orElseThrow();
    while (!isFree(firstFree)) {
      firstFree++;
    }
    int tried = 0;
    for (int at = Math.max(firstFree, least + 1); ; at++) {
      if (isFree(at) && fits(at - least, code)) {
        clear(at - least + greatest);
        return at - least;
      }
      // Where hardly anything is free any more it is not worth looking again.
      if (++tried == PATIENCE) {
        firstFree = at - PATIENCE / 2;
      }
    }
  }

  private boolean fits(int base, int[] code) {
    for (int c : code) {
      if (!isFree(base + c)) {
        return false;
      }
    }
    return true;
  }

  private boolean isFree(int node) {
    return node >= nodes.length / WIDTH || nodes[WIDTH * node + 1] == FREE;
  }

  private static final int FREE = -2;
  private int cleared;

  /** Makes room for a node, and marks new ones as free. */
  private void clear(int node) {
    int needed = Math.multiplyExact(WIDTH, node + 1);
    if (needed > nodes.length) {
      nodes = Arrays.copyOf(nodes, Math.max(needed, Math.multiplyExact(nodes.length, 2)));
    }
    for (; cleared < nodes.length / WIDTH; cleared++) {
      nodes[WIDTH * cleared + 1] = FREE;
      nodes[WIDTH * cleared + 2] = NONE;
    }
  }

  private int code(char c) {
    return codes[c >> 8][c & 255];
  }

  /** The child of a node for a character, or -1. */
  int step(int node, char c) {
    int code = codes[c >> 8][c & 255];
    int child = nodes[WIDTH * node] + code;
    return code != 0 && WIDTH * child < nodes.length && nodes[WIDTH * child + 1] == node
        ? child
        : NONE;
  }

  /** The value of the text that leads to a node, or -1. */
  int value(int node) {
    return nodes[WIDTH * node + 2];
  }

  int walk(String text) {
    int node = ROOT;
    for (int i = 0; i < text.length() && node >= 0; i++) {
      node = step(node, text.charAt(i));
    }
    return node;
  }
}
