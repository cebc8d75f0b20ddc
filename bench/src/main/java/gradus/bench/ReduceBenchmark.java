package gradus.bench;

import gradus.tensor.kernel.reduce.Reduce;
import gradus.tensor.kernel.rows.LayerNorm;
import gradus.tensor.kernel.rows.SoftmaxRows;
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

/** Sums, maxima, softmax and layer norm over rows. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class ReduceBenchmark {

  /** rows x cols. */
  @Param({"1024x1024", "4096x128", "4096x768", "32x50000"})
  public String size;

  private static final int[] NONE = {};
  private static final int[] ONE = {1};

  private int rows;
  private int cols;
  private float[] x;
  private float[] out;
  private float[] perRow;
  private float[] perRow2;

  /** A random array of the size. */
  @Setup
  public void prepare() {
    String[] sizes = size.split("x");
    rows = Integer.parseInt(sizes[0]);
    cols = Integer.parseInt(sizes[1]);
    x = MatMulBenchmark.random(rows * cols);
    out = new float[rows * cols];
    perRow = new float[rows];
    perRow2 = new float[rows];
  }

  private float[] reduce(Reduce.Kind kind, int[] kept, int[] strides, int[] gone, int[] steps) {
    Reduce.reduce(kind, x, 0, kept, strides, gone, steps, out);
    return out;
  }

  /** The sum of all. */
  @Benchmark
  public float[] sumAll() {
    return reduce(Reduce.Kind.SUM, NONE, NONE, new int[] {rows * cols}, ONE);
  }

  /** The sum of each row. */
  @Benchmark
  public float[] sumRows() {
    return reduce(Reduce.Kind.SUM, new int[] {rows}, new int[] {cols}, new int[] {cols}, ONE);
  }

  /** The sum of each column, as in the gradient of a bias. */
  @Benchmark
  public float[] sumColumns() {
    return reduce(Reduce.Kind.SUM, new int[] {cols}, ONE, new int[] {rows}, new int[] {cols});
  }

  /** The maximum of each row. */
  @Benchmark
  public float[] maxRows() {
    return reduce(Reduce.Kind.MAX, new int[] {rows}, new int[] {cols}, new int[] {cols}, ONE);
  }

  /** The softmax of each row. */
  @Benchmark
  public float[] softmax() {
    SoftmaxRows.softmax(x, 0, out, 0, rows, cols);
    return out;
  }

  /** The layer norm of each row. */
  @Benchmark
  public float[] layerNorm() {
    LayerNorm.forward(x, 0, null, 0, null, 0, 1e-5f, out, perRow, perRow2, rows, cols);
    return out;
  }
}

// How to run:  mvn -q -Pbench -pl bench -am compile exec:exec@jmh -Djmh.filter=ReduceBenchmark
