package gradus.nn.data;

/**
 * What a dataset implements that can fetch several elements in one go, already made one batch: a
 * loader without a collate function then asks for batches. PyTorch: {@code __getitems__}.
 *
 * @param <B> what a batch is
 */
public interface Batches<B> {
  /**
   * One batch.
   *
   * @param indices the numbers of its elements
   * @return the batch
   */
  B batch(int[] indices);
}
