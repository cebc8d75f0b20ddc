package gradus.examples;

import gradus.examples.picture.PageStyle;
import gradus.examples.picture.Svg;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Tells the lesson twice at once: as plain text on the terminal, and as a page that needs nothing
 * but a browser.
 *
 * <p>Terminal and page say the same figures; the page adds explanations, code and pictures.
 */
final class Story {

  private static final String FIGURE = "[-+]?[0-9][0-9.,]*( ?%|°| ms| µs| s)?( \\([0-9]+°\\))?";

  private static final String TOUR = "tour.html";

  private final PrintStream out;
  private final StringBuilder body = new StringBuilder();
  private final List<String> chapters = new ArrayList<>();
  private final Map<String, Consumer<Path>> beside = new LinkedHashMap<>();

  Story(PrintStream out) {
    this.out = out;
  }

  /** Begins a chapter. */
  void chapter(String title) {
    chapters.add(title);
    int number = chapters.size();
    String line = number + "  " + title;
    out.printf("%n%s%n%s%n", line, "─".repeat(line.length()));
    html(
        "<h2 id='c%d'><span class='number'>%d</span>%s</h2>"
            .formatted(number, number, Svg.escape(title)));
  }

  /** A heading inside a chapter, on the page and on the terminal. */
  void heading(String title) {
    out.printf("%n  %s%n", title);
    html("<h3>%s</h3>".formatted(Svg.escape(title)));
  }

  /** A paragraph of the page, given as HTML. */
  void explain(String html) {
    html("<p>%s</p>".formatted(html));
  }

  /** A formula in a line of its own, on the page and on the terminal. */
  void formula(String formula) {
    line(formula);
    html("<p class='formula'>%s</p>".formatted(Svg.escape(formula)));
  }

  /** A piece of Java, on the page only. */
  void code(String java) {
    html(pre(java));
  }

  private static String pre(String code) {
    return "<pre><code>%s</code></pre>".formatted(Svg.escape(code.strip()));
  }

  /** A piece of a source file with the numbers its lines have there, on the page only. */
  void listing(List<String> source, int firstLine) {
    var code = new StringBuilder("<pre><code>");
    for (int i = 0; i < source.size(); i++) {
      code.append("<span class='n'>%d</span>".formatted(firstLine + i));
      code.append(Svg.escape(source.get(i))).append('\n');
    }
    html(code.append("</code></pre>").toString());
  }

  /** Two pieces of code side by side, on the page and on the terminal. */
  void beside(String leftTitle, String left, String rightTitle, String right) {
    List<String> ours = (rightTitle + "\n" + right.strip()).lines().toList();
    List<String> theirs = (leftTitle + "\n" + left.strip()).lines().toList();
    int width = theirs.stream().mapToInt(String::length).max().orElse(0);
    for (int i = 0; i < Math.max(ours.size(), theirs.size()); i++) {
      String there = i < theirs.size() ? theirs.get(i) : "";
      String here = i < ours.size() ? ours.get(i) : "";
      line((there + " ".repeat(width - there.length()) + "  │ " + here).stripTrailing());
    }
    html(
        "<div class='beside'><div><h4>%s</h4>%s</div><div><h4>%s</h4>%s</div></div>"
            .formatted(Svg.escape(leftTitle), pre(left), Svg.escape(rightTitle), pre(right)));
  }

  /** What the lesson says, beside what was just computed. */
  void claim(String claim, String figure) {
    out.printf("  %-52s %s%n", claim, figure);
    html(
        "<div class='claim'><span>%s</span><b>%s</b></div>"
            .formatted(Svg.escape(claim), Svg.escape(figure)));
  }

  /** A line for the terminal only. */
  void line(String text) {
    out.println("  " + text);
  }

  /** Where to print what moves, such as a progress bar. */
  PrintStream terminal() {
    return out;
  }

  /** A table; cells that are figures stand to the right. */
  void table(List<String> head, List<List<String>> rows) {
    int[] widths = new int[head.size()];
    for (int column = 0; column < widths.length; column++) {
      widths[column] = head.get(column).length();
      for (List<String> row : rows) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    printRow(head, widths, isFigure(rows));
    rows.forEach(row -> printRow(row, widths, isFigure(rows)));
    html("<div class='scroll'><table>");
    htmlRow(head, "th", isFigure(rows));
    rows.forEach(row -> htmlRow(row, "td", isFigure(rows)));
    html("</table></div>");
  }

  private static boolean[] isFigure(List<List<String>> rows) {
    boolean[] result = new boolean[rows.getFirst().size()];
    for (int column = 0; column < result.length; column++) {
      int at = column;
      result[column] = rows.stream().allMatch(row -> row.get(at).matches(FIGURE));
    }
    return result;
  }

  private void printRow(List<String> cells, int[] widths, boolean[] figure) {
    var line = new StringBuilder("  ");
    for (int column = 0; column < widths.length; column++) {
      String blank = " ".repeat(widths[column] - cells.get(column).length());
      line.append(figure[column] ? blank + cells.get(column) : cells.get(column) + blank);
      line.append("   ");
    }
    out.println(line.toString().stripTrailing());
  }

  private void htmlRow(List<String> cells, String tag, boolean[] figure) {
    var row = new StringBuilder("<tr>");
    for (int column = 0; column < cells.size(); column++) {
      row.append('<').append(tag).append(figure[column] ? " class='figure'>" : ">");
      row.append(Svg.escape(cells.get(column))).append("</").append(tag).append('>');
    }
    html(row.append("</tr>").toString());
  }

  /**
   * A picture with its caption, on the page only. Where the screen is narrow the picture scrolls
   * sideways and the caption stays.
   */
  void picture(String svg, String caption) {
    html(
        "<figure class='wide'><div class='scroll' tabindex='0'>%s</div><figcaption>%s</figcaption></figure>"
            .formatted(svg, Svg.escape(caption)));
  }

  /**
   * A page of the studio in this page, which lies in a file of its own beside it.
   *
   * @param file its name
   * @param caption what it is
   * @param save writes it
   */
  void studio(String file, String caption, Consumer<Path> save) {
    beside.put(file, save);
    html(
        ("<figure class='studio'><iframe src='%s' title='%s' loading='lazy'></iframe>"
                + "<figcaption>%s <a href='%s'>Alone in a window</a></figcaption></figure>")
            .formatted(file, Svg.escape(caption), Svg.escape(caption), file));
  }

  /** Anything for the page, given as HTML. */
  void html(String html) {
    body.append(html).append('\n');
  }

  /** Writes the page, and those that it shows beside it. */
  void save(Path page) throws IOException {
    Path folder = page.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Files.writeString(page, page());
    beside.forEach((file, save) -> save.accept(folder.resolve(file)));
    LessonTour.save(folder.resolve(TOUR));
  }

  /** The whole page. */
  String page() {
    var nav = new StringBuilder();
    for (int i = 0; i < chapters.size(); i++) {
      nav.append("<a href='#c%d'>%d  %s</a>".formatted(i + 1, i + 1, Svg.escape(chapters.get(i))));
    }
    return """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Embeddings in Detail</title>
    <style>
    %s</style>
    </head>
    <body>
    <header>
    <h1>Embeddings in Detail</h1>
    <p class="lead">From a row in a table to a meaning that depends on its company. Every figure and every
    picture on this page was computed by the run that wrote it, in plain Java.</p>
    <nav>%s</nav>
    <p class="lead"><a href="%s">A tour of %d stations</a>, for those who would rather try than read.</p>
    </header>
    <main>
    %s</main>
    <footer>Written by <code>gradus.examples.Lesson</code>. Pre-trained table: all-MiniLM-L6-v2 (Apache-2.0).
    The page needs no network.</footer>
    </body>
    </html>
    """
        .formatted(PageStyle.CSS, nav, TOUR, LessonTour.stations(), body);
  }
}
