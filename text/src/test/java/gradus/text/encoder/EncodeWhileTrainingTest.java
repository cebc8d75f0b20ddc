package gradus.text.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import gradus.nn.Layer;
import gradus.nn.bert.BertConfig;
import gradus.nn.bert.BertForMaskedLM;
import gradus.nn.bert.BertModel;
import gradus.tensor.Tensor;
import gradus.text.tokenizer.Tokenizer;
import gradus.text.vectors.ScoredWord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Encoding drops nothing, and touches no switch that a thread that trains looks at. */
class EncodeWhileTrainingTest {

  private static final List<String> TEXTS =
      List.of("a b c", "b", "c a b a", "a a a a a a", "c b", "b a c b a");
  private static final BertConfig CONFIG = new BertConfig(8, 8, 2, 2, 16, 20, 2, "gelu", 0.5, 1e-7);

  private static Tokenizer tokenizer() throws IOException {
    String tokens = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\nb\nc\n";
    return Tokenizer.read(
        new ByteArrayInputStream(tokens.getBytes(StandardCharsets.UTF_8)), "vocab.txt");
  }

  private static SentenceEncoder encoder() throws IOException {
    Tensor.manualSeed(5);
    var encoder = new SentenceEncoder(tokenizer(), new BertModel(CONFIG, true), Pooling.MEAN, true);
    encoder.train();
    return encoder;
  }

  /** The first thread that ended put dropout back while others still encoded. */
  @Test
  void severalThreadsEncodeWhileOneTrains() throws Exception {
    SentenceEncoder encoder = encoder();
    float[] alone = encoder.encode(TEXTS).toFloatArray();
    int threads = 4;
    var start = new CyclicBarrier(threads + 1);
    var done = new AtomicBoolean();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        all.add(
            pool.submit(
                () -> {
                  start.await();
                  for (int turn = 0; turn < 100; turn++) {
                    assertThat(encoder.encode(TEXTS).toFloatArray()).isEqualTo(alone);
                  }
                  return null;
                }));
      }
      start.await();
      while (!done.get()) {
        assertThat(encoder.layers()).allMatch(Layer::training);
        assertThat(encoder.forward(TEXTS).detach().toFloatArray()).isNotEqualTo(alone);
        done.set(all.stream().allMatch(Future::isDone));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
  }

  @Test
  void inspectingDropsNothing() throws IOException {
    SentenceEncoder encoder = encoder();
    Tensor first = encoder.inspect("a b c", true).last();
    assertThat(encoder.inspect("a b c").last().toFloatArray()).isEqualTo(first.toFloatArray());
    encoder.eval();
    assertThat(encoder.inspect("a b c").last().toFloatArray()).isEqualTo(first.toFloatArray());
  }

  @Test
  void guessingDropsNothing() throws IOException {
    Tensor.manualSeed(6);
    var model = new BertForMaskedLM(CONFIG);
    model.train();
    var fill = new FillMask(tokenizer(), model);
    List<ScoredWord> first = fill.guess("a [MASK] c", 3);
    assertThat(fill.guess("a [MASK] c", 3)).isEqualTo(first);
    assertThat(model.layers()).allMatch(Layer::training);
    model.eval();
    assertThat(fill.guess("a [MASK] c", 3)).isEqualTo(first);
  }

  @Test
  void thoseWhoHearOfTheProgressSeeTheMode() throws IOException {
    SentenceEncoder encoder = encoder();
    List<Boolean> modes = new ArrayList<>();
    encoder.encode(TEXTS, _ -> modes.add(encoder.model.training()));
    assertThat(modes).containsOnly(true);
  }

  /** A part that is frozen stays so in an encoder around the same model. */
  @Test
  void anotherLengthLeavesTheModesOfTheModel() throws IOException {
    SentenceEncoder encoder = encoder();
    encoder.model.encoder.eval();
    List<Boolean> modes = encoder.model.layers().stream().map(Layer::training).toList();
    SentenceEncoder shorter = encoder.withMaxLength(4);
    assertThat(encoder.model.layers().stream().map(Layer::training).toList()).isEqualTo(modes);
    assertThat(modes).contains(true, false);
    assertThat(shorter.training()).isTrue();
  }

  @Test
  void evaluatingEndsWithTheWork() throws IOException {
    SentenceEncoder encoder = encoder();
    assertThat(Layer.evaluating(encoder::training)).isFalse();
    assertThat(encoder.training()).isTrue();
  }
}
