package gradus.bench;

import gradus.tensor.kernel.attention.Attention;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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

/** Attention, forward and backward. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class AttentionBenchmark {

  /** batch x length x width. */
  @Param({"32x128x384", "8x512x64", "64x128x64"})
  public String size;

  private Attention attention;
  private final Attention.Batch[] matrices = new Attention.Batch[8];

  /** Random queries, keys, values and gradients. */
  @Setup
  public void prepare() {
    int[] sizes = IntStream.of(0, 1, 2).map(i -> Integer.parseInt(size.split("x")[i])).toArray();
    int each = sizes[1] * sizes[2];
    int[] offsets = IntStream.range(0, sizes[0]).map(i -> i * each).toArray();
    for (int i = 0; i < matrices.length; i++) {
      matrices[i] =
          new Attention.Batch(MatMulBenchmark.random(sizes[0] * each), offsets, sizes[2], 1);
    }
    float scale = (float) (1 / Math.sqrt(sizes[2]));
    attention = new Attention(sizes[1], sizes[1], sizes[2], sizes[2], scale, false, null);
  }

  /** The mixed values. */
  @Benchmark
  public Object forward() {
    attention.forward(matrices[0], matrices[1], matrices[2], matrices[3]);
    return matrices[3];
  }

  /** The gradients of queries, keys and values. */
  @Benchmark
  public Object backward() {
    attention.backward(
        matrices[4], matrices[0], matrices[1], matrices[2], matrices[5], matrices[6], matrices[7]);
    return matrices[5];
  }
}

// How to run:  mvn -q -Pbench -pl bench -am compile exec:exec@jmh -Djmh.filter=AttentionBenchmark
