package gradus.text.corpus;

import gradus.text.io.Given;
import gradus.text.training.TextBlocks;
import gradus.text.training.TokenSink;
import gradus.text.training.WordCounts;
import gradus.text.training.WordTable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Joins words that form a phrase: {@code new york} becomes {@code new_york}. What the two kinds
 * have in common, {@link Phrases} with all counts and {@link FrozenPhrases} with phrases only.
 *
 * <p>gensim: {@code _PhrasesTransformation}.
 */
public abstract sealed class PhrasesTransformation permits Phrases, FrozenPhrases {

  final PhrasesOptions options;
  private final byte[] delimiter;
  private final WordTable connectors;

  PhrasesTransformation(PhrasesOptions options) {
    this.options = options;
    this.delimiter = options.delimiter.getBytes(StandardCharsets.UTF_8);
    this.connectors = PhraseLine.table(options.connectorWords);
  }

  PhraseLine line() {
    return new PhraseLine(delimiter, connectors);
  }

  /** The score of a candidate that is a phrase, else NaN. */
  abstract double score(PhraseLine line, int first, int last);

  /**
   * A sentence with its phrases joined (gensim: {@code phrases[sentence]}).
   *
   * <pre>{@code
   * phrases.apply(List.of("she", "lives", "in", "new", "york"));   // she lives in new_york
   * }</pre>
   */
  public List<String> apply(List<String> sentence) {
    PhraseLine line = line();
    for (String word : Given.notNull("phrases", "the sentence", sentence)) {
      byte[] bytes =
          Given.notNull("phrases", "a word of the sentence", word).getBytes(StandardCharsets.UTF_8);
      line.add(bytes, 0, bytes.length, WordTable.hash(bytes, 0, bytes.length));
    }
    List<String> joined = new ArrayList<>();
    line.divide(
        this::score,
        (first, last, _) ->
            joined.add(String.join(options.delimiter, sentence.subList(first, last + 1))));
    return joined;
  }

  /**
   * A corpus with its phrases joined (gensim: {@code phrases[sentences]}). Nothing is read before
   * it is used, and it takes no memory to speak of; joined again it gives phrases of up to four
   * words.
   *
   * <pre>{@code
   * Corpus joined = phrases.apply(corpus);
   * Phrases longer = Phrases.of(joined);
   * new Word2Vec().train(longer.apply(joined));
   * }</pre>
   */
  public Corpus apply(Corpus corpus) {
    Given.notNull("phrases", "the corpus", corpus);
    return new Corpus(() -> new JoinedBlocks(corpus.blocks()), corpus.name() + " with phrases");
  }

  /** The pieces of a text with the words of each joined. */
  private final class JoinedBlocks implements TextBlocks {
    private final TextBlocks blocks;

    JoinedBlocks(TextBlocks blocks) {
      this.blocks = blocks;
    }

    @Override
    public Block next() {
      Block block = blocks.next();
      return block == null ? null : sink -> block.tell(new Joining(sink));
    }

    @Override
    public void close() {
      blocks.close();
    }
  }

  /** Tells another sink the words and phrases of each line. */
  private final class Joining implements TokenSink {
    private final TokenSink sink;
    private final PhraseLine line = line();

    Joining(TokenSink sink) {
      this.sink = sink;
    }

    @Override
    public void word(byte[] bytes, int from, int to, int hash) {
      line.add(bytes, from, to, hash);
    }

    @Override
    public void endOfLine() {
      line.divide(
          PhrasesTransformation.this::score,
          (first, last, _) ->
              sink.word(line.bytes(), line.start(first), line.end(last), line.hash(first, last)));
      sink.endOfLine();
      line.clear();
    }
  }

  /**
   * The phrases that stand in a corpus, each once, with their scores, in the order in which they
   * come (gensim: {@code find_phrases}).
   */
  public Map<String, Double> findPhrases(Corpus corpus) {
    var found = new WordTable();
    var scores = new ScoreList();
    try (TextBlocks text = Given.notNull("phrases", "the corpus", corpus).blocks()) {
      var finding = new Finding(found, scores);
      for (TextBlocks.Block block = text.next(); block != null; block = text.next()) {
        block.tell(finding);
      }
    }
    return map(found, scores);
  }

  /** Notes the phrases of each line. */
  private final class Finding implements TokenSink {
    private final WordTable found;
    private final ScoreList scores;
    private final PhraseLine line = line();

    Finding(WordTable found, ScoreList scores) {
      this.found = found;
      this.scores = scores;
    }

    @Override
    public void word(byte[] bytes, int from, int to, int hash) {
      line.add(bytes, from, to, hash);
    }

    @Override
    public void endOfLine() {
      line.divide(PhrasesTransformation.this::score, this::piece);
      line.clear();
    }

    private void piece(int first, int last, double score) {
      if (!Double.isNaN(score)) {
        int from = line.start(first);
        int to = line.end(last);
        scores.set(found.add(line.bytes(), from, to, line.hash(first, last), 1, 0), score);
      }
    }
  }

  /** Phrases and their scores as a map. */
  static Map<String, Double> map(WordTable phrases, ScoreList scores) {
    Map<String, Double> map = new LinkedHashMap<>();
    List<String> spelt = WordCounts.spelt(phrases);
    for (int i = 0; i < spelt.size(); i++) {
      map.put(spelt.get(i), scores.get(i));
    }
    return map;
  }
}
