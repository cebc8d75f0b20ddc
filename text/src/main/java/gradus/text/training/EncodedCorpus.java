package gradus.text.training;

import gradus.text.corpus.Corpus;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * A corpus as the ids of its words, in jobs of some ten thousand words each, which may be read in
 * any order. A small one stays in memory, a larger one lies in a temporary file: what it takes of
 * the memory does not grow with it.
 *
 * <p>Ids are written in seven bits a byte, so that the frequent words, which have small ones, take
 * one byte.
 */
public final class EncodedCorpus implements AutoCloseable {

  /** gensim's {@code MAX_WORDS_IN_BATCH}: longer sentences are cut. */
  public static final int LONGEST_SENTENCE = 10_000;

  /** What ends a sentence in what {@link #read} gives. */
  public static final int END = -1;

  /** gensim's {@code batch_words}: so many words at most make a job, give or take a sentence. */
  private static final int JOB_WORDS = 10_000;

  /** Of a small corpus they are fewer, so that all threads have work and one sees progress. */
  private static final int JOBS = 100;

  private static final long MOST_IN_MEMORY = 8L << 20;

  /**
   * Words that are trained together.
   *
   * @param block and {@code part}: its place in the corpus
   * @param words how many there are
   * @param symbols words and ends of sentences together
   * @param bytes what they are written in, in memory; null if in the file
   * @param at where in the file
   * @param length how many bytes
   */
  private record Job(
      int block, int part, int words, int symbols, byte[] bytes, long at, int length) {}

  private final SpillFile file = new SpillFile();
  private final List<Job> jobs = new ArrayList<>();
  private long[] starts;
  private long inMemory;

  private EncodedCorpus() {}

  /** Takes the ids of a text from what encodes it. */
  public interface Output {
    /** The next id of the sentence, at least 0. */
    void put(int id);

    /** The sentence has come to its end; one without ids leaves no trace. */
    void endSentence();
  }

  /**
   * Encodes the words of a corpus.
   *
   * @param vocabulary the words by id, with their counts; others are left out
   * @param longest how many words a sentence has at most
   * @param endOfLine the id of the word that stands for the end of a line, or -1
   * @param workers how many threads
   */
  public static EncodedCorpus of(
      Corpus corpus, WordTable vocabulary, int longest, int endOfLine, int workers) {
    return of(
        corpus,
        LongStream.of(vocabulary.counts()).sum(),
        workers,
        out -> new WordEncoder(vocabulary, longest, endOfLine, out));
  }

  /**
   * Encodes a corpus in some other way.
   *
   * @param words how many ids there will be, roughly
   * @param workers how many threads
   * @param encoders makes what encodes a thread's share; words come to it line by line
   */
  public static EncodedCorpus of(
      Corpus corpus, long words, int workers, Function<Output, TokenSink> encoders) {
    int jobWords = Math.clamp(words / JOBS, 1, JOB_WORDS);
    var encoded = new EncodedCorpus();
    int[] blocks = {0};
    boolean interrupted;
    try (TextBlocks text = corpus.blocks()) {
      interrupted =
          Crew.run(
              workers,
              (crew, _) -> {
                var writer = new JobWriter(encoded, jobWords);
                TokenSink encoder = encoders.apply(writer);
                while (!crew.stopped()) {
                  TextBlocks.Block block;
                  synchronized (text) {
                    block = text.next();
                    writer.block = blocks[0]++;
                  }
                  if (block == null) {
                    return;
                  }
                  writer.part = 0;
                  block.tell(encoder);
                  writer.finish();
                }
              });
    } catch (RuntimeException | Error e) {
      encoded.close();
      throw e;
    }
    if (interrupted) {
      encoded.close();
      throw new CancellationException("corpus: the thread was interrupted while it was read.");
    }
    encoded.jobs.sort(Comparator.comparingInt(Job::block).thenComparingInt(Job::part));
    encoded.starts = new long[encoded.jobs.size() + 1];
    for (int i = 0; i < encoded.jobs.size(); i++) {
      encoded.starts[i + 1] = encoded.starts[i] + encoded.jobs.get(i).words();
    }
    return encoded;
  }

  /** How many jobs there are. */
  public int jobs() {
    return jobs.size();
  }

  /** How many words stand before a job; before job {@link #jobs}: all. */
  public long start(int job) {
    return starts[job];
  }

  /** The words of all jobs. */
  public long words() {
    return starts[jobs.size()];
  }

  /**
   * The ids of a job, {@link #END} after each sentence.
   *
   * @param ids an array to use again, or null
   * @return the same or a larger one; what is used of it ends where {@link #symbols} says
   */
  public int[] read(int job, int[] ids) {
    Job wanted = jobs.get(job);
    byte[] bytes = wanted.bytes();
    if (bytes == null) {
      bytes = new byte[wanted.length()];
      file.read(wanted.at(), ByteBuffer.wrap(bytes));
    }
    int[] into = ids != null && ids.length >= wanted.symbols() ? ids : new int[wanted.symbols()];
    int at = 0;
    for (int i = 0; i < wanted.symbols(); i++) {
      int value = 0;
      int shift = 0;
      byte b;
      do {
        b = bytes[at++];
        value |= (b & 0x7f) << shift;
        shift += 7;
      } while (b < 0);
      into[i] = value - 1;
    }
    return into;
  }

  /** How many ids and ends a job has. */
  public int symbols(int job) {
    return jobs.get(job).symbols();
  }

  private void add(int block, int part, int words, int symbols, byte[] bytes, int length) {
    boolean stays;
    synchronized (this) {
      stays = inMemory + length <= MOST_IN_MEMORY;
      inMemory += stays ? length : 0;
    }
    Job job =
        stays
            ? new Job(block, part, words, symbols, Arrays.copyOf(bytes, length), -1, length)
            : new Job(block, part, words, symbols, null, file.write(bytes, length), length);
    synchronized (this) {
      jobs.add(job);
    }
  }

  @Override
  public void close() {
    file.close();
  }

  /** Looks words up. */
  private static final class WordEncoder implements TokenSink {
    private final WordTable vocabulary;
    private final int longest;
    private final int endOfLine;
    private final Output out;
    private int length;

    WordEncoder(WordTable vocabulary, int longest, int endOfLine, Output out) {
      this.vocabulary = vocabulary;
      this.longest = longest;
      this.endOfLine = endOfLine;
      this.out = out;
    }

    @Override
    public void word(byte[] word, int from, int to, int hash) {
      int id = vocabulary.find(word, from, to, hash);
      if (id >= 0) {
        put(id);
      }
    }

    private void put(int id) {
      out.put(id);
      if (++length == longest) {
        length = 0;
        out.endSentence();
      }
    }

    @Override
    public void endOfLine() {
      if (endOfLine >= 0) {
        put(endOfLine);
      }
      length = 0;
      out.endSentence();
    }
  }

  /** Writes ids, a job when enough have come. */
  private static final class JobWriter implements Output {
    private static final int MOST_BYTES_A_SYMBOL = 5;

    private final EncodedCorpus corpus;
    private final int jobWords;
    private byte[] bytes = new byte[1 << 10];
    private int length;
    private int words;
    private int symbols;
    private int ended;
    private int block;
    private int part;

    JobWriter(EncodedCorpus corpus, int jobWords) {
      this.corpus = corpus;
      this.jobWords = jobWords;
    }

    @Override
    public void put(int id) {
      symbol(id + 1);
      words++;
    }

    @Override
    public void endSentence() {
      if (words == ended) {
        return;
      }
      symbol(0);
      ended = words;
      if (words >= jobWords) {
        finish();
      }
    }

    private void symbol(int value) {
      if (length + MOST_BYTES_A_SYMBOL > bytes.length) {
        bytes = Arrays.copyOf(bytes, 2 * bytes.length);
      }
      int rest = value;
      while (rest >>> 7 != 0) {
        bytes[length++] = (byte) (rest | 0x80);
        rest >>>= 7;
      }
      bytes[length++] = (byte) rest;
      symbols++;
    }

    /** Gives what has come as a job. */
    void finish() {
      if (words > 0) {
        corpus.add(block, part++, words, symbols, bytes, length);
      }
      length = 0;
      words = 0;
      ended = 0;
      symbols = 0;
    }
  }
}
