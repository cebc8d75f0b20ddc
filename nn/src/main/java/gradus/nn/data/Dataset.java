package gradus.nn.data;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.Generator;
import gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Elements by number.
 *
 * <pre>{@code
 * record Squares(int size) implements Dataset<Tensor> {
 *   public Tensor get(int index) { return Tensor.scalar(index * index); }
 * }
 * }</pre>
 *
 * <p>PyTorch: {@code torch.utils.data.Dataset}.
 *
 * @param <T> what an element is
 */
public interface Dataset<T> {
  /** How many elements there are. PyTorch: {@code len(dataset)}. */
  int size();

  /**
   * One element. A loader that fetches ahead calls this from other threads.
   *
   * @param index from 0 to {@code size() − 1}
   * @return the element
   */
  T get(int index);

  /** A list as a dataset; it is looked at, not copied. */
  static <T> Dataset<T> of(List<T> elements) {
    given(elements, "elements");
    return new Dataset<>() {
      @Override
      public int size() {
        return elements.size();
      }

      @Override
      public T get(int index) {
        return elements.get(index);
      }
    };
  }

  /** Several datasets one after the other. PyTorch: {@code ConcatDataset}. */
  static <T> Dataset<T> concat(List<? extends Dataset<T>> datasets) {
    List<Dataset<T>> parts = List.copyOf(given(datasets, "datasets"));
    int[] ends = new int[parts.size()];
    int size = 0;
    for (int i = 0; i < ends.length; i++) {
      size = Math.addExact(size, parts.get(i).size());
      ends[i] = size;
    }
    int all = size;
    return new Dataset<>() {
      @Override
      public int size() {
        return all;
      }

      @Override
      public T get(int index) {
        Objects.checkIndex(index, all);
        int part = 0;
        while (index >= ends[part]) {
          part++;
        }
        return parts.get(part).get(part == 0 ? index : index - ends[part - 1]);
      }
    };
  }

  /**
   * The dataset in parts of the given sizes, at random. PyTorch: {@code random_split(dataset,
   * lengths)}, with the same parts after the same seed.
   *
   * @param dataset what is parted
   * @param lengths how many elements each part gets; they add up to all
   * @return the parts
   */
  static <T> List<Subset<T>> randomSplit(Dataset<T> dataset, int... lengths) {
    return randomSplit(Generator.standard(), dataset, lengths);
  }

  /** The same by a generator of your own. */
  static <T> List<Subset<T>> randomSplit(Generator generator, Dataset<T> dataset, int... lengths) {
    int all = given(dataset, "dataset").size();
    if (Arrays.stream(given(lengths, "lengths")).asLongStream().sum() != all
        || Arrays.stream(lengths).anyMatch(n -> n < 0)) {
      throw new IllegalArgumentException(
          "randomSplit: lengths %s do not add up to the %s elements there are. Give parts that do."
              .formatted(Arrays.toString(lengths), all));
    }
    int[] order = Tensor.randperm(generator, all).toIntArray();
    var parts = new ArrayList<Subset<T>>();
    int from = 0;
    for (int length : lengths) {
      parts.add(new Subset<>(dataset, Arrays.copyOfRange(order, from, from + length)));
      from += length;
    }
    return List.copyOf(parts);
  }
}
