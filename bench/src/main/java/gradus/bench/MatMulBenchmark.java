package gradus.bench;

import gradus.tensor.kernel.matmul.MatMul;
import java.util.SplittableRandom;
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

/** Matrix products of the shapes that networks are made of, plain and with B transposed. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class MatMulBenchmark {

  /** m x n x k. */
  @Param({
    "64x64x64",
    "128x128x128",
    "512x512x512",
    "1024x1024x1024",
    "6x768x768",
    "128x1536x384",
    "1x50000x768"
  })
  public String size;

  private int m;
  private int n;
  private int k;
  private float[] a;
  private float[] b;
  private float[] c;

  /** Random matrices of the size. */
  @Setup
  public void prepare() {
    String[] sizes = size.split("x");
    m = Integer.parseInt(sizes[0]);
    n = Integer.parseInt(sizes[1]);
    k = Integer.parseInt(sizes[2]);
    a = random(m * k);
    b = random(k * n);
    c = new float[m * n];
  }

  static float[] random(int count) {
    SplittableRandom random = new SplittableRandom(1);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** {@code C = A·B}. */
  @Benchmark
  public float[] plain() {
    MatMul.gemm(m, n, k, a, 0, k, 1, b, 0, n, 1, c, 0, n, false);
    return c;
  }

  /** {@code C = A·Bᵀ}, as in a linear layer. */
  @Benchmark
  public float[] transposed() {
    MatMul.gemm(m, n, k, a, 0, k, 1, b, 0, 1, k, c, 0, n, false);
    return c;
  }
}

// How to run:  mvn -q -Pbench -pl bench -am compile exec:exec@jmh -Djmh.filter=MatMulBenchmark
