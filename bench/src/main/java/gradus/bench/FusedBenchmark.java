package gradus.bench;

import gradus.tensor.Fused;
import gradus.tensor.Tensor;
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

/** A chain of elementwise ops in one pass beside the same ops one by one. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class FusedBenchmark {

  private static final Fused CHAIN =
      Fused.of((x, y) -> x.mul(0.5).add(y).mul(x).sub(1).mul(y).add(x));

  /** Rows and columns. */
  @Param({"128", "1024", "2048"})
  public int size;

  private Tensor x;
  private Tensor y;

  /** Random tensors of the size; y is a row. */
  @Setup
  public void prepare() {
    x = Tensor.randn(size, size);
    y = Tensor.randn(size);
  }

  /** Six ops in one pass. */
  @Benchmark
  public Tensor fused() {
    return CHAIN.apply(x, y);
  }

  /** The same six, each through memory. */
  @Benchmark
  public Tensor oneByOne() {
    return x.mul(0.5).add(y).mul(x).sub(1).mul(y).add(x);
  }
}
