package gradus.text;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import gradus.tensor.Shape;
import gradus.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;

/**
 * The named weights of an ONNX model, read as data: no graph is run.
 *
 * <p>An ONNX file is a protocol-buffer message; its weights are the graph's "initializers".
 * Floating weights come out as they are. Weights quantised to a byte come as three initializers,
 * {@code NAME_quantized}, {@code NAME_scale} and {@code NAME_zero_point}; asked for {@code NAME},
 * this class gives back {@code (q - zero point) * scale}, where scale and zero point are one number
 * or one per row.
 */
public final class OnnxInitializers {

  private static final int MODEL_GRAPH = 7;
  private static final int GRAPH_INITIALIZER = 5;
  private static final String QUANTIZED = "_quantized";

  private final Map<String, OnnxTensor> tensors;

  private OnnxInitializers(Map<String, OnnxTensor> tensors) {
    this.tensors = tensors;
  }

  /**
   * The initializers of a model file.
   *
   * @param path an {@code .onnx} file
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if it is no ONNX model or is damaged
   */
  public static OnnxInitializers read(Path path) throws IOException {
    return read(Files.readAllBytes(path));
  }

  /**
   * The initializers of a model given as bytes, which must not change afterwards.
   *
   * @param model the bytes of an {@code .onnx} file
   * @throws IllegalArgumentException if they are no ONNX model or are damaged
   */
  public static OnnxInitializers read(byte[] model) {
    try {
      CodedInputStream in = CodedInputStream.newInstance(model);
      in.enableAliasing(true);
      Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
      boolean graph = false;
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        if (isMessage(tag, MODEL_GRAPH)) {
          graph = true;
          int limit = in.pushLimit(in.readRawVarint32());
          readGraph(in, tensors);
          in.popLimit(limit);
        } else if (!in.skipField(tag)) {
          throw new IllegalArgumentException(
              "onnx: a group ends that never began. The file is damaged.");
        }
      }
      if (!graph) {
        throw new IllegalArgumentException("onnx: the file holds no graph. Is it an ONNX model?");
      }
      return new OnnxInitializers(tensors);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(
          "onnx: the file is cut short or damaged (%s) Fetch it again.".formatted(e.getMessage()),
          e);
    } catch (IOException e) {
      throw new IllegalArgumentException("onnx: the bytes cannot be read.", e);
    }
  }

  private static void readGraph(CodedInputStream in, Map<String, OnnxTensor> tensors)
      throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (isMessage(tag, GRAPH_INITIALIZER)) {
        int limit = in.pushLimit(in.readRawVarint32());
        OnnxTensor tensor = OnnxTensor.read(in);
        in.popLimit(limit);
        tensors.put(tensor.name(), tensor);
      } else if (!in.skipField(tag)) {
        throw new IllegalArgumentException(
            "onnx: a group ends that never began. The file is damaged.");
      }
    }
  }

  static boolean isMessage(int tag, int field) {
    return tag == (field << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED);
  }

  /** The initializers' names as they stand in the file, in its order. */
  public SequencedSet<String> names() {
    return Collections.unmodifiableSequencedSet(new LinkedHashSet<>(tensors.keySet()));
  }

  /** Whether {@link #tensor} has an answer: the weight is there as such, or quantised. */
  public boolean contains(String name) {
    return tensors.containsKey(name) || tensors.containsKey(name + QUANTIZED);
  }

  /** The shape of a weight, quantised or not. */
  public Shape shape(String name) {
    return Shape.of(stored(name).dims());
  }

  /**
   * A weight by name, dequantised if need be.
   *
   * @param name the weight's name, without {@code _quantized}
   * @return the weight, FLOAT32; integer initializers that are not quantised weights come as INT64
   * @throws IllegalArgumentException if there is none of that name, or its type or size is wrong
   */
  public Tensor tensor(String name) {
    OnnxTensor stored = stored(name);
    if (tensors.containsKey(name)) {
      return stored.isFloating()
          ? Tensor.fromArray(stored.floats(), stored.dims())
          : Tensor.of(stored.longs()).reshape(stored.dims());
    }
    return Tensor.fromArray(dequantised(name, stored), stored.dims());
  }

  private OnnxTensor stored(String name) {
    OnnxTensor found = tensors.getOrDefault(name, tensors.get(name + QUANTIZED));
    if (found == null) {
      throw new IllegalArgumentException(
          "onnx: the model has no weight \"%s\"; it has %d others, the first %s."
              .formatted(name, tensors.size(), tensors.keySet().stream().limit(3).toList()));
    }
    return found;
  }

  private float[] dequantised(String name, OnnxTensor quantised) {
    float[] scale = part(name, "_scale").floats();
    long[] zero =
        tensors.containsKey(name + "_zero_point")
            ? part(name, "_zero_point").longs()
            : new long[scale.length];
    int rows = scale.length;
    boolean perRow = quantised.dims().length > 0 && quantised.dims()[0] == rows;
    if (zero.length != rows || (rows != 1 && !perRow)) {
      throw new IllegalArgumentException(
          "onnx: \"%s\" of shape %s has %d scales and %d zero points. There must be one, or one per row."
              .formatted(name, Shape.of(quantised.dims()), scale.length, zero.length));
    }
    return quantised.dequantised(scale, zero);
  }

  private OnnxTensor part(String name, String suffix) {
    OnnxTensor part = tensors.get(name + suffix);
    if (part == null) {
      throw new IllegalArgumentException(
          "onnx: \"%s\" is quantised but the model has no \"%s%s\".".formatted(name, name, suffix));
    }
    return part;
  }
}
