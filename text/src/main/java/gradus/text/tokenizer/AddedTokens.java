package gradus.text.tokenizer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds added tokens in a text: the leftmost, and of those the longest. */
final class AddedTokens {

  private final List<AddedToken> tokens;
  private final Trie trie;
  private final char[] firsts;

  /**
   * A finder.
   *
   * @param tokens what to find
   * @param normalizer normalises how they are written, or null
   */
  AddedTokens(List<AddedToken> tokens, TextNormalizer normalizer) {
    this.tokens = tokens;
    Map<String, Integer> indices = new HashMap<>();
    for (int i = 0; i < tokens.size(); i++) {
      NormalizedString content = NormalizedString.of(tokens.get(i).content());
      if (normalizer != null) {
        normalizer.normalize(content);
      }
      indices.putIfAbsent(content.toString(), i);
    }
    trie = new Trie(indices);
    firsts =
        indices.keySet().stream()
            .filter(content -> !content.isEmpty())
            .map(content -> content.substring(0, 1))
            .distinct()
            .collect(Collectors.joining())
            .toCharArray();
  }

  boolean isEmpty() {
    return tokens.isEmpty();
  }

  /** Whether all are found just as they are written, whatever stands beside them. */
  boolean areSimple() {
    return tokens.stream().noneMatch(t -> t.singleWord() || t.lstrip() || t.rstrip());
  }

  /** Where from a place on the next token begins, or -1. */
  int next(String text, int from) {
    if (firsts.length == 0) {
      return -1;
    }
    int at = from;
    while ((at = nextFirst(text, at)) >= 0) {
      if (longest(text, at) >= 0) {
        return at;
      }
      at++;
    }
    return -1;
  }

  /** The next place with a character that a token begins with, or -1. */
  private int nextFirst(String text, int from) {
    if (firsts.length == 1) {
      return text.indexOf(firsts[0], from);
    }
    // All of them in one walk: a search for each would go to the text's end for those not in it.
    for (int i = from; i < text.length(); i++) {
      if (trie.step(Trie.ROOT, text.charAt(i)) >= 0) {
        return i;
      }
    }
    return -1;
  }

  /** The longest token at a place where one begins. */
  AddedToken at(String text, int from) {
    return tokens.get(trie.value(walk(text, from, longest(text, from))));
  }

  /** Cuts a text into added tokens and what lies between. */
  List<Split> split(NormalizedString text) {
    List<Split> splits = new ArrayList<>();
    int last = 0;
    for (int i = 0; i < text.length(); ) {
      int end = longest(text, i);
      if (end < 0) {
        i++;
        continue;
      }
      AddedToken token = tokens.get(trie.value(walk(text, i, end)));
      if (token.singleWord() && !standsAlone(text, i, end)) {
        i = end;
        continue;
      }
      int from = token.lstrip() ? Math.max(last, leftOfBlanks(text, i)) : Math.max(last, i);
      int to = token.rstrip() ? rightOfBlanks(text, end) : end;
      if (last < from) {
        splits.add(new Split(text.slice(last, from)));
      }
      splits.add(new Split(text.slice(from, to), token.id()));
      last = to;
      i = to;
    }
    if (last < text.length()) {
      // A slice even of the whole: it begins where its first character comes from, which is not the
      // text's beginning where a normalizer has dropped that.
      splits.add(new Split(text.slice(last, text.length())));
    }
    return splits;
  }

  private int longest(CharSequence text, int from) {
    int end = -1;
    int node = Trie.ROOT;
    for (int i = from; i < text.length(); i++) {
      node = trie.step(node, text.charAt(i));
      if (node < 0) {
        break;
      }
      if (trie.value(node) >= 0) {
        end = i + 1;
      }
    }
    return end;
  }

  private int walk(CharSequence text, int from, int to) {
    int node = Trie.ROOT;
    for (int i = from; i < to; i++) {
      node = trie.step(node, text.charAt(i));
    }
    return node;
  }

  private static boolean standsAlone(NormalizedString text, int from, int to) {
    return !(from > 0 && CharClasses.isWord(before(text, from)))
        && !(to < text.length() && CharClasses.isWord(text.codePointAt(to)));
  }

  private static int before(NormalizedString text, int at) {
    return Character.codePointBefore(text.array(), text.from() + at, text.from());
  }

  private static int leftOfBlanks(NormalizedString text, int at) {
    int left = at;
    while (left > 0 && CharClasses.isWhiteSpace(text.charAt(left - 1))) {
      left--;
    }
    return left;
  }

  private static int rightOfBlanks(NormalizedString text, int at) {
    int right = at;
    while (right < text.length() && CharClasses.isWhiteSpace(text.charAt(right))) {
      right++;
    }
    return right;
  }
}
