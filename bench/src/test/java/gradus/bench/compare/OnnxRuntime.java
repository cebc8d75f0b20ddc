package gradus.bench.compare;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import gradus.tensor.DType;
import gradus.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** ONNX Runtime on a model of a few operators, for rows without gradients. */
final class OnnxRuntime implements Peer {

  private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();

  private final OrtSession session;
  private final Map<String, OnnxTensor> inputs = new LinkedHashMap<>();

  /** On the operators of a row. */
  OnnxRuntime(Onnx model, List<Tensor> tensors, int threads) {
    this(model.model(tensors), lettered(tensors), threads, false);
  }

  /**
   * On a model file.
   *
   * @param model its bytes
   * @param tensors its inputs by name
   * @param threads of the session
   * @param spinning whether they spin on after a step, as they do if nothing else is said; they
   *     then take a core for a while from whoever is timed next
   */
  OnnxRuntime(byte[] model, Map<String, Tensor> tensors, int threads, boolean spinning) {
    try (var options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.addConfigEntry("session.intra_op.allow_spinning", spinning ? "1" : "0");
      session = ENVIRONMENT.createSession(model, options);
      for (var tensor : tensors.entrySet()) {
        inputs.put(tensor.getKey(), copy(tensor.getValue()));
      }
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Tensor> lettered(List<Tensor> tensors) {
    Map<String, Tensor> named = new LinkedHashMap<>();
    for (int i = 0; i < tensors.size(); i++) {
      named.put(Row.letter(i), tensors.get(i));
    }
    return named;
  }

  private static OnnxTensor copy(Tensor tensor) throws OrtException {
    long[] shape = Arrays.stream(tensor.shape().toArray()).asLongStream().toArray();
    boolean whole = tensor.dtype() == DType.INT64;
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(Math.multiplyExact(tensor.numel(), whole ? 8 : 4))
            .order(ByteOrder.nativeOrder());
    return whole
        ? OnnxTensor.createTensor(
            ENVIRONMENT, bytes.asLongBuffer().put(tensor.toLongArray()).flip(), shape)
        : OnnxTensor.createTensor(
            ENVIRONMENT, bytes.asFloatBuffer().put(tensor.toFloatArray()).flip(), shape);
  }

  @Override
  public String name() {
    return version();
  }

  static String version() {
    return "ONNX Runtime " + ENVIRONMENT.getVersion();
  }

  @Override
  public void run(int times) {
    try {
      for (int i = 0; i < times; i++) {
        session.run(inputs).close();
      }
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public List<float[]> results() {
    try (OrtSession.Result result = session.run(inputs)) {
      List<float[]> all = new ArrayList<>();
      for (var entry : result) {
        var tensor = (OnnxTensor) entry.getValue();
        if (tensor.getInfo().type == ai.onnxruntime.OnnxJavaType.INT64) {
          long[] values = new long[tensor.getLongBuffer().remaining()];
          tensor.getLongBuffer().get(values);
          float[] floats = new float[values.length];
          for (int i = 0; i < floats.length; i++) {
            floats[i] = values[i];
          }
          all.add(floats);
        } else {
          float[] values = new float[tensor.getFloatBuffer().remaining()];
          tensor.getFloatBuffer().get(values);
          all.add(values);
        }
      }
      return all;
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      inputs.values().forEach(OnnxTensor::close);
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }
}
