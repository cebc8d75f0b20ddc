package gradus.bench.compare;

import com.google.protobuf.CodedOutputStream;
import gradus.tensor.DType;
import gradus.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A chain of ONNX operators that does a row's step: the inputs are {@code a}, {@code b}, …, the
 * result of the last node is the model's.
 *
 * @param opset the version of the operators
 * @param nodes in order
 */
record Onnx(int opset, List<Node> nodes) {

  /** The field numbers of onnx.proto. */
  private static final int IR_VERSION = 9;

  private static final int FLOAT = 1;
  private static final int INT64 = 7;

  /**
   * An operator.
   *
   * @param op its name
   * @param inputs whose results it takes
   * @param output the name of its result
   * @param attributes whole numbers and lists of them
   */
  record Node(String op, List<String> inputs, String output, List<Attribute> attributes) {}

  /**
   * A property of an operator.
   *
   * @param name its name
   * @param values one number, or several
   * @param list whether it is a list
   */
  record Attribute(String name, List<Integer> values, boolean list) {}

  /** One operator on the inputs. */
  static Onnx of(String op, int inputs, Attribute... attributes) {
    List<String> names = IntStream.range(0, inputs).mapToObj(Row::letter).toList();
    return new Onnx(20, List.of(new Node(op, names, "r", List.of(attributes))));
  }

  /** The same operators in another version. */
  Onnx opset(int version) {
    return new Onnx(version, nodes);
  }

  /** Another operator before the others, which replaces input {@code name}. */
  Onnx first(String op, String name, Attribute... attributes) {
    List<Node> all = new ArrayList<>();
    all.add(new Node(op, List.of(name), name + "0", List.of(attributes)));
    for (Node node : nodes) {
      List<String> inputs =
          node.inputs().stream().map(i -> i.equals(name) ? name + "0" : i).toList();
      all.add(new Node(node.op(), inputs, node.output(), node.attributes()));
    }
    return new Onnx(opset, all);
  }

  static Attribute number(String name, int value) {
    return new Attribute(name, List.of(value), false);
  }

  static Attribute numbers(String name, Integer... values) {
    return new Attribute(name, List.of(values), true);
  }

  /** The model as a file would hold it. */
  byte[] model(List<Tensor> inputs) {
    return message(
        model -> {
          model.writeInt64(1, IR_VERSION);
          model.writeByteArray(
              8,
              message(
                  version -> {
                    version.writeString(1, "");
                    version.writeInt64(2, opset);
                  }));
          model.writeByteArray(7, graph(inputs));
        });
  }

  private byte[] graph(List<Tensor> inputs) {
    return message(
        graph -> {
          for (Node node : nodes) {
            graph.writeByteArray(1, message(out -> write(node, out)));
          }
          graph.writeString(2, "step");
          for (int i = 0; i < inputs.size(); i++) {
            graph.writeByteArray(11, value(Row.letter(i), inputs.get(i)));
          }
          String result = nodes.getLast().output();
          graph.writeByteArray(12, message(out -> out.writeString(1, result)));
        });
  }

  private static void write(Node node, CodedOutputStream out) throws IOException {
    for (String input : node.inputs()) {
      out.writeString(1, input);
    }
    out.writeString(2, node.output());
    out.writeString(4, node.op());
    for (Attribute attribute : node.attributes()) {
      out.writeByteArray(
          5,
          message(
              to -> {
                to.writeString(1, attribute.name());
                for (int value : attribute.values()) {
                  to.writeInt64(attribute.list() ? 8 : 3, value);
                }
                to.writeInt32(20, attribute.list() ? 7 : 2);
              }));
    }
  }

  /** ValueInfoProto: a name, and a type with element type and sizes. */
  private static byte[] value(String name, Tensor tensor) {
    byte[] shape =
        message(
            sizes -> {
              for (int size : tensor.shape().toArray()) {
                sizes.writeByteArray(1, message(out -> out.writeInt64(1, size)));
              }
            });
    byte[] tensorType =
        message(
            out -> {
              out.writeInt32(1, tensor.dtype() == DType.INT64 ? INT64 : FLOAT);
              out.writeByteArray(2, shape);
            });
    byte[] type = message(out -> out.writeByteArray(1, tensorType));
    return message(
        out -> {
          out.writeString(1, name);
          out.writeByteArray(2, type);
        });
  }

  private interface Content {
    void writeTo(CodedOutputStream out) throws IOException;
  }

  private static byte[] message(Content content) {
    try {
      var bytes = new ByteArrayOutputStream();
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      content.writeTo(out);
      out.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
