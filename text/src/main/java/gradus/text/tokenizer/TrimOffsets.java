package gradus.text.tokenizer;

import java.util.List;

/**
 * Leaves blanks that belong to a token out of its offsets.
 *
 * @param next what else is done
 * @param addPrefixSpace whether the first blank of the text may have been added, and is not in it
 */
record TrimOffsets(PostProcessor next, boolean addPrefixSpace) implements PostProcessor {

  @Override
  public int addedTokens(boolean pair) {
    return next.addedTokens(pair);
  }

  @Override
  public List<Encoding> process(List<Encoding> texts, boolean addSpecialTokens) {
    texts.forEach(this::trim);
    return next.process(texts, addSpecialTokens);
  }

  private void trim(Encoding encoding) {
    for (int i = 0; i < encoding.size(); i++) {
      trim(encoding, i);
    }
    encoding.overflowing().forEach(this::trim);
  }

  private void trim(Encoding encoding, int index) {
    String token = encoding.token(index);
    int length = token.codePointCount(0, token.length());
    int leading = 0;
    while (leading < length && isBlank(token.codePointAt(token.offsetByCodePoints(0, leading)))) {
      leading++;
    }
    int trailing = 0;
    while (trailing < length
        && isBlank(token.codePointAt(token.offsetByCodePoints(token.length(), -trailing - 1)))) {
      trailing++;
    }
    String text = encoding.text(index);
    int start = encoding.start(index);
    int end = encoding.end(index);
    if (leading > 0 && addPrefixSpace && (index == 0 || start == 0)) {
      leading--;
    }
    for (; leading > 0 && start < end; leading--) {
      start += Character.charCount(text.codePointAt(start));
    }
    boolean room = end >= 2 * trailing || text.codePointCount(0, end) >= trailing;
    for (; room && trailing > 0 && end > start; trailing--) {
      end -= Character.charCount(text.codePointBefore(end));
    }
    encoding.offset(index, start, end);
  }

  private static boolean isBlank(int c) {
    return c == ByteLevel.blank() || CharClasses.isWhiteSpace(c);
  }
}
