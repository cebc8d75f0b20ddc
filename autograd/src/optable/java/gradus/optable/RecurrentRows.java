package gradus.optable;

import static gradus.optable.OpTable.any;

import gradus.tensor.Op;
import gradus.tensor.Tensor;
import gradus.tensor.spi.Internals;
import java.util.List;

/** The rows of the table for recurrent layers: both directions, sequences of one length and not. */
final class RecurrentRows {
  private RecurrentRows() {}

  static void addTo(OpTable t) {
    for (boolean reverse : new boolean[] {false, true}) {
      for (List<Integer> sizes : List.of(List.of(2, 2, 2), List.of(3, 2, 1), List.of(1))) {
        rows(t, sizes, reverse);
      }
    }
  }

  private static void rows(OpTable t, List<Integer> sizes, boolean reverse) {
    int rows = sizes.stream().mapToInt(Integer::intValue).sum();
    int n = sizes.getFirst();
    var lstm = new Op.Lstm(sizes, reverse);
    recurrence(t, lstm, any(rows, 12), any(12, 3), any(n, 3), any(n, 3));
    recurrence(t, lstm, any(rows, 12), any(12, 2), any(n, 2), any(n, 3), any(2, 3));
    var gru = new Op.Gru(sizes, reverse);
    recurrence(t, gru, any(rows, 9), any(9, 3), any(n, 3));
    recurrence(t, gru, any(rows, 9), any(9, 3), any(n, 3), any(3));
    recurrence(t, new Op.Rnn(false, sizes, reverse), any(rows, 3), any(3, 3), any(n, 3));
    recurrence(t, new Op.Rnn(true, sizes, reverse), any(rows, 3), any(3, 3), any(n, 3));
  }

  private static void recurrence(OpTable t, Op.Recurrence op, Tensor... inputs) {
    t.row(
        op + " of " + inputs.length,
        in -> Internals.get().recurrence(op, in.toArray(Tensor[]::new)),
        inputs);
  }
}
