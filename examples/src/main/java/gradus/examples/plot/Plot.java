package gradus.examples.plot;

import gradus.examples.picture.HeatPicture;
import gradus.examples.picture.LinePicture;
import gradus.examples.picture.ScatterPicture;
import gradus.examples.picture.SvgFile;
import gradus.tensor.DType;
import gradus.tensor.Tensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A picture: a heat map, lines or points. It is saved as a file, and prints as text.
 *
 * <pre>{@code
 * import module gradus.examples;
 *
 * var map = Plot.heatMap(attention, List.of("je", "suis"), List.of("I", "am"));
 * map.save(Path.of("attention.png"));   // or .svg
 * IO.println(map);                      // in shades, for the terminal
 * }</pre>
 *
 * <p>matplotlib: {@code pyplot.matshow}, {@code plot} and {@code scatter}.
 */
public final class Plot {
  /** Figures are written into the squares of a heat map as long as they fit. */
  private static final int MOST_COLUMNS = 16;

  private static final double MOST = 1000;

  private final String svg;
  private final String text;

  private Plot(String svg, String text) {
    this.svg = svg;
    this.text = text;
  }

  /**
   * A table of squares, the darker the larger its number: attention, a confusion matrix. Numbers
   * below zero are orange, and as text begin with a minus; what is not finite is left blank.
   *
   * @param values one number for each square [rows, columns]
   * @param rows what stands before each row
   * @param columns what stands above each column
   * @throws IllegalArgumentException if there is not one label for each row and column
   */
  public static Plot heatMap(Tensor values, List<String> rows, List<String> columns) {
    double[][] table = table("heatMap", values);
    labelled("heatMap", values, 0, "rows", rows);
    labelled("heatMap", values, 1, "columns", columns);
    double full =
        Arrays.stream(table)
            .flatMapToDouble(Arrays::stream)
            .map(Math::abs)
            .filter(Double::isFinite)
            .max()
            .orElse(1);
    double scale = full == 0 ? 1 : full;
    boolean numbers = columns.size() <= MOST_COLUMNS && full < MOST;
    return new Plot(
        HeatPicture.draw("Heat map", rows, columns, table, numbers, 0, scale),
        PlotText.heatMap(table, rows, columns, scale));
  }

  /**
   * Numbers from step to step, such as losses: one line for each series, all on one scale. What is
   * not finite is a gap.
   *
   * @param title what is drawn, beside the vertical axis
   * @param series the numbers by name, in the order of the map
   * @throws IllegalArgumentException if no series has a finite number
   */
  public static Plot line(String title, Map<String, List<Double>> series) {
    given("line", "title", title);
    if (given("line", "series", series).values().stream()
        .flatMap(List::stream)
        .noneMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          "line: the series %s hold no finite number. There must be something to draw. Add one."
              .formatted(series.keySet()));
    }
    int longest = series.values().stream().mapToInt(List::size).max().orElseThrow();
    return new Plot(
        LinePicture.draw(title, series, "step", Math.max(1, longest - 1), title),
        PlotText.line(title, series, longest));
  }

  /**
   * Points on a plane with the same scale both ways: embeddings in two dimensions.
   *
   * @param xy a point in each row [N, 2], all finite
   * @param labels what stands beside each point; empty for a point without
   * @throws IllegalArgumentException if {@code xy} is something else, or labels differ in number
   */
  public static Plot scatter(Tensor xy, List<String> labels) {
    double[][] points = table("scatter", xy);
    labelled("scatter", xy, 0, "labels", labels);
    if (xy.size(1) != 2 || !Arrays.stream(points).allMatch(Plot::finite)) {
      throw new IllegalArgumentException(
          "scatter: xy is %s%s. It must be [N, 2] and finite. Take two columns, or two components."
              .formatted(xy.shape(), xy.size(1) == 2 ? " with NaN or infinity" : ""));
    }
    var picture = new ScatterPicture("Points", List.of());
    for (int i = 0; i < points.length; i++) {
      picture.point(points[i][0], points[i][1], labels.get(i), 0);
    }
    return new Plot(picture.draw(), PlotText.scatter(points, labels));
  }

  /**
   * Writes the picture, as its name ends: {@code .svg}, or {@code .png} with two pixels for one.
   *
   * @param path the file, replaced if it is there
   * @throws IllegalArgumentException if the name ends otherwise
   * @throws java.io.UncheckedIOException if it cannot be written
   */
  public void save(Path path) {
    SvgFile.save(svg, given("save", "path", path));
  }

  /** The picture as text, for a terminal. */
  @Override
  public String toString() {
    return text;
  }

  private static boolean finite(double[] point) {
    return Arrays.stream(point).allMatch(Double::isFinite);
  }

  private static double[][] table(String op, Tensor values) {
    if (given(op, op.equals("scatter") ? "xy" : "values", values).dim() != 2
        || values.numel() == 0) {
      throw new IllegalArgumentException(
          "%s: the tensor is %s. It must be a matrix that is not empty. Select one of a batch by x.at(i)."
              .formatted(op, values.shape()));
    }
    double[] all = values.detach().to(DType.FLOAT64).contiguous().toDoubleArray();
    int columns = values.size(1);
    double[][] rows = new double[values.size(0)][];
    Arrays.setAll(rows, i -> Arrays.copyOfRange(all, i * columns, (i + 1) * columns));
    return rows;
  }

  private static void labelled(String op, Tensor of, int dim, String name, List<String> labels) {
    if (given(op, name, labels).size() != of.size(dim)
        || labels.stream().anyMatch(Objects::isNull)) {
      throw new IllegalArgumentException(
          "%s: there are %d %s for a tensor of %s. There must be one for each, and none null."
              .formatted(op, labels.size(), name, of.shape()));
    }
  }

  private static <T> T given(String op, String name, T value) {
    if (value == null) {
      throw new IllegalArgumentException("%s: %s is null. Give one.".formatted(op, name));
    }
    return value;
  }
}
