package gradus.bench;

import gradus.tensor.kernel.table.RowCopies;
import gradus.tensor.kernel.table.ScatterAdd;
import java.util.Random;
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

/** Rows of a table of 50,000 × 768: looked up, and added to. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class EmbeddingBenchmark {

  private static final int WORDS = 50_000;
  private static final int WIDTH = 768;

  /** How many ids. */
  @Param({"6", "8192", "131072"})
  public int count;

  private float[] table;
  private float[] rows;
  private long[] ids;

  /** A random table and random ids. */
  @Setup
  public void prepare() {
    table = MatMulBenchmark.random(WORDS * WIDTH);
    rows = MatMulBenchmark.random(count * WIDTH);
    ids = new Random(1).longs(count, 0, WORDS).toArray();
  }

  /** The forward pass. */
  @Benchmark
  public float[] gather() {
    RowCopies.gather(table, 0, WIDTH, ids, 0, count, rows, 0, WIDTH);
    return rows;
  }

  /** The step of a row-sparse gradient. */
  @Benchmark
  public float[] scatterAdd() {
    ScatterAdd.add(rows, 0, -1e-3f, ids, 0, count, table, 0, WIDTH);
    return table;
  }
}

// How to run:  mvn -q -Pbench -pl bench -am compile exec:exec@jmh -Djmh.filter=EmbeddingBenchmark
