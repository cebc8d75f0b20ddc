package gradus.nn;

/**
 * Takes a hook away again; closing it does the same. PyTorch: {@code
 * torch.utils.hooks.RemovableHandle}.
 */
@FunctionalInterface
public interface RemovableHandle extends AutoCloseable {
  /** From now on the hook is not called; doing it twice is no error. */
  void remove();

  @Override
  default void close() {
    remove();
  }
}
