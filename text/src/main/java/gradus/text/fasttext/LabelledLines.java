package gradus.text.fasttext;

import gradus.text.training.EncodedCorpus;
import gradus.text.training.TokenSink;
import gradus.text.training.WordTable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Lays down each line of a text with labels: how many labels, the labels, then the rows of its
 * words, their n-grams and its runs of words. Lines without labels or rows are left out.
 */
final class LabelledLines implements TokenSink {

  private final FastTextDictionary dictionary;
  private final WordTable vocabulary;
  private final byte[] prefix;
  private final EncodedCorpus.Output out;
  private int[] labels = new int[8];
  private int labelled;
  private int[] rows = new int[256];
  private int count;
  private int[] hashes = new int[64];
  private int hashed;

  /**
   * An encoder.
   *
   * @param vocabulary the entries of the dictionary, words and then labels
   * @param prefix what labels begin with
   */
  LabelledLines(
      FastTextDictionary dictionary,
      WordTable vocabulary,
      String prefix,
      EncodedCorpus.Output out) {
    this.dictionary = dictionary;
    this.vocabulary = vocabulary;
    this.prefix = prefix.getBytes(StandardCharsets.UTF_8);
    this.out = out;
  }

  @Override
  public void word(byte[] bytes, int from, int to, int hash) {
    int entry = vocabulary.find(bytes, from, to, hash);
    int words = dictionary.words().size();
    if (entry >= words) {
      if (labelled == labels.length) {
        labels = Arrays.copyOf(labels, 2 * labelled);
      }
      labels[labelled++] = entry - words;
    } else if (entry >= 0 || !isLabel(prefix, bytes, from, to)) {
      if (hashed == hashes.length) {
        hashes = Arrays.copyOf(hashes, 2 * hashed);
      }
      hashes[hashed++] = hash;
      byte[] word = Arrays.copyOfRange(bytes, from, to);
      dictionary.eachRow(word, entry, this::row);
    }
  }

  static boolean isLabel(byte[] prefix, byte[] bytes, int from, int to) {
    return to - from >= prefix.length
        && Arrays.equals(bytes, from, from + prefix.length, prefix, 0, prefix.length);
  }

  /** Words that are too rare have no row of their own. */
  private void row(int row) {
    if (row < 0) {
      return;
    }
    if (count == rows.length) {
      rows = Arrays.copyOf(rows, 2 * count);
    }
    rows[count++] = row;
  }

  @Override
  public void endOfLine() {
    byte[] end = Subwords.END_OF_LINE.getBytes(StandardCharsets.UTF_8);
    word(end, 0, end.length, WordTable.hash(end, 0, end.length));
    dictionary.eachRun(hashes, hashed, this::row);
    if (labelled > 0 && count > 0) {
      out.put(labelled);
      for (int i = 0; i < labelled; i++) {
        out.put(labels[i]);
      }
      for (int i = 0; i < count; i++) {
        out.put(rows[i]);
      }
      out.endSentence();
    }
    labelled = 0;
    count = 0;
    hashed = 0;
  }
}
