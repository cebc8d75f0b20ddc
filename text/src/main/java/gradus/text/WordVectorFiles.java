package gradus.text;

import gradus.tensor.io.LoadProgress;
import java.nio.file.Path;

/** Recognises by its content what kind of file of word vectors it has, and reads it. */
final class WordVectorFiles {

  private WordVectorFiles() {}

  static WordVectors load(Path path, UnicodeErrors errors, LoadProgress progress) {
    ByteSource source = ByteSource.of(path, progress);
    WordVectors vectors = read(source, errors);
    source.finished();
    return vectors;
  }

  private static WordVectors read(ByteSource source, UnicodeErrors errors) {
    byte[] head = source.head();
    if (head.length == 0) {
      throw source.error(
          "byte 0", "the file is empty. It must hold words and their vectors, a word a line.");
    }
    if (FastTextReader.recognises(head)) {
      return FastTextReader.wordVectors(source);
    }
    CountsLine counts = CountsLine.of(source);
    if (counts.present() && isBinary(head, counts)) {
      return new BinaryVectors(source, counts, errors).read();
    }
    if (!counts.present() && firstNul(head) >= 0) {
      throw source.error(
          "byte " + firstNul(head),
          ("a zero byte; the file begins with %s. That is no known kind. Known are word2vec text"
                  + " and binary, GloVe text, fastText .vec, .bin and .ftz, each also gzipped."
                  + " Files of tensors are read by StateDict.load.")
              .formatted(WordDecoder.hex(head, 0, head.length)));
    }
    return new TextVectors(source, counts, errors).read();
  }

  /** Whether what follows the line of counts is floats rather than digits. */
  private static boolean isBinary(byte[] head, CountsLine counts) {
    int from = counts.end();
    int to = from;
    while (to < head.length && head[to] != '\n') {
      to++;
    }
    if (to < head.length
        && new TextRows(head, counts.dim(), UnicodeErrors.REPLACE).fits(from, to)) {
      return false;
    }
    return firstControl(head, from) >= 0 || !isUtf8(head, from);
  }

  /** The first byte below 32 other than tab, newline and return; -1 if there is none. */
  private static int firstControl(byte[] bytes, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] >= 0 && bytes[i] < ' ' && (bytes[i] < '\t' || bytes[i] > '\r')) {
        return i;
      }
    }
    return -1;
  }

  private static int firstNul(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isUtf8(byte[] bytes, int from) {
    int to = bytes.length;
    // The end of the head may cut a letter.
    while (to > from && to > bytes.length - 4 && bytes[to - 1] < 0) {
      to--;
    }
    try {
      new WordDecoder(UnicodeErrors.STRICT).word(bytes, from, to);
      return true;
    } catch (java.nio.charset.CharacterCodingException e) {
      return false;
    }
  }
}
