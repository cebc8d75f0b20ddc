package gradus.text.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import gradus.tensor.Shape;
import gradus.tensor.Tensor;
import gradus.tensor.io.FileErrors;
import gradus.tensor.io.FormatException;
import gradus.tensor.io.Heap;
import gradus.tensor.io.LoadProgress;
import gradus.tensor.io.Quoted;
import gradus.text.io.ProtobufFields;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.zip.ZipException;

/**
 * The named weights of an ONNX model, read as data: no graph is run.
 *
 * <p>An ONNX file is a protocol-buffer message; its weights are the graph's "initializers".
 * Floating weights come out as they are. Weights quantised to a byte come as three initializers,
 * {@code NAME_quantized}, {@code NAME_scale} and {@code NAME_zero_point}; asked for {@code NAME},
 * this class gives back {@code (q - zero point) * scale}, where scale and zero point are one
 * number, or one per row or column.
 *
 * <p>Names are ONNX's own here; {@link #stateDict} has those of PyTorch. The file is read as a
 * stream, so it may lie in a jar.
 */
public final class OnnxInitializers {

  private static final int MODEL_GRAPH = 7;
  private static final int GRAPH_NODE = 1;
  private static final int GRAPH_INITIALIZER = 5;
  private static final int BUFFER = 1 << 16;
  static final String QUANTIZED = "_quantized";

  private final Path file;
  private final Map<String, OnnxTensor> tensors;
  private final List<OnnxNode> nodes;

  private OnnxInitializers(Path file, Map<String, OnnxTensor> tensors, List<OnnxNode> nodes) {
    this.file = file;
    this.tensors = tensors;
    this.nodes = nodes;
  }

  /**
   * The initializers of a model file.
   *
   * @param path an {@code .onnx} file, also one inside a jar ({@code zip.getPath("model.onnx")})
   * @throws UncheckedIOException if the file cannot be read
   * @throws FormatException if it is no ONNX model or is damaged
   */
  public static OnnxInitializers read(Path path) {
    return read(path, LoadProgress.console());
  }

  /** The same, telling {@code progress} how far it is. */
  public static OnnxInitializers read(Path path, LoadProgress progress) {
    try (InputStream in = Files.newInputStream(path)) {
      return read(path, in, Files.size(path), progress);
    } catch (ZipException | EOFException e) {
      throw new FormatException(path, "its bytes", "the archive it lies in is damaged.", e);
    } catch (IOException e) {
      throw FileErrors.reading(path, e);
    }
  }

  /**
   * The initializers of a model given as bytes.
   *
   * @param model the bytes of an {@code .onnx} file
   * @throws FormatException if they are no ONNX model or are damaged
   */
  public static OnnxInitializers read(byte[] model) {
    try {
      return read(
          Path.of("onnx"), new ByteArrayInputStream(model), model.length, LoadProgress.silent());
    } catch (IOException e) {
      throw new UncheckedIOException("onnx: the bytes cannot be read.", e);
    }
  }

  /**
   * The initializers of a model that comes as a stream.
   *
   * @param name what errors call it
   * @param in the stream; it is read to its end and not closed
   * @param size its length as far as known, for {@code progress} only
   * @param progress hears how far it is
   * @throws IOException if the stream cannot be read
   * @throws FormatException if it is no ONNX model or is damaged
   */
  public static OnnxInitializers read(Path name, InputStream in, long size, LoadProgress progress)
      throws IOException {
    return Heap.reading(name, "its weights", () -> inMemory(name, in, size, progress));
  }

  private static OnnxInitializers inMemory(
      Path name, InputStream in, long size, LoadProgress progress) throws IOException {
    CodedInputStream message = CodedInputStream.newInstance(in, BUFFER);
    try {
      Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
      List<OnnxNode> nodes = new ArrayList<>();
      boolean graph = false;
      for (int tag = message.readTag(); tag != 0; tag = message.readTag()) {
        if (ProtobufFields.isBytes(tag, MODEL_GRAPH)) {
          graph = true;
          int limit = message.pushLimit(message.readRawVarint32());
          readGraph(name, message, tensors, nodes, size, progress);
          message.popLimit(limit);
        } else {
          ProtobufFields.skip(name, message, tag);
        }
      }
      if (!graph) {
        throw new FormatException(name, "byte 0", "it holds no graph. Is it an ONNX model?");
      }
      progress.at(name, size, size);
      return new OnnxInitializers(name, tensors, nodes);
    } catch (InvalidProtocolBufferException e) {
      throw new FormatException(
          name,
          "byte " + message.getTotalBytesRead(),
          "the ONNX model is cut short or damaged (%s) Fetch it again.".formatted(e.getMessage()),
          e);
    }
  }

  private static void readGraph(
      Path name,
      CodedInputStream in,
      Map<String, OnnxTensor> tensors,
      List<OnnxNode> nodes,
      long size,
      LoadProgress progress)
      throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (ProtobufFields.isBytes(tag, GRAPH_INITIALIZER)) {
        int limit = in.pushLimit(in.readRawVarint32());
        OnnxTensor tensor = OnnxTensor.read(name, in);
        in.popLimit(limit);
        if (tensors.put(tensor.name(), tensor) != null) {
          throw new FormatException(
              name, "initializer \"" + Quoted.of(tensor.name()) + "\"", "the model has it twice.");
        }
        progress.at(name, Math.min(size, in.getTotalBytesRead()), size);
      } else if (ProtobufFields.isBytes(tag, GRAPH_NODE)) {
        int limit = in.pushLimit(in.readRawVarint32());
        nodes.add(OnnxNode.read(name, in));
        in.popLimit(limit);
      } else {
        ProtobufFields.skip(name, in, tag);
      }
    }
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
    return stored(name).values().shape();
  }

  /**
   * A weight by name, dequantised if need be.
   *
   * @param name the weight's name, without {@code _quantized}
   * @return the weight; its type is that of {@link gradus.tensor.io.StoredDType#dtype}, FLOAT32 if
   *     it was quantised
   * @throws IllegalArgumentException if there is none of that name
   * @throws FormatException if scale or zero point are missing or do not fit
   */
  public Tensor tensor(String name) {
    OnnxTensor stored = stored(name);
    return tensors.containsKey(name) ? stored.values() : dequantised(name, stored);
  }

  private OnnxTensor stored(String name) {
    OnnxTensor found = tensors.getOrDefault(name, tensors.get(name + QUANTIZED));
    if (found == null) {
      throw new IllegalArgumentException(
          "onnx: the model has no weight \"%s\"; it has %d others, the first %s."
              .formatted(
                  Quoted.of(name),
                  tensors.size(),
                  tensors.keySet().stream().limit(3).map(Quoted::of).toList()));
    }
    return found;
  }

  private Tensor dequantised(String name, OnnxTensor quantised) {
    OnnxTensor scale = tensors.get(name + "_scale");
    OnnxTensor zero = tensors.get(name + "_zero_point");
    if (scale == null) {
      throw new FormatException(
          file,
          "initializer \"" + Quoted.of(name) + QUANTIZED + "\"",
          "it is quantised but the model has no \"" + Quoted.of(name) + "_scale\".");
    }
    return Dequantising.weight(file, name, quantised, scale, zero);
  }

  /**
   * The weights as PyTorch's {@code state_dict()} of the exported model has them: quantised ones as
   * floats, and the matrices that the export has transposed and left without a name ({@code
   * onnx::MatMul_885}) by the layer that multiplies by them ({@code
   * encoder.layer.0.attention.self.query.weight}, {@code [out, in]}).
   */
  public Map<String, Tensor> stateDict() {
    return OnnxStateDict.of(this, nodes);
  }

  @Override
  public String toString() {
    boolean bytes = tensors.values().stream().anyMatch(t -> t.name().endsWith(QUANTIZED));
    long numbers = tensors.values().stream().mapToLong(t -> t.values().numel()).sum();
    return "OnnxInitializers(%s, %d tensors, %,d numbers%s)"
        .formatted(file, tensors.size(), numbers, bytes ? ", quantised" : "");
  }
}
