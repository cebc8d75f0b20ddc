package gradus.text.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import gradus.text.io.ProtobufFields;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One operation of an ONNX graph, as far as it says which weights it uses.
 *
 * @param name its path in the exported model, such as {@code /encoder/layer.0/output/dense/MatMul}
 * @param type what it does, such as {@code MatMul}
 * @param inputs the names of what goes in
 * @param outputs the names of what comes out
 */
record OnnxNode(String name, String type, List<String> inputs, List<String> outputs) {
  private static final int FIELD_INPUT = 1;
  private static final int FIELD_OUTPUT = 2;
  private static final int FIELD_NAME = 3;
  private static final int FIELD_TYPE = 4;

  /** Reads one NodeProto up to the stream's present limit. */
  static OnnxNode read(Path file, CodedInputStream in) throws IOException {
    String name = "";
    String type = "";
    List<String> inputs = new ArrayList<>();
    List<String> outputs = new ArrayList<>();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (ProtobufFields.isBytes(tag) ? WireFormat.getTagFieldNumber(tag) : 0) {
        case FIELD_INPUT -> inputs.add(in.readStringRequireUtf8());
        case FIELD_OUTPUT -> outputs.add(in.readStringRequireUtf8());
        case FIELD_NAME -> name = in.readStringRequireUtf8();
        case FIELD_TYPE -> type = in.readStringRequireUtf8();
        default -> ProtobufFields.skip(file, in, tag);
      }
    }
    return new OnnxNode(name, type, List.copyOf(inputs), List.copyOf(outputs));
  }
}
