package gradus.tensor;

/**
 * The memory of results, and how it is used again.
 *
 * <p>A fresh array has to be found, zeroed and brought into the cache; that costs more than most
 * operations do with it. So arrays that are known to be dead are handed out again. Nothing has to
 * be closed or freed for that: backward hands back every gradient that it has passed on, {@link
 * Tensor#zeroGrad()} those of parameters (unless somebody has looked at them), and what nobody
 * knows to be dead is left to the garbage collector.
 *
 * <p>A training loop knows more: after a step, all its results are dead. It says so with a scope:
 *
 * <pre>{@code
 * for (Batch batch : batches) {
 *   try (var memory = Memory.scope()) {
 *     optimizer.zeroGrad();
 *     Tensor loss = F.crossEntropy(model.forward(batch.x()), batch.y());
 *     loss.backward();
 *     optimizer.step();
 *     losses.add(loss.item());
 *   }   // the memory of every result goes to the next step
 * }
 * }</pre>
 *
 * <p>What should outlive a scope is kept by {@link Scope#keep}; parameters, their gradients and the
 * state of optimizers do so by themselves. A tensor whose memory was handed back says so when it is
 * used: it never shows the elements of another one. PyTorch has no counterpart: there, reference
 * counts free each tensor at once.
 *
 * <p>Only FLOAT32 results take part.
 */
public final class Memory {
  private Memory() {}

  /**
   * Counts of arrays and bytes since the program began; arrays of less than 8 KiB are not counted.
   *
   * @param fresh arrays that came from the heap
   * @param freshBytes their size
   * @param recycled arrays that had been used before
   * @param recycledBytes their size
   * @param waitingBytes the size of the arrays that wait to be used again
   */
  public record Stats(
      long fresh, long freshBytes, long recycled, long recycledBytes, long waitingBytes) {
    @Override
    public String toString() {
      return "%,d arrays fresh (%,d MiB), %,d used again (%,d MiB), %,d MiB waiting"
          .formatted(fresh, freshBytes >> 20, recycled, recycledBytes >> 20, waitingBytes >> 20);
    }
  }

  /** What was allocated and what was used again, so far. */
  public static Stats stats() {
    return ArrayPool.stats();
  }

  /** Leaves all arrays that wait to be used again to the garbage collector. */
  public static void trim() {
    ArrayPool.trim();
  }

  /**
   * Until it is closed, the FLOAT32 results made by this thread belong to the scope; closing hands
   * their memory back. Scopes nest. A tensor that another thread shall begin to use after that must
   * be kept; what it has used before is left to the garbage collector.
   *
   * @return the scope, to be closed by the thread that opened it
   */
  public static Scope scope() {
    return Region.open();
  }

  /** Owns the results made in it, until it is closed. */
  public sealed interface Scope extends AutoCloseable permits Region {
    /**
     * Lets a tensor outlive this scope: it then belongs to the scope around it, or to the garbage
     * collector. Views of it, and what it is a view of, live on with it; its history does not.
     *
     * @param tensor made in this scope (if not, nothing happens)
     * @return the tensor
     */
    Tensor keep(Tensor tensor);

    /** Hands back the memory of all results that belong to this scope. */
    @Override
    void close();
  }
}
