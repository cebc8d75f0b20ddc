package gradus.text.projection;

import gradus.tensor.Tensor;

/** Hears now and then how far a {@link Tsne} has come, and sees the map as it is. */
@FunctionalInterface
public interface TsneProgress {

  /**
   * Called every few iterations and after the last, from the thread that computes. What it throws
   * ends the computation.
   *
   * @param iteration how many are done, up to {@link Tsne#nIter}
   * @param klDivergence how badly the map tells the neighbourhoods; smaller is better
   * @param places where the points are now: [n, 2], a copy
   */
  void at(int iteration, double klDivergence, Tensor places);

  /** Hears nothing. */
  static TsneProgress silent() {
    return (iteration, klDivergence, places) -> {};
  }
}
