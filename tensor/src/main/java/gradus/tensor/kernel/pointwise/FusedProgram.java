package gradus.tensor.kernel.pointwise;

import gradus.tensor.kernel.Parallel;
import gradus.tensor.kernel.StrideWalk;
import gradus.tensor.kernel.op.Binary;
import gradus.tensor.kernel.op.Ternary;
import gradus.tensor.kernel.op.Unary;
import java.util.Arrays;

/**
 * Several elementwise steps in one pass over memory.
 *
 * <p>The elements are taken in blocks so small that all intermediate results of a block stay in the
 * first-level cache; each step runs over the block through the compiled loop of its op. So a chain
 * reads its inputs and writes its result once, and yet no op has to share a compiled method with
 * others: the compiler takes only about fifty vector operations into one.
 *
 * <p>Registers hold what the steps work on: first the inputs, then the constants, then results.
 */
public final class FusedProgram {

  /** Elements in a block: 4 KiB a register. */
  private static final int BLOCK = 1024;

  /**
   * One step: {@code to = op(a, b, c)}.
   *
   * @param op a {@code Unary}, {@code Binary} or {@code Ternary}
   * @param a the register of the first operand
   * @param b of the second, or −1
   * @param c of the third, or −1
   * @param to the register of the result
   */
  public record Step(Object op, int a, int b, int c, int to) {}

  private final int inputs;
  private final double[] constants;
  private final Step[] steps;
  private final Loop[] loops;
  private final int registers;

  /**
   * A program.
   *
   * @param inputs how many arrays it reads
   * @param constants the numbers it uses
   * @param steps in order, at least one; the last one's result is the program's
   * @param registers how many there are in all
   */
  public FusedProgram(int inputs, double[] constants, Step[] steps, int registers) {
    this.inputs = inputs;
    this.constants = constants.clone();
    this.steps = steps.clone();
    this.registers = registers;
    this.loops = new Loop[steps.length];
    for (int i = 0; i < steps.length; i++) {
      loops[i] =
          switch (steps[i].op()) {
            case Unary op -> LoopTemplates.of(op);
            case Binary op -> LoopTemplates.of(op);
            default -> LoopTemplates.of((Ternary) steps[i].op());
          };
    }
  }

  /**
   * Runs it over strided inputs of one shape into a contiguous array.
   *
   * @param x the arrays
   * @param offsets where each begins
   * @param strides of each, one a dimension; 0 repeats
   * @param shape the sizes
   * @param out the results, from 0 on
   */
  public void run(float[][] x, int[] offsets, int[][] strides, int[] shape, float[] out) {
    int n = StrideWalk.count(shape);
    int[] flat = new int[inputs];
    for (int k = 0; k < inputs; k++) {
      flat[k] = Pointwise.flat(strides[k], shape);
    }
    Parallel.rows(
        Math.ceilDiv(n, BLOCK),
        (long) BLOCK * steps.length,
        (first, last) -> {
          float[][] files = new float[registers][];
          int[] at = new int[registers];
          int[] step = new int[registers];
          Arrays.fill(step, inputs + constants.length, registers, 1);
          for (int k = 0; k < constants.length; k++) {
            files[inputs + k] = new float[] {(float) constants[k]};
          }
          for (int block = first; block < last; block++) {
            int from = block * BLOCK;
            int size = Math.min(BLOCK, n - from);
            for (int k = 0; k < inputs; k++) {
              if (flat[k] >= 0) {
                files[k] = x[k];
                step[k] = flat[k];
                at[k] = offsets[k] + from * flat[k];
              } else {
                files[k] = files[k] == null ? new float[BLOCK] : files[k];
                step[k] = 1;
                gather(x[k], offsets[k], strides[k], shape, from, size, files[k]);
              }
            }
            block(files, at, step, out, from, size);
          }
        });
  }

  private void block(float[][] files, int[] at, int[] step, float[] out, int from, int size) {
    for (int i = 0; i < steps.length; i++) {
      Step s = steps[i];
      boolean last = i == steps.length - 1;
      if (!last && files[s.to()] == null) {
        files[s.to()] = new float[BLOCK];
      }
      loops[i].run(
          files[s.a()],
          at[s.a()],
          step[s.a()],
          s.b() < 0 ? null : files[s.b()],
          s.b() < 0 ? 0 : at[s.b()],
          s.b() < 0 ? 0 : step[s.b()],
          s.c() < 0 ? null : files[s.c()],
          s.c() < 0 ? 0 : at[s.c()],
          s.c() < 0 ? 0 : step[s.c()],
          last ? out : files[s.to()],
          last ? from : 0,
          size);
    }
  }

  /** Elements {@code from} on, in row-major order, of a strided array. */
  private static void gather(
      float[] x, int offset, int[] strides, int[] shape, int from, int n, float[] to) {
    int inner = shape.length - 1;
    int step = strides[inner];
    int row = from / shape[inner];
    int col = from % shape[inner];
    for (int i = 0; i < n; row++, col = 0) {
      int at = offset + col * step;
      for (int d = inner - 1, rest = row; d >= 0; d--) {
        at += rest % shape[d] * strides[d];
        rest /= shape[d];
      }
      int size = Math.min(shape[inner] - col, n - i);
      if (step == 1) {
        System.arraycopy(x, at, to, i, size);
      } else {
        for (int j = 0; j < size; j++) {
          to[i + j] = x[at + j * step];
        }
      }
      i += size;
    }
  }

  /** The same of contiguous doubles, by the reference forms of the ops. */
  public double[] run(double[][] x, int n) {
    double[][] files = Arrays.copyOf(x, registers);
    for (int k = 0; k < constants.length; k++) {
      files[inputs + k] = new double[n];
      Arrays.fill(files[inputs + k], constants[k]);
    }
    double[] out = new double[n];
    for (Step s : steps) {
      out = new double[n];
      double[] a = files[s.a()];
      double[] b = s.b() < 0 ? a : files[s.b()];
      double[] c = s.c() < 0 ? a : files[s.c()];
      for (int i = 0; i < n; i++) {
        out[i] =
            switch (s.op()) {
              case Unary op -> op.apply(a[i]);
              case Binary op -> op.apply(a[i], b[i]);
              default -> ((Ternary) s.op()).apply(a[i], b[i], c[i]);
            };
      }
      files[s.to()] = out;
    }
    return out;
  }
}
