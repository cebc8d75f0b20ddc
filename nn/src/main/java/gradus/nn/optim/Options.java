package gradus.nn.optim;

import static gradus.tensor.spi.Given.given;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gathers the options of an optimizer by PyTorch's names, and refuses values that make no sense.
 */
final class Options {
  private final Map<String, Object> values = new LinkedHashMap<>();

  /** A learning rate, 0 or more. */
  static Options lr(double lr) {
    return new Options().notNegative("lr", "learning rate", lr);
  }

  Options notNegative(String name, String words, double value) {
    if (!(value >= 0)) {
      throw new IllegalArgumentException(
          "optimizer: Invalid " + words + ": " + value + ". It must be 0 or more.");
    }
    values.put(name, value);
    return this;
  }

  /** Options that come in twos. */
  static double[] two(String name, double[] values) {
    if (given(values, name).length != 2) {
      throw new IllegalArgumentException(
          "optimizer: " + name + " has " + values.length + " values. It must have two.");
    }
    return values;
  }

  /** Two decay rates, each in [0, 1). */
  Options betas(double[] betas) {
    two("betas", betas);
    for (int i = 0; i < 2; i++) {
      if (!(betas[i] >= 0 && betas[i] < 1)) {
        throw new IllegalArgumentException(
            "optimizer: Invalid beta parameter at index %s: %s. It must be in [0, 1)."
                .formatted(i, betas[i]));
      }
    }
    values.put("betas", List.of(betas[0], betas[1]));
    return this;
  }

  Options put(String name, Object value) {
    values.put(name, value);
    return this;
  }

  Map<String, Object> map() {
    return values;
  }
}
