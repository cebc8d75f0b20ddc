package gradus.text.training;

import gradus.text.corpus.Corpus;
import gradus.text.io.WordDecoder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * The words of a corpus and how often each occurs, counted by several threads; the result does not
 * depend on their number.
 */
public final class WordCounts {

  private final WordTable table;
  private final long words;

  private WordCounts(WordTable table, long words) {
    this.table = table;
    this.words = words;
  }

  /**
   * Counts the words of a corpus.
   *
   * @param workers how many threads count; with {@code maxVocabSize} only one does, since what is
   *     dropped depends on the order
   * @param maxVocabSize when there are more different words, the rarest are dropped, and the more
   *     often it happens the more frequent ones (gensim's {@code max_vocab_size}); 0 for no limit
   */
  public static WordCounts of(Corpus corpus, int workers, int maxVocabSize) {
    return of(corpus, workers, maxVocabSize, null);
  }

  /**
   * The same, with the end of each line counted as a word of its own.
   *
   * @param endOfLine how that word is spelt, or null
   */
  public static WordCounts of(Corpus corpus, int workers, int maxVocabSize, byte[] endOfLine) {
    List<WordTable> tables = new ArrayList<>();
    var total = new AtomicLong();
    int[] blocks = {0};
    boolean interrupted;
    try (TextBlocks text = corpus.blocks()) {
      interrupted =
          Crew.run(
              maxVocabSize > 0 ? 1 : workers,
              (crew, _) -> {
                var counting = new Counting(maxVocabSize, endOfLine);
                while (!crew.stopped()) {
                  TextBlocks.Block block;
                  synchronized (text) {
                    block = text.next();
                    counting.position = (long) blocks[0]++ << 32;
                  }
                  if (block == null) {
                    break;
                  }
                  block.tell(counting);
                }
                total.addAndGet(counting.words);
                synchronized (tables) {
                  tables.add(counting.table);
                }
              });
    }
    if (interrupted) {
      throw new CancellationException(
          "corpus: the thread was interrupted while words were counted.");
    }
    WordTable all = tables.getFirst();
    tables.stream().skip(1).forEach(all::addAll);
    return new WordCounts(all, total.get());
  }

  /** One thread's share. */
  private static final class Counting implements TokenSink {
    private final int most;
    private final byte[] endOfLine;
    private WordTable table = new WordTable();
    private long leastCount = 1;
    private long words;
    private long position;

    Counting(int most, byte[] endOfLine) {
      this.most = most;
      this.endOfLine = endOfLine;
    }

    @Override
    public void word(byte[] bytes, int from, int to, int hash) {
      table.add(bytes, from, to, hash, 1, position++);
      words++;
      while (most > 0 && table.size() > most) {
        table = table.atLeast(++leastCount);
      }
    }

    @Override
    public void endOfLine() {
      if (endOfLine != null) {
        word(endOfLine, 0, endOfLine.length, WordTable.hash(endOfLine, 0, endOfLine.length));
      }
    }
  }

  /** All words, each time they occur. */
  public long words() {
    return words;
  }

  /** The different words by number. */
  public WordTable table() {
    return table;
  }

  /**
   * The numbers of the words that occur {@code minCount} times, by falling frequency; of those as
   * frequent the one that the corpus begins with later comes first, as in gensim.
   */
  public int[] byFrequency(long minCount) {
    return IntStream.range(0, table.size())
        .filter(word -> table.count(word) >= minCount)
        .boxed()
        .sorted(
            Comparator.comparingLong((Integer word) -> -table.count(word))
                .thenComparing(word -> -table.first(word)))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** How all words of a table are spelt, by their numbers. */
  public static List<String> spelt(WordTable table) {
    var decoder = new WordDecoder(CodingErrorAction.REPORT);
    return IntStream.range(0, table.size())
        .mapToObj(number -> spelt(decoder, table.bytes(number)))
        .toList();
  }

  /**
   * How words are spelt. Bytes that are not UTF-8 stand there as {@code \xe9}, as gensim and {@code
   * FastText} spell them.
   */
  public List<String> spelt(int[] numbers) {
    return spelt(table.select(numbers));
  }

  private static String spelt(WordDecoder decoder, byte[] bytes) {
    try {
      return decoder.word(bytes, 0, bytes.length);
    } catch (CharacterCodingException e) {
      return decoder.escaped(bytes);
    }
  }
}
