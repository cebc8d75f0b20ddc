package gradus.conformance;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where PyTorch answers otherwise today than when the samples were recorded (1.13), and Gradus
 * gives today's answer. Such a sample passes, and the runner says why.
 */
enum Newer {
  /** PyTorch pull request 133882, version 2.5. */
  NOTHING_TO_ATTEND(
      "attention",
      "a row of attention that may see nothing gives zeros since PyTorch 2.5, was NaN") {
    @Override
    boolean explains(double expected, double got) {
      return Double.isNaN(expected) && Double.isFinite(got);
    }
  },
  SOFTSHRINK_OF_NAN("softshrink", "softshrink of NaN is NaN in PyTorch 2.7, was 0") {
    @Override
    boolean explains(double expected, double got) {
      return expected == 0 && Double.isNaN(got);
    }
  };

  private final String op;
  final String reason;

  Newer(String op, String reason) {
    this.op = op;
    this.reason = reason;
  }

  /** Whether an element that differs does so for this reason. */
  abstract boolean explains(double expected, double got);

  /** Why all elements of a sample that differ do so, if there is such a reason. */
  static Optional<Newer> answer(Map<String, Object> sample, RuntimeException failure) {
    if (!(failure instanceof Compare.Mismatch mismatch) || mismatch.elements.isEmpty()) {
      return Optional.empty();
    }
    String op = String.valueOf(sample.getOrDefault("module", sample.get("op")));
    String name = op.toLowerCase(Locale.ROOT).replace("transformerencoder", "attention");
    for (Newer newer : values()) {
      if (name.contains(newer.op)
          && mismatch.elements.stream().allMatch(e -> newer.explains(e[0], e[1]))) {
        return Optional.of(newer);
      }
    }
    return Optional.empty();
  }
}
