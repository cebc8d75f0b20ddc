package gradus.tensor.kernel;

import gradus.tensor.kernel.matmul.MatMul;
import gradus.tensor.kernel.op.AllOps;
import gradus.tensor.kernel.op.Binary;
import gradus.tensor.kernel.op.BinaryOps;
import gradus.tensor.kernel.op.Ternary;
import gradus.tensor.kernel.op.TernaryOps;
import gradus.tensor.kernel.op.Unary;
import gradus.tensor.kernel.op.UnaryOps;
import gradus.tensor.kernel.pointwise.Compare;
import gradus.tensor.kernel.pointwise.Pointwise;
import gradus.tensor.kernel.pointwise.Where;
import gradus.tensor.kernel.recurrent.GruSteps;
import gradus.tensor.kernel.recurrent.Kept;
import gradus.tensor.kernel.recurrent.LstmSteps;
import gradus.tensor.kernel.recurrent.RnnSteps;
import gradus.tensor.kernel.recurrent.Steps;
import gradus.tensor.kernel.reduce.Reduce;
import gradus.tensor.kernel.rows.LayerNorm;
import gradus.tensor.kernel.rows.SoftmaxRows;

/** Touches every family of kernels; run by {@link WithoutVectorModuleTest} in a JVM of its own. */
final class WithoutVectors {

  private WithoutVectors() {}

  /** Fails with an exception if a kernel cannot run. */
  public static void main(String[] args) {
    if (Lanes.COUNT != 0) {
      throw new AssertionError("vectors of " + Lanes.COUNT);
    }
    int[] shape = {64};
    int[] one = {1};
    int[] none = {};
    float[] x = new float[64];
    float[] out = new float[64];
    for (Unary op : AllOps.of(UnaryOps.class, Unary.class).values()) {
      Pointwise.unary(op, x, 0, one, out, 0, one, shape);
    }
    for (var op : AllOps.of(BinaryOps.class, Binary.class).entrySet()) {
      if (!AllOps.integersOnly(op.getKey())) {
        Pointwise.binary(op.getValue(), x, 0, one, x, 0, one, out, 0, one, shape);
      }
    }
    for (Ternary op : AllOps.of(TernaryOps.class, Ternary.class).values()) {
      Pointwise.ternary(op, x, 0, one, x, 0, one, x, 0, one, out, 0, one, shape);
    }
    for (Reduce.Kind kind : Reduce.Kind.values()) {
      Reduce.reduce(kind, x, 0, none, none, shape, one, out);
    }
    Reduce.arg(true, x, 0, none, none, 64, 1, null, new long[1]);
    Reduce.moments(x, 0, none, none, shape, one, out, out);
    Compare.run(Compare.Kind.LT, x, 0, 1, x, 0, 0, new boolean[64], 64);
    Where.run(new boolean[64], 0, x, 0, 1, x, 0, 0, out, 64);
    SoftmaxRows.softmax(x, 0, out, 0, 8, 8);
    SoftmaxRows.logSoftmax(x, 0, out, 0, 8, 8);
    LayerNorm.forward(x, 0, null, 0, null, 0, 1e-5f, out, new float[8], new float[8], 8, 8);
    MatMul.gemm(8, 8, 8, x, 0, 8, 1, x, 0, 8, 1, out, 0, 8, false);
    var steps = new Steps(new int[] {2, 2}, false);
    Kept kept = new Kept(true, new float[64], new float[64], new float[64], new float[64], null);
    var lstm = new LstmSteps(steps, 2, 2, kept);
    lstm.forward(x, 0, x, 0, null, 0, out);
    lstm.backward(x, 0, null, 0, x, 0, out, new float[4], new float[4], null);
    var gru = new GruSteps(steps, 2, kept);
    gru.forward(x, 0, x, 0, null, 0, out);
    gru.backward(x, 0, x, 0, out, new float[64], new float[4]);
    var rnn = new RnnSteps(steps, 2, false, kept);
    rnn.forward(x, 0, x, 0, out);
    rnn.backward(x, 0, x, 0, out, new float[4]);
    System.out.println("all kernels ran");
  }
}
