package gradus.text.tokenizer;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a text has become: tokens, their numbers, and where in the text each of them stands.
 *
 * <p>Arrays are fresh on each call. Offsets count UTF-16 code units, so {@code text.substring}
 * takes them; {@link #codePointOffsets} counts characters as Python does. Tokens that stand nowhere
 * in the text, such as {@code [CLS]}, have the offsets (0, 0). Hugging Face: {@code Encoding}.
 */
public final class Encoding {

  private final Tokens names;
  private final int[] ids;
  private final int[] typeIds;
  private final int[] starts;
  private final int[] ends;
  private final int[] words;
  private final int[] sequences;
  private final Map<Integer, String> surfaces;
  private int realFrom;
  private int realTo;
  private OriginalTexts texts = OriginalTexts.NONE;
  private volatile List<Encoding> overflowing = List.of();
  private Supplier<List<Encoding>> unasked;

  Encoding(
      Tokens names,
      int[] ids,
      int[] typeIds,
      int[] starts,
      int[] ends,
      int[] words,
      int[] sequences,
      Map<Integer, String> surfaces) {
    this.names = names;
    this.ids = ids;
    this.typeIds = typeIds;
    this.starts = starts;
    this.ends = ends;
    this.words = words;
    this.sequences = sequences;
    this.surfaces = surfaces;
    this.realTo = ids.length;
  }

  /** How many tokens there are. */
  public int size() {
    return ids.length;
  }

  /** The tokens' numbers, [size]: what the embedding layer takes. */
  public int[] ids() {
    return ids.clone();
  }

  /** The number of token {@code index}. */
  public int id(int index) {
    return ids[index];
  }

  /** The tokens as the vocabulary writes them. */
  public List<String> tokens() {
    String[] tokens = new String[ids.length];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = token(i);
    }
    return Arrays.asList(tokens);
  }

  /** Token number {@code index} as the vocabulary writes it. */
  public String token(int index) {
    String surface = surfaces.isEmpty() ? null : surfaces.get(index);
    if (surface != null) {
      return surface;
    }
    String name = names.token(ids[index]);
    return name == null ? "" : name;
  }

  /** For each token its segment: 0 for the first text, 1 for the second (as the model has it). */
  public int[] typeIds() {
    return typeIds.clone();
  }

  /** 1 for each token to look at, 0 for padding. */
  public int[] attentionMask() {
    int[] mask = new int[ids.length];
    Arrays.fill(mask, realFrom, realTo, 1);
    return mask;
  }

  /** 1 for each token that was added around the text: {@code [CLS]}, {@code [SEP]}, padding. */
  public int[] specialTokensMask() {
    int[] mask = new int[ids.length];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = sequences[i] < 0 ? 1 : 0;
    }
    return mask;
  }

  /** For each token the number of its word in the text, -1 for one outside of it. */
  public int[] wordIds() {
    return words.clone();
  }

  /** For each token 0 if it is of the first text, 1 if of the second, -1 if of none. */
  public int[] sequenceIds() {
    return sequences.clone();
  }

  /** Where token {@code index} begins in its text, in UTF-16 code units. */
  public int start(int index) {
    return starts[index];
  }

  /** Where token {@code index} ends in its text, in UTF-16 code units. */
  public int end(int index) {
    return ends[index];
  }

  /** Where each token stands in its text, in UTF-16 code units. */
  public List<Span> offsets() {
    return spans(starts, ends);
  }

  /** Where each token stands in its text, in code points, as Python counts. */
  public List<Span> codePointOffsets() {
    int[] from = new int[ids.length];
    int[] to = new int[ids.length];
    for (int sequence = 0; sequence < texts.size(); sequence++) {
      int[] points = texts.codePoints(sequence);
      for (int i = 0; i < ids.length; i++) {
        if (sequences[i] == sequence) {
          from[i] = points[starts[i]];
          to[i] = points[ends[i]];
        }
      }
    }
    return spans(from, to);
  }

  private static List<Span> spans(int[] starts, int[] ends) {
    return new AbstractList<>() {
      @Override
      public Span get(int index) {
        return new Span(starts[index], ends[index]);
      }

      @Override
      public int size() {
        return starts.length;
      }
    };
  }

  /**
   * What truncation has cut off, in parts of the same length; empty without truncation. The rest of
   * a long text is encoded when it is first asked for.
   */
  public List<Encoding> overflowing() {
    List<Encoding> parts = overflowing;
    if (parts == null) {
      parts = List.copyOf(unasked.get()); // racing threads make the same
      overflowing = parts;
    }
    return parts;
  }

  Encoding overflowing(List<Encoding> parts) {
    overflowing = List.copyOf(parts);
    return this;
  }

  /** The same of parts that are made when somebody asks for them. */
  Encoding overflowing(Supplier<List<Encoding>> parts) {
    unasked = parts;
    overflowing = null;
    return this;
  }

  /** Whether something may have been cut off. */
  boolean isCut() {
    List<Encoding> parts = overflowing;
    return parts == null || !parts.isEmpty();
  }

  OriginalTexts texts() {
    return texts;
  }

  /** Remembers the texts, for offsets in code points. */
  Encoding texts(OriginalTexts of) {
    texts = of;
    return this;
  }

  /** The text that a token stands in; empty for one that stands nowhere. */
  String text(int index) {
    return sequences[index] < 0 ? "" : texts.get(sequences[index]);
  }

  /** Says which tokens are no padding. */
  Encoding real(int from, int to) {
    realFrom = from;
    realTo = to;
    return this;
  }

  void typeId(int type) {
    Arrays.fill(typeIds, type);
    overflowing.forEach(part -> part.typeId(type));
  }

  void offset(int index, int start, int end) {
    starts[index] = start;
    ends[index] = end;
  }

  Tokens names() {
    return names;
  }

  Map<Integer, String> surfaces() {
    return surfaces;
  }

  /** Copies the tokens [from, to) into arrays, in the order of the constructor's. */
  void copyInto(int[][] arrays, int from, int to, int at) {
    int[][] mine = {ids, typeIds, starts, ends, words, sequences};
    for (int i = 0; i < mine.length; i++) {
      System.arraycopy(mine[i], from, arrays[i], at, to - from);
    }
  }

  @Override
  public String toString() {
    return "Encoding" + tokens();
  }
}
