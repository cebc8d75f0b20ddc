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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;

/** The saved page in a real browser; skipped, and said so, where there is none. */
class PageTest {
  private static final List<String> DRIVERS =
      List.of("/usr/bin/chromedriver", "/usr/local/bin/chromedriver");
  private static final List<String> BROWSERS =
      List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");

  private static ChromeDriver browser;

  @TempDir static Path folder;

  private static Path first(List<String> paths) {
    return paths.stream().map(Path::of).filter(Files::isExecutable).findFirst().orElse(null);
  }

  @BeforeAll
  static void start() {
    Path driver = first(DRIVERS);
    Path chromium = first(BROWSERS);
    Assumptions.assumeTrue(
        driver != null && chromium != null, "no chromium and chromedriver: the page is not tried");
    var options = new ChromeOptions();
    options.setBinary(chromium.toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync");
    options.setCapability("goog:loggingPrefs", Map.of(LogType.BROWSER, "ALL"));
    var service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(driver.toFile())
            .usingAnyFreePort()
            .build();
    browser = new ChromeDriver(service, options);
    browser.manage().window().setSize(new Dimension(1280, 900));
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.quit();
    }
  }

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
    browser.get(page.toUri().toString());
  }

  private static void press(CharSequence... keys) {
    new Actions(browser).sendKeys(keys).perform();
  }

  private static List<Double> numbers(WebElement figure) {
    return figure.findElements(By.tagName("td")).stream()
        .map(cell -> Double.parseDouble(cell.getDomAttribute("data-x")))
        .toList();
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
        List<WebElement> shares = browser.findElements(By.cssSelector(".share figure.matrix"));
        assertThat(shares).hasSize(expected.get(step).size());
        for (int k = 0; k < shares.size(); k++) {
          List<Double> shown = numbers(shares.get(k));
          double[] right = expected.get(step).get(k);
          assertThat(shown).hasSize(right.length);
          for (int n = 0; n < right.length; n++) {
            assertThat(shown.get(n)).isCloseTo(right[n], within(1e-6));
          }
        }
        if (way == 1) {
          press(Keys.ARROW_LEFT);
        }
      }
    }
    quiet();
  }

  @Test
  void theNumbersPluggedInAddUpToWhatIsShown() throws IOException {
    open(loss(), "numbers.html");
    int checked = 0;
    int moments =
        Integer.parseInt(
            browser.findElement(By.cssSelector("input[type=range]")).getDomAttribute("max"));
    for (int moment = 1; moment <= moments; moment++) {
      press(Keys.ARROW_RIGHT);
      int cells = browser.findElements(By.cssSelector("td[tabindex]")).size();
      for (int i = 0; i < cells; i += Math.max(1, cells / 6)) {
        WebElement cell = browser.findElements(By.cssSelector("td[tabindex]")).get(i);
        double value = Double.parseDouble(cell.getDomAttribute("data-x"));
        browser.executeScript("arguments[0].focus()", cell);
        List<WebElement> plugged = browser.findElements(By.cssSelector(".plugged .numbers"));
        if (plugged.isEmpty()) {
          continue;
        }
        double sum = 0;
        for (WebElement line : plugged) {
          sum = evaluate(line.getText());
          if (Math.abs(sum - value) <= 0.01 + 0.02 * Math.abs(value)) {
            break;
          }
        }
        assertThat(sum)
            .as("moment %s cell %s", moment, i)
            .isCloseTo(value, within(0.01 + 0.02 * Math.abs(value)));
        checked++;
      }
      press(Keys.ESCAPE);
      browser.executeScript("document.activeElement.blur()");
    }
    assertThat(checked).isGreaterThan(20);
    quiet();
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
    assertThat(browser.findElements(By.cssSelector(".node.computed.op"))).isEmpty();
    press(Keys.END);
    assertThat(browser.findElements(By.cssSelector(".node.arrived"))).isNotEmpty();
    assertThat(browser.findElement(By.cssSelector(".live")).getDomProperty("textContent"))
        .startsWith("Step ")
        .contains("the gradient of");
    press(Keys.HOME);
    assertThat(browser.findElements(By.cssSelector(".node.arrived"))).isEmpty();
    quiet();
  }

  @Test
  void sharesOfATensorThatIsUsedTwiceAddUp() throws IOException {
    Tensor a = Tensor.of(1.0).requiresGrad(true);
    Tensor b = a.add(a);
    Tensor c = b.add(b);
    open(c.sum(), "twice.html");
    press(Keys.END);
    press(Keys.ARROW_LEFT);
    String text = browser.findElement(By.cssSelector(".panel")).getText();
    assertThat(text).contains("is used 2 times, so shares add up").contains("all have come");
    quiet();
  }

  @Test
  void textOfTheProgramIsText() throws IOException {
    Tensor a = Tensor.of(1.0).requiresGrad(true);
    open(a.mul(a).sum(), "</script><script>document.title='owned'</script>.html".replace("/", "-"));
    assertThat(browser.getTitle()).isNotEqualTo("owned");
    quiet();
  }

  /** Nothing was wrong, and nothing was asked of the network. */
  private static void quiet() {
    assertThat(
            browser.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(Object::toString)
                .filter(line -> line.contains("[SEVERE]") || line.contains("[WARNING]")))
        .isEmpty();
    Object asked = browser.executeScript("return performance.getEntriesByType('resource').length");
    assertThat(asked).isEqualTo(0L);
  }
}
