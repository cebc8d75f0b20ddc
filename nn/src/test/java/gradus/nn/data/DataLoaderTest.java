package gradus.nn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.tensor.Generator;
import gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mini-batches: which, in which order, made how. */
class DataLoaderTest {
  private static final Tensor X = Tensor.arange(20).toFloat().view(10, 2);
  private static final TensorDataset DATA = new TensorDataset(X, Tensor.arange(10));

  private static List<Long> numbers(DataLoader<List<Tensor>> loader) {
    var out = new ArrayList<Long>();
    for (List<Tensor> batch : loader) {
      for (long id : batch.get(1).toLongArray()) {
        out.add(id);
      }
    }
    return out;
  }

  @Test
  void batchesComeInOrderAndTheLastMayBeShort() {
    var loader = new DataLoader<>(DATA, 4);
    var shapes = new ArrayList<String>();
    loader.forEach(batch -> shapes.add(batch.get(0).shape() + "" + batch.get(1).shape()));
    assertThat(shapes).containsExactly("[4, 2][4]", "[4, 2][4]", "[2, 2][2]");
    assertThat(loader.size()).isEqualTo(3);
    assertThat(numbers(loader)).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    var whole = new DataLoader<>(DATA, o -> o.batchSize(4).dropLast(true));
    assertThat(whole.size()).isEqualTo(2);
    assertThat(numbers(whole)).hasSize(8);
  }

  /** {@code seed = torch.empty((), dtype=torch.int64).random_()} twice, then randperm by it. */
  @Test
  void shufflesAsPyTorchDoes() {
    Tensor.manualSeed(3);
    var loader = new DataLoader<>(DATA, 4, true);
    List<Long> first = numbers(loader);
    List<Long> second = numbers(loader);
    Tensor next = Tensor.rand(1);
    Tensor.manualSeed(3);
    for (List<Long> pass : List.of(first, second)) {
      Generator.standard().random();
      var order = new Generator().manualSeed(Generator.standard().random());
      assertThat(pass).containsExactly(boxed(Tensor.randperm(order, 10)));
    }
    assertThat(Tensor.rand(1).equal(next)).isTrue();
    assertThat(first).isNotEqualTo(second).doesNotHaveDuplicates().hasSize(10);

    var own = new Generator().manualSeed(5);
    List<Long> mine =
        numbers(new DataLoader<>(DATA, o -> o.batchSize(3).shuffle(true).generator(own)));
    var same = new Generator().manualSeed(5);
    same.random();
    assertThat(mine).containsExactly(boxed(Tensor.randperm(same, 10)));
  }

  private static Long[] boxed(Tensor numbers) {
    return Arrays.stream(numbers.toLongArray()).boxed().toArray(Long[]::new);
  }

  @Test
  void aPassTakesAsManyNumbersAsPyTorchEvenInOrder() {
    Tensor.manualSeed(1);
    numbers(new DataLoader<>(DATA, 4));
    Tensor after = Tensor.rand(1);
    Tensor.manualSeed(1);
    Generator.standard().random();
    assertThat(Tensor.rand(1).equal(after)).isTrue();
  }

  @Test
  void elementsAreStackedPlaceByPlace() {
    Dataset<Tensor> squares =
        Dataset.of(IntStream.range(0, 5).mapToObj(i -> Tensor.of(i, i * i)).toList());
    Tensor batch = new DataLoader<>(squares, 5).iterator().next();
    assertThat(batch.shape().toArray()).containsExactly(5, 2);
    Dataset<Map<String, Tensor>> maps =
        Dataset.of(List.of(Map.of("a", Tensor.of(1)), Map.of("a", Tensor.of(2))));
    assertThat(new DataLoader<>(maps, 2).iterator().next().get("a").shape().toArray())
        .containsExactly(2, 1);
    Dataset<String> words = Dataset.of(List.of("a", "b"));
    assertThatThrownBy(() -> new DataLoader<>(words, 2).iterator().next())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("DataLoader: an element is a String.");
    var texts = DataLoader.of(words, list -> String.join("+", list), o -> o.batchSize(2));
    assertThat(texts.iterator().next()).isEqualTo("a+b");
    var rows = List.of(new int[] {1, 2}, new int[] {3});
    Tensor padded =
        DataLoader.of(Dataset.of(rows), list -> Tensor.padded(list, 0), o -> o.batchSize(2))
            .iterator()
            .next();
    assertThat(padded).hasToString("tensor([[1, 2],\n        [3, 0]])");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 100})
  void whatIsFetchedAheadComesInOrder(int prefetch) {
    var most = new AtomicInteger();
    Dataset<Tensor> slow =
        new Dataset<>() {
          @Override
          public int size() {
            return 30;
          }

          @Override
          public Tensor get(int index) {
            most.accumulateAndGet(index, Math::max);
            Thread.yield();
            return Tensor.scalar(index);
          }
        };
    var loader = new DataLoader<>(slow, o -> o.batchSize(2).prefetch(prefetch));
    var seen = new ArrayList<Integer>();
    for (Tensor batch : loader) {
      seen.add(batch.getInt(0));
      assertThat(most.get()).isLessThan(2 * (seen.size() + Math.max(1, prefetch)));
    }
    assertThat(seen)
        .containsExactlyElementsOf(IntStream.range(0, 15).mapToObj(i -> 2 * i).toList());
  }

  @Test
  void anErrorOfTheDatasetArrivesWithItsBatch() {
    Dataset<Tensor> broken =
        new Dataset<>() {
          @Override
          public int size() {
            return 4;
          }

          @Override
          public Tensor get(int index) {
            if (index == 2) {
              throw new IllegalStateException("no. 2 is gone");
            }
            return Tensor.scalar(index);
          }
        };
    var batches = new DataLoader<>(broken, o -> o.batchSize(1).prefetch(2)).iterator();
    assertThat(batches.next().getInt(0)).isZero();
    assertThat(batches.next().getInt(0)).isEqualTo(1);
    assertThatThrownBy(batches::next)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no. 2 is gone");
    assertThat(batches.next().getInt(0)).isEqualTo(3);
    assertThat(batches.hasNext()).isFalse();
  }

  @Test
  void samplersSayTheOrder() {
    Tensor.manualSeed(0);
    assertThat(Sampler.replacing(3, 40).indices()).hasSize(40).containsOnly(0, 1, 2);
    assertThat(Sampler.subsetRandom(7, 8, 9).indices()).containsExactlyInAnyOrder(7, 8, 9);
    assertThat(Sampler.weighted(Tensor.of(0.0, 1.0, 0.0), 5, true).indices()).containsOnly(1);
    var loader = new DataLoader<>(DATA, o -> o.sampler(() -> new int[] {9, 0, 9}));
    assertThat(numbers(loader)).containsExactly(9L, 0L, 9L);
  }

  @Test
  void partsAndSumsOfDatasets() {
    Tensor.manualSeed(4);
    List<Subset<List<Tensor>>> parts = Dataset.randomSplit(DATA, 7, 3);
    Tensor.manualSeed(4);
    int[] order = Tensor.randperm(10).toIntArray();
    assertThat(parts.get(0).indices()).containsExactly(Arrays.copyOf(order, 7));
    Dataset<List<Tensor>> both = Dataset.concat(List.of(parts.get(0), parts.get(1)));
    assertThat(both.size()).isEqualTo(10);
    assertThat(both.get(9).get(1).itemInt()).isEqualTo(order[9]);
    assertThat(numbers(new DataLoader<>(parts.get(1), 2))).hasSize(3);
    assertThatThrownBy(() -> Dataset.randomSplit(DATA, 7, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("randomSplit: lengths [7, 4] do not add up to the 10 elements");
    assertThatThrownBy(() -> new Subset<>(DATA, 10)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void badOptionsAreRefused() {
    assertThatThrownBy(() -> new DataLoader<>(DATA, 0))
        .hasMessageStartingWith("DataLoader: batchSize is 0.");
    assertThatThrownBy(() -> new DataLoader<>(DATA, o -> o.shuffle(true).sampler(() -> new int[0])))
        .hasMessageStartingWith("DataLoader: sampler option is mutually exclusive with shuffle.");
    assertThatThrownBy(() -> new TensorDataset(X, Tensor.arange(3)))
        .hasMessageStartingWith("TensorDataset: tensors [10, 2] and [3] differ");
  }
}
