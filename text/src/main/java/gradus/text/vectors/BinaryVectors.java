package gradus.text.vectors;

import gradus.text.io.BinaryInput;
import gradus.text.io.ByteSource;
import gradus.text.io.WordDecoder;
import java.nio.charset.CharacterCodingException;

/**
 * Reads word2vec's binary file: a line of counts, then for each word its letters, a blank and its
 * numbers as little-endian floats. The C program writes a newline after the numbers, gensim does
 * not; both are read.
 */
final class BinaryVectors {

  private static final System.Logger LOG = System.getLogger(BinaryVectors.class.getName());

  private final ByteSource source;
  private final Word2VecHeader header;
  private final int limit;
  private final WordDecoder decoder;

  BinaryVectors(ByteSource source, Word2VecHeader header, int limit, UnicodeErrors errors) {
    this.source = source;
    this.header = header;
    this.limit = limit;
    this.decoder = new WordDecoder(errors.action());
  }

  WordVectors read() {
    boolean all = limit >= header.rows();
    // A gzipped file tells its length only after it was unpacked.
    source.passes(source.packed() && all ? 2 : 1);
    long wanted = Math.min(header.rows(), limit);
    int dim = header.dim();
    // A row takes at least a blank and its numbers.
    long rowBytes = 4L * dim + 1;
    long left = (all ? source.length() : source.longest()) - header.end();
    if (wanted > left / rowBytes) {
      throw source.error(
          "line 1",
          "%,d words of %,d numbers take %,.0f bytes or more, but %,d are left. The file was cut short, or the counts are wrong."
              .formatted(wanted, dim, (double) wanted * rowBytes, left));
    }
    int rows = (int) Math.min(wanted, Integer.MAX_VALUE);
    float[] table = ByteSource.table(source.path(), "line 1", wanted, dim);
    String[] words = new String[rows];
    try (BinaryInput in = new BinaryInput(source)) {
      in.skip(header.end());
      for (int row = 0; row < rows; row++) {
        in.reading("a word");
        in.skipAll((byte) '\n');
        long start = in.position();
        words[row] = word(in.readUntil((byte) ' '), start, row);
        in.reading("a vector");
        in.readFloats(table, row * dim, dim);
      }
      in.skipAll((byte) '\n');
      if (all && !in.atEnd()) {
        LOG.log(
            System.Logger.Level.WARNING,
            "{0}: there are bytes after the last of the {1} words that line 1 says there are; they are left out.",
            source.path(),
            rows);
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
