package gradus.nn;

import gradus.tensor.Op;
import gradus.tensor.Tensor;
import gradus.tensor.spi.Internals;

/** One recurrent layer in one direction, as layers and cells use it. */
final class RecurrentCells {
  private static final Internals INTERNALS = Internals.get();

  private RecurrentCells() {}

  /**
   * The hidden states of all rows [rows, state], the last one of each sequence [sequences, state]
   * and the last cell [sequences, hidden], null but for LSTM.
   */
  record Walked(Tensor output, Tensor hidden, Tensor cell) {}

  /** Biases and {@code weightHr} may be null. */
  static Walked run(
      Op.Recurrence op,
      Tensor x,
      Tensor h,
      Tensor c,
      Tensor weightIh,
      Tensor weightHh,
      Tensor biasIh,
      Tensor biasHh,
      Tensor weightHr) {
    boolean gru = op instanceof Op.Gru;
    Tensor late = null;
    Tensor bias = null;
    if (biasIh != null) {
      // What is added to the same sum is added before all steps. Of a GRU's new value the gate
      // comes between.
      bias = biasIh.add(gru ? gatesOnly(biasHh) : biasHh);
      late = gru ? biasHh.narrow(0, 2 * h.size(1), h.size(1)) : null;
    }
    Tensor gates = F.linear(x, weightIh, bias);
    Tensor all;
    if (c != null) {
      all =
          weightHr == null
              ? INTERNALS.recurrence(op, gates, weightHh, h, c)
              : INTERNALS.recurrence(op, gates, weightHh, h, c, weightHr);
    } else {
      all =
          late == null
              ? INTERNALS.recurrence(op, gates, weightHh, h)
              : INTERNALS.recurrence(op, gates, weightHh, h, late);
    }
    int rows = x.size(0) * h.size(1);
    return new Walked(
        all.narrow(0, 0, rows).view(x.size(0), h.size(1)),
        all.narrow(0, rows, h.numel()).view(h.size(0), h.size(1)),
        c == null ? null : all.narrow(0, rows + h.numel(), c.numel()).view(c.size(0), c.size(1)));
  }

  /** The bias of a GRU's two gates, 0 for the new value. */
  private static Tensor gatesOnly(Tensor bias) {
    int third = bias.size(0) / 3;
    return Tensor.cat(0, bias.narrow(0, 0, 2 * third), Tensor.zeros(bias.dtype(), third));
  }
}
