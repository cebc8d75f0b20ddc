package gradus.bench.compare;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import gradus.tensor.DType;
import gradus.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.List;

/** A script with its inputs in libtorch's memory; they are freed when it is closed. */
final class Libtorch implements Peer {

  private static final Engine ENGINE = Engine.getEngine("PyTorch");

  static {
    // Op by op, as eager PyTorch does it: no fusion by the compiler of TorchScript.
    JniUtils.setGraphExecutorOptimize(false);
    JniUtils.setGradMode(true);
  }

  private final PtNDManager manager;
  private final PtSymbolBlock block;
  private final NDList inputs = new NDList();
  private final NDArray repeats;

  /**
   * Copies the inputs and compiles the script.
   *
   * @param script statements, see {@link Row#scripts}
   * @param tensors the inputs; those that require gradients do so here too
   */
  Libtorch(String script, List<Tensor> tensors) {
    manager = (PtNDManager) ENGINE.newBaseManager();
    try {
      block =
          JniUtils.loadModule(manager, TorchScript.archive(script, tensors.size()), false, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (Tensor tensor : tensors) {
      NDArray copy = copy(tensor);
      copy.setRequiresGradient(tensor.requiresGrad());
      inputs.add(copy);
    }
    repeats = manager.create(1L);
    inputs.add(repeats);
    inputs.forEach(input -> input.setName("x[]")); // how DJL is told to pass them as one list
  }

  /** libtorch's version. */
  static String version() {
    return ENGINE.getVersion();
  }

  @Override
  public String name() {
    return "libtorch " + version();
  }

  /** Sets how many threads libtorch uses. */
  static void threads(int count) {
    JniUtils.setNumThreads(count);
  }

  /** The shape's array in memory that libtorch itself has allocated, and so aligned. */
  private NDArray copy(Tensor tensor) {
    Shape shape = new Shape(Arrays.stream(tensor.shape().toArray()).asLongStream().toArray());
    try (NDArray array =
        tensor.dtype() == DType.INT64
            ? manager.create(LongBuffer.wrap(tensor.toLongArray()), shape, DataType.INT64)
            : manager.create(FloatBuffer.wrap(tensor.toFloatArray()), shape, DataType.FLOAT32)) {
      return array.duplicate();
    }
  }

  @Override
  public void run(int times) {
    repeats.set(new long[] {times});
    IValueUtils.forward(block, inputs, true).close();
  }

  @Override
  public List<float[]> results() {
    repeats.set(new long[] {1});
    try (NDList results = IValueUtils.forward(block, inputs, true)) {
      return results.stream().map(Libtorch::values).toList();
    }
  }

  private static float[] values(NDArray array) {
    try (NDArray floats = array.toType(DataType.FLOAT32, true)) {
      return floats.toFloatArray();
    }
  }

  @Override
  public void close() {
    block.close();
    manager.close();
  }
}
