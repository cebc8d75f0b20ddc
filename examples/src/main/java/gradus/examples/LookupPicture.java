package gradus.examples;

import gradus.examples.picture.PageStyle;
import gradus.examples.picture.Svg;
import gradus.tensor.Tensor;
import java.util.Arrays;

/** Draws how the ids of a batch of sentences pick rows of an embedding table. */
final class LookupPicture {

  private static final int SHOWN = 12;
  private static final double CELL = 15;
  private static final double TABLE = 250;
  private static final double OUT = 550;
  private static final double TOP = 40;
  private static final double ROW = 44;

  private LookupPicture() {}

  /**
   * The ids on the left, the rows they name in the middle, what comes out on the right; a cell is
   * tinted by the number in it, blue above zero and orange below.
   *
   * @param ids [batch, length]
   * @param table [rows, dim]
   * @param embedded what the layer made of the ids: [batch, length, dim]
   */
  static String draw(long[][] ids, Tensor table, Tensor embedded) {
    long[] rows = Arrays.stream(ids).flatMapToLong(Arrays::stream).distinct().sorted().toArray();
    int tokens = Arrays.stream(ids).mapToInt(sentence -> sentence.length).sum();
    double height = TOP + ROW * (tokens + 0.6);
    var svg = new Svg(760, height, "Token ids pick rows of the embedding table");
    svg.text(62, 18, "middle", "legend", "ids " + shape(ids.length, ids[0].length));
    svg.text(TABLE + CELL * SHOWN / 2, 18, "middle", "legend", "the table " + table.shape());
    svg.text(OUT + CELL * SHOWN / 2, 18, "middle", "legend", "embedded " + embedded.shape());
    double step = (height - TOP) / rows.length;
    for (int i = 0; i < rows.length; i++) {
      double y = TOP + step * i + step / 2 - 7;
      svg.text(TABLE - 8, y + 12, "end", "tick", Long.toString(rows[i]));
      cells(svg, TABLE, y, table.select(0, (int) rows[i]));
    }
    int token = 0;
    for (int sentence = 0; sentence < ids.length; sentence++) {
      for (int place = 0; place < ids[sentence].length; place++) {
        double y = TOP + ROW * (token + 0.6 * sentence) + 10;
        int row = Arrays.binarySearch(rows, ids[sentence][place]);
        double at = TOP + step * row + step / 2;
        String stroke = "arrow stroke" + (row % PageStyle.COLOURS + 1);
        svg.rect(34, y, 56, 26, 4, "box");
        svg.text(62, y + 17, "middle", "strong", Long.toString(ids[sentence][place]));
        svg.arrow(94, y + 13, TABLE - 42, at, stroke);
        svg.arrow(TABLE + CELL * SHOWN + 6, at, OUT - 6, y + 13, stroke);
        cells(svg, OUT, y + 6, embedded.select(0, sentence).select(0, place));
        token++;
      }
    }
    return svg.toString();
  }

  private static String shape(int batch, int length) {
    return "[%d, %d]".formatted(batch, length);
  }

  /** The first numbers of a row. */
  private static void cells(Svg svg, double x, double y, Tensor row) {
    for (int cell = 0; cell < SHOWN; cell++) {
      double value = row.get(cell);
      svg.rect(x + CELL * cell, y, CELL - 1, CELL - 1, 2, "frame");
      svg.tint(
          x + CELL * cell,
          y,
          CELL - 1,
          CELL - 1,
          value < 0 ? "fill2" : "fill1",
          Math.abs(value) / 2);
    }
  }
}
