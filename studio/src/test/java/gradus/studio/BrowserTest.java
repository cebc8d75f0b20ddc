package gradus.studio;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Tests of a page in a real browser: one for all tests of a class. */
abstract class BrowserTest {
  static BrowserForTests browser;

  /** Where pages are saved, and where the browser puts what they hand out. */
  @TempDir static Path folder;

  @BeforeAll
  static void startBrowser() {
    browser = BrowserForTests.start(folder);
  }

  @AfterAll
  static void stopBrowser() {
    if (browser != null) {
      browser.close();
      browser = null;
    }
  }
}
