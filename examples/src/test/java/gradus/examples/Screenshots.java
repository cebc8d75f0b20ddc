package gradus.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;

/**
 * Pictures of the studio's pages as the lesson wrote them, in both colour schemes, wide and narrow:
 * {@code mvn -q -Pscreenshots} writes them to {@code target/screenshots}, and those of the README
 * to {@code docs}.
 */
final class Screenshots {
  private static final int[][] SIZES = {{1280, 900}, {390, 844}};

  /**
   * A view of a page.
   *
   * @param name how its pictures are called
   * @param page the file
   * @param state what stands behind its address
   * @param keys what is pressed then
   * @param point what is pointed at then, as a CSS selector; empty for nothing
   */
  private record View(String name, String page, String state, CharSequence[] keys, String point) {}

  private static final List<View> VIEWS =
      List.of(
          new View("start", "backprop.html", "0", new CharSequence[0], ""),
          new View(
              "studio",
              "backprop.html",
              "16",
              new CharSequence[0],
              ".panel .share figure:last-of-type td[data-at='0,1']"),
          new View("keys", "backprop.html", "12", new CharSequence[] {"?"}, ""),
          new View(
              "map",
              "words.html",
              "map=pca&pca=0,1&word=king&sum=king&sum=man&sum=woman",
              new CharSequence[0],
              ""),
          new View(
              "map-axes",
              "words.html",
              "map=axes&axis=he&axis=she&axis=small&axis=big&word=queen",
              new CharSequence[0],
              ""),
          new View(
              "attention",
              "attention.html",
              "text=0&layer=0&head=0&token=4",
              new CharSequence[] {Keys.SHIFT},
              ""));

  private Screenshots() {}

  /**
   * Takes them all.
   *
   * @param args the folder of the lesson's pages, the folder for the pictures, that of the README's
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path pages = Path.of(args[0]).toAbsolutePath();
    Path pictures = Files.createDirectories(Path.of(args[1]));
    var options = new ChromeOptions();
    options.addArguments("--headless=new", "--no-sandbox", "--hide-scrollbars", "--disable-gpu");
    var service = new ChromeDriverService.Builder();
    for (String driver : List.of("/usr/bin/chromedriver", "/usr/local/bin/chromedriver")) {
      if (Files.isExecutable(Path.of(driver))) {
        service.usingDriverExecutable(Path.of(driver).toFile());
      }
    }
    if (Files.isExecutable(Path.of("/usr/bin/chromium"))) {
      options.setBinary("/usr/bin/chromium");
    }
    var browser = new ChromeDriver(service.usingAnyFreePort().build(), options);
    try {
      for (View view : VIEWS) {
        for (String scheme : List.of("light", "dark")) {
          for (int[] size : SIZES) {
            byte[] png = take(browser, pages, view, scheme, size);
            String name = "%s-%s-%d.png".formatted(view.name(), scheme, size[0]);
            Files.write(pictures.resolve(name), png);
            Path inReadme = Path.of(args[2], view.name() + ".png");
            if (scheme.equals("light") && size == SIZES[0] && Files.exists(inReadme)) {
              Files.write(inReadme, png);
            }
            System.out.println("screenshots: " + name);
          }
        }
      }
    } finally {
      browser.quit();
    }
  }

  private static byte[] take(ChromeDriver browser, Path pages, View view, String scheme, int[] size)
      throws InterruptedException {
    browser.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", size[0], "height", size[1], "deviceScaleFactor", 1, "mobile", false));
    browser.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    browser.get("about:blank"); // a new hash alone would not load the page again
    browser.get(pages.resolve(view.page()).toUri() + "#" + view.state());
    Thread.sleep(800);
    if (view.keys().length > 0) {
      new Actions(browser).sendKeys(view.keys()).perform();
    }
    if (!view.point().isEmpty()) {
      browser.executeScript(
          "arguments[0].focus()", browser.findElement(By.cssSelector(view.point())));
    }
    Thread.sleep(300);
    return browser.getScreenshotAs(OutputType.BYTES);
  }
}
