package gradus.bench;

import gradus.tensor.kernel.op.BinaryOps;
import gradus.tensor.kernel.op.Unary;
import gradus.tensor.kernel.op.UnaryOps;
import gradus.tensor.kernel.pointwise.Pointwise;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Elementwise ops over small and large arrays, contiguous, broadcast and transposed. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class PointwiseBenchmark {

  /** The arrays have size times size elements; 1 stands for 8 elements. */
  @Param({"1", "128", "1024"})
  public int size;

  private int[] shape;
  private int[] contiguous;
  private int[] row;
  private int[] transposed;
  private float[] x;
  private float[] y;
  private float[] out;

  /** Random arrays of the size. */
  @Setup
  public void prepare() {
    shape = size == 1 ? new int[] {1, 8} : new int[] {size, size};
    contiguous = new int[] {shape[1], 1};
    row = new int[] {0, 1};
    transposed = new int[] {1, shape[0]};
    x = MatMulBenchmark.random(shape[0] * shape[1]);
    y = MatMulBenchmark.random(shape[0] * shape[1]);
    out = new float[shape[0] * shape[1]];
    // As in a real program, many ops have run before: a shared loop would be megamorphic by now.
    for (Unary op : new Unary[] {UnaryOps.NEG, UnaryOps.ABS, UnaryOps.SQRT, UnaryOps.RELU}) {
      unary(op);
    }
  }

  private float[] unary(Unary op) {
    Pointwise.unary(op, x, 0, contiguous, out, 0, contiguous, shape);
    return out;
  }

  private float[] add(int[] yStrides) {
    Pointwise.binary(BinaryOps.ADD, x, 0, contiguous, y, 0, yStrides, out, 0, contiguous, shape);
    return out;
  }

  /** x + y. */
  @Benchmark
  public float[] add() {
    return add(contiguous);
  }

  /** x + one row, repeated. */
  @Benchmark
  public float[] addRow() {
    return add(row);
  }

  /** x + yᵀ. */
  @Benchmark
  public float[] addTransposed() {
    return add(transposed);
  }

  /** eˣ. */
  @Benchmark
  public float[] exp() {
    return unary(UnaryOps.EXP);
  }

  /** log(x), half of it NaN. */
  @Benchmark
  public float[] log() {
    return unary(UnaryOps.LOG);
  }

  /** tanh(x). */
  @Benchmark
  public float[] tanh() {
    return unary(UnaryOps.TANH);
  }

  /** gelu(x), through erf. */
  @Benchmark
  public float[] gelu() {
    return unary(UnaryOps.GELU);
  }
}

// How to run:  mvn -q -Pbench -pl bench -am compile exec:exec@jmh -Djmh.filter=PointwiseBenchmark
