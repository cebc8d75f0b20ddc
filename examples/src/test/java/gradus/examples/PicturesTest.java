package gradus.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import gradus.tensor.Tensor;
import gradus.text.TokenVectors;
import gradus.text.tokenizer.Encoding;
import gradus.text.tokenizer.Tokenizer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
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
  void pcaFindsTheDirectionsOfSpread() {
    var random = new Random(1);
    float[] points = new float[500 * 3];
    for (int i = 0; i < 500; i++) {
      double along = random.nextGaussian() * 5;
      double across = random.nextGaussian();
      points[3 * i] = (float) (along * 0.6 + 7);
      points[3 * i + 1] = (float) (along * 0.8);
      points[3 * i + 2] = (float) across;
    }
    Pca pca = Pca.of(Tensor.fromArray(points, 500, 3), 2);
    assertThat(Math.abs(pca.axes().get(0, 0))).isCloseTo(0.6, within(0.02));
    assertThat(Math.abs(pca.axes().get(0, 1))).isCloseTo(0.8, within(0.02));
    assertThat(Math.abs(pca.axes().get(1, 2))).isCloseTo(1, within(0.02));
    assertThat(pca.explained()[0]).isCloseTo(25.0 / 26, within(0.01));
    assertThat(pca.project(Tensor.fromArray(points, 500, 3)).mean(0).abs().max().item())
        .isLessThan(1e-3);
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
