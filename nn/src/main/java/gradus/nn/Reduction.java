package gradus.nn;

import java.util.Locale;

/** What a loss does with its elements. PyTorch: the {@code reduction} argument. */
public enum Reduction {
  /** Leaves one loss an element (or a sample). */
  NONE,
  /** Averages them. */
  MEAN,
  /** Adds them up. */
  SUM,
  /**
   * Adds them up and divides by the number of samples, the size of dimension 0; for {@link F#klDiv}
   * only.
   */
  BATCHMEAN;

  /**
   * The reduction PyTorch calls {@code name}.
   *
   * @param name {@code none}, {@code mean}, {@code sum} or {@code batchmean}
   * @throws IllegalArgumentException if there is none of that name
   */
  public static Reduction of(String name) {
    for (Reduction reduction : values()) {
      if (reduction.name().toLowerCase(Locale.ROOT).equals(name)) {
        return reduction;
      }
    }
    throw new IllegalArgumentException(
        "reduction: " + name + " is not a valid value for reduction. Use none, mean or sum.");
  }
}
