package gradus.examples;

import java.util.Arrays;

/** The lowest, the mean and the highest of some figures. */
record Range(double low, double mean, double high) {

  static Range of(double... values) {
    var all = Arrays.stream(values).summaryStatistics();
    return new Range(all.getMin(), all.getAverage(), all.getMax());
  }
}
