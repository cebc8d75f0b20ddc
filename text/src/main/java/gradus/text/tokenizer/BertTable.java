package gradus.text.tokenizer;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * What each character means to BERT wherever it stands, found out by asking {@link BertNormalizer}
 * and the classes of characters. One table serves all tokenizers that normalise alike.
 */
final class BertTable {

  /** It belongs to a word. */
  static final int WORD = 1;

  /** It ends a word. */
  static final int BLANK = 2;

  /** It is a word. */
  static final int ALONE = 3;

  /** It vanishes. */
  static final int GONE = 4;

  /** It depends on what stands beside it, or becomes several characters. */
  static final int OTHER = 5;

  private static final int PAGE = 256;
  private static final Map<BertNormalizer, BertTable> TABLES = new ConcurrentHashMap<>();

  private final BertNormalizer normalizer;
  private final int[] first;
  private final AtomicReferenceArray<int[]> pages = new AtomicReferenceArray<>(PAGE);

  private BertTable(BertNormalizer normalizer) {
    this.normalizer = normalizer;
    this.first = fill(0);
  }

  static BertTable of(BertNormalizer normalizer) {
    return TABLES.computeIfAbsent(normalizer, BertTable::new);
  }

  /** What a character means, times 65,536, and the character it becomes. */
  int entry(char c) {
    return c < PAGE ? first[c] : page(c >> 8)[c & 255];
  }

  static int kind(int entry) {
    return entry >>> 16;
  }

  /** Filled when it is first needed; twice does no harm. */
  private int[] page(int number) {
    int[] page = pages.get(number);
    if (page == null) {
      page = fill(number);
      pages.set(number, page);
    }
    return page;
  }

  private int[] fill(int number) {
    int[] page = new int[PAGE];
    for (int i = 0; i < PAGE; i++) {
      page[i] = classify((char) (number << 8 | i));
    }
    return page;
  }

  private int classify(char c) {
    if (Character.isSurrogate(c)) {
      return OTHER << 16;
    }
    NormalizedString text = NormalizedString.of(Character.toString(c));
    normalizer.normalize(text);
    String result = text.toString();
    if (result.isEmpty()) {
      return GONE << 16;
    }
    boolean apart = result.length() == 3 && result.charAt(0) == ' ' && result.charAt(2) == ' ';
    if (!apart && result.length() > 1) {
      return OTHER << 16;
    }
    char only = result.charAt(apart ? 1 : 0);
    return kind(only, apart) << 16 | only;
  }

  private int kind(char only, boolean apart) {
    if (CharClasses.isWhiteSpace(only)) {
      return BLANK;
    }
    if (normalizer.stripAccents() && CombiningClass.of(only) > 0) {
      return OTHER;
    }
    return apart || CharClasses.isPunctuation(only) ? ALONE : WORD;
  }
}
