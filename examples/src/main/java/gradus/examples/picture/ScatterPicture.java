package gradus.examples.picture;

import java.util.ArrayList;
import java.util.List;

/** Draws labelled points on a plane: one colour and one shape per group, arrows between points. */
public final class ScatterPicture {

  private static final double WIDTH = 760;
  private static final double HEIGHT = 520;
  private static final double MARGIN = 46;
  private static final double LEGEND = 34;
  private static final double LINE = 13;
  private static final double FAR = 14;
  private static final double[] RINGS = {8, 16, 26, 38, 52, 68, 86, 106};
  private static final int TURNS = 16;

  /** How often every label may look for a better place once all the others have theirs. */
  private static final int SWEEPS = 4;

  /** A point with its label and the number of its group. */
  private record Point(double x, double y, String label, int group) {}

  /** An arrow between two labelled points. */
  private record Arrow(String from, String to, int group) {}

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

  public ScatterPicture(String title, List<String> groups) {
    this.title = title;
    this.groups = groups;
  }

  public ScatterPicture point(double x, double y, String label, int group) {
    points.add(new Point(x, y, label, group));
    return this;
  }

  public ScatterPicture arrow(String from, String to, int group) {
    arrows.add(new Arrow(from, to, group));
    return this;
  }

  /** The picture; both axes have the same scale, so that angles and distances are true. */
  public String draw() {
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
          from.x(),
          from.y(),
          to.x(),
          to.y(),
          "arrow stroke" + (arrow.group() % PageStyle.COLOURS + 1));
    }
    for (Point point : placed) {
      svg.mark(point.x(), point.y(), 4.5, point.group());
    }
    labels(svg, placed, shafts(placed));
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

  /** Small boxes along the arrows, so that no label is written over one. */
  private List<Box> shafts(List<Point> placed) {
    List<Box> boxes = new ArrayList<>();
    for (Arrow arrow : arrows) {
      Point from = find(placed, arrow.from());
      Point to = find(placed, arrow.to());
      int pieces = (int) (Math.hypot(to.x() - from.x(), to.y() - from.y()) / 8);
      for (int piece = 1; piece < pieces; piece++) {
        double share = (double) piece / pieces;
        double x = from.x() + share * (to.x() - from.x());
        double y = from.y() + share * (to.y() - from.y());
        boxes.add(new Box(x - 4, y - 4, 8, 8));
      }
    }
    return boxes;
  }

  /** Puts each label where it covers least, as near as it can, with a thin line if it is far. */
  private static void labels(Svg svg, List<Point> placed, List<Box> shafts) {
    List<Box> taken = new ArrayList<>(shafts);
    for (Point point : placed) {
      taken.add(new Box(point.x() - 6, point.y() - 6, 12, 12));
    }
    List<Point> named = placed.stream().filter(point -> !point.label().isEmpty()).toList();
    List<Box> boxes = new ArrayList<>();
    for (Point point : named) {
      Box box = place(point, taken);
      boxes.add(box);
      taken.add(box);
    }
    for (int i = 0; i < SWEEPS * named.size(); i++) {
      Box old = boxes.get(i % named.size());
      taken.remove(old);
      Box box = place(named.get(i % named.size()), taken);
      boxes.set(i % named.size(), box);
      taken.add(box);
    }
    for (int i = 0; i < named.size(); i++) {
      Point point = named.get(i);
      Box box = boxes.get(i);
      double nearX = Math.clamp(point.x(), box.x(), box.x() + box.width());
      double nearY = Math.clamp(point.y(), box.y() + 2, box.y() + LINE - 2);
      if (Math.hypot(nearX - point.x(), nearY - point.y()) > FAR) {
        svg.line(point.x(), point.y(), nearX, nearY, "edge thin");
      }
      svg.text(box.x(), box.y() + LINE - 3, "start", "label", point.label());
    }
  }

  /** Tries places around the point, ring by ring, and takes the one with the least cost. */
  private static Box place(Point point, List<Box> taken) {
    double width = Svg.width(point.label()) + 2;
    Box best = null;
    double least = Double.MAX_VALUE;
    for (double radius : RINGS) {
      for (int turn = 0; turn < TURNS; turn++) {
        double angle = 2 * Math.PI * turn / TURNS;
        double x = point.x() + Math.cos(angle) * (radius + width / 2) - width / 2;
        double y = point.y() + Math.sin(angle) * (radius + LINE / 2) - LINE / 2;
        var box = new Box(x, y, width, LINE);
        double overlap = taken.stream().mapToDouble(box::overlap).sum();
        double cost = 4 * overlap + 50 * outside(box) + radius + (turn == 0 ? 0 : 2);
        if (cost < least) {
          least = cost;
          best = box;
        }
      }
    }
    return best;
  }

  private static double outside(Box box) {
    double over = Math.max(0, 3 - box.x()) + Math.max(0, box.x() + box.width() - WIDTH + 3);
    return over
        + Math.max(0, LEGEND + 3 - box.y())
        + Math.max(0, box.y() + box.height() - LEGEND - HEIGHT + 3);
  }
}
