package gradus.text;

import gradus.tensor.io.Elements;
import java.nio.charset.CharacterCodingException;

/**
 * Reads word2vec's binary file: a line of counts, then for each word its letters, a blank and its
 * numbers as little-endian floats. The C program writes a newline after the numbers, gensim does
 * not; both are read.
 */
final class BinaryVectors {

  private final ByteSource source;
  private final CountsLine counts;
  private final WordDecoder decoder;

  BinaryVectors(ByteSource source, CountsLine counts, UnicodeErrors errors) {
    this.source = source;
    this.counts = counts;
    this.decoder = new WordDecoder(errors);
  }

  WordVectors read() {
    // A gzipped file tells its length only after it was unpacked.
    source.passes(source.packed() ? 2 : 1);
    int rows = counts.rows();
    int dim = counts.dim();
    // A row takes at least a blank and its numbers.
    long least = rows * (4L * dim + 1);
    if (least > source.length() - counts.end()) {
      throw source.error(
          "line 1",
          "%,d words of %,d numbers take %,d bytes or more, but %,d are left. The file was cut short, or the counts are wrong."
              .formatted(rows, dim, least, source.length() - counts.end()));
    }
    String[] words = new String[rows];
    float[] table = Elements.floats(source.path(), "line 1", rows, dim);
    try (BinaryInput in = new BinaryInput(source)) {
      in.skip(counts.end());
      for (int row = 0; row < rows; row++) {
        in.reading("a word");
        in.skipAll((byte) '\n');
        long start = in.position();
        words[row] = word(in.readUntil((byte) ' '), start, row);
        in.reading("a vector");
        in.readFloats(table, row * dim, dim);
      }
      in.skipAll((byte) '\n');
      if (!in.atEnd()) {
        throw in.error(
            "bytes after the last of the %,d words that line 1 says there are.".formatted(rows));
      }
    }
    return DistinctWords.table(source.path(), words, rows, table, dim);
  }

  private String word(BinaryInput.Stretch letters, long start, int row) {
    try {
      return decoder.word(letters.bytes(), letters.from(), letters.to());
    } catch (CharacterCodingException e) {
      throw source.error(
          "byte " + start,
          ("word %,d (bytes %s) is not UTF-8. Load the file with UnicodeErrors.REPLACE or IGNORE,"
                  + " if its counts are right.")
              .formatted(row + 1, WordDecoder.hex(letters.bytes(), letters.from(), letters.to())));
    }
  }
}
