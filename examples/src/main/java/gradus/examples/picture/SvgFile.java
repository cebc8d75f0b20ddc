package gradus.examples.picture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;

/** Writes a picture of {@link Svg} as a file of its own, on light ground. */
public final class SvgFile {
  /** Pixels for each user unit: letters stay sharp on fine screens. */
  private static final double SCALE = 2;

  private SvgFile() {}

  /**
   * Writes the picture, as its name ends: {@code .svg} or {@code .png}.
   *
   * @param svg the picture as an {@code svg} element
   * @throws IllegalArgumentException if the name ends otherwise
   * @throws UncheckedIOException if the file cannot be written
   */
  public static void save(String svg, Path path) {
    String given = String.valueOf(path.getFileName());
    String name = given.toLowerCase(Locale.ROOT);
    String whole = standalone(svg);
    try {
      if (name.endsWith(".svg")) {
        Files.writeString(path, whole);
      } else if (name.endsWith(".png")) {
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(SvgPainter.paint(whole, SCALE), "png", bytes);
        Files.write(path, bytes.toByteArray());
      } else {
        throw new IllegalArgumentException(
            "save: a picture is not written as %s. Name the file .svg or .png.".formatted(given));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("save: %s cannot be written.".formatted(path), e);
    }
  }

  /** With what the page gives it otherwise: a name space, a size, a ground and the style sheet. */
  private static String standalone(String svg) {
    return svg.replaceFirst(
        "<svg viewBox='0 0 (\\S+) (\\S+)'[^>]*>",
        """
        <svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 $1 $2' width='$1' height='$2'>\
        <style>
        %s</style><rect width='$1' height='$2' class='ground'/>"""
            .formatted(SvgStyle.sheet()));
  }
}
