package gradus.studio;

import java.util.Arrays;

/**
 * A row that a layer norm looks at, seen as it does.
 *
 * @param start where the row begins in the input
 * @param mean of the row
 * @param sigma its standard deviation, with eps
 * @param x the row, brought to mean 0 and deviation 1
 */
record Normalised(int start, double mean, double sigma, double[] x) {
  static Normalised row(Value.Whole input, int size, int element, double eps) {
    int start = element / size * size;
    double[] row = Arrays.copyOfRange(input.data(), start, start + size);
    double mean = Arrays.stream(row).average().orElse(0);
    double var = Arrays.stream(row).map(v -> (v - mean) * (v - mean)).average().orElse(0);
    double sigma = Math.sqrt(var + eps);
    return new Normalised(
        start, mean, sigma, Arrays.stream(row).map(v -> (v - mean) / sigma).toArray());
  }
}
