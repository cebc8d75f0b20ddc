package gradus.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import gradus.nn.Embedding;
import gradus.tensor.GradMode;
import gradus.tensor.Tensor;
import gradus.text.projection.Tsne;
import gradus.text.vectors.ScoredWord;
import gradus.text.vectors.WordVectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page of embeddings in a real browser, saved and served; skipped where there is none. */
class MapPageTest extends BrowserTest {
  private static final String EVIL = "<img src=x onerror=\"document.title='owned'\">";
  private static final WordVectors TABLE = MapWords.table();

  private PageServer server;

  @AfterEach
  void leave() {
    browser.leave();
    if (server != null) {
      server.close();
    }
  }

  private static EmbeddingMap map() {
    List<String> words = TABLE.vocabulary().words();
    return EmbeddingMap.of(TABLE)
        .title("Words")
        .column("kind", words.stream().map(w -> w.startsWith("other") ? "other" : "named").toList())
        .column("length", words.stream().map(String::length).toList());
  }

  private static void saved(EmbeddingMap map, String hash) {
    Path file = Studio.save(map, folder.resolve("map.html"));
    browser.open(java.net.URI.create(file.toUri() + hash));
    ready();
  }

  private void served(EmbeddingMap map, String hash) {
    server = new EmbeddingPage(map).serve();
    browser.open(java.net.URI.create(server.address() + hash));
    ready();
  }

  private static void ready() {
    browser.await("the page", () -> !browser.all("#app[data-ready]").isEmpty());
    browser.await(
        "the map",
        () ->
            Boolean.TRUE.equals(
                browser.script("return document.querySelector('.map-box').dataset.frames > 0")));
  }

  private static void type(String label, String word) {
    WebElement box = browser.all("input[aria-label='" + label + "']").getFirst();
    box.clear();
    box.sendKeys(word, Keys.ENTER);
  }

  private static List<String> words(String list) {
    return browser.texts("[aria-label='" + list + "'] button");
  }

  private static List<Double> scores(String list) {
    return browser.texts("[aria-label='" + list + "'] li span").stream()
        .map(Double::parseDouble)
        .toList();
  }

  private static void same(List<ScoredWord> expected, String list) {
    assertThat(words(list)).isEqualTo(expected.stream().map(ScoredWord::word).toList());
    List<Double> shown = scores(list);
    for (int i = 0; i < shown.size(); i++) {
      assertThat(shown.get(i)).isCloseTo(expected.get(i).score(), within(6e-4));
    }
  }

  private static String hash() {
    return (String) browser.script("return decodeURIComponent(location.hash)");
  }

  /** Where the page draws a word that is marked. */
  private static double[] place(int row) {
    var xy =
        (List<?>)
            browser.script(
                "const c = document.querySelector(`.mark[data-row='${arguments[0]}']`); return [c.getAttribute('cx'), c.getAttribute('cy')]",
                row);
    return xy.stream().mapToDouble(x -> Double.parseDouble((String) x)).toArray();
  }

  private void neighboursAndAnalogies() {
    type("search a word", "king");
    browser.await("king", () -> words("nearest in the space").size() == 10);
    same(TABLE.mostSimilar("king", 10), "nearest in the space");
    assertThat(browser.text(".word h2")).isEqualTo("king");
    List<String> inSpace = words("nearest in the space");
    List<String> onMap = words("nearest on the map");
    long kept = onMap.stream().filter(inSpace::contains).count();
    assertThat(browser.text(".distortion"))
        .startsWith(kept + " of 10 neighbours are kept on this map");
    assertThat(browser.all("[aria-label='nearest on the map'] .kept")).hasSize((int) kept);
    browser.script(
        "const s = document.querySelector('.shared select'); s.value = 'euclidean'; s.dispatchEvent(new Event('change'))");
    List<ScoredWord> far = TABLE.nearestByDistance("king", 10);
    browser.await(
        "Euclid",
        () ->
            scores("nearest in the space").getFirst() > far.getFirst().score() - 1e-3
                && words("nearest in the space").equals(far.stream().map(ScoredWord::word).toList())
                && Math.abs(scores("nearest in the space").getFirst() - far.getFirst().score())
                    < 1e-3);
    same(far, "nearest in the space");
    type("word a", "king");
    type("minus b", "man");
    type("plus c", "woman");
    browser.await("the sum", () -> words("nearest to the sum").size() == 10);
    same(TABLE.mostSimilar(List.of("king", "woman"), List.of("man"), 10), "nearest to the sum");
    assertThat(browser.text(".sum-found p")).isEqualTo("man is to king as woman is to queen.");
    browser.await("arrows", () -> browser.all(".arrow.analogy").size() == 2);
    var vocabulary = TABLE.vocabulary();
    assertThat(
            browser.all(".arrow.analogy").stream()
                .map(a -> a.getDomAttribute("data-from") + ">" + a.getDomAttribute("data-to")))
        .containsExactly(
            vocabulary.indexOf("man") + ">" + vocabulary.indexOf("king"),
            vocabulary.indexOf("woman") + ">" + vocabulary.indexOf("queen"));
    WebElement arrow = browser.all(".arrow.analogy").getFirst();
    double[] end = place(vocabulary.indexOf("king"));
    assertThat(Double.parseDouble(arrow.getDomAttribute("x2"))).isCloseTo(end[0], within(1e-3));
    assertThat(Double.parseDouble(arrow.getDomAttribute("y2"))).isCloseTo(end[1], within(1e-3));
    assertThat(hash())
        .contains("word=king", "sum=king", "sum=man", "sum=woman", "metric=euclidean");
    browser.quiet();
  }

  @Test
  void savedItFindsNeighboursAndAnalogies() {
    saved(map(), "");
    neighboursAndAnalogies();
  }

  @Test
  void servedItAsksTheProgram() {
    served(map(), "");
    neighboursAndAnalogies();
  }

  @Test
  void theMapShowsThePlacesOfTheAxes() {
    saved(
        map(),
        "#map=axes&axis=man&axis=woman&axis=small&axis=big&sum=man&sum=woman&sum=small&metric=euclidean");
    browser.await("marks", () -> browser.all(".mark.sum").size() == 4);
    var vocabulary = TABLE.vocabulary();
    double[] man = place(vocabulary.indexOf("man"));
    double[] woman = place(vocabulary.indexOf("woman"));
    double[] small = place(vocabulary.indexOf("small"));
    Tensor across = TABLE.get("woman").sub(TABLE.get("man"));
    Tensor up = TABLE.get("big").sub(TABLE.get("small"));
    double[] x = along(across, "man", "woman", "small");
    double[] y = along(up, "man", "woman", "small");
    // One scale for both axes, up being up.
    double scale = (woman[0] - man[0]) / (x[1] - x[0]);
    assertThat(scale).isPositive();
    assertThat(small[0] - man[0]).isCloseTo(scale * (x[2] - x[0]), within(0.5));
    assertThat(small[1] - man[1]).isCloseTo(-scale * (y[2] - y[0]), within(0.5));
    browser.quiet();
  }

  private static double[] along(Tensor step, String... words) {
    Tensor unit = step.div(step.norm());
    return List.of(words).stream().mapToDouble(w -> TABLE.get(w).dot(unit).item()).toArray();
  }

  @Test
  void servedAndSavedDrawTheSame() {
    for (String state :
        List.of(
            "#map=pca&pca=1,2",
            "#map=raw&raw=3,5",
            "#map=axes&axis=man&axis=woman&axis=small&axis=big")) {
      String hash = state + "&word=king";
      saved(map(), hash);
      browser.await("king", () -> browser.all(".mark.near").size() == 10);
      double[] here = place(TABLE.vocabulary().indexOf("king"));
      server = null;
      served(map(), hash);
      browser.await("king", () -> browser.all(".mark.near").size() == 10);
      double[] there = place(TABLE.vocabulary().indexOf("king"));
      assertThat(there).as(state).containsExactly(here, within(0.05));
      browser.quiet();
      browser.leave();
      server.close();
    }
  }

  @Test
  void searchCompletesByKeys() {
    saved(map(), "");
    WebElement box = browser.all("header input").getFirst();
    box.sendKeys("ther1");
    browser.await("completion", () -> browser.all("header [role=option]").size() == 10);
    box.sendKeys(Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ENTER);
    browser.await("the second", () -> browser.text(".word h2").equals("other10"));
    assertThat(browser.all("header ul:not([hidden])")).isEmpty();
    box.clear();
    box.sendKeys("no such word", Keys.ENTER);
    assertThat(browser.text("header .hint")).isEqualTo("“no such word” is not among these words.");
    browser.quiet();
  }

  @Test
  void wordsAreTextAndNeverMarkup() {
    saved(map().title("</script><b>" + EVIL), "");
    type("search a word", "<img");
    browser.await("the word", () -> browser.text(".word h2").equals(EVIL));
    assertThat(browser.all("img")).isEmpty();
    assertThat(browser.title()).isEqualTo("</script><b>" + EVIL);
    browser.quiet();
  }

  @Test
  void coloursTellTheMetadata() {
    saved(map(), "#colour=kind");
    browser.await("legend", () -> browser.all(".legend button").size() == 2);
    assertThat(browser.text(".legend")).contains("other 60").contains("named 7");
    assertThat(colours()).isGreaterThanOrEqualTo(2);
    browser.click(".legend button:last-child");
    browser.await("alone", () -> browser.all(".legend [aria-pressed=true]").size() == 1);
    browser.await(
        "labels",
        () ->
            browser.all(".label").stream()
                .noneMatch(l -> l.getDomProperty("textContent").startsWith("other")));
    browser.script(
        "const s = document.querySelectorAll('.shared select')[1]; s.value = 'length'; s.dispatchEvent(new Event('change'))");
    browser.await("scale", () -> !browser.all(".ramp").isEmpty());
    assertThat(browser.text(".ends")).isEqualTo("3" + EVIL.length());
    assertThat(hash()).contains("colour=length");
    browser.quiet();
  }

  /** How many colours have many pixels on the map, beside the ground. */
  private static long colours() {
    return (Long)
        browser.script(
            "const c = document.querySelector('.map-box canvas'), d = new Uint32Array(c.getContext('2d').getImageData(0, 0, c.width, c.height).data.buffer), n = new Map();"
                + "d.forEach(x => n.set(x, (n.get(x) ?? 0) + 1)); return [...n.values()].filter(x => x > 40).length - 1");
  }

  @Test
  void theAddressBringsTheStateBack() {
    saved(map(), "#map=raw&raw=2,4&word=big&metric=euclidean&colour=kind&view=2,-300,-200");
    browser.await("big", () -> browser.text(".word h2").equals("big"));
    assertThat(browser.all("[data-kind=raw][aria-checked=true]")).hasSize(1);
    assertThat(browser.text(".legend")).contains("named");
    browser.await("the view", () -> hash().contains("view=2,-300,-200"));
    browser.script("location.hash = '#map=pca&pca=1,2&word=small'");
    browser.await("small", () -> browser.text(".word h2").equals("small"));
    assertThat(browser.all("[data-kind=pca][aria-checked=true]")).hasSize(1);
    browser.script(
        "location.hash = '#map=nonsense&pca=99,-1&word=nobody&view=a,b&moment=7&colour=<b>'");
    browser.await("what is there", () -> hash().contains("map=pca"));
    browser.quiet();
  }

  @Test
  void keysMoveAndZoomTheMap() {
    saved(map(), "#word=king");
    browser.await("king", () -> browser.all(".mark.near").size() == 10);
    int row = TABLE.vocabulary().indexOf("king");
    double before = place(row)[0];
    browser.focus(".map-box svg");
    browser.press(Keys.ARROW_LEFT);
    browser.await("moved", () -> Math.abs(place(row)[0] - before - 60) < 0.01);
    browser.press("+");
    browser.await("nearer", () -> hash().contains("view=1.5,"));
    browser.press("?");
    assertThat(browser.all("dialog[open] kbd")).hasSize(4);
    browser.press(Keys.ESCAPE);
    browser.press("/");
    assertThat(browser.script("return document.activeElement.getAttribute('aria-label')"))
        .isEqualTo("search a word");
    browser.focus(".map-box svg");
    browser.press("0");
    browser.await("all", () -> !hash().contains("view"));
    assertThat(place(row)[0]).isCloseTo(before, within(0.01));
    browser.quiet();
  }

  @Test
  void aClickChoosesTheWordUnderIt() {
    saved(map(), "#word=king");
    browser.await("king", () -> browser.all(".mark.near").size() == 10);
    WebElement near = browser.all(".mark.near").getLast();
    String word = TABLE.vocabulary().word(Integer.parseInt(near.getDomAttribute("data-row")));
    browser.script(
        "const r = arguments[0].getBoundingClientRect(), at = {bubbles: true, clientX: r.x + r.width / 2, clientY: r.y + r.height / 2};"
            + "document.querySelector('.map-box svg').dispatchEvent(new MouseEvent('click', at))",
        near);
    browser.await(word, () -> browser.text(".word h2").equals(word));
    browser.quiet();
  }

  private static String texts(EmbeddingMap map) throws IOException {
    Path out = Files.createTempDirectory(folder, "tsv");
    map.saveTsv(out);
    return Files.readString(out.resolve("vectors.tsv"))
        + "\0"
        + Files.readString(out.resolve("metadata.tsv"));
  }

  @Test
  void filesComeInAndGoOut() throws IOException {
    saved(map(), "");
    Path out = folder;
    Files.deleteIfExists(out.resolve("vectors.tsv"));
    browser.script("document.querySelector('.files').open = true");
    browser.click("[data-save='vectors.tsv']");
    browser.await("vectors", () -> Files.exists(out.resolve("vectors.tsv")));
    browser.click("[data-save='metadata.tsv']");
    browser.await("metadata", () -> Files.exists(out.resolve("metadata.tsv")));
    EmbeddingMap back = EmbeddingMap.load(out);
    assertThat(back.last().vectors().vectors().equal(TABLE.vectors())).isTrue();
    assertThat(texts(back)).isEqualTo(texts(map()));
    Path in = Files.createTempDirectory(folder, "in");
    Files.writeString(in.resolve("vectors.tsv"), "1\t0\t0\n0\t1\t0\n0\t0\t1\n1\t1\t0\n");
    Files.writeString(
        in.resolve("metadata.tsv"), "word\tkind\neins\ta\nzwei\ta\n" + EVIL + "\tb\nvier\tb\n");
    WebElement files = browser.all("input[type=file]").getFirst();
    files.sendKeys(in.resolve("vectors.tsv") + "\n" + in.resolve("metadata.tsv"));
    browser.await("four words", () -> browser.text("header p").equals("4 words, 3 numbers each"));
    type("search a word", "vier");
    browser.await("vier", () -> words("nearest in the space").size() == 3);
    assertThat(scores("nearest in the space").getFirst()).isCloseTo(Math.sqrt(0.5), within(6e-4));
    browser.script(
        "const t = new DataTransfer(); t.items.add(new File(['1\\t2\\n3\\t4\\n5\\t6'], 'vectors.tsv'));"
            + "document.dispatchEvent(new DragEvent('drop', {dataTransfer: t, cancelable: true}))");
    browser.await("three", () -> browser.text("header p").equals("3 words, 2 numbers each"));
    Files.writeString(in.resolve("vectors.tsv"), "1\t0\n0\tx\n");
    browser.all("input[type=file]").getFirst().sendKeys(in.resolve("vectors.tsv").toString());
    browser.await(
        "the refusal", () -> browser.text(".note").equals("vectors, line 2: “x” is no number."));
    assertThat(browser.all("img")).isEmpty();
    browser.quiet();
  }

  @Test
  void theMapCanBeHadAsAPicture() throws IOException {
    saved(map(), "#word=king&sum=king&sum=man&sum=woman&colour=kind");
    browser.await("king", () -> browser.all(".mark.near").size() == 10);
    browser.script("document.querySelector('.files').open = true");
    Path svg = folder.resolve("map.svg");
    browser.click("[data-save='map.svg']");
    browser.await("the drawing", () -> Files.exists(svg));
    String text = Files.readString(svg);
    assertThat(text)
        .contains(">king</text>", "data:image/png;base64,", "<line")
        .doesNotContain("class=");
    Path png = folder.resolve("map.png");
    browser.click("[data-save='map.png']");
    browser.await("the dots", () -> Files.exists(png));
    var seen =
        (List<?>)
            browser.script(
                "const i = new Image(); i.src = 'data:image/png;base64,' + arguments[0]; return i.decode().then(() => {"
                    + "const c = Object.assign(document.createElement('canvas'), {width: i.width, height: i.height}).getContext('2d'); c.drawImage(i, 0, 0);"
                    + "const colours = new Set(new Uint32Array(c.getImageData(0, 0, i.width, i.height).data.buffer));"
                    + "return [i.width / document.querySelector('.map-box').clientWidth, colours.has(0xffb27200), colours.has(0xff005ed5), colours.size > 20]; })",
                Base64.getEncoder().encodeToString(Files.readAllBytes(png)));
    assertThat(((Number) seen.getFirst()).doubleValue()).isCloseTo(2, within(0.01));
    assertThat(seen.subList(1, 4))
        .as("blue, orange, and shades")
        .isEqualTo(List.of(true, true, true));
    assertThat(browser.all(".map-box image")).isEmpty();
    assertThat(browser.troubles()).isEmpty();
  }

  @Test
  void aSavedPageHoldsItsTsneAndComputesUmap() {
    saved(map().tsne(new Tsne().perplexity(10).nIter(50)), "#map=tsne&word=king");
    browser.await("king on the map", () -> browser.all(".mark.near").size() == 10);
    browser.click("[data-kind=umap]");
    browser.await("the offer", () -> browser.text(".note").equals("Press “compute”."));
    browser.click(".compute");
    browser.await("UMAP", () -> browser.text(".note").equals("UMAP."));
    browser.await("king on it", () -> browser.all(".mark.near").size() == 10);
    assertThat(browser.troubles()).isEmpty();
    browser.script("window.Worker = undefined"); // a browser that starts no threads
    browser.script("document.querySelector('.options input').value = 40");
    browser.click(".compute");
    browser.await("UMAP here", () -> browser.text(".note").equals("UMAP, first 40 words."));
    assertThat(browser.troubles()).isEmpty();
    saved(map(), "#map=tsne");
    assertThat(browser.text(".note")).startsWith("This page holds no t-SNE");
  }

  @Test
  void theProgramComputesTsneWhileThePageLooksOn() {
    served(map(), "#map=tsne&word=king");
    browser.click(".compute");
    browser.await("the end", () -> browser.text(".note").startsWith("t-SNE: 1000 of 1000"));
    browser.await("king on the map", () -> browser.all(".mark.near").size() == 10);
    browser.script("document.querySelectorAll('.options input')[1].value = 66");
    browser.click(".compute");
    browser.await("again", () -> browser.text(".note").startsWith("t-SNE: 1000 of 1000"));
    browser.quiet();
  }

  @Test
  void theSliderFollowsATraining() {
    List<String> words = IntStream.range(0, 20).mapToObj(i -> "w" + i).toList();
    Tensor.manualSeed(5);
    var embedding = new Embedding(20, 6);
    var watch = EmbeddingWatch.of(embedding, words).choose("w3");
    server = watch.serve();
    browser.open(server.address());
    ready();
    assertThat(browser.all("footer[hidden]")).hasSize(1);
    for (int epoch = 1; epoch <= 3; epoch++) {
      try (var _ = GradMode.noGrad()) {
        embedding.weight.copy_(Tensor.randn(20, 6));
      }
      watch.epoch(1.0 / epoch);
      String name = "epoch " + epoch;
      browser.await(name, () -> browser.text(".where").equals(name));
    }
    watch.close();
    browser.await("the end", () -> browser.text(".note").startsWith("The training has ended."));
    assertThat(browser.text(".chart figcaption")).isEqualTo("loss 0.333");
    assertThat(chosen()).isEqualTo(five(watch, 3));
    browser.all("input[type=range]").getFirst().sendKeys(Keys.HOME, Keys.ARROW_RIGHT);
    browser.await(
        "epoch 1",
        () -> browser.text(".where").equals("epoch 1") && chosen().equals(five(watch, 1)));
    assertThat(browser.text(".chart figcaption")).isEqualTo("loss 1.00");
    assertThat(browser.text(".moved h3")).isEqualTo("Moved most since start");
    Tensor start = watch.map().moments().getFirst().vectors().get(words("moved most").getFirst());
    Tensor then = watch.map().moments().get(1).vectors().get(words("moved most").getFirst());
    assertThat(scores("moved most").getFirst())
        .isCloseTo(
            1 - start.dot(then).item() / start.norm().item() / then.norm().item(), within(6e-4));
    assertThat(hash()).contains("moment=1");
    browser.quiet();
    saved(watch.map(), "#moment=2&word=w3");
    browser.await(
        "epoch 2",
        () -> browser.text(".where").equals("epoch 2") && chosen().equals(five(watch, 2)));
    browser.quiet();
  }

  private static String chosen() {
    return browser.texts(".chosen-words dd").stream().findFirst().orElse("");
  }

  private static String five(EmbeddingWatch watch, int moment) {
    return String.join(
        ", ",
        watch.map().moments().get(moment).vectors().mostSimilar("w3", 5).stream()
            .map(ScoredWord::word)
            .toList());
  }

  @Test
  void arrowsAreListedByHowFarTheyGo() {
    saved(map().arrow("king", "queen").arrow("king", "small"), "");
    browser.await("arrows", () -> browser.all(".arrow.move").size() == 2);
    assertThat(words("moved most")).containsExactly("small", "queen");
    assertThat(scores("moved most").getFirst())
        .isCloseTo(TABLE.distance("king", "small"), within(6e-4));
    browser.quiet();
  }

  @Test
  void vectorsThatAreNoNumbersDoNoHarm() {
    float inf = Float.POSITIVE_INFINITY;
    Tensor table =
        Tensor.of(new float[][] {{1, 2, 3}, {Float.NaN, 1, 2}, {0, 0, 0}, {inf, 1, 1}, {2, 1, 0}});
    EmbeddingMap map = EmbeddingMap.of(WordVectors.of(List.of("a", "b", "c", "d", "e"), table));
    for (boolean live : new boolean[] {false, true}) {
      String hash = "#word=a&metric=euclidean";
      if (live) {
        served(map, hash);
      } else {
        saved(map, hash);
      }
      browser.await("a", () -> words("nearest in the space").size() == 3);
      assertThat(words("nearest in the space")).containsExactly("e", "c", "d");
      assertThat(browser.text(".note")).isEmpty();
      type("search a word", "b");
      browser.await("b", () -> browser.text(".word .hint").equals("This word is not on this map."));
      browser.quiet();
    }
  }

  @Test
  void aProgramThatEndsLeavesTheMap() {
    served(map(), "");
    server.close();
    type("search a word", "king");
    browser.await("the end", () -> browser.text(".note").contains("program has ended"));
    assertThat(browser.all(".map-box canvas")).hasSize(1);
  }
}
