package gradus.tensor;

/** How close two vectors are. */
public enum Metric {
  /** The cosine of the angle between them: the higher the closer, whatever their lengths. */
  COSINE,
  /** Their dot product: the higher the closer; longer vectors are closer to everything. */
  DOT,
  /** The straight-line distance between their tips: the lower the closer. */
  EUCLIDEAN
}
