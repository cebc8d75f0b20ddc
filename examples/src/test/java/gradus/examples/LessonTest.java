package gradus.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

/** The lesson runs to its end, and what it claims is what it found. */
class LessonTest {

  @TempDir static Path folder;

  private static String text;
  private static String page;

  @BeforeAll
  static void run() throws IOException {
    var bytes = new ByteArrayOutputStream();
    Path file = folder.resolve("lesson").resolve("index.html");
    Lesson.tell(new Story(new PrintStream(bytes, true, StandardCharsets.UTF_8)), file);
    text = bytes.toString(StandardCharsets.UTF_8);
    page = Files.readString(file);
  }

  @Test
  void printsTheShapes() {
    assertThat(text).contains("[2, 3, 768]", "[50000, 768]");
    assertThat(figure("one-hot × table less looked-up rows")).isLessThan(1e-6);
  }

  @Test
  void relatedPairsStandAboveUnrelatedOnes() {
    assertThat(text)
        .containsPattern("least alike related pair is above +0\\.\\d+ > 0\\.\\d+: holds");
  }

  @Test
  void solvesTheAnalogies() {
    assertThat(text)
        .contains("queen: rank 1", "swimming: rank 1", "smaller: rank 1")
        .containsPattern("rome: rank [123] ");
  }

  @Test
  void stepsOfOneRelationAreMoreParallelThanOthers() {
    Matcher rows =
        Pattern.compile("(?m)^  (gender|plural|capital) +(-?[0-9.]+) +(-?[0-9.]+)$").matcher(text);
    int found = 0;
    while (rows.find()) {
      found++;
      assertThat(Double.parseDouble(rows.group(2)))
          .isGreaterThan(Double.parseDouble(rows.group(3)) + 0.1);
    }
    assertThat(found).isEqualTo(3);
  }

  @Test
  void mapKeepsTheGroups() {
    assertThat(figure("nearest is of the same group, on the map")).isGreaterThanOrEqualTo(29);
    assertThat(text).contains("arrows that go to the right").contains("7 of 7");
  }

  @Test
  void trainingBringsWordsIntoOrder() {
    Matcher order =
        Pattern.compile("same group, before → after +(\\d+) → (\\d+) of 34").matcher(text);
    assertThat(order.find()).isTrue();
    assertThat(Integer.parseInt(order.group(1))).isLessThan(17);
    assertThat(Integer.parseInt(order.group(2))).isGreaterThan(30);
    assertThat(text).containsPattern("king − man \\+ woman, in our own vectors +queen");
  }

  @Test
  void contextPullsTheMeaningsOfBankApart() {
    assertThat(figure("static cosine of bank (money) and bank (river)")).isEqualTo(1);
    assertThat(figure("contextual, after training")).isLessThan(0.6);
    assertThat(figure("bank in new sentences: same sense, mean cosine"))
        .isGreaterThan(figure("bank in new sentences: different sense") + 0.3);
  }

  @Test
  void gradientsAreRightAndLeadDownhill() {
    assertThat(figure("chain rule against nudging, 18 weights, largest difference"))
        .isLessThan(1e-3);
    Matcher loss = Pattern.compile("rate 0.1 +([0-9.]+) → ([0-9.]+)").matcher(text);
    assertThat(loss.find()).isTrue();
    assertThat(Double.parseDouble(loss.group(2))).isLessThan(Double.parseDouble(loss.group(1)));
    assertThat(text).contains("MatMul: dA = dC · Bᵀ, dB = Aᵀ · dC   (SmallAttention.java:");
  }

  @Test
  void pageNeedsNoNetworkAndItsPicturesAreWellFormed() throws Exception {
    assertThat(page).doesNotContainPattern("(src|href)=['\"](https?:|//)").doesNotContain("NaN");
    var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    Matcher pictures = Pattern.compile("<svg.*?</svg>", Pattern.DOTALL).matcher(page);
    int count = 0;
    while (pictures.find()) {
      count++;
      builder.parse(new InputSource(new StringReader(pictures.group())));
    }
    assertThat(count).isEqualTo(14);
  }

  /** The first number behind a claim. */
  private static double figure(String claim) {
    Matcher figure = Pattern.compile(Pattern.quote(claim) + " +(-?[0-9.e-]+)").matcher(text);
    assertThat(figure.find()).as("the claim \"%s\"", claim).isTrue();
    return Double.parseDouble(figure.group(1));
  }
}
