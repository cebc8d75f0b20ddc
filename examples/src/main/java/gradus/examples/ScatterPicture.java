package gradus.examples;

import java.util.ArrayList;
import java.util.List;

/** Draws labelled points on a plane: one colour and one shape per group, arrows between points. */
final class ScatterPicture {

  private static final double WIDTH = 760;
  private static final double HEIGHT = 520;
  private static final double MARGIN = 46;
  private static final double LEGEND = 34;
  private static final double LETTER = 6.7;
  private static final double LINE = 13;

  /** A point with its label and the number of its group. */
  record Point(double x, double y, String label, int group) {}

  /** An arrow between two labelled points. */
  record Arrow(String from, String to, int group) {}

  private record Box(double x, double y, double width, double height) {
    double overlap(Box other) {
      double w = Math.min(x + width, other.x + other.width) - Math.max(x, other.x);
      double h = Math.min(y + height, other.y + other.height) - Math.max(y, other.y);
      return w > 0 && h > 0 ? w * h : 0;
    }
  }

  private final String title;
  private final List<String> groups;
  private final List<Point> points = new ArrayList<>();
  private final List<Arrow> arrows = new ArrayList<>();

  ScatterPicture(String title, List<String> groups) {
    this.title = title;
    this.groups = groups;
  }

  ScatterPicture point(double x, double y, String label, int group) {
    points.add(new Point(x, y, label, group));
    return this;
  }

  ScatterPicture arrow(String from, String to, int group) {
    arrows.add(new Arrow(from, to, group));
    return this;
  }

  /** The picture; both axes have the same scale, so that angles and distances are true. */
  String draw() {
    double minX = points.stream().mapToDouble(Point::x).min().orElse(0);
    double maxX = points.stream().mapToDouble(Point::x).max().orElse(1);
    double minY = points.stream().mapToDouble(Point::y).min().orElse(0);
    double maxY = points.stream().mapToDouble(Point::y).max().orElse(1);
    double scale =
        Math.min(
            (WIDTH - 2 * MARGIN) / Math.max(1e-9, maxX - minX),
            (HEIGHT - 2 * MARGIN) / Math.max(1e-9, maxY - minY));
    List<Point> placed = new ArrayList<>();
    for (Point point : points) {
      placed.add(
          new Point(
              WIDTH / 2 + (point.x() - (minX + maxX) / 2) * scale,
              LEGEND + HEIGHT / 2 - (point.y() - (minY + maxY) / 2) * scale,
              point.label(),
              point.group()));
    }
    var svg = new Svg(WIDTH, HEIGHT + LEGEND, title);
    svg.rect(0.5, LEGEND + 0.5, WIDTH - 1, HEIGHT - 1, 6, "frame");
    legend(svg);
    for (Arrow arrow : arrows) {
      Point from = find(placed, arrow.from());
      Point to = find(placed, arrow.to());
      svg.arrow(
          from.x(), from.y(), to.x(), to.y(), "arrow stroke" + (arrow.group() % PageStyle.COLOURS + 1));
    }
    for (Point point : placed) {
      svg.mark(point.x(), point.y(), 4.5, point.group());
    }
    labels(svg, placed);
    return svg.toString();
  }

  private void legend(Svg svg) {
    double x = 8;
    for (int group = 0; group < groups.size(); group++) {
      svg.mark(x + 6, 14, 5.5, group);
      svg.text(x + 18, 19, "start", "legend", groups.get(group));
      x += 34 + groups.get(group).length() * 7.6;
    }
  }

  private static Point find(List<Point> placed, String label) {
    return placed.stream()
        .filter(point -> point.label().equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("picture: no point is named " + label));
  }

  /** Puts each label where it covers least: right, left, above, below or at a corner. */
  private static void labels(Svg svg, List<Point> placed) {
    List<Box> taken = new ArrayList<>();
    for (Point point : placed) {
      taken.add(new Box(point.x() - 5, point.y() - 5, 10, 10));
    }
    for (Point point : placed) {
      if (point.label().isEmpty()) {
        continue;
      }
      double width = point.label().length() * LETTER;
      Box best = null;
      double least = Double.MAX_VALUE;
      double[][] offsets = {
        {8, -LINE / 2}, {-8 - width, -LINE / 2}, {-width / 2, -8 - LINE}, {-width / 2, 7},
        {7, -6 - LINE}, {7, 5}, {-7 - width, -6 - LINE}, {-7 - width, 5}
      };
      for (double[] offset : offsets) {
        var box = new Box(point.x() + offset[0], point.y() + offset[1], width, LINE);
        double cost = taken.stream().mapToDouble(box::overlap).sum() + outside(box) * 50;
        if (cost < least - 1e-9) {
          least = cost;
          best = box;
        }
      }
      taken.add(best);
      svg.text(best.x(), best.y() + LINE - 3, "start", "label", point.label());
    }
  }

  private static double outside(Box box) {
    double over = Math.max(0, 3 - box.x()) + Math.max(0, box.x() + box.width() - WIDTH + 3);
    return over
        + Math.max(0, LEGEND + 3 - box.y())
        + Math.max(0, box.y() + box.height() - LEGEND - HEIGHT + 3);
  }
}
