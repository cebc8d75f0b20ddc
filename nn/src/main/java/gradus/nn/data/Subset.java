package gradus.nn.data;

import static gradus.tensor.spi.Given.given;

/**
 * Some elements of a dataset. PyTorch: {@code torch.utils.data.Subset}.
 *
 * @param <T> what an element is
 */
public final class Subset<T> implements Dataset<T> {
  private final Dataset<T> dataset;
  private final int[] indices;

  /** The elements at these numbers, in this order; a number may occur twice. */
  public Subset(Dataset<T> dataset, int... indices) {
    this.dataset = given(dataset, "dataset");
    this.indices = given(indices, "indices").clone();
    for (int index : this.indices) {
      if (index < 0 || index >= dataset.size()) {
        throw new IndexOutOfBoundsException(
            "Subset: index %s is outside of the %s elements. Valid are 0..%s."
                .formatted(index, dataset.size(), dataset.size() - 1));
      }
    }
  }

  @Override
  public int size() {
    return indices.length;
  }

  @Override
  public T get(int index) {
    return dataset.get(indices[index]);
  }

  /** The numbers of the elements in the whole dataset. */
  public int[] indices() {
    return indices.clone();
  }
}
