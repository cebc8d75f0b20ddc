package gradus.examples.picture;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.StringReader;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * Paints the pictures of {@link Svg}, so that each is drawn once for both kinds of file. It knows
 * straight lines, rectangles, circles and text; no screen is needed.
 */
final class SvgPainter {
  private static final Pattern PATH = Pattern.compile("([MLZ])(?:(\\S+?) ([^MLZ\\s]+))?");
  private static final Pattern TURNED =
      Pattern.compile("translate\\((\\S+) (\\S+)\\) rotate\\((\\S+)\\)");
  private static final Pattern PIXELS = Pattern.compile("([\\d.]+)px");

  private final Graphics2D on;

  private SvgPainter(Graphics2D on) {
    this.on = on;
  }

  /**
   * The picture as pixels on light ground.
   *
   * @param scale pixels for each user unit
   */
  static BufferedImage paint(String svg, double scale) {
    Element root = parse(svg);
    String[] box = root.getAttribute("viewBox").split(" ");
    int width = (int) Math.ceil(Double.parseDouble(box[2]) * scale);
    int height = (int) Math.ceil(Double.parseDouble(box[3]) * scale);
    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D on = image.createGraphics();
    on.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    on.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    on.scale(scale, scale);
    NodeList all = root.getElementsByTagName("*");
    for (int i = 0; i < all.getLength(); i++) {
      new SvgPainter(on).element((Element) all.item(i));
    }
    on.dispose();
    return image;
  }

  private static Element parse(String svg) {
    try {
      var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
      return builder.parse(new InputSource(new StringReader(svg))).getDocumentElement();
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new IllegalStateException("picture: our own SVG does not parse.", e);
    }
  }

  private void element(Element e) {
    Map<String, String> style = SvgStyle.of(e.getTagName(), e.getAttribute("class"));
    switch (e.getTagName()) {
      case "line" ->
          draw(e, style, new Line2D.Double(at(e, "x1"), at(e, "y1"), at(e, "x2"), at(e, "y2")));
      case "rect" -> {
        double round = 2 * at(e, "rx");
        draw(
            e,
            style,
            new RoundRectangle2D.Double(
                at(e, "x"), at(e, "y"), at(e, "width"), at(e, "height"), round, round));
      }
      case "circle" -> {
        double r = at(e, "r");
        draw(e, style, new Ellipse2D.Double(at(e, "cx") - r, at(e, "cy") - r, 2 * r, 2 * r));
      }
      case "path" -> draw(e, style, path(e.getAttribute("d")));
      case "text" -> text(e, style);
      default -> {
        // Titles and styles show nothing themselves.
      }
    }
  }

  private static double at(Element e, String name) {
    String text = e.getAttribute(name);
    return text.isEmpty() ? 0 : Double.parseDouble(text);
  }

  private static Shape path(String commands) {
    var path = new Path2D.Double();
    var parts = PATH.matcher(commands);
    while (parts.find()) {
      switch (parts.group(1)) {
        case "M" ->
            path.moveTo(Double.parseDouble(parts.group(2)), Double.parseDouble(parts.group(3)));
        case "L" ->
            path.lineTo(Double.parseDouble(parts.group(2)), Double.parseDouble(parts.group(3)));
        default -> path.closePath();
      }
    }
    return path;
  }

  private void draw(Element e, Map<String, String> style, Shape shape) {
    if (!style.get("fill").equals("none")) {
      String opacity = e.getAttribute("fill-opacity");
      float share = opacity.isEmpty() ? 1 : Float.parseFloat(opacity);
      on.setComposite(AlphaComposite.SrcOver.derive(share));
      on.setColor(Color.decode(style.get("fill")));
      on.fill(shape);
      on.setComposite(AlphaComposite.SrcOver);
    }
    if (!style.get("stroke").equals("none")) {
      String given = e.getAttribute("stroke-width");
      String width = given.isEmpty() ? style.getOrDefault("stroke-width", "1") : given;
      outline(shape, style.get("stroke"), Float.parseFloat(width.replace("px", "")));
    }
  }

  private void outline(Shape shape, String colour, float width) {
    on.setStroke(new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
    on.setColor(Color.decode(colour));
    on.draw(shape);
  }

  /** Letters as shapes, so that those which lie on something have a rim in the ground's colour. */
  private void text(Element e, Map<String, String> style) {
    String content = e.getTextContent();
    if (content.isEmpty()) {
      return;
    }
    var size = PIXELS.matcher(style.getOrDefault("font-size", style.get("font")));
    float pixels = size.find() ? Float.parseFloat(size.group(1)) : 12;
    int weight = style.containsKey("font-weight") ? Font.BOLD : Font.PLAIN;
    var font = new Font(Font.SANS_SERIF, weight, 1).deriveFont(pixels);
    var layout = font.createGlyphVector(on.getFontRenderContext(), content);
    double width = layout.getLogicalBounds().getWidth();
    double back =
        switch (e.getAttribute("text-anchor")) {
          case "middle" -> width / 2;
          case "end" -> width;
          default -> 0;
        };
    AffineTransform place = AffineTransform.getTranslateInstance(at(e, "x"), at(e, "y"));
    var turned = TURNED.matcher(e.getAttribute("transform"));
    if (turned.matches()) {
      place.translate(Double.parseDouble(turned.group(1)), Double.parseDouble(turned.group(2)));
      place.rotate(Math.toRadians(Double.parseDouble(turned.group(3))));
    }
    place.translate(-back, 0);
    Shape letters = place.createTransformedShape(layout.getOutline());
    if (style.containsKey("paint-order")) {
      outline(letters, style.get("stroke"), 3);
    }
    on.setColor(Color.decode(style.get("fill")));
    on.fill(letters);
  }
}
