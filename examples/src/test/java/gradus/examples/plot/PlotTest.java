package gradus.examples.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.tensor.Tensor;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

class PlotTest {
  @TempDir Path folder;

  private static final Plot HEAT =
      Plot.heatMap(
          Tensor.of(new double[][] {{1, 0.5, -0.25}, {0, Double.NaN, 2}}),
          List.of("one", "<2>"),
          List.of("a", "chat", "est"));

  /** The root of the file, which a parser that checks names has read. */
  private Element xml(Path path) throws Exception {
    var factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    return factory.newDocumentBuilder().parse(path.toFile()).getDocumentElement();
  }

  private Path saved(Plot plot, String name) {
    Path path = folder.resolve(name);
    plot.save(path);
    return path;
  }

  @Test
  void aHeatMapPrintsAsShades() {
    assertThat(HEAT)
        .hasToString(
            """
                a  chat est
            one ▒▒ ░░░░ -░░
            <2>         ███

            █ is 2""");
  }

  @Test
  void everyPictureIsASvgWithItsLabels() throws Exception {
    var series = new LinkedHashMap<String, List<Double>>();
    series.put("training", List.of(3.0, 1.0, 0.5));
    series.put("test & more", List.of(3.0, 2.0));
    var counts = Plot.heatMap(Tensor.of(new int[][] {{7, 0}}), List.of("r"), List.of("c", "d"));
    Map<Plot, List<String>> labels =
        Map.of(
            counts,
            List.of("7", "0", "full tint: 7"),
            HEAT,
            List.of("one", "<2>", "chat", "0.50", "-0.25", "full tint: 2"),
            Plot.line("loss", series),
            List.of("training", "test & more", "loss", "step", "3"),
            Plot.scatter(Tensor.of(new int[][] {{0, 0}, {2, 1}}), List.of("sun", "moon")),
            List.of("sun", "moon"));
    for (var plot : labels.entrySet()) {
      Element root = xml(saved(plot.getKey(), "plot.svg"));
      assertThat(root.getNamespaceURI()).isEqualTo("http://www.w3.org/2000/svg");
      var texts = root.getElementsByTagName("text");
      assertThat(
              IntStream.range(0, texts.getLength()).mapToObj(i -> texts.item(i).getTextContent()))
          .containsAll(plot.getValue())
          .doesNotContain("NaN");
      assertThat(Files.readString(folder.resolve("plot.svg"))).doesNotContain("var(");

      BufferedImage png = ImageIO.read(saved(plot.getKey(), "plot.png").toFile());
      assertThat(png.getWidth())
          .isEqualTo((int) Math.ceil(2 * Double.parseDouble(root.getAttribute("width"))));
      assertThat(png.getHeight())
          .isEqualTo((int) Math.ceil(2 * Double.parseDouble(root.getAttribute("height"))));
    }
  }

  /** What the browser makes of the SVG, the pixels must show too. */
  @Test
  void pixelsHaveTheColoursOfTheSvg() throws Exception {
    var full = Plot.heatMap(Tensor.of(new double[][] {{1, -1}}), List.of("r"), List.of("", ""));
    BufferedImage png = ImageIO.read(saved(full, "full.png").toFile());
    int[] row = IntStream.range(0, png.getWidth()).map(x -> png.getRGB(x, 42)).toArray();
    int[] counts =
        IntStream.of(0x0072b2, 0xd55e00, 0xfdfcf9)
            .map(c -> (int) Arrays.stream(row).filter(p -> p == new Color(c).getRGB()).count())
            .toArray();
    // Two squares of 44 units, at two pixels a unit; a rim of the ground's colour within.
    assertThat(counts[0]).isBetween(78, 88);
    assertThat(counts[1]).isBetween(78, 88);
    assertThat(counts[2]).isBetween(30, 100);
  }

  @Test
  void aLinePrintsAsDots() {
    var series = new LinkedHashMap<String, List<Double>>();
    series.put("down", List.of(15.0, 10.0, 5.0, 0.0));
    series.put("gap", List.of(0.0, Double.NaN, 15.0));
    assertThat(Plot.line("loss", series))
        .hasToString(
            """
            loss
                down
            15 │⠁⠀
               │⠐⠀
               │⠀⠄
             0 │⠀⢀
                gap
            15 │⠀⠁
               │⠀⠀
               │⠀⠀
             0 │⡀⠀""");
  }

  @Test
  void longLinesAndFlatOnesFit() {
    var many = IntStream.range(0, 100_000).mapToObj(i -> (double) i).toList();
    assertThat(Plot.line("x", Map.of("y", many)).toString().lines())
        .allMatch(line -> line.length() <= 70)
        .hasSize(6);
    for (double same : new double[] {0, -3, 1e-9, 1e9}) {
      saved(Plot.line("x", Map.of("y", List.of(same))), "flat.svg");
      assertThat(Plot.line("x", Map.of("y", List.of(same, same))).toString()).contains("⣀");
    }
  }

  @Test
  void pointsPrintWhereTheyAre() {
    var plot =
        Plot.scatter(
            Tensor.of(new double[][] {{0, 0}, {59, 4}, {1, 4}, {2, 4}}),
            List.of("low", "right", "hidden", "up"));
    assertThat(plot).hasToString(" ••up" + " ".repeat(54) + "•right\n\n•low");
    assertThat(Plot.scatter(Tensor.of(new double[][] {{5, 5}}), List.of("p"))).hasToString("•p");
  }

  @Test
  void otherEndingsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HEAT.save(folder.resolve("plot.jpg")))
        .withMessage("save: a picture is not written as plot.jpg. Name the file .svg or .png.");
    assertThat(folder).isEmptyDirectory();
    assertThatThrownBy(() -> HEAT.save(folder.resolve("none").resolve("plot.svg")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("cannot be written");
  }

  @Test
  void whatCannotBeDrawnIsSaid() {
    refused(
        () -> Plot.heatMap(Tensor.ones(2, 3), List.of("a"), List.of("x", "y", "z")),
        "heatMap: there are 1 rows for a tensor of [2, 3]. There must be one for each, and none null.");
    refused(
        () -> Plot.heatMap(Tensor.ones(1, 1), List.of("a"), Collections.singletonList(null)),
        "heatMap: there are 1 columns for a tensor of [1, 1]. There must be one for each, and none null.");
    refused(
        () -> Plot.heatMap(Tensor.ones(2, 3, 4), List.of(), List.of()),
        "heatMap: the tensor is [2, 3, 4]. It must be a matrix that is not empty. Select one of a batch by x.at(i).");
    refused(
        () -> Plot.line("loss", Map.of("a", List.of(Double.NaN))),
        "line: the series [a] hold no finite number. There must be something to draw. Add one.");
    refused(
        () -> Plot.scatter(Tensor.ones(1, 3), List.of("a")),
        "scatter: xy is [1, 3]. It must be [N, 2] and finite. Take two columns, or two components.");
    refused(
        () -> Plot.scatter(Tensor.ones(1, 2).div(0), List.of("a")),
        "scatter: xy is [1, 2] with NaN or infinity. It must be [N, 2] and finite. Take two columns, or two components.");
    refused(() -> Plot.scatter(null, List.of()), "scatter: xy is null. Give one.");
    refused(() -> Plot.line(null, Map.of()), "line: title is null. Give one.");
  }

  private static void refused(Runnable plot, String text) {
    assertThatIllegalArgumentException().isThrownBy(plot::run).withMessage(text);
  }
}
