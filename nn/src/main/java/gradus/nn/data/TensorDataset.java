package gradus.nn.data;

import static gradus.tensor.spi.Given.givenAll;

import gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The rows of tensors: element i holds row i of each. PyTorch: {@code
 * torch.utils.data.TensorDataset}.
 *
 * <pre>{@code
 * var data = new TensorDataset(x, y);                       // x [1000, 8], y [1000]
 * for (List<Tensor> batch : new DataLoader<>(data, 32, true)) {
 *   Tensor loss = F.crossEntropy(model.forward(batch.get(0)), batch.get(1));
 * }
 * }</pre>
 */
public final class TensorDataset implements Dataset<List<Tensor>>, Batches<List<Tensor>> {
  private final List<Tensor> tensors;

  /**
   * Rows of these tensors; they are looked at, not copied.
   *
   * @param tensors one or more, of one size in dimension 0
   */
  public TensorDataset(Tensor... tensors) {
    this.tensors = List.of(givenAll(tensors));
    if (tensors.length == 0) {
      throw new IllegalArgumentException("TensorDataset: there are no tensors. Give at least one.");
    }
    for (Tensor tensor : tensors) {
      if (tensor.dim() == 0 || tensor.size(0) != tensors[0].size(0)) {
        throw new IllegalArgumentException(
            "TensorDataset: tensors %s and %s differ in their first sizes. Each row needs all."
                .formatted(tensors[0].shape(), tensor.shape()));
      }
    }
  }

  @Override
  public int size() {
    return tensors.getFirst().size(0);
  }

  @Override
  public List<Tensor> get(int index) {
    return tensors.stream().map(tensor -> tensor.select(0, index)).toList();
  }

  /** The rows at these numbers in one go. */
  @Override
  public List<Tensor> batch(int[] indices) {
    var rows = new ArrayList<Tensor>();
    Tensor ids = Tensor.of(Arrays.stream(indices).asLongStream().toArray());
    for (Tensor tensor : tensors) {
      rows.add(tensor.indexSelect(0, ids));
    }
    return List.copyOf(rows);
  }

  /** The tensors. */
  public List<Tensor> tensors() {
    return tensors;
  }
}
