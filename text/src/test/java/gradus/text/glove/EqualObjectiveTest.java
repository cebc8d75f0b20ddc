package gradus.text.glove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import gradus.tensor.GradMode;
import gradus.tensor.Tensor;
import gradus.text.corpus.Corpus;
import gradus.text.corpus.TrainingProgress;
import gradus.text.corpus.TrainingState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fast path moves its tables as autograd and AdaGrad do, pair by pair, in the same order. */
class EqualObjectiveTest {

  private static final int DIM = 21;
  private static final int EPOCHS = 2;
  private static final long SEED = 4;

  /** AdaGrad as Stanford's program has it: the step comes before its square is added. */
  private static final class AdaGrad {
    private final double eta;
    private final List<Tensor> params;
    private final List<Tensor> sums = new ArrayList<>();

    AdaGrad(double eta, Tensor... params) {
      this.eta = eta;
      this.params = List.of(params);
      for (Tensor param : params) {
        sums.add(Tensor.ones(param.shape().toArray()));
      }
    }

    void step() {
      try (var _ = GradMode.noGrad()) {
        for (int i = 0; i < params.size(); i++) {
          Tensor step = params.get(i).grad().mul(eta);
          params.get(i).sub_(step.div(sums.get(i).sqrt()));
          sums.get(i).add_(step.square());
          params.get(i).zeroGrad();
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.5})
  void theTablesAgreeWithAutograd(double eta) {
    var model =
        new Glove(
            o ->
                o.vectorSize(DIM)
                    .window(4)
                    .minCount(1)
                    .xMax(3)
                    .eta(eta)
                    .epochs(EPOCHS)
                    .seed(SEED)
                    .model(0));
    Corpus corpus = Corpus.of(CooccurrencesTest.sentences(60, 25, 3));
    Tensor before = model.buildVocab(corpus).vectors();
    Tensor w = before.narrow(1, 0, DIM).clone().requiresGrad(true);
    Tensor b = before.narrow(1, DIM, 1).clone().requiresGrad(true);
    Tensor c = before.narrow(1, DIM + 1, DIM).clone().requiresGrad(true);
    Tensor d = before.narrow(1, 2 * DIM + 1, 1).clone().requiresGrad(true);
    var vectors = new AdaGrad(eta, w, c);
    var biases = new AdaGrad(1, b, d);
    double[] loss = new double[EPOCHS];
    long pairs;
    try (PairTiles tiles = model.tiles(corpus)) {
      pairs = tiles.pairs();
      int[] starts = tiles.blocks().starts();
      var reader = tiles.new Reader();
      for (int epoch = 0; epoch < EPOCHS; epoch++) {
        TileQueue queue = GloveTraining.queue(tiles, SEED, epoch, 0);
        for (int place = 0; place < queue.size(); place++) {
          int word = starts[queue.wordBlock(place)];
          int context = starts[queue.contextBlock(place)];
          int count = reader.read(queue.wordBlock(place), queue.contextBlock(place));
          for (int i = 0; i < count; i++) {
            int row = word + (reader.rows[i] >>> 16);
            int column = context + (reader.rows[i] & 0xffff);
            Tensor difference =
                w.select(0, row)
                    .dot(c.select(0, column))
                    .add(b.select(0, row).sum())
                    .add(d.select(0, column).sum())
                    .sub(reader.logs[i]);
            Tensor cost = difference.square().mul(0.5 * reader.weights[i]);
            cost.backward();
            vectors.step();
            biases.step();
            loss[epoch] += cost.item();
          }
        }
      }
    }
    List<Double> losses = new ArrayList<>();
    Tensor after =
        model
            .train(
                corpus,
                new TrainingProgress() {
                  @Override
                  public void at(TrainingState state) {}

                  @Override
                  public void epochEnded(TrainingState state) {
                    losses.add(state.loss());
                  }
                })
            .vectors();
    Tensor expected = Tensor.cat(1, w.detach(), b.detach(), c.detach(), d.detach());
    assertThat(after.sub(expected).abs().max().item()).isLessThan(1e-4);
    // The vectors have moved much further than that.
    assertThat(after.sub(before).abs().max().item()).isGreaterThan(0.1);
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      assertThat(losses.get(epoch)).isCloseTo(loss[epoch] / pairs, within(1e-5));
    }
  }
}
