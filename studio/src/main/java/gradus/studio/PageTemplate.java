package gradus.studio;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The pages of the studio, each one file that holds everything, with a place for its data. */
final class PageTemplate {
  private PageTemplate() {}

  /**
   * A page with its data in it.
   *
   * @param name which page: {@code page} of a recording, ...
   * @param json its data
   * @param live whether it is served by a program that it may ask; only then may it ask anybody
   */
  static String of(String name, String json, boolean live) {
    String page = template(name + ".html");
    if (live) {
      page =
          page.replace("connect-src 'none'", "connect-src 'self'")
              .replace("/*LIVE*/false", "/*LIVE*/true");
    }
    return page.replace("/*DATA*/null", inScript(json));
  }

  private static String template(String resource) {
    try (InputStream in = PageTemplate.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * JSON that ends no script: these signs stand in strings only, where the escape means the same.
   */
  static String inScript(String json) {
    return json.replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }
}
