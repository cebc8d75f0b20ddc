package gradus.nn.data;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.Generator;
import gradus.tensor.Tensor;
import java.util.stream.IntStream;

/**
 * The order in which elements come: numbers, drawn anew for each pass. PyTorch: {@code
 * torch.utils.data.Sampler}.
 */
@FunctionalInterface
public interface Sampler {
  /** The numbers of one pass. */
  int[] indices();

  /** One after the other. PyTorch: {@code SequentialSampler}. */
  static Sampler sequential(int size) {
    return () -> IntStream.range(0, size).toArray();
  }

  /** All, shuffled. PyTorch: {@code RandomSampler}. */
  static Sampler random(int size) {
    return random(size, null);
  }

  /**
   * All, shuffled by a generator of your own. PyTorch: {@code RandomSampler(data, generator=g)}.
   *
   * @param size how many elements there are
   * @param generator draws the order; null: one that the standard generator seeds for each pass, as
   *     PyTorch does
   */
  static Sampler random(int size, Generator generator) {
    return () -> {
      Generator order =
          generator != null ? generator : new Generator().manualSeed(Generator.standard().random());
      int[] out = Tensor.randperm(order, size).toIntArray();
      Tensor.randperm(order, size); // drawn by PyTorch for what a pass has left over
      return out;
    };
  }

  /**
   * As many as are wanted, each drawn from all. PyTorch: {@code RandomSampler(data,
   * replacement=True, num_samples=n)}.
   */
  static Sampler replacing(int size, int numSamples) {
    return () -> {
      var order = new Generator().manualSeed(Generator.standard().random());
      int[] out = new int[numSamples];
      for (int from = 0; from < numSamples; from += 32) { // in pieces, as PyTorch draws them
        int some = Math.min(32, numSamples - from);
        System.arraycopy(Tensor.randint(order, 0, size, some).toIntArray(), 0, out, from, some);
      }
      return out;
    };
  }

  /** These, shuffled. PyTorch: {@code SubsetRandomSampler}. */
  static Sampler subsetRandom(int... indices) {
    int[] own = given(indices, "indices").clone();
    return () -> IntStream.of(Tensor.randperm(own.length).toIntArray()).map(i -> own[i]).toArray();
  }

  /**
   * Drawn by weight. PyTorch: {@code WeightedRandomSampler}.
   *
   * @param weights how often each should come, beside the others [size]
   * @param numSamples how many are drawn for a pass
   * @param replacement whether an element may come twice
   */
  static Sampler weighted(Tensor weights, int numSamples, boolean replacement) {
    given(weights, "weights");
    return () -> Tensor.multinomial(weights.toDouble(), numSamples, replacement).toIntArray();
  }
}
