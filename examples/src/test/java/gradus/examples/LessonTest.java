package gradus.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

/** The lesson runs to its end, and what it claims is what it found. */
class LessonTest {

  private static final String TEXT = LessonRun.TEXT;
  private static final String PAGE = LessonRun.PAGE;

  @Test
  void printsTheShapes() {
    assertThat(TEXT).contains("[2, 3, 768]", "[50000, 768]");
    assertThat(figure("one-hot × table less looked-up rows")).isLessThan(1e-6);
  }

  @Test
  void relatedPairsStandAboveUnrelatedOnes() {
    assertThat(TEXT)
        .containsPattern("least alike related pair is above +0\\.\\d+ > 0\\.\\d+: holds");
  }

  @Test
  void solvesTheAnalogies() {
    assertThat(TEXT)
        .contains("queen: rank 1", "swimming: rank 1", "smaller: rank 1")
        .containsPattern("rome: rank [123] ");
  }

  @Test
  void stepsOfOneRelationAreMoreParallelThanOthers() {
    Matcher rows =
        Pattern.compile("(?m)^  (gender|plural|capital) +(-?[0-9.]+) +(-?[0-9.]+)$").matcher(TEXT);
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
    assertThat(TEXT).contains("arrows that go to the right").contains("7 of 7");
  }

  @Test
  void trainingBringsWordsIntoOrder() {
    Matcher order =
        Pattern.compile("same group, before → after +(\\d+) → (\\d+) of 34").matcher(TEXT);
    assertThat(order.find()).isTrue();
    assertThat(Integer.parseInt(order.group(1))).isLessThan(17);
    assertThat(Integer.parseInt(order.group(2))).isGreaterThan(30);
    assertThat(TEXT).containsPattern("king − man \\+ woman, in our own vectors +queen");
  }

  @Test
  void aDictionaryBringsWordsIntoOrderToo() {
    assertThat(TEXT)
        .containsPattern("WordNet's definitions +117,791 of them, 1,6\\d\\d,\\d{3} words");
    Matcher loss = Pattern.compile("loss on the dictionary.* +([0-9.]+) → ([0-9.]+)").matcher(TEXT);
    assertThat(loss.find()).isTrue();
    assertThat(Double.parseDouble(loss.group(1)))
        .isGreaterThan(Double.parseDouble(loss.group(2)) + 1);
    Matcher order =
        Pattern.compile("from the dictionary: nearest.* +(\\d+) → (\\d+) of 34").matcher(TEXT);
    assertThat(order.find()).isTrue();
    assertThat(Integer.parseInt(order.group(1))).isLessThan(17);
    assertThat(Integer.parseInt(order.group(2))).isGreaterThan(24);
    String dictionary = TEXT.substring(TEXT.indexOf("WordNet's definitions"));
    assertThat(dictionary)
        .containsPattern("(?m)^  mother .*(father|daughter|wife|sister)")
        .containsPattern("(?m)^  bread .*(loaf|baked|flour|cake|cheese|butter)")
        .containsPattern("(?m)^  king − man \\+ woman, from the dictionary +\\w+ \\.\\d+");
  }

  @Test
  void contextPullsTheMeaningsOfBankApart() {
    assertThat(figure("static cosine of bank (money) and bank (river)")).isEqualTo(1);
    assertThat(figure("contextual, after training")).isLessThan(0.6);
    assertThat(figure("bank in new sentences: same sense, mean cosine"))
        .isGreaterThan(figure("bank in new sentences: different sense") + 0.3);
  }

  @Test
  void aRealTransformerPullsThemApartLayerByLayer() {
    List<double[]> layers = new ArrayList<>();
    Matcher rows =
        Pattern.compile("(?m)^  ([0-9])((?: +-?[0-9.]+){5}) +(?:yes|no) +([0-8]) of 8$")
            .matcher(TEXT);
    while (rows.find()) {
      assertThat(rows.group(1)).isEqualTo(Integer.toString(layers.size()));
      layers.add(
          Stream.of((rows.group(2).strip() + " " + rows.group(3)).split(" +"))
              .mapToDouble(Double::parseDouble)
              .toArray());
    }
    assertThat(layers).hasSize(7);
    // Before the first layer there is nothing but the row and the place.
    assertThat(layers.getFirst()[0] - layers.getFirst()[2]).isLessThan(0.05);
    for (int layer = 1; layer < layers.size(); layer++) {
      double[] figures = layers.get(layer);
      assertThat(figures[0]).as("one sense, layer " + layer).isGreaterThan(figures[2] + 0.05);
      assertThat(figures[4]).as("to the row").isLessThan(layers.get(layer - 1)[4]);
      assertThat(figures[5]).as("nearest has its sense").isGreaterThanOrEqualTo(7);
    }
    String apart =
        IntStream.range(0, layers.size())
            .filter(layer -> layers.get(layer)[1] > layers.get(layer)[3])
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(", "));
    assertThat(apart).isNotEmpty();
    assertThat(TEXT)
        .containsPattern("layers that keep the senses apart, pair by pair +" + apart + "\\n");
    int chosen = (int) figure("the layer that keeps them furthest apart");
    assertThat(layers.get(chosen)[1]).isGreaterThan(layers.get(chosen)[3]);
    assertThat(figure("nearest other bank has the same sense")).isGreaterThanOrEqualTo(7);
  }

  @Test
  void aHeadLooksFromBankToTheRiver() {
    for (String word : List.of("loan", "river")) {
      Matcher head =
          Pattern.compile("bank looks most at %s +layer \\d, head \\d+: (\\d+) %%".formatted(word))
              .matcher(TEXT);
      assertThat(head.find()).isTrue();
      assertThat(Integer.parseInt(head.group(1))).isGreaterThan(30);
      assertThat(TEXT)
          .containsPattern("\\[CLS\\] .*bank .*%s %s %%".formatted(word, head.group(1)));
    }
  }

  @Test
  void gradientsAreRightAndLeadDownhill() {
    assertThat(figure("chain rule against nudging, 18 weights, largest difference"))
        .isLessThan(1e-3);
    Matcher loss = Pattern.compile("rate 0.1 +([0-9.]+) → ([0-9.]+)").matcher(TEXT);
    assertThat(loss.find()).isTrue();
    assertThat(Double.parseDouble(loss.group(2))).isLessThan(Double.parseDouble(loss.group(1)));
    assertThat(TEXT).contains("MatMul: dA = dC · Bᵀ, dB = Aᵀ · dC   (SmallAttention.java:");
  }

  @Test
  void pageNeedsNoNetworkAndItsPicturesAreWellFormed() throws Exception {
    assertThat(PAGE).doesNotContainPattern("(src|href)=['\"](https?:|//)").doesNotContain("NaN");
    var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    for (String picture : LessonRun.pictures()) {
      builder.parse(new InputSource(new StringReader(picture)));
    }
    assertThat(LessonRun.pictures().size()).isEqualTo(29);
  }

  @Test
  void thePagesOfTheStudioLieBesideIt() {
    assertThat(LessonRun.BESIDE)
        .containsOnlyKeys(
            "backprop.html", "words.html", "attention.html", "training.html", "tour.html");
    assertThat(LessonRun.all(PAGE, "<iframe src='(\\w+\\.html)'").stream().map(m -> m.group(1)))
        .containsExactlyInAnyOrder(
            "backprop.html", "words.html", "attention.html", "training.html");
    assertThat(LessonRun.all(LessonRun.BESIDE.get("tour.html"), "data-place='(\\w+\\.html)#"))
        .hasSize(9)
        .allSatisfy(place -> assertThat(LessonRun.BESIDE).containsKey(place.group(1)));
    // the heads that the tour stops at
    assertThat(TEXT)
        .containsPattern("looks most at loan +layer 1, head 1: 50 %")
        .containsPattern("looks most at river +layer 1, head 5: 6\\d %");
    assertThat(LessonRun.BESIDE.get("backprop.html"))
        .contains("\"name\":\"wq\"", "SmallAttention.java", "Tensor weights = scores.softmax(1);")
        .hasSizeLessThan(2_000_000);
    assertThat(LessonRun.BESIDE.get("words.html")).contains("\"king\"");
    assertThat(LessonRun.BESIDE.get("attention.html")).contains("\"fished\"");
  }

  /** The first number behind a claim. */
  private static double figure(String claim) {
    Matcher figure = Pattern.compile(Pattern.quote(claim) + " +(-?[0-9.e-]+)").matcher(TEXT);
    assertThat(figure.find()).as("the claim \"%s\"", claim).isTrue();
    return Double.parseDouble(figure.group(1));
  }
}
