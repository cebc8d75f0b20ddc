package gradus.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import gradus.nn.Dropout;
import gradus.nn.Layer;
import gradus.nn.Linear;
import gradus.nn.Sequential;
import gradus.nn.Tanh;
import gradus.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.Inflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The page of a function that runs, and of two recordings, in a real browser. */
class LivePageTest extends BrowserTest {
  private final Tensor x = Tensor.of(new double[][] {{1, 2}, {3, -1}});
  private final Tensor w = Tensor.of(new double[][] {{.5, -.25}, {.125, 1}}).requiresGrad(true);
  private PageServer server;

  @AfterEach
  void end() {
    if (server != null) {
      browser.leave();
      server.close();
    }
  }

  /** Nodes: w, x, MatMul, Tanh, Sum. */
  private static Tensor loss(Tensor w, Tensor x) {
    return w.matmul(x).tanh().sum();
  }

  private void show(Supplier<Tensor> loss) {
    show(Recording.of(loss));
  }

  private void show(Recording recording) {
    server = LiveRecording.serve(recording);
    browser.open(server.address());
  }

  private static void press(CharSequence... keys) {
    browser.press(keys);
  }

  /** Puts another number at a cell, by the keyboard alone. */
  private static void edit(String name, String index, String number) {
    browser.point(name, index);
    press("e");
    press(number, Keys.ENTER);
    idle();
  }

  /** Until the program has run, or refused to. */
  private static void idle() {
    browser.await("the program", () -> browser.all(".edits[aria-busy=true]").isEmpty());
  }

  /** The numbers of C. */
  private static double[] result() {
    return browser.numbers("C");
  }

  @Test
  void anEditedParameterShowsTheNewLossAndTheDifference() {
    show(() -> loss(w, x));
    press(Keys.ARROW_RIGHT);
    double before = loss(w, x).item();
    edit("A", "0,0", "2");
    double after = loss(Tensor.of(new double[][] {{2, -.25}, {.125, 1}}), x).item();
    assertThat(browser.text(".losses")).startsWith("loss " + shown(before) + " → " + shown(after));
    assertThat(browser.all(".panel td.edited")).hasSize(1);
    assertThat(browser.text(".chip")).isEqualTo("w[0, 0] = 2 ✕");
    browser.script("document.activeElement.blur()");
    press("l");
    assertThat(result()).containsExactly(new double[] {after}, within(1e-6));
    press("v");
    assertThat(browser.text(".banner")).startsWith("The difference");
    assertThat(result()).containsExactly(new double[] {after - before}, within(1e-6));
    press("v");
    assertThat(result()).containsExactly(new double[] {before}, within(1e-6));
    press("u");
    browser.await("no second run", () -> browser.all(".losses").isEmpty());
    assertThat(result()).containsExactly(new double[] {before}, within(1e-6));
    assertThat(w.toDoubleArray()).containsExactly(.5, -.25, .125, 1);
    browser.quiet();
  }

  /** A number as the page writes it, for numbers of its middle range. */
  private static String shown(double x) {
    return String.valueOf(Math.round(x * 1000) / 1000.0).replace('-', '−');
  }

  @Test
  void dataAndResultsAreEditedAndResetTogether() {
    show(() -> loss(w, x));
    press(Keys.ARROW_RIGHT);
    edit("B", "0,0", "-5");
    edit("C", "0,1", "0.25");
    assertThat(browser.all(".chip")).hasSize(2);
    double[] product = w.matmul(Tensor.of(new double[][] {{-5, 2}, {3, -1}})).toDoubleArray();
    product[1] = .25;
    assertThat(result()).containsExactly(product, within(1e-6));
    assertThat(browser.text(".edited-note")).contains("was set by hand");
    browser.script("document.activeElement.blur()");
    press("l");
    double sum = 0;
    for (double p : product) {
      sum += Math.tanh(p);
    }
    assertThat(result()).containsExactly(new double[] {sum}, within(1e-6));
    browser.click(".reset");
    browser.await("no edits", () -> browser.all(".chip").isEmpty());
    assertThat(result()).containsExactly(new double[] {loss(w, x).item()}, within(1e-6));
    browser.quiet();
  }

  @Test
  void aCutEdgeLetsNoGradientThrough() {
    show(() -> loss(w, x));
    press(Keys.END);
    assertThat(browser.numbers("dC")).hasSize(4);
    // The way from Tanh to MatMul, in the graph.
    browser.script(
        "document.querySelectorAll('.hit.cuts')[1].dispatchEvent(new MouseEvent('click', {bubbles: true}))");
    idle();
    assertThat(browser.all(".edge.cut")).hasSize(1);
    assertThat(browser.text(".chip")).isEqualTo("cut: Tanh → MatMul ✕");
    assertThat(browser.text(".panel h2")).contains("has not come");
    assertThat(browser.text(".panel figure")).endsWith("–");
    assertThat(browser.all(".node.arrived")).hasSize(2); // Sum and Tanh
    browser.click(".chip");
    idle();
    assertThat(browser.all(".edge.cut")).isEmpty();
    assertThat(browser.numbers("dC")).hasSize(4);
    // The same by a button of the step.
    press(Keys.HOME, "l", Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
    assertThat(browser.text(".step-tools")).contains("cut the way to MatMul");
    browser.click(".step-tools button:nth-of-type(2)");
    idle();
    assertThat(browser.all(".share")).isEmpty();
    assertThat(browser.all(".step-tools [aria-pressed=true]")).hasSize(1);
    press(Keys.ENTER); // the button has the focus still: it joins the edge again
    idle();
    assertThat(browser.all(".share")).hasSize(1);
    browser.quiet();
  }

  @Test
  void aGradientIsZeroedAndEdited() {
    show(() -> loss(w, x));
    press("l", Keys.ARROW_RIGHT, Keys.ARROW_RIGHT); // back through Tanh
    browser.click(".step-tools button");
    idle();
    assertThat(browser.numbers("dA")).containsOnly(0);
    edit("dC", "0,1", "2");
    double t = Math.tanh(.5 * 2 + .25);
    assertThat(browser.numbers("dA"))
        .containsExactly(new double[] {0, 2 * (1 - t * t), 0, 0}, within(1e-6));
    browser.quiet();
  }

  @Test
  void aNudgeAgreesWithBackprop() {
    show(() -> loss(w, x));
    press(Keys.END);
    browser.point("dC", "0,1"); // of w
    press("c");
    browser.await("the nudge", () -> !browser.all(".nudge").isEmpty());
    assertThat(browser.text(".agrees")).startsWith("✓ they agree");
    double up = loss(Tensor.of(new double[][] {{.5, -.24}, {.125, 1}}), x).item();
    double down = loss(Tensor.of(new double[][] {{.5, -.26}, {.125, 1}}), x).item();
    double slope = (up - down) / .02;
    assertThat(number(".nudge .numeric")).isCloseTo(slope, within(1e-3));
    assertThat(number(".nudge .gradient")).isCloseTo(slope, within(1e-3));
    // Cut off, backprop no longer tells the slope, and the page says so.
    browser.script("document.activeElement.blur()");
    press(Keys.HOME, "l", Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
    browser.click(".step-tools button:nth-of-type(2)");
    idle();
    press(Keys.ARROW_RIGHT);
    browser.point("A", "0,0"); // of w
    press("c");
    browser.await("the nudge", () -> !browser.all(".nudge").isEmpty());
    assertThat(browser.text(".differs")).contains("A gradient was edited");
    assertThat(number(".nudge .gradient")).isZero();
    browser.quiet();
  }

  private static double number(String css) {
    return Double.parseDouble(browser.text(css).replace('−', '-'));
  }

  @Test
  void anotherSeedDrawsOtherNumbers() {
    var net = new Sequential(new Linear(2, 8), new Dropout(0.5), new Linear(8, 1));
    Tensor.manualSeed(4);
    Recording recording = Recording.of(() -> net.forward(x).sum(), net);
    show(recording);
    Tensor.manualSeed(77);
    double expected = net.forward(x).sum().item();
    browser.click(".seed");
    press("77", Keys.ENTER);
    browser.await("a second run", () -> !browser.all(".losses").isEmpty());
    browser.script("document.activeElement.blur()");
    press("l");
    assertThat(result()).containsExactly(new double[] {expected}, within(1e-6));
    assertThat(browser.text(".chip")).isEqualTo("seed 77 ✕");
    browser.quiet();
  }

  @Test
  void whatTheProgramRefusesIsToldAsText() {
    show(
        () -> {
          if (w.select(0, 0).select(0, 0).item() == 9) {
            throw new IllegalStateException("<img src=x onerror=\"document.title='owned'\">");
          }
          return loss(w, x).add(w.mul(Tensor.ones(2, 2)).sum());
        });
    press(Keys.ARROW_RIGHT);
    edit("A", "0,0", "9");
    assertThat(browser.text(".trouble")).startsWith("<img src=x");
    assertThat(browser.title()).isNotEqualTo("owned");
    assertThat(browser.all(".chip")).isEmpty();
    assertThat(browser.troubles()).allMatch(line -> line.contains("400")); // the refusal itself
    browser.script("document.activeElement.blur()");
    while (!browser.text(".panel h2").startsWith("Mul ")) {
      press(Keys.ARROW_RIGHT);
    }
    browser.point("B", "0,0");
    press("e");
    assertThat(browser.text(".trouble")).contains("is made anew in each run");
    browser.quiet();
  }

  @Test
  void whenControlFlowPartsThePageSaysWhere() {
    show(
        () -> {
          Tensor y = w.mul(x);
          return (w.select(0, 0).select(0, 0).item() > 1 ? y.exp() : y.tanh()).sum();
        });
    press(Keys.ARROW_RIGHT);
    edit("A", "0,0", "2");
    assertThat(browser.text(".views")).contains("another way from step 2 on");
    browser.script("document.activeElement.blur()");
    press(Keys.ARROW_RIGHT);
    assertThat(browser.text(".panel h2")).startsWith("Exp");
    press("v"); // the difference, which there is none here
    assertThat(browser.text(".panel h2")).startsWith("Tanh");
    assertThat(browser.all(".panel figure.waiting")).hasSize(1);
    press(Keys.ARROW_LEFT);
    assertThat(result()).containsExactly(new double[] {1.5, 0, 0, 0}, within(1e-6));
    browser.quiet();
  }

  @Test
  void whenTheProgramHasEndedSteppingGoesOn() {
    show(() -> loss(w, x));
    press(Keys.ARROW_RIGHT);
    edit("A", "0,0", "2");
    server.close();
    browser.await("the end", () -> !browser.all(".ended").isEmpty());
    assertThat(browser.text(".ended")).startsWith("The program has ended");
    assertThat(browser.all(".edits button:not([disabled])")).isEmpty();
    browser.script("document.activeElement.blur()");
    press("l");
    assertThat(result()).hasSize(1);
    press("e");
    assertThat(browser.all("dialog[open]")).isEmpty();
    browser.troubles(); // the broken connection is in the console
  }

  @Test
  void theGraphIsSavedAsAPictureThatStandsAlone() throws Exception {
    Recording recording = Recording.of(() -> loss(w, x));
    browser.open(Studio.save(recording, folder.resolve("picture.html")).toUri());
    press(Keys.END);
    browser.click("button[title*='SVG file']");
    Path svg = folder.resolve("LivePageTest-java-7.svg");
    browser.await("the SVG", () -> Files.exists(svg));
    String text = Files.readString(svg);
    assertThat(text)
        .contains("MatMul", "Tanh")
        .doesNotContain("var(", "color-mix", "class=", "color(srgb");
    browser.click("button[title*='PNG file']");
    Path png = folder.resolve("LivePageTest-java-7.png");
    browser.await("the PNG", () -> Files.exists(png));
    double width =
        ((Number) browser.script("return document.querySelector('svg.graph').width.baseVal.value"))
            .doubleValue();
    ByteBuffer dots = ByteBuffer.wrap(Files.readAllBytes(png));
    assertThat(dots.getInt(16)).isEqualTo((int) (2 * width));
    assertThat(kinds(dots)).isGreaterThan(50); // not of one colour
    browser.quiet();
    browser.open(svg.toUri()); // a viewer that knows nothing of the page
    assertThat(browser.script("return document.documentElement.tagName")).isEqualTo("svg");
    assertThat(browser.all("text")).hasSizeGreaterThan(8);
    assertThat(browser.all("parsererror")).isEmpty();
  }

  /** How many kinds of bytes the first stretch of a picture's dots is made of. */
  private static long kinds(ByteBuffer png) throws Exception {
    var inflater = new Inflater();
    byte[] out = new byte[1 << 22];
    int length = 0;
    for (int at = 8; at < png.limit(); at += 12 + png.getInt(at)) {
      if (png.getInt(at + 4) == 0x49444154) { // IDAT
        inflater.setInput(png.array(), at + 8, png.getInt(at));
        length += inflater.inflate(out, length, out.length - length);
      }
    }
    inflater.end();
    return new String(out, 0, length, StandardCharsets.ISO_8859_1).chars().distinct().count();
  }

  @Test
  void beforeAndAfterATrainingStepAreCompared() {
    Recording before = Recording.of(loss(w, x));
    Tensor loss = loss(w, x);
    loss.backward();
    w.data().sub_(w.grad().mul(0.1));
    Recording after = Recording.of(loss(w, x));
    browser.open(Studio.save(before, after, folder.resolve("step.html")).toUri());
    press("l");
    press("v");
    assertThat(result()).containsExactly(new double[] {loss(w, x).item()}, within(1e-6));
    press("v");
    double change = loss(w, x).item() - loss.item();
    assertThat(result()).containsExactly(new double[] {change}, within(1e-6));
    assertThat(browser.all(".edits")).isEmpty();
    browser.quiet();
  }

  @Test
  void aSavedFunctionSaysHowToEditAndTellsNoPaths() throws IOException {
    Recording recording = Recording.of(() -> loss(w, x));
    Path file = Studio.save(recording, folder.resolve("function.html"));
    String here = Path.of("").toAbsolutePath().toString();
    assertThat(Files.readString(file)).doesNotContain(here);
    browser.open(file.toUri());
    press(Keys.ARROW_RIGHT);
    browser.focus("td[tabindex]");
    press("e");
    assertThat(browser.all("dialog[open]")).isEmpty();
    assertThat(browser.text(".help")).contains("from the running program: Studio.show(() -> loss)");
    assertThat(browser.all(".opener")).isEmpty();
    browser.quiet();
    show(recording);
    press(Keys.ARROW_RIGHT);
    Object link = browser.script("return document.querySelector('.opener a').href");
    int line = recording.nodes().get(2).source().get().line();
    assertThat(link)
        .isEqualTo(
            "vscode://file%s/src/test/java/gradus/studio/LivePageTest.java:%s"
                .formatted(here, line));
  }

  @Test
  void layersOfOneShapeAreOneBox() {
    var net =
        new Sequential(
            Stream.generate(() -> new Sequential(new Linear(3, 3), new Tanh()))
                .limit(16)
                .toArray(Layer[]::new));
    Recording recording = Recording.of(net.forward(Tensor.ones(2, 3)).sum(), net);
    browser.open(Studio.save(recording, folder.resolve("layers.html")).toUri());
    assertThat(browser.all(".node.group")).hasSize(1);
    assertThat(browser.text(".times")).isEqualTo("× 16");
    browser.focus(".node.group");
    press(Keys.ENTER);
    assertThat(browser.all(".node.group")).hasSize(16);
    press("g");
    press("11.0.weight");
    assertThat(browser.all(".found button")).hasSize(1);
    press(Keys.ENTER);
    assertThat(browser.text(".node.now .title")).isEqualTo("11.0.weight");
    assertThat(browser.all(".node.group")).hasSize(15);
    browser.click(".folds .chip");
    assertThat(browser.text(".times")).isEqualTo("× 16");
    browser.quiet();
  }

  @Test
  void vanishingGradientsAreTold() {
    Tensor a = Tensor.of(new double[] {2, 3}).requiresGrad(true);
    Tensor y = a;
    for (int i = 0; i < 8; i++) {
      y = y.mul(3).sigmoid();
    }
    browser.open(Studio.save(Recording.of(y.sum()), folder.resolve("vanish.html")).toUri());
    assertThat(browser.text(".flow")).isEmpty();
    press(Keys.END);
    assertThat(browser.text(".flow"))
        .startsWith("largest gradient on an edge: ")
        .contains("it vanishes");
    assertThat(List.of(browser.text(".hit title")))
        .allMatch(t -> t.startsWith("largest gradient here:"));
    browser.quiet();
  }
}
