package gradus.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import gradus.autograd.Backprop;
import gradus.autograd.Step;
import gradus.nn.F;
import gradus.nn.Linear;
import gradus.nn.Sequential;
import gradus.nn.Tanh;
import gradus.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The saved page in a real browser; skipped, and said so, where there is none. */
class PageTest extends BrowserTest {
  /** A small network, its input and its loss. */
  private static Tensor loss() {
    Tensor.manualSeed(1);
    var net = new Sequential(new Linear(3, 4), new Tanh(), new Linear(4, 2));
    Tensor x = Tensor.randn(5, 3);
    return F.crossEntropy(net.forward(x), Tensor.of(0, 1, 1, 0, 1));
  }

  private static void open(Tensor loss, String name) throws IOException {
    Path page = folder.resolve(name);
    Studio.save(loss, page);
    browser.open(page.toUri());
  }

  private static void press(CharSequence... keys) {
    browser.press(keys);
  }

  @Test
  void everyNumberIsThatOfBackpropThereAndBack() throws IOException {
    var expected = new ArrayList<List<double[]>>();
    for (Step step : Backprop.of(loss())) {
      var shares = new ArrayList<double[]>();
      step.edges().forEach(edge -> edge.gradient().ifPresent(g -> shares.add(g.toDoubleArray())));
      expected.add(shares);
    }
    open(loss(), "walk.html");
    press("l"); // the loss
    for (int way = 0; way < 2; way++) {
      for (int i = 0; i < expected.size(); i++) {
        int step = way == 0 ? i : expected.size() - 1 - i;
        if (way == 0) {
          press(Keys.ARROW_RIGHT);
        }
        List<double[]> shares = shares();
        assertThat(shares).hasSize(expected.get(step).size());
        for (int k = 0; k < shares.size(); k++) {
          assertThat(shares.get(k)).containsExactly(expected.get(step).get(k), within(1e-6));
        }
        if (way == 1) {
          press(Keys.ARROW_LEFT);
        }
      }
    }
    browser.quiet();
  }

  /** The numbers of all shares of this step. */
  private static List<double[]> shares() {
    var all =
        (List<?>)
            browser.script(
                "return [...document.querySelectorAll('.share figure.matrix')].map(f => [...f.querySelectorAll('td')].map(td => td.dataset.x))");
    return all.stream()
        .map(
            figure ->
                ((List<?>) figure)
                    .stream().mapToDouble(x -> Double.parseDouble((String) x)).toArray())
        .toList();
  }

  @Test
  void theNumbersPluggedInAddUpToWhatIsShown() throws IOException {
    open(loss(), "numbers.html");
    int checked = 0;
    int moments =
        Integer.parseInt(browser.all("input[type=range]").getFirst().getDomAttribute("max"));
    for (int moment = 1; moment <= moments; moment++) {
      press(Keys.ARROW_RIGHT);
      for (Object cell : pluggedIn()) {
        double value = Double.parseDouble((String) ((List<?>) cell).getFirst());
        var lines = (List<?>) ((List<?>) cell).getLast();
        double sum = 0;
        for (Object line : lines) {
          sum = evaluate((String) line);
          if (Math.abs(sum - value) <= 0.01 + 0.02 * Math.abs(value)) {
            break;
          }
        }
        if (!lines.isEmpty()) {
          assertThat(sum)
              .as("moment %s cell %s", moment, cell)
              .isCloseTo(value, within(0.01 + 0.02 * Math.abs(value)));
          checked++;
        }
      }
    }
    assertThat(checked).isGreaterThan(20);
    browser.quiet();
  }

  /** Points at some cells: each with its number and what is plugged in then. */
  private static List<?> pluggedIn() {
    return (List<?>)
        browser.script(
            """
            const cells = () => [...document.querySelectorAll('td[tabindex]')];
            const told = [];
            const n = cells().length;
            for (let i = 0; i < n; i += Math.max(1, Math.floor(n / 6))) {
              const cell = cells()[i];
              cell.focus();
              told.push([cell.dataset.x, [...document.querySelectorAll('.plugged .numbers')].map(p => p.textContent)]);
            }
            document.activeElement.blur();
            return told;
            """);
  }

  /** A sum of products as the page writes it. */
  private static double evaluate(String text) {
    String plain =
        text.replace(" − ", " + −")
            .replace('−', '-')
            .replaceAll("… and \\d+ more, together ", "")
            .replace("… ", "");
    return Arrays.stream(plain.split(" \\+ | (?=and)"))
        .mapToDouble(
            product ->
                Arrays.stream(product.split("·"))
                    .mapToDouble(
                        f -> Double.parseDouble(f.replaceAll("[()\\s]", "").replace("--", "")))
                    .reduce(1, (a, b) -> a * b))
        .sum();
  }

  @Test
  void whatHasNotArrivedIsNotZero() throws IOException {
    open(loss(), "waiting.html");
    assertThat(browser.all(".node.computed.op")).isEmpty();
    press(Keys.END);
    assertThat(browser.all(".node.arrived")).isNotEmpty();
    assertThat(browser.text(".live")).startsWith("Step ").contains("the gradient of");
    press(Keys.HOME);
    assertThat(browser.all(".node.arrived")).isEmpty();
    browser.quiet();
  }

  @Test
  void sharesOfATensorThatIsUsedTwiceAddUp() throws IOException {
    Tensor a = Tensor.of(1.0).requiresGrad(true);
    Tensor b = a.add(a);
    Tensor c = b.add(b);
    open(c.sum(), "twice.html");
    press(Keys.END);
    press(Keys.ARROW_LEFT);
    String text = browser.text(".panel");
    assertThat(text).contains("is used 2 times, so shares add up").contains("all have come");
    browser.quiet();
  }

  @Test
  void textOfTheProgramIsText() throws IOException {
    Tensor a = Tensor.of(1.0).requiresGrad(true);
    open(a.mul(a).sum(), "</script><script>document.title='owned'</script>.html".replace("/", "-"));
    assertThat(browser.title()).isNotEqualTo("owned");
    browser.quiet();
  }

  /** At the mean squares' MatMul: dA = dC · Bᵀ, and each symbol says what it is. */
  @Test
  void symbolsSayWhatTheyMean() throws IOException {
    Tensor w = Tensor.of(new double[][] {{1, 2}}).requiresGrad(true);
    open(w.matmul(Tensor.of(new double[][] {{3}, {4}})).sum(), "symbols.html");
    browser.press(Keys.END, Keys.ARROW_LEFT); // the leaf, and before it the product
    Object titles =
        browser.script(
            "return [...document.querySelectorAll('.share .formula abbr')].map(a => a.textContent + ': ' + a.title)");
    assertThat(((List<?>) titles).getFirst())
        .isEqualTo("dA: how much the loss changes when a number of A, its first input, grows");
    assertThat(titles.toString())
        .contains(
            "dC: how much the loss changes when a number of C, the result of this step, grows")
        .contains("B: its second input")
        .contains("ᵀ: turned over: rows become columns");
    browser.press("?");
    assertThat(browser.texts(".help .symbols td")).contains("∘", "ᵀ", "dC");
    browser.press(Keys.ESCAPE);
    browser.quiet();
  }
}
