package gradus.tensor.kernel.recurrent;

import gradus.tensor.kernel.FloatLanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector forms of what a step does between its products: n rows, the first {@code whole} of
 * {@code cols} columns. Same bits as the plain loops in {@link LstmSteps} and {@link GruSteps},
 * which say what the arrays hold.
 */
final class VectorSteps {
  private static final VectorSpecies<Float> SPECIES = FloatLanes.SPECIES;
  private static final int LENGTH = SPECIES.length();

  private VectorSteps() {}

  static void lstmCell(
      int n,
      int whole,
      int cols,
      int hidden,
      float[] gates,
      int at,
      float[] cell,
      int cellAt,
      float[] before,
      int beforeAt,
      float[] tanh,
      int tanhAt) {
    int size = n * cols;
    for (int r = 0; r < n; r++) {
      int a = at + r * cols;
      int b = r * hidden;
      for (int j = 0; j < whole; j += LENGTH) {
        FloatVector i = FloatVector.fromArray(SPECIES, gates, a + j);
        FloatVector f = FloatVector.fromArray(SPECIES, gates, a + size + j);
        FloatVector g = FloatVector.fromArray(SPECIES, gates, a + 2 * size + j);
        FloatVector c = FloatVector.fromArray(SPECIES, cell, cellAt + b + j);
        c.intoArray(before, beforeAt + b + j);
        c = f.fma(c, i.mul(g));
        c.intoArray(cell, cellAt + b + j);
        c.intoArray(tanh, tanhAt + r * cols + j);
      }
    }
  }

  /** {@code to = a ∘ b}, where a and b are blocks and {@code to} has rows {@code row} apart. */
  static void product(
      int n,
      int whole,
      int cols,
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      float[] to,
      int toAt,
      int row) {
    for (int r = 0; r < n; r++) {
      int from = r * cols;
      for (int j = 0; j < whole; j += LENGTH) {
        FloatVector v = FloatVector.fromArray(SPECIES, a, aAt + from + j);
        v.mul(FloatVector.fromArray(SPECIES, b, bAt + from + j)).intoArray(to, toAt + r * row + j);
      }
    }
  }

  static void lstmGradient(
      int n,
      int whole,
      int cols,
      int hidden,
      float[] gates,
      int at,
      float[] before,
      int beforeAt,
      float[] tanh,
      int tanhAt,
      float[] dh,
      int dhAt,
      int dhRow,
      float[] dCell,
      int dCellAt,
      float[] dx,
      int dxAt) {
    int size = n * cols;
    FloatVector one = FloatVector.broadcast(SPECIES, 1);
    for (int r = 0; r < n; r++) {
      int a = at + r * cols;
      int b = r * hidden;
      int to = dxAt + 4 * b;
      for (int j = 0; j < whole; j += LENGTH) {
        FloatVector i = FloatVector.fromArray(SPECIES, gates, a + j);
        FloatVector f = FloatVector.fromArray(SPECIES, gates, a + size + j);
        FloatVector g = FloatVector.fromArray(SPECIES, gates, a + 2 * size + j);
        FloatVector o = FloatVector.fromArray(SPECIES, gates, a + 3 * size + j);
        FloatVector c = FloatVector.fromArray(SPECIES, before, beforeAt + b + j);
        FloatVector t = FloatVector.fromArray(SPECIES, tanh, tanhAt + r * cols + j);
        FloatVector d = FloatVector.fromArray(SPECIES, dh, dhAt + r * dhRow + j);
        FloatVector dc = FloatVector.fromArray(SPECIES, dCell, dCellAt + b + j);
        dc = d.mul(o).fma(t.neg().fma(t, one), dc);
        dc.mul(g).mul(i.mul(one.sub(i))).intoArray(dx, to + j);
        dc.mul(c).mul(f.mul(one.sub(f))).intoArray(dx, to + hidden + j);
        dc.mul(i).mul(g.neg().fma(g, one)).intoArray(dx, to + 2 * hidden + j);
        d.mul(t).mul(o.mul(one.sub(o))).intoArray(dx, to + 3 * hidden + j);
        dc.mul(f).intoArray(dCell, dCellAt + b + j);
      }
    }
  }

  static void gruNew(
      int n, int whole, int cols, float[] gates, int at, float[] x, int xAt, int xRow) {
    int size = n * cols;
    for (int i = 0; i < n; i++) {
      int a = at + i * cols;
      for (int j = 0; j < whole; j += LENGTH) {
        FloatVector r = FloatVector.fromArray(SPECIES, gates, a + j);
        FloatVector q = FloatVector.fromArray(SPECIES, gates, a + 2 * size + j);
        r.fma(q, FloatVector.fromArray(SPECIES, x, xAt + i * xRow + j))
            .intoArray(gates, a + 3 * size + j);
      }
    }
  }

  static void gruState(
      int n,
      int whole,
      int cols,
      int hidden,
      float[] gates,
      int at,
      float[] before,
      int beforeAt,
      float[] to,
      int toAt) {
    int size = n * cols;
    for (int i = 0; i < n; i++) {
      int a = at + i * cols;
      int b = i * hidden;
      for (int j = 0; j < whole; j += LENGTH) {
        FloatVector z = FloatVector.fromArray(SPECIES, gates, a + size + j);
        FloatVector made = FloatVector.fromArray(SPECIES, gates, a + 3 * size + j);
        FloatVector h = FloatVector.fromArray(SPECIES, before, beforeAt + b + j);
        z.fma(h.sub(made), made).intoArray(to, toAt + b + j);
      }
    }
  }

  static void gruGradient(
      int n,
      int whole,
      int cols,
      int hidden,
      float[] gates,
      int at,
      float[] before,
      int beforeAt,
      float[] dh,
      int dhAt,
      float[] dx,
      float[] byState,
      int dxAt) {
    int size = n * cols;
    FloatVector one = FloatVector.broadcast(SPECIES, 1);
    for (int i = 0; i < n; i++) {
      int a = at + i * cols;
      int b = i * hidden;
      int to = dxAt + 3 * b;
      for (int j = 0; j < whole; j += LENGTH) {
        FloatVector r = FloatVector.fromArray(SPECIES, gates, a + j);
        FloatVector z = FloatVector.fromArray(SPECIES, gates, a + size + j);
        FloatVector q = FloatVector.fromArray(SPECIES, gates, a + 2 * size + j);
        FloatVector made = FloatVector.fromArray(SPECIES, gates, a + 3 * size + j);
        FloatVector h = FloatVector.fromArray(SPECIES, before, beforeAt + b + j);
        FloatVector d = FloatVector.fromArray(SPECIES, dh, dhAt + b + j);
        FloatVector dNew = d.mul(one.sub(z)).mul(made.neg().fma(made, one));
        FloatVector dReset = dNew.mul(q).mul(r.mul(one.sub(r)));
        FloatVector dUpdate = d.mul(h.sub(made)).mul(z.mul(one.sub(z)));
        dReset.intoArray(dx, to + j);
        dUpdate.intoArray(dx, to + hidden + j);
        dNew.intoArray(dx, to + 2 * hidden + j);
        dReset.intoArray(byState, to + j);
        dUpdate.intoArray(byState, to + hidden + j);
        dNew.mul(r).intoArray(byState, to + 2 * hidden + j);
        d.mul(z).intoArray(dh, dhAt + b + j);
      }
    }
  }
}
