package gradus.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import gradus.examples.picture.PageStyle;
import gradus.examples.picture.Svg;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page reads well on a phone, and says what the terminal says. */
class PageTest {

  /** A screen of 390 pixels less the margins of the page. */
  private static final double PHONE = 390 - 2 * 1.2 * 16;

  private static final double READABLE = 10;

  @Test
  void lettersOfEveryPictureAreReadableOnAPhone() {
    double smallest =
        LessonRun.all(PageStyle.CSS, "svg [^{}]*\\{[^}]*?([\\d.]+)px").stream()
            .filter(rule -> rule.group().contains("font"))
            .mapToDouble(rule -> Double.parseDouble(rule.group(1)))
            .min()
            .orElseThrow();
    assertThat(smallest).isEqualTo(PageStyle.SMALLEST);
    for (String picture : LessonRun.pictures()) {
      MatchResult size =
          first(picture, "viewBox='0 0 ([\\d.]+) [\\d.]+' style='min-width:([\\d.]+)px");
      double shown = Math.max(PHONE, Double.parseDouble(size.group(2)));
      assertThat(smallest * Math.min(1, shown / Double.parseDouble(size.group(1))))
          .as(first(picture, "<title>(.*?)</title>").group(1))
          .isGreaterThanOrEqualTo(READABLE);
    }
  }

  @Test
  void everyPictureScrollsAndItsCaptionStays() {
    List<MatchResult> figures =
        LessonRun.all(LessonRun.PAGE, "(?s)<figure class='wide'.*?</figure>");
    assertThat(figures.size()).isEqualTo(LessonRun.pictures().size());
    assertThat(figures)
        .allSatisfy(
            figure ->
                assertThat(figure.group())
                    .matches(
                        "(?s)<figure[^>]*><div class='scroll' tabindex='0'><svg.*</svg></div>"
                            + "<figcaption>[^<]+</figcaption></figure>"));
    assertThat(PageStyle.CSS).contains(".scroll { overflow-x: auto; }");
  }

  /** In pictures of points: no label is written over another. */
  @Test
  void labelsDoNotCollide() {
    int labels = 0;
    for (String picture : LessonRun.pictures()) {
      List<double[]> boxes = new ArrayList<>();
      String pattern =
          "<text x='([\\d.-]+)' y='([\\d.-]+)' text-anchor='start' class='label'>(.*?)<";
      for (MatchResult label : LessonRun.all(picture, pattern)) {
        double x = Double.parseDouble(label.group(1));
        double y = Double.parseDouble(label.group(2));
        for (double[] other : boxes) {
          boolean apart =
              x >= other[0] + other[2]
                  || other[0] >= x + Svg.width(label.group(3))
                  || Math.abs(y - other[1]) >= 9;
          assertThat(apart).as("%s in %s", label.group(3), picture.substring(0, 200)).isTrue();
        }
        boxes.add(new double[] {x, y, Svg.width(label.group(3))});
        labels++;
      }
    }
    assertThat(labels).isGreaterThan(150);
  }

  @Test
  void theTerminalSaysTheFiguresOfThePage() {
    List<MatchResult> cells = LessonRun.all(LessonRun.PAGE, "<t[dh][^>]*>(.*?)</t[dh]>");
    List<MatchResult> claims =
        LessonRun.all(LessonRun.PAGE, "<div class='claim'><span>.*?</span><b>(.*?)</b></div>");
    assertThat(cells.size()).isGreaterThan(300);
    assertThat(claims.size()).isGreaterThan(50);
    for (MatchResult cell : cells) {
      assertThat(LessonRun.TEXT).contains(plain(cell.group(1)));
    }
    for (MatchResult claim : claims) {
      assertThat(LessonRun.TEXT).contains(plain(claim.group(1)));
    }
  }

  @Test
  void pyTorchsSnippetStandsBesideOurs() {
    assertThat(LessonRun.PAGE)
        .containsPattern(
            "(?s)<div class='beside'><div><h4>PyTorch</h4><pre>.*nn\\.Embedding\\(50000, 768\\).*"
                + "</pre></div><div><h4>Gradus</h4><pre>.*new Embedding\\(50_000, 768\\)");
    assertThat(LessonRun.TEXT).containsPattern("nn\\.Embedding\\(50000, 768\\) +│ ");
  }

  @Test
  void theCurveBeginsWhereTheClaimSaysTheLossBegan() {
    String picture =
        LessonRun.pictures().stream()
            .filter(svg -> svg.contains("<title>Loss over the training</title>"))
            .findFirst()
            .orElseThrow();
    double top =
        LessonRun.all(picture, "text-anchor='end' class='tick'>([\\d.]+)<").stream()
            .mapToDouble(tick -> Double.parseDouble(tick.group(1)))
            .max()
            .orElseThrow();
    List<MatchResult> grid = LessonRun.all(picture, "<line x1='\\S+ y1='([\\d.]+)'");
    double zero = Double.parseDouble(grid.getFirst().group(1));
    double high = Double.parseDouble(grid.getLast().group(1));
    double y = Double.parseDouble(first(picture, "<path d='M\\S+ ([\\d.]+)L").group(1));
    double claimed =
        Double.parseDouble(
            first(LessonRun.TEXT, "loss at the start, at the end +([\\d.]+) →").group(1));
    assertThat(top * (zero - y) / (zero - high)).isCloseTo(claimed, within(0.02));
  }

  @Test
  void sentencesAreNumberedBefore() {
    assertThat(LessonRun.TEXT).containsPattern("(?m)^  1\\. She opened a savings account");
    assertThat(LessonRun.PAGE)
        .contains(">8. The flood washed away", ">1. she went to the bank")
        .doesNotContainPattern("river\\.  ?8<");
  }

  @Test
  void theListingOfBackpropHasTheLinesOfItsFile() {
    List<String> source = Sentences.lines("SmallAttention.java");
    List<MatchResult> lines = LessonRun.all(LessonRun.PAGE, "<span class='n'>(\\d+)</span>(.*)");
    assertThat(lines.size()).isGreaterThan(12);
    for (MatchResult line : lines) {
      assertThat(source.get(Integer.parseInt(line.group(1)) - 1).strip())
          .isEqualTo(plain(line.group(2)).replace("</code></pre>", "").strip());
    }
    String listing = String.join("\n", lines.stream().map(MatchResult::group).toList());
    assertThat(listing)
        .contains("final Tensor wq =", "final transient Tensor wanted =", "F.embedding(ids, table)")
        .doesNotContain("Tensor.embedding(");
  }

  private static MatchResult first(String text, String pattern) {
    return Pattern.compile(pattern).matcher(text).results().findFirst().orElseThrow();
  }

  private static String plain(String html) {
    return html.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&#39;", "'")
        .replace("&quot;", "\"")
        .replace("&amp;", "&");
  }
}
