package gradus.studio;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;

/** A real browser for the tests of pages; they are skipped, and say so, where there is none. */
final class BrowserForTests implements AutoCloseable {
  private static final List<String> DRIVERS =
      List.of("/usr/bin/chromedriver", "/usr/local/bin/chromedriver");
  private static final List<String> BROWSERS =
      List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
  private static final long PATIENCE = 10_000_000_000L;

  /** The last table of the panel whose caption begins with the first argument. */
  private static final String FIGURE =
      "[...document.querySelectorAll('.panel figure')].findLast(f => f.querySelector('b').textContent.startsWith(arguments[0]))";

  private final ChromeDriver driver;

  private BrowserForTests(ChromeDriver driver) {
    this.driver = driver;
  }

  /**
   * Starts the browser of this machine.
   *
   * @param folder where it puts what pages hand out
   */
  static BrowserForTests start(Path folder) {
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
    options.setExperimentalOption(
        "prefs", Map.of("download.default_directory", folder.toAbsolutePath().toString()));
    options.setCapability("goog:loggingPrefs", Map.of(LogType.BROWSER, "ALL"));
    var service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(driver.toFile())
            .usingAnyFreePort()
            .build();
    var browser = new ChromeDriver(service, options);
    browser.manage().window().setSize(new Dimension(1280, 900));
    return new BrowserForTests(browser);
  }

  private static Path first(List<String> paths) {
    return paths.stream().map(Path::of).filter(Files::isExecutable).findFirst().orElse(null);
  }

  void open(URI address) {
    leave(); // a hash alone would not load the page again
    driver.get(address.toString());
    // Before its first frame a page is given no keys.
    driver.executeAsyncScript("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))");
  }

  /** Leaves the page; what the console said of it is forgotten. */
  void leave() {
    driver.get("about:blank");
    troubles();
  }

  String title() {
    return driver.getTitle();
  }

  void press(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  void click(String css) {
    driver.findElement(By.cssSelector(css)).click();
  }

  /** Puts the focus on an element, as Tab does. */
  void focus(String css) {
    driver.executeScript("arguments[0].focus()", driver.findElement(By.cssSelector(css)));
  }

  List<WebElement> all(String css) {
    return driver.findElements(By.cssSelector(css));
  }

  /** The text of the first element, hidden or not. */
  String text(String css) {
    List<String> all = texts(css);
    assertThat(all).as(css).isNotEmpty();
    return all.getFirst();
  }

  /** The texts of all elements, read at once: between two questions the page may draw anew. */
  List<String> texts(String css) {
    return ((List<?>)
            script(
                "return [...document.querySelectorAll(arguments[0])].map(e => e.textContent)", css))
        .stream().map(String.class::cast).toList();
  }

  /** The numbers of a tensor as they are, not as they are shown; by what stands above it. */
  double[] numbers(String name) {
    var all =
        (List<?>)
            script(
                "return [...%s.querySelectorAll('td')].map(td => td.dataset.x)".formatted(FIGURE),
                name);
    return all.stream().mapToDouble(x -> Double.parseDouble((String) x)).toArray();
  }

  /** Puts the focus on a number of a tensor, such as {@code "0,1"}. */
  void point(String name, String index) {
    script(
        "%s.querySelector(`td[data-at='${arguments[1]}']`).focus()".formatted(FIGURE), name, index);
  }

  Object script(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** Waits for what the program makes happen. */
  void await(String what, BooleanSupplier happened) {
    long start = System.nanoTime();
    while (!hasHappened(happened)) {
      assertThat(System.nanoTime() - start).as("waiting for: " + what).isLessThan(PATIENCE);
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static boolean hasHappened(BooleanSupplier happened) {
    try {
      return happened.getAsBoolean();
    } catch (StaleElementReferenceException e) {
      return false; // drawn anew in the midst of it
    }
  }

  /** Nothing was wrong, and nothing was asked of anybody but the page's own program. */
  void quiet() {
    assertThat(troubles()).isEmpty();
    Object strangers =
        script(
            "return performance.getEntriesByType('resource').map(r => r.name)"
                + ".filter(name => location.protocol === 'file:' || !name.startsWith(location.origin + '/'))");
    assertThat((List<?>) strangers).isEmpty();
  }

  /** What the console says since it was last asked. */
  List<String> troubles() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(Object::toString)
        .filter(line -> line.contains("[SEVERE]") || line.contains("[WARNING]"))
        .toList();
  }

  @Override
  public void close() {
    driver.quit();
  }
}
