package gradus.text.fasttext;

import gradus.text.io.BinaryInput;
import gradus.text.io.LittleEndianOutput;
import gradus.text.io.WordDecoder;
import gradus.text.io.WordIndex;
import gradus.text.training.WordTable;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;

/**
 * The words and labels of a fastText model, and which rows of its matrix belong to a word.
 *
 * <p>A word that is not UTF-8 is spelt with {@code \xe9} for the bytes that make no letter, as
 * gensim does; its n-grams are those of its bytes.
 */
final class FastTextDictionary {

  /** What an entry takes in the file at least: the end of its word, a count, a type. */
  private static final int LEAST_ENTRY = 10;

  private static final byte LABEL = 1;

  /** What the hashes of words in a row are joined with. */
  private static final long RUN_FACTOR = 116_049_371;

  private static final byte[] END_OF_LINE = Subwords.END_OF_LINE.getBytes(StandardCharsets.UTF_8);

  private final FastTextArgs args;
  private final int words;
  private final long tokens;
  private final String[] entries;
  private final long[] counts;
  private final Map<Integer, byte[]> notUtf8 = new HashMap<>();

  /** How many n-grams are kept; -1 for all. */
  private long kept = -1;

  /** Bucket and row of the n-grams that were kept, in pairs, in the order of the file. */
  private int[] keptPairs = {};

  private final Map<Integer, Integer> keptRows = new HashMap<>();
  private final WordIndex index;

  FastTextDictionary(BinaryInput in, FastTextArgs args) {
    this.args = args;
    in.reading("the sizes of the dictionary");
    int size = in.readInt();
    words = in.readInt();
    int labels = in.readInt();
    tokens = in.readLong();
    if (args.version() > 0) {
      kept = in.readLong();
    }
    if (words < 0 || labels < 0 || (long) words + labels != size) {
      throw in.error(
          "a dictionary of %d entries is said to hold %d words and %d labels. That does not add up."
              .formatted(size, words, labels));
    }
    if ((long) size * LEAST_ENTRY > in.left()) {
      throw in.error(
          "%,d entries of the dictionary do not fit in the %,d bytes left. The file was cut short, or its sizes are wrong."
              .formatted(size, in.left()));
    }
    entries = new String[size];
    counts = new long[size];
    index = new WordIndex(Arrays.asList(entries), size, UnaryOperator.identity());
    WordDecoder decoder = new WordDecoder(CodingErrorAction.REPORT);
    for (int i = 0; i < size; i++) {
      readEntry(in, decoder, i);
    }
    readKept(in);
  }

  /**
   * The dictionary of a corpus.
   *
   * @param vocabulary the words, then the labels, with their counts
   * @param words how many of them are words
   * @param tokens all words and labels of the corpus, each time they occur
   */
  FastTextDictionary(FastTextArgs args, WordTable vocabulary, int words, long tokens) {
    this.args = args;
    this.words = words;
    this.tokens = tokens;
    int size = vocabulary.size();
    entries = new String[size];
    counts = vocabulary.counts();
    index = new WordIndex(Arrays.asList(entries), size, UnaryOperator.identity());
    WordDecoder decoder = new WordDecoder(CodingErrorAction.REPORT);
    for (int i = 0; i < size; i++) {
      spell(decoder, i, vocabulary.bytes(i));
      index.add(i);
    }
  }

  private void spell(WordDecoder decoder, int entry, byte[] bytes) {
    try {
      entries[entry] = decoder.word(bytes, 0, bytes.length);
    } catch (CharacterCodingException e) {
      notUtf8.put(entry, bytes);
      entries[entry] = decoder.escaped(bytes);
    }
  }

  private void readEntry(BinaryInput in, WordDecoder decoder, int entry) {
    in.reading("an entry of the dictionary");
    BinaryInput.Stretch word = in.readUntil((byte) 0);
    spell(decoder, entry, Arrays.copyOfRange(word.bytes(), word.from(), word.to()));
    counts[entry] = in.readLong();
    byte type = in.readByte();
    if (type != (entry < words ? 0 : LABEL)) {
      throw in.error(
          "entry %,d is of type %d. Words (0) come first, then labels (1).".formatted(entry, type));
    }
    index.add(entry);
  }

  private void readKept(BinaryInput in) {
    in.reading("the n-grams that were kept");
    if (kept < -1 || kept > Math.min(in.left() / 8, 1 << 29)) {
      throw in.error(
          "%d n-grams are said to be kept, but %,d bytes are left.".formatted(kept, in.left()));
    }
    keptPairs = new int[(int) Math.max(0, 2 * kept)];
    for (int i = 0; i < keptPairs.length; i += 2) {
      keptPairs[i] = in.readInt();
      keptPairs[i + 1] = in.readInt();
      if (keptPairs[i + 1] < 0 || keptPairs[i + 1] >= kept) {
        throw in.error(
            "an n-gram's row is %d of %,d that were kept.".formatted(keptPairs[i + 1], kept));
      }
      keptRows.put(keptPairs[i], keptPairs[i + 1]);
    }
  }

  void write(LittleEndianOutput out) {
    out.writeInt(entries.length);
    out.writeInt(words);
    out.writeInt(entries.length - words);
    out.writeLong(tokens);
    if (args.version() > 0) {
      out.writeLong(kept);
    }
    for (int i = 0; i < entries.length; i++) {
      out.writeBytes(bytes(i));
      out.writeByte(0);
      out.writeLong(counts[i]);
      out.writeByte(i < words ? 0 : LABEL);
    }
    for (int number : keptPairs) {
      out.writeInt(number);
    }
  }

  private byte[] bytes(int entry) {
    byte[] bytes = notUtf8.get(entry);
    return bytes == null ? entries[entry].getBytes(StandardCharsets.UTF_8) : bytes;
  }

  List<String> words() {
    return Collections.unmodifiableList(Arrays.asList(entries).subList(0, words));
  }

  List<String> labels() {
    return Collections.unmodifiableList(Arrays.asList(entries).subList(words, entries.length));
  }

  /** How often each word stood in the text. */
  long[] wordCounts() {
    return Arrays.copyOf(counts, words);
  }

  /** All words and labels of the text. */
  long tokens() {
    return tokens;
  }

  /** How often each label stood in the text. */
  long[] labelCounts() {
    return Arrays.copyOfRange(counts, words, entries.length);
  }

  long rows() {
    return words + (kept >= 0 ? kept : args.bucket());
  }

  boolean pruned() {
    return kept >= 0;
  }

  /** The row of a word, -1 if it is none of the dictionary. */
  int row(String word) {
    int entry = index.find(word);
    return entry < words ? entry : -1;
  }

  boolean isLabel(String word) {
    return index.find(word) >= words;
  }

  /** The row of a bucket of n-grams, -1 if it was dropped. */
  int bucketRow(int bucket) {
    if (kept < 0) {
      return words + bucket;
    }
    Integer row = keptRows.get(bucket);
    return row == null ? -1 : words + row;
  }

  /**
   * A word's n-grams and their rows.
   *
   * @param text the letters
   * @param row the row
   */
  record Gram(String text, int row) {}

  /** The word itself, if it is one of the dictionary, then its n-grams. */
  List<Gram> grams(String word) {
    List<Gram> grams = new ArrayList<>();
    int own = row(word);
    if (own >= 0) {
      grams.add(new Gram(word, own));
    }
    byte[] marked = marked(word, own);
    each(
        marked,
        (bucket, from, to) -> {
          int row = bucketRow(bucket);
          if (row >= 0) {
            grams.add(new Gram(new String(marked, from, to - from, StandardCharsets.UTF_8), row));
          }
        });
    return grams;
  }

  /** A word's vector: the mean of its own row, if it has one, and its n-grams'. */
  float[] vector(String word, FastTextMatrix input) {
    return addRows(word, row(word), new RowMean(input)).mean();
  }

  /** Adds a word's rows to others; {@code own} is the word's row or -1. */
  RowMean addRows(String word, int own, RowMean rows) {
    eachRow(own >= 0 ? bytes(own) : word.getBytes(StandardCharsets.UTF_8), own, rows::add);
    return rows;
  }

  /**
   * Gives the rows of a word: its own, if it has one, and those of its n-grams, -1 for dropped
   * ones.
   *
   * @param word its letters
   * @param own its own row or -1
   */
  void eachRow(byte[] word, int own, IntConsumer rows) {
    rows.accept(own);
    if (args.usedMaxn() > 0 && !hasNoGrams(word)) {
      each(Subwords.marked(word), (bucket, from, to) -> rows.accept(bucketRow(bucket)));
    }
  }

  /** Gives the rows of the runs of words in a text, from their hashes; -1 for dropped ones. */
  void eachRun(int[] hashes, int count, IntConsumer rows) {
    for (int i = 0; i < count && args.bucket() > 0; i++) {
      long hash = hashes[i];
      for (int j = i + 1; j < count && j < i + args.wordNgrams(); j++) {
        hash = hash * RUN_FACTOR + hashes[j];
        rows.accept(bucketRow((int) Long.remainderUnsigned(hash, args.bucket())));
      }
    }
  }

  private void each(byte[] marked, Subwords.Receiver receiver) {
    Subwords.of(marked, args.minn(), args.usedMaxn(), args.bucket(), receiver);
  }

  /** The end of the line has none; the first fastText took it apart like any other word. */
  private boolean hasNoGrams(byte[] word) {
    return args.version() > 0 && Arrays.equals(word, END_OF_LINE);
  }

  /** The word with the marks around it; nothing for a word without n-grams. */
  private byte[] marked(String word, int own) {
    byte[] bytes = own >= 0 ? bytes(own) : word.getBytes(StandardCharsets.UTF_8);
    return hasNoGrams(bytes) ? new byte[0] : Subwords.marked(bytes);
  }
}
