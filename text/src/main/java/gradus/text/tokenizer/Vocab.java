package gradus.text.tokenizer;

import gradus.tensor.Tensor;
import gradus.tensor.io.Quoted;
import gradus.text.io.Given;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Words to ids and back, for a model that is trained from scratch.
 *
 * <pre>{@code
 * List<List<String>> sentences = List.of(List.of("the", "cat", "sat"), List.of("the", "dog"));
 * Vocab vocab = Vocab.of(sentences, o -> o.specials("<pad>", "<unk>"));
 * vocab.ids(sentences, 3);          // tensor([[2, 3, 5],
 *                                   //         [2, 4, 0]])
 * vocab.id("fish");                 // 1, that of <unk>
 * vocab.words(Tensor.of(2, 4));     // [the, dog]
 * }</pre>
 *
 * <p>The rows of a table that is given have a {@link gradus.text.vectors.Vocabulary}; here ids go
 * to the special words first, in the order they are named, then to the others by how often they
 * occur, those of one count in the order of the alphabet. PyTorch: {@code
 * torchtext.vocab.build_vocab_from_iterator}.
 */
public final class Vocab {
  /** The word whose id stands for all that are not there, unless another is named. */
  public static final String UNKNOWN = "<unk>";

  /** The word that fills up short sentences, unless another is named. */
  public static final String PADDING = "<pad>";

  private final List<String> words;
  private final Map<String, Integer> ids = new HashMap<>();
  private final Map<String, Long> counts;
  private final String unknown;
  private final String padding;

  private Vocab(List<String> words, Map<String, Long> counts, String unknown, String padding) {
    this.words = List.copyOf(words);
    this.counts = counts;
    this.unknown = unknown;
    this.padding = padding;
    for (String word : words) {
      if (ids.putIfAbsent(word, ids.size()) != null) {
        throw new IllegalArgumentException(
            "vocab: \"%s\" stands there twice. Each word has one id.".formatted(Quoted.of(word)));
      }
    }
  }

  /**
   * The words of some sentences.
   *
   * @param sentences each a sequence of words
   * @return their vocabulary, without special words: a word that is not there is refused
   */
  public static Vocab of(Iterable<? extends Iterable<String>> sentences) {
    return of(sentences, _ -> {});
  }

  /** The same with options. */
  public static Vocab of(
      Iterable<? extends Iterable<String>> sentences, Consumer<Options> options) {
    var chosen = new Options();
    Given.notNull("vocab", "options", options).accept(chosen);
    var counts = new HashMap<String, Long>();
    for (Iterable<String> sentence : Given.notNull("vocab", "sentences", sentences)) {
      for (String word : sentence) {
        counts.merge(Given.notNull("vocab", "a word", word), 1L, Long::sum);
      }
    }
    var words = new ArrayList<>(chosen.specials);
    counts.entrySet().stream()
        .filter(entry -> entry.getValue() >= chosen.minFreq)
        .filter(entry -> !chosen.specials.contains(entry.getKey()))
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(Math.max(0, chosen.maxTokens - words.size()))
        .forEach(entry -> words.add(entry.getKey()));
    return new Vocab(words, counts, chosen.unknown, chosen.padding);
  }

  /**
   * Words whose ids are their places, such as the letters of an alphabet.
   *
   * @param words each once
   * @return their vocabulary
   */
  public static Vocab ofWords(List<String> words) {
    return new Vocab(words, Map.of(), UNKNOWN, PADDING);
  }

  /** How words get ids. */
  public static final class Options {
    private long minFreq = 1;
    private int maxTokens = Integer.MAX_VALUE;
    private List<String> specials = List.of();
    private String unknown = UNKNOWN;
    private String padding = PADDING;

    private Options() {}

    /** Leaves out words that occur less often. */
    public Options minFreq(long minFreq) {
      this.minFreq = minFreq;
      return this;
    }

    /** The most ids there may be, those of special words included. */
    public Options maxTokens(int maxTokens) {
      this.maxTokens = maxTokens;
      return this;
    }

    /** Words that get the first ids, whether they occur or not. */
    public Options specials(String... specials) {
      this.specials = List.of(specials);
      return this;
    }

    /** The special word whose id stands for all that are not there. */
    public Options unknown(String word) {
      this.unknown = Given.notNull("vocab", "unknown", word);
      return this;
    }

    /** The special word that fills up short sentences. */
    public Options padding(String word) {
      this.padding = Given.notNull("vocab", "padding", word);
      return this;
    }
  }

  /** How many ids there are. PyTorch: {@code len(vocab)}. */
  public int size() {
    return words.size();
  }

  /** The words in the order of their ids. PyTorch: {@code vocab.get_itos()}. */
  public List<String> words() {
    return words;
  }

  /** Whether the word has an id of its own. PyTorch: {@code word in vocab}. */
  public boolean contains(String word) {
    return ids.containsKey(word);
  }

  /** How often the word occurred, also if it got no id. */
  public long count(String word) {
    return counts.getOrDefault(word, 0L);
  }

  /**
   * The id of a word. PyTorch: {@code vocab[word]}.
   *
   * @param word any word
   * @return its id; that of the unknown word if it has none
   * @throws IllegalArgumentException if it has none, and there is no unknown word
   */
  public int id(String word) {
    Integer id = ids.get(Given.notNull("vocab", "the word", word));
    id = id != null ? id : ids.get(unknown);
    if (id == null) {
      throw new IllegalArgumentException(
          ("vocab: \"%s\" is not among the %,d words, and neither is \"%s\", whose id would stand"
                  + " for it. Name that one: Vocab.of(sentences, o -> o.specials(\"%s\")).")
              .formatted(Quoted.of(word), size(), unknown, unknown));
    }
    return id;
  }

  /** The id of a word, or nothing if it has none of its own. */
  public OptionalInt find(String word) {
    Integer id = ids.get(Given.notNull("vocab", "the word", word));
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /** The word of an id. PyTorch: {@code vocab.lookup_token(id)}. */
  public String word(int id) {
    if (id < 0 || id >= words.size()) {
      throw new IndexOutOfBoundsException(
          "vocab: id %d is outside of the %d words; valid are 0..%d."
              .formatted(id, words.size(), words.size() - 1));
    }
    return words.get(id);
  }

  /**
   * The ids of one sentence. PyTorch: {@code torch.tensor(vocab(tokens))}.
   *
   * @param sentence its words
   * @return INT64 {@code [words]}
   */
  public Tensor ids(List<String> sentence) {
    return Tensor.of(
        Given.notNull("vocab", "sentence", sentence).stream().mapToLong(this::id).toArray());
  }

  /**
   * The ids of several sentences, the short ones filled up.
   *
   * @param sentences their words
   * @param padTo how many ids each gets; longer ones are cut. 0: as many as the longest has
   * @return INT64 {@code [sentences, padTo]}
   * @throws IllegalArgumentException if one is too short and there is no word for padding
   */
  public Tensor ids(List<? extends List<String>> sentences, int padTo) {
    if (padTo < 0) {
      throw new IllegalArgumentException("vocab: padTo is " + padTo + ". It must be 0 or more.");
    }
    int longest = sentences.stream().mapToInt(List::size).max().orElse(0);
    int length = padTo == 0 ? longest : padTo;
    long[] out = new long[Math.multiplyExact(sentences.size(), length)];
    for (int i = 0; i < sentences.size(); i++) {
      List<String> sentence = sentences.get(i);
      for (int j = 0; j < length; j++) {
        out[i * length + j] = j < sentence.size() ? id(sentence.get(j)) : paddingId();
      }
    }
    return Tensor.of(out).view(sentences.size(), length);
  }

  private int paddingId() {
    Integer id = ids.get(padding);
    if (id == null) {
      throw new IllegalArgumentException(
          ("vocab: a sentence is too short, and \"%s\" is not there to fill it up. Name it:"
                  + " Vocab.of(sentences, o -> o.specials(\"%s\", \"%s\")).")
              .formatted(padding, padding, unknown));
    }
    return id;
  }

  /**
   * The words of ids. PyTorch: {@code vocab.lookup_tokens(ids)}.
   *
   * @param ids whole numbers of any shape, read row by row
   * @return their words
   */
  public List<String> words(Tensor ids) {
    var out = new ArrayList<String>();
    for (long id : Given.notNull("vocab", "ids", ids).toLongArray()) {
      out.add(word(Math.toIntExact(id)));
    }
    return List.copyOf(out);
  }

  @Override
  public String toString() {
    return "Vocab(%,d words)".formatted(size());
  }
}
