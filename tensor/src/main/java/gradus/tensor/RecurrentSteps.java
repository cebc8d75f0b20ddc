package gradus.tensor;

/**
 * Recurrent layers step by step, made of ops that record what they do: what FLOAT64 computes by,
 * and second derivatives.
 */
final class RecurrentSteps {
  private RecurrentSteps() {}

  static Tensor run(Op.Recurrence op, Tensor... in) {
    int steps = op.batchSizes().size();
    Tensor[] parts = new Tensor[steps + (op instanceof Op.Lstm ? 2 : 1)];
    Tensor state = in[2];
    Tensor cell = op instanceof Op.Lstm ? in[3] : state;
    int sequences = state.size(0);
    int start = op.reverse() ? in[0].size(0) : 0;
    for (int i = 0; i < steps; i++) {
      int t = op.reverse() ? steps - 1 - i : i;
      int n = op.batchSizes().get(t);
      start -= op.reverse() ? n : 0;
      Tensor x = in[0].narrow(0, start, n);
      start += op.reverse() ? 0 : n;
      // Sequences that are over, or have not begun, keep their state.
      Tensor[] next = step(op, in, x, state.narrow(0, 0, n), cell.narrow(0, 0, n));
      parts[t] = next[0].reshape(-1);
      int others = sequences - n;
      state = others == 0 ? next[0] : Tensor.cat(0, next[0], state.narrow(0, n, others));
      cell = others == 0 ? next[1] : Tensor.cat(0, next[1], cell.narrow(0, n, others));
    }
    parts[steps] = state.reshape(-1);
    if (op instanceof Op.Lstm) {
      parts[steps + 1] = cell.reshape(-1);
    }
    return Tensor.cat(0, parts);
  }

  /** The hidden state and the cell after a step. */
  private static Tensor[] step(Op.Recurrence op, Tensor[] in, Tensor x, Tensor h, Tensor c) {
    Tensor byState = h.matmul(in[1].t());
    Tensor state =
        switch (op) {
          case Op.Rnn(boolean relu, var _, var _) ->
              relu ? x.add(byState).relu() : x.add(byState).tanh();
          case Op.Gru _ -> gru(x, byState, h, in.length > 3 ? in[3] : null);
          case Op.Lstm _ -> null;
        };
    if (state != null) {
      return new Tensor[] {state, state};
    }
    int hidden = x.size(1) / 4;
    Tensor gates = x.add(byState);
    Tensor i = gates.narrow(1, 0, hidden).sigmoid();
    Tensor f = gates.narrow(1, hidden, hidden).sigmoid();
    Tensor g = gates.narrow(1, 2 * hidden, hidden).tanh();
    Tensor o = gates.narrow(1, 3 * hidden, hidden).sigmoid();
    Tensor cell = f.mul(c).add(i.mul(g));
    Tensor raw = o.mul(cell.tanh());
    return new Tensor[] {in.length > 4 ? raw.matmul(in[4].t()) : raw, cell};
  }

  private static Tensor gru(Tensor x, Tensor byState, Tensor h, Tensor bias) {
    int hidden = h.size(1);
    Tensor gates = x.narrow(1, 0, 2 * hidden).add(byState.narrow(1, 0, 2 * hidden)).sigmoid();
    Tensor q = byState.narrow(1, 2 * hidden, hidden);
    Tensor r = gates.narrow(1, 0, hidden);
    Tensor z = gates.narrow(1, hidden, hidden);
    Tensor made = x.narrow(1, 2 * hidden, hidden).add(r.mul(bias == null ? q : q.add(bias))).tanh();
    return h.sub(made).mul(z).add(made);
  }
}
