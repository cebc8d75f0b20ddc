package gradus.bench.compare;

import java.util.List;
import java.util.stream.Stream;

/** The table's rows: what is compared, one record a row. */
final class Rows {

  private Rows() {}

  /** All rows, in the order of the table. */
  static List<Row> all() {
    return Stream.of(
            MatrixRows.ROWS,
            PointwiseRows.ROWS,
            ReductionRows.ROWS,
            NormRows.ROWS,
            ConvolutionRows.ROWS,
            AttentionRows.ROWS,
            RecurrentRows.ROWS,
            EmbeddingRows.ROWS,
            TrainingRows.ROWS,
            SmallRows.ROWS,
            EncoderRows.ROWS,
            SearchRows.ROWS,
            LoadRows.ROWS,
            TokenizeRows.ROWS)
        .flatMap(List::stream)
        .toList();
  }
}
