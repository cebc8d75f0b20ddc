package gradus.bench;

import gradus.tensor.kernel.optimizer.OptimizerSteps;
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

/** Steps of optimizers over one array of parameters. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class OptimizerBenchmark {

  /** How many parameters. */
  @Param({"10000", "1000000", "38400000"})
  public int size;

  private OptimizerSteps.Run param;
  private OptimizerSteps.Run grad;
  private OptimizerSteps.Run mean;
  private OptimizerSteps.Run square;

  /** Random parameters and gradients, nothing remembered. */
  @Setup
  public void prepare() {
    param = new OptimizerSteps.Run(MatMulBenchmark.random(size), 0);
    grad = new OptimizerSteps.Run(MatMulBenchmark.random(size), 0);
    mean = new OptimizerSteps.Run(new float[size], 0);
    square = new OptimizerSteps.Run(new float[size], 0);
  }

  /** Adam. */
  @Benchmark
  public Object adam() {
    var step = new OptimizerSteps.Adam(0.9, 0.999, 1e-3, 1, 1e-8, 0, 1);
    OptimizerSteps.adam(step, param, grad, mean, square, null, size);
    return param;
  }

  /** Gradient descent. */
  @Benchmark
  public Object sgd() {
    OptimizerSteps.sgd(new OptimizerSteps.Sgd(1e-3, 0, 1, 0, false), param, grad, null, size);
    return param;
  }

  /** Gradient descent with momentum. */
  @Benchmark
  public Object momentum() {
    OptimizerSteps.sgd(new OptimizerSteps.Sgd(1e-3, 0.9, 1, 0, false), param, grad, mean, size);
    return param;
  }
}

// How to run:  mvn -q -Pbench -pl bench -am compile exec:exec@jmh -Djmh.filter=OptimizerBenchmark
