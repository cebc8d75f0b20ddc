package gradus.text.vectors;

import gradus.tensor.io.Heap;
import gradus.tensor.io.LoadProgress;
import gradus.text.fasttext.FastTextReader;
import gradus.text.io.ByteSource;
import gradus.text.io.WordDecoder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Path;

/** Recognises by its content what kind of file of word vectors it has, and reads it. */
final class WordVectorFiles {

  private static final System.Logger LOG = System.getLogger(WordVectorFiles.class.getName());

  private WordVectorFiles() {}

  static WordVectors load(Path path, int limit, UnicodeErrors errors, LoadProgress progress) {
    if (limit < 1) {
      throw new IllegalArgumentException(
          "load: a limit of %d words. It must be at least 1.".formatted(limit));
    }
    ByteSource source = ByteSource.of(path, progress);
    WordVectors vectors = Heap.reading(path, "its words", () -> read(source, limit, errors));
    if (vectors.size() == 0) {
      LOG.log(System.Logger.Level.WARNING, "{0}: the file holds no words.", path);
    }
    source.finished();
    return vectors;
  }

  private static WordVectors read(ByteSource source, int limit, UnicodeErrors errors) {
    byte[] head = source.head();
    if (head.length == 0) {
      throw source.error(
          "byte 0", "the file is empty. It must hold words and their vectors, a word a line.");
    }
    if (FastTextReader.recognises(head)) {
      return FastTextReader.wordVectors(source, limit);
    }
    Word2VecHeader header = Word2VecHeader.of(source);
    if (header.present() && isBinary(head, header)) {
      return new BinaryVectors(source, header, limit, errors).read();
    }
    if (!header.present() && firstNul(head) >= 0) {
      throw source.error(
          "byte " + firstNul(head),
          ("a zero byte; the file begins with %s. That is no known kind. Known are word2vec text"
                  + " and binary, GloVe text, fastText .vec, .bin and .ftz, each also gzipped."
                  + " Files of tensors are read by StateDict.load.")
              .formatted(WordDecoder.hex(head, 0, head.length)));
    }
    return new TextVectors(source, header, limit, errors).read();
  }

  /** Whether what follows the line of counts is floats rather than digits. */
  private static boolean isBinary(byte[] head, Word2VecHeader header) {
    int from = header.end();
    if (header.rows() == 0) {
      return false; // nothing follows, or nothing that counts
    }
    boolean whole = head.length < ByteSource.HEAD;
    if (whole && !isTextToItsEnd(head, header) && isBinaryToItsEnd(head, header)) {
      return true;
    }
    int to = from;
    while (to < head.length && head[to] != '\n') {
      to++;
    }
    if (to < head.length
        && new TextRows(head, header.dim(), UnicodeErrors.REPLACE).fits(from, to)) {
      return false;
    }
    return firstControl(head, from) >= 0 || !isUtf8(head, from);
  }

  private static boolean isTextToItsEnd(byte[] head, Word2VecHeader header) {
    TextRows rows =
        new TextRows(head, header.dim(), UnicodeErrors.STRICT).read(header.end(), head.length);
    return rows.problem() == null && rows.rows() >= header.rows();
  }

  /** The bytes of a few numbers may happen to be letters or digits: then all must come out even. */
  private static boolean isBinaryToItsEnd(byte[] head, Word2VecHeader header) {
    int at = header.end();
    for (long row = 0; row < header.rows(); row++) {
      while (at < head.length && head[at] == '\n') {
        at++;
      }
      int word = at;
      while (at < head.length && head[at] != ' ') {
        at++;
      }
      if (head.length - at - 1 < 4L * header.dim() || !isUtf8(head, word, at)) {
        return false;
      }
      at += 1 + 4 * header.dim();
    }
    return at == head.length || at == head.length - 1 && head[at] == '\n';
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
    return isUtf8(bytes, from, to);
  }

  private static boolean isUtf8(byte[] bytes, int from, int to) {
    try {
      new WordDecoder(CodingErrorAction.REPORT).word(bytes, from, to);
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
