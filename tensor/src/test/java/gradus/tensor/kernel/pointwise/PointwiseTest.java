package gradus.tensor.kernel.pointwise;

import static org.assertj.core.api.Assertions.assertThat;

import gradus.tensor.kernel.Parallel;
import gradus.tensor.kernel.StrideWalk;
import gradus.tensor.kernel.Strided;
import gradus.tensor.kernel.op.BinaryOps;
import gradus.tensor.kernel.op.TernaryOps;
import gradus.tensor.kernel.op.Unary;
import gradus.tensor.kernel.op.UnaryOps;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A result depends on its inputs alone: not on layout, position or number of threads. */
class PointwiseTest {

  private static final int[][] SHAPES = {
    {},
    {0},
    {1},
    {7},
    {33},
    {1021},
    {3, 0},
    {1, 5},
    {5, 1},
    {3, 4},
    {33, 31},
    {70, 130},
    {2, 3, 4},
    {5, 7, 9},
    {2, 1, 3, 17},
    {4, 3, 2, 5}
  };

  private static final int THREADS = Parallel.threads();

  @AfterEach
  void restoreThreads() {
    Parallel.threads(THREADS);
  }

  @Test
  void unaryInEveryLayout() {
    for (int[] shape : SHAPES) {
      for (Strided x : inputs(shape, 1)) {
        for (Unary op : List.of(UnaryOps.EXP, UnaryOps.GELU, UnaryOps.NEG, UnaryOps.LGAMMA)) {
          float[] flat = x.read(shape);
          float[] expected = new float[flat.length];
          for (int i = 0; i < flat.length; i++) {
            // One element at a time.
            Pointwise.unary(op, flat, i, new int[0], expected, i, new int[0], new int[0]);
          }
          for (Strided like : Strided.layouts(flat, shape)) {
            Strided out = like.target();
            Pointwise.unary(
                op,
                x.data(),
                x.offset(),
                x.strides(),
                out.data(),
                out.offset(),
                out.strides(),
                shape);
            assertThat(out.read(shape))
                .as("%s -> %s", x.layout(), out.layout())
                .isEqualTo(expected);
          }
        }
      }
    }
  }

  @Test
  void binaryInEveryPairOfLayouts() {
    for (int[] shape : SHAPES) {
      for (Strided a : inputs(shape, 1)) {
        for (Strided b : inputs(shape, 2)) {
          float[] x = a.read(shape);
          float[] y = b.read(shape);
          float[] expected = new float[x.length];
          for (int i = 0; i < x.length; i++) {
            expected[i] = x[i] - y[i];
          }
          Strided out = Strided.layouts(x, shape).get(x.length % 3).target();
          Pointwise.binary(
              BinaryOps.SUB,
              a.data(),
              a.offset(),
              a.strides(),
              b.data(),
              b.offset(),
              b.strides(),
              out.data(),
              out.offset(),
              out.strides(),
              shape);
          assertThat(out.read(shape))
              .as("%s - %s -> %s", a.layout(), b.layout(), out.layout())
              .isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void ternaryInMixedLayouts() {
    for (int[] shape : SHAPES) {
      for (Strided a : inputs(shape, 1)) {
        for (Strided b : Strided.broadcasts(shape, 2)) {
          for (Strided c : inputs(shape, 3)) {
            float[] x = a.read(shape);
            float[] lo = b.read(shape);
            float[] hi = c.read(shape);
            float[] expected = new float[x.length];
            for (int i = 0; i < x.length; i++) {
              expected[i] = Math.min(Math.max(x[i], lo[i]), hi[i]);
            }
            float[] out = new float[x.length];
            Pointwise.ternary(
                TernaryOps.CLAMP,
                a.data(),
                a.offset(),
                a.strides(),
                b.data(),
                b.offset(),
                b.strides(),
                c.data(),
                c.offset(),
                c.strides(),
                out,
                0,
                Strided.rowMajor(shape),
                shape);
            assertThat(out).isEqualTo(expected);
          }
        }
      }
    }
  }

  @Test
  void copyBetweenLayouts() {
    for (int[] shape : SHAPES) {
      for (Strided x : inputs(shape, 1)) {
        for (Strided like : Strided.layouts(x.read(shape), shape)) {
          Strided out = like.target();
          Pointwise.copy(
              x.data(), x.offset(), x.strides(), out.data(), out.offset(), out.strides(), shape);
          assertThat(out.read(shape)).isEqualTo(x.read(shape));
        }
      }
    }
  }

  @Test
  void neighboursInTheArrayStayUntouched() {
    int[] shape = {5, 7};
    Strided out = Strided.layouts(Strided.values(35, 1, false), shape).get(2);
    float[] before = out.data().clone();
    float[] x = Strided.values(35, 2, false);
    Pointwise.unary(
        UnaryOps.EXP, x, 0, new int[] {7, 1}, out.data(), out.offset(), out.strides(), shape);
    StrideWalk walk = new StrideWalk(out.offset(), shape, out.strides());
    for (int i = 0; i < 35; i++, walk.next()) {
      before[walk.at] = out.data()[walk.at];
    }
    assertThat(out.data()).isEqualTo(before);
  }

  @Test
  void anyNumberOfThreadsGivesTheSameBits() {
    int[] shape = {307, 401};
    float[] values = Strided.values(307 * 401, 3, true);
    for (Strided x : Strided.layouts(values, shape)) {
      for (Unary op : List.of(UnaryOps.TANH, UnaryOps.SIGMOID, UnaryOps.ERF)) {
        float[] first = null;
        for (int threads : new int[] {1, 2, 4}) {
          Parallel.threads(threads);
          float[] out = new float[values.length];
          Pointwise.unary(
              op, x.data(), x.offset(), x.strides(), out, 0, Strided.rowMajor(shape), shape);
          first = first == null ? out : first;
          assertThat(out).isEqualTo(first);
        }
      }
    }
  }

  private static List<Strided> inputs(int[] shape, long seed) {
    float[] values = Strided.values(StrideWalk.count(shape), seed, true);
    List<Strided> all = new ArrayList<>(Strided.layouts(values, shape));
    all.addAll(Strided.broadcasts(shape, seed));
    return all;
  }
}
