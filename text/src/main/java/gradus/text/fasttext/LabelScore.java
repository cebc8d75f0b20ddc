package gradus.text.fasttext;

import gradus.text.corpus.Corpus;
import gradus.text.training.TextBlocks;
import gradus.text.training.TokenSink;
import gradus.text.vectors.ScoredWord;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;

/**
 * How well a model labels texts whose labels are known (fastText's {@code test}).
 *
 * @param examples the lines that hold a known label and something to tell it by
 * @param k how many labels were asked for
 * @param precision the share of the labels given that are right, 0..1
 * @param recall the share of the right labels that were given, 0..1
 */
public record LabelScore(long examples, int k, double precision, double recall) {

  static LabelScore of(FastText model, Corpus corpus, int k) {
    var counting = new Counting(model, k);
    try (TextBlocks text = corpus.blocks()) {
      for (TextBlocks.Block block = text.next(); block != null; block = text.next()) {
        block.tell(counting);
      }
    }
    return new LabelScore(
        counting.examples,
        k,
        counting.given == 0 ? 0 : (double) counting.right / counting.given,
        counting.wanted == 0 ? 0 : (double) counting.right / counting.wanted);
  }

  /** Goes through the lines. */
  private static final class Counting implements TokenSink {
    private final FastText model;
    private final Set<String> labels;
    private final int k;
    private final Set<String> gold = new HashSet<>();
    private StringJoiner line = new StringJoiner(" ");
    private long examples;
    private long given;
    private long wanted;
    private long right;

    Counting(FastText model, int k) {
      this.model = model;
      this.labels = new HashSet<>(model.labels());
      this.k = k;
    }

    @Override
    public void word(byte[] bytes, int from, int to, int hash) {
      String word = new String(bytes, from, to - from, StandardCharsets.UTF_8);
      if (labels.contains(word)) {
        gold.add(word);
      } else {
        line.add(word);
      }
    }

    @Override
    public void endOfLine() {
      if (!gold.isEmpty()) {
        var predicted = model.predict(line.toString(), k);
        if (!predicted.isEmpty()) {
          examples++;
          given += predicted.size();
          wanted += gold.size();
          right += predicted.stream().map(ScoredWord::word).filter(gold::contains).count();
        }
      }
      gold.clear();
      line = new StringJoiner(" ");
    }
  }

  /** For example {@code N 3000, P@1 0.587, R@1 0.254}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "N %d, P@%d %.3f, R@%d %.3f", examples, k, precision, k, recall);
  }
}
