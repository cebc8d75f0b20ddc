package gradus.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any thread may draw, and none draws what another has drawn. */
class GeneratorThreadsTest {
  private static final int THREADS = 8;
  private static final int DRAWS = 5_000;

  @AfterEach
  void seed() {
    Tensor.manualSeed(0);
  }

  private static void inAllThreads(Runnable draw) throws Exception {
    try (var pool = Executors.newFixedThreadPool(THREADS)) {
      List<Future<?>> all = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        all.add(
            pool.submit(
                () -> {
                  for (int i = 0; i < DRAWS; i++) {
                    draw.run();
                  }
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void noTwoDrawsAreTheSame(boolean seeded) throws Exception {
    Generator generator = new Generator();
    if (seeded) {
      generator.manualSeed(1);
    }
    var seen = ConcurrentHashMap.<List<Float>>newKeySet();
    inAllThreads(
        () -> {
          float[] x = generator.uniform(DType.FLOAT32, Shape.of(6), 0, 1).toFloatArray();
          var draw = new ArrayList<Float>();
          for (float v : x) {
            draw.add(v);
          }
          seen.add(draw);
        });
    assertThat(seen).hasSize(THREADS * DRAWS);
  }

  @Test
  void allWaysOfDrawingMayMeet() throws Exception {
    Tensor.manualSeed(1);
    Tensor weights = Tensor.of(1f, 2f, 3f);
    inAllThreads(
        () -> {
          Tensor.rand(10);
          Tensor.randn(20);
          Tensor.randn(DType.FLOAT64, 17);
          Tensor.randperm(9);
          Tensor.randint(0, 5, 3);
          Tensor.bernoulli(weights.div(4));
          Tensor.multinomial(weights, 2, false);
          Tensor.dropout(Tensor.ones(64), 0.5);
        });
    Tensor.manualSeed(5);
    float[] first = Tensor.rand(1000).toFloatArray();
    Tensor.manualSeed(5);
    assertThat(Tensor.rand(1000).toFloatArray()).containsExactly(first);
  }

  /** Each call has a stretch of the sequence of its own. */
  @Test
  void theThreadsShareOneSequence() throws Exception {
    Generator generator = new Generator().manualSeed(3);
    var drawn = ConcurrentHashMap.<Float>newKeySet();
    inAllThreads(
        () -> {
          for (float v : generator.uniform(DType.FLOAT32, Shape.of(4), 0, 1).toFloatArray()) {
            drawn.add(v);
          }
        });
    generator.manualSeed(3);
    var alone = ConcurrentHashMap.<Float>newKeySet();
    int all = THREADS * DRAWS * 4;
    for (float v : generator.uniform(DType.FLOAT32, Shape.of(all), 0, 1).toFloatArray()) {
      alone.add(v);
    }
    assertThat(drawn).isEqualTo(alone);
  }
}
