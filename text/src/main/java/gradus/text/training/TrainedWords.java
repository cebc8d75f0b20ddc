package gradus.text.training;

import gradus.text.io.Given;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The words that get a vector, by id, with their counts.
 *
 * @param table the words as bytes
 * @param words how they are spelt
 */
public record TrainedWords(WordTable table, List<String> words) {

  /** The words of a table. */
  public static TrainedWords of(WordTable table) {
    return new TrainedWords(table, WordCounts.spelt(table));
  }

  /**
   * The frequent words of a corpus, by falling frequency.
   *
   * @param op the trainer, for errors
   * @param minCount how often a word must occur
   * @param most how many there may be; 0 for no limit
   * @throws IllegalArgumentException if there is none
   */
  public static TrainedWords of(String op, WordCounts counts, int minCount, int most) {
    int[] kept = counts.byFrequency(minCount);
    if (kept.length == 0) {
      throw new IllegalArgumentException(
          counts.words() == 0
              ? "%s: there is no word in the corpus. Give a text of words parted by blanks."
                  .formatted(op)
              : "%s: none of %,d different words occurs %d times. Lower minCount or give more text."
                  .formatted(op, counts.table().size(), minCount));
    }
    boolean tooMany = most > 0 && kept.length > most;
    return of(counts.table().select(tooMany ? Arrays.copyOf(kept, most) : kept));
  }

  /**
   * These words and behind them those of another corpus that occur {@code minCount} times in it;
   * its counts are added.
   */
  public TrainedWords and(WordCounts counts, int minCount) {
    WordTable all = table.select(IntStream.range(0, table.size()).toArray());
    for (int word : counts.byFrequency(1)) {
      byte[] bytes = counts.table().bytes(word);
      int hash = WordTable.hash(bytes, 0, bytes.length);
      long count = counts.table().count(word);
      if (all.find(bytes, 0, bytes.length, hash) >= 0 || count >= minCount) {
        all.add(bytes, 0, bytes.length, hash, count, Long.MAX_VALUE);
      }
    }
    return of(all);
  }

  /** How many words there are. */
  public int size() {
    return table.size();
  }

  /**
   * How often a word occurs.
   *
   * @param op the trainer, for errors
   */
  public long count(String op, String word) {
    byte[] bytes = Given.notNull(op, "the word", word).getBytes(StandardCharsets.UTF_8);
    int id = table.find(bytes, 0, bytes.length, WordTable.hash(bytes, 0, bytes.length));
    if (id < 0) {
      throw new IllegalArgumentException(
          "%s: \"%s\" is not among the %,d words.".formatted(op, word, size()));
    }
    return table.count(id);
  }
}
