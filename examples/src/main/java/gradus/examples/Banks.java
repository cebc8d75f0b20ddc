package gradus.examples;

import gradus.nn.bert.BertModel;
import gradus.tensor.Tensor;
import gradus.text.encoder.SentenceEncoder;
import gradus.text.encoder.TokenVectors;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The word "bank" in eight sentences, as the layers of a transformer see it.
 *
 * <p>Layer 0 is what goes into the first layer: the row of the table with the word's place in the
 * sentence added to it. Layer i is what comes out of the i-th one.
 *
 * @param row the row of the embedding table, one for all sentences: [dim]
 * @param inside each sentence in the model, in the order of {@link #SENTENCES}
 */
record Banks(Tensor row, List<TokenVectors> inside) {

  /** The word in question. */
  static final String WORD = "bank";

  /** A sentence, the two or three words of it that name it in a picture, and its sense. */
  record Sentence(String text, String name, boolean money) {}

  static final List<Sentence> SENTENCES =
      List.of(
          new Sentence("She opened a savings account at the bank.", "savings account", true),
          new Sentence("The bank raised its interest rates last week.", "interest rates", true),
          new Sentence("He asked the bank for a loan to buy a house.", "a loan", true),
          new Sentence("The bank lost millions when the market crashed.", "lost millions", true),
          new Sentence("We sat on the bank of the river and fished.", "river, fished", false),
          new Sentence("The boat drifted slowly towards the muddy bank.", "the muddy bank", false),
          new Sentence("Willow trees grow along the bank of the stream.", "the stream", false),
          new Sentence("The flood washed away the left bank of the river.", "left bank", false));

  /**
   * How alike the eight are after one layer.
   *
   * @param same mean cosine of the pairs of one sense, and the lowest of them
   * @param across mean cosine of the pairs across senses, and the highest of them
   * @param toRow mean cosine with the row of the table
   * @param nearest for how many the nearest other one has the same sense
   */
  record Likeness(Range same, Range across, double toRow, int nearest) {

    /** By how much the least alike pair of one sense stands above every pair across. */
    double gap() {
      return same.low() - across.high();
    }
  }

  /** Reads the eight sentences. */
  static Banks readBy(SentenceEncoder encoder) {
    BertModel model = encoder.model;
    int id = encoder.tokenizer().tokens().indexOf(WORD);
    Tensor row = model.embeddings.wordEmbeddings.weight.detach().select(0, id);
    return new Banks(
        row, SENTENCES.stream().map(sentence -> encoder.inspect(sentence.text(), true)).toList());
  }

  /** The number of layers, layer 0 not counted. */
  int layers() {
    return inside.getFirst().hiddenStates().size() - 1;
  }

  /** The word's vector in a sentence after a layer: [dim]. */
  Tensor vector(int sentence, int layer) {
    return inside.get(sentence).word(WORD, layer);
  }

  /** All pairs of one layer: [8][8]. */
  double[][] cosines(int layer) {
    List<Tensor> banks = indices().mapToObj(i -> vector(i, layer)).toList();
    double[][] cosines = new double[banks.size()][banks.size()];
    for (int i = 0; i < banks.size(); i++) {
      for (int j = 0; j < banks.size(); j++) {
        cosines[i][j] = Figures.cosine(banks.get(i), banks.get(j));
      }
    }
    return cosines;
  }

  Likeness likeness(int layer) {
    double[][] cosines = cosines(layer);
    return new Likeness(
        Range.of(pairs(cosines, true)),
        Range.of(pairs(cosines, false)),
        indices().mapToDouble(i -> Figures.cosine(row, vector(i, layer))).average().orElseThrow(),
        (int) indices().filter(i -> sameSense(i, nearest(cosines, i))).count());
  }

  private static double[] pairs(double[][] cosines, boolean same) {
    return indices()
        .boxed()
        .flatMapToDouble(
            i ->
                IntStream.range(0, i)
                    .filter(j -> sameSense(i, j) == same)
                    .mapToDouble(j -> cosines[i][j]))
        .toArray();
  }

  /** The layer that keeps the two senses furthest apart, pair by pair. */
  int clearestLayer() {
    int best = 0;
    for (int layer = 1; layer <= layers(); layer++) {
      best = likeness(layer).gap() > likeness(best).gap() ? layer : best;
    }
    return best;
  }

  /** The sentence whose "bank" is nearest to that of sentence i. */
  static int nearest(double[][] cosines, int i) {
    int best = i == 0 ? 1 : 0;
    for (int j = 0; j < cosines.length; j++) {
      best = j != i && cosines[i][j] > cosines[i][best] ? j : best;
    }
    return best;
  }

  static boolean sameSense(int i, int j) {
    return SENTENCES.get(i).money() == SENTENCES.get(j).money();
  }

  static IntStream indices() {
    return IntStream.range(0, SENTENCES.size());
  }
}
