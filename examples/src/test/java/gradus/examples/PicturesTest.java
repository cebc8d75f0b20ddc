package gradus.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import gradus.examples.picture.HeatPicture;
import gradus.examples.picture.PageStyle;
import gradus.examples.picture.ScatterPicture;
import gradus.examples.picture.Svg;
import gradus.tensor.Tensor;
import gradus.text.encoder.TokenVectors;
import gradus.text.tokenizer.Encoding;
import gradus.text.tokenizer.Tokenizer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PicturesTest {

  @Test
  void svgEscapesTextAndRoundsCoordinates() {
    String svg = new Svg(10, 20, "a & b").text(1.005, 2, "start", "x", "<'\">").toString();
    assertThat(svg)
        .contains(
            "viewBox='0 0 10 20'", "<title>a &amp; b</title>", "&lt;&#39;&quot;&gt;", "y='2'");
    assertThat(Svg.number(3.14159)).isEqualTo("3.14");
    assertThat(Svg.number(100)).isEqualTo("100");
    assertThatIllegalArgumentException().isThrownBy(() -> Svg.number(Double.NaN));
  }

  @Test
  void arrowsNeedTheirPoints() {
    var picture = new ScatterPicture("t", List.of("g")).point(0, 0, "a", 0).arrow("a", "b", 0);
    assertThatIllegalArgumentException()
        .isThrownBy(picture::draw)
        .withMessage("picture: no point is named b");
  }

  @Test
  void bandsEndAtOneAndNeedAValueForEachStep() {
    var picture = new BandPicture("t", List.of("0", "1"));
    picture.line("a", List.of(Range.of(0.72, 0.9), Range.of(0.8)));
    assertThat(picture.draw("layer", "cosine")).contains(">0.70<", ">1.00<").doesNotContain("0.65");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> picture.line("b", List.of(Range.of(1))))
        .withMessage("picture: b has 1 values for 2 steps.");
    assertThat(Range.of(1, 4, 1)).isEqualTo(new Range(1, 2, 4));
  }

  @Test
  void tintMayBeginAboveZero() {
    String svg =
        HeatPicture.draw(
            "t", List.of("r"), List.of("c", "d"), new double[][] {{0.75, 0.5}}, true, 0.5);
    assertThat(svg).contains("fill-opacity='0.5'", "fill-opacity='0'", ">0.75<", ">0.50<");
  }

  @Test
  void everyGroupHasAMarkOfItsOwn() {
    var shapes = new TreeSet<String>();
    for (int group = 0; group < PageStyle.COLOURS; group++) {
      shapes.add(
          new Svg(20, 20, "t").mark(10, 10, 5, group).toString().replaceAll("fill\\d", "fill"));
    }
    assertThat(shapes).hasSize(PageStyle.COLOURS);
  }

  @Test
  void labelsOfPointsThatLieTogetherAreKeptApart() {
    var picture = new ScatterPicture("t", List.of("g")).point(0, 0, "far", 0).point(9, 9, "off", 0);
    List<String> near = List.of("swim", "run", "walk", "ride", "climb", "travel");
    near.forEach(label -> picture.point(5, 5 + 0.01 * label.length(), label, 0));
    List<double[]> places = new ArrayList<>();
    for (var label :
        LessonRun.all(picture.draw(), "x='([\\d.]+)' y='([\\d.]+)' [^>]*class='label'>(\\w+)<")) {
      double[] at = {Double.parseDouble(label.group(1)), Double.parseDouble(label.group(2))};
      double width = Svg.width(label.group(3));
      assertThat(places)
          .noneMatch(
              other ->
                  Math.abs(other[1] - at[1]) < 10 && other[0] < at[0] + width && at[0] < other[2]);
      places.add(new double[] {at[0], at[1], at[0] + width});
    }
    assertThat(places).hasSize(8);
  }

  @Test
  void lookedUpRowsAreTheRealOnes() {
    Tensor table = Tensor.linspace(-1, 1, 5 * 20).reshape(5, 20);
    long[][] ids = {{1, 4}, {0, 1}};
    Tensor embedded = table.indexSelect(0, Tensor.of(1L, 4L, 0L, 1L)).reshape(2, 2, 20);
    String svg = LookupPicture.draw(ids, table, embedded);
    assertThat(svg).contains("ids [2, 2]", "the table [5, 20]", "embedded [2, 2, 20]");
    // Three different rows of the table, four looked up, twelve numbers shown of each.
    assertThat(LessonRun.all(svg, "fill-opacity")).hasSize(12 * (3 + 4));
    assertThat(LessonRun.all(svg, "fill-opacity='0.5'")).hasSize(2); // -1, row 0, in and out
    assertThat(
            LessonRun.all(svg, "fill-opacity='([^']+)'").stream()
                .map(match -> match.group(1))
                .distinct()
                .count())
        .isGreaterThan(20);
  }

  @Test
  void anglesAreDrawnAsTheyAre() {
    var picture = new AnglePicture("t", List.of("a", "b")).pair("up", "on", 0, 1);
    String svg = picture.draw();
    assertThat(svg).contains(">90°<", ">0°<", ">up – on<");
    // The arrow for a right angle ends straight above where it began.
    assertThat(svg).containsPattern("<line x1='40' y1='192' x2='40' y2='71'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> picture.pair("x", "y", 0.5))
        .withMessage("picture: x – y has 1 cosines for 2 measures.");
  }

  @Test
  void companyIsCountedAboveChanceOnly() {
    List<List<String>> sentences = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      sentences.add(List.of("a", "x"));
      sentences.add(List.of("b", "x"));
      sentences.add(List.of("c", "y"));
    }
    sentences.add(List.of("rare", "x"));
    Company company = Company.in(sentences);
    assertThat(company.words()).containsExactly("a", "b", "c", "x", "y");
    // 30 pairs counted both ways: a with x 5 times, where chance would have 5 · 10 / 30.
    assertThat(company.rows().get(0, 3)).isCloseTo(Math.log(3), within(1e-5));
    assertThat(company.rows().get(2, 4)).isCloseTo(Math.log(6), within(1e-5));
    assertThat(company.rows().get(0, 4)).isZero();
    assertThat(company.shared("a", "b", 3)).containsExactly("x");
    assertThat(company.shared("a", "c", 3)).isEmpty();
    assertThat(company.vectors().similarity("a", "b")).isCloseTo(1, within(1e-5));
  }

  @Test
  void barsBelowZeroGoToTheLeft() {
    String svg = new BarPicture("t", 0.5).bar("more", 0.5, 1).bar("less", -0.5, 2).draw();
    List<Double> starts =
        LessonRun.all(svg, "<rect x='([\\d.]+)'").stream()
            .map(bar -> Double.parseDouble(bar.group(1)))
            .toList();
    assertThat(starts.getLast()).isLessThan(starts.getFirst());
    assertThat(svg).contains(">0.500<", ">-0.500<", ">-0.50<", ">0.00<");
  }

  @Test
  void headsAreFoundByTheirWeights() throws IOException {
    // Two layers of two heads over two tokens; "a" looks at "b" most in layer 2, head 1.
    Tensor first = Tensor.of(new float[][][] {{{0.9f, 0.1f}, {1, 0}}, {{0.6f, 0.4f}, {1, 0}}});
    Tensor second = Tensor.of(new float[][][] {{{0.25f, 0.75f}, {0, 1}}, {{1, 0}, {0, 1}}});
    byte[] vocabulary = "[PAD]\n[UNK]\n[CLS]\n[SEP]\na\nb\n".getBytes(StandardCharsets.UTF_8);
    Encoding encoding =
        Tokenizer.read(new ByteArrayInputStream(vocabulary), "vocab.txt").encode("a b", false);
    var inside = new TokenVectors("a b", encoding, List.of(), List.of(first, second));
    Head head = Head.lookingMost(inside, "a", "b");
    assertThat(head).isEqualTo(new Head(2, 1)).hasToString("layer 2, head 1");
    assertThat(head.weights(inside, "a")).containsExactly(0.25, 0.75);
    assertThat(Head.weights(inside, "a", "b")[1]).containsExactly(0.75, 0);
  }

  @Test
  void progressBarWritesOneLineWhenThereIsNoTerminal() {
    var bytes = new ByteArrayOutputStream();
    var bar = new ProgressBar(new PrintStream(bytes, true, StandardCharsets.UTF_8), "work");
    for (int i = 1; i <= 100; i++) {
      bar.show(i / 100.0, "loss " + i);
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8).lines()).hasSize(1);
    assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("100 %", "loss 100");
  }

  @Test
  void tablePutsFiguresToTheRight() {
    var bytes = new ByteArrayOutputStream();
    var story = new Story(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    story.table(
        List.of("word", "cosine"), List.of(List.of("cat", "0.5"), List.of("horse", "-0.25")));
    assertThat(bytes.toString(StandardCharsets.UTF_8).lines().map(String::stripTrailing))
        .containsExactly("  word    cosine", "  cat        0.5", "  horse    -0.25");
    assertThat(story.page()).contains("<td class='figure'>-0.25</td>", "<td>horse</td>");
  }
}
