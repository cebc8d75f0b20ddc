package gradus.text.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import gradus.tensor.Tensor;
import gradus.tensor.io.LoadProgress;
import gradus.tensor.io.TensorFormat;
import gradus.text.io.ProtobufFields;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** ONNX models among the files of tensors; names and layout are PyTorch's. */
public final class OnnxFormat implements TensorFormat {
  private static final int LAST_FIELD = 25;
  private static final int GRAPH = 7;

  /** For the service loader. */
  public OnnxFormat() {}

  @Override
  public String name() {
    return "ONNX";
  }

  /** A message with the fields of a ModelProto, up to its graph or the end of what is shown. */
  @Override
  public boolean recognises(Path path, byte[] start) {
    if (start.length < 4) {
      return false;
    }
    var in = CodedInputStream.newInstance(start);
    try {
      boolean version = false;
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        int field = WireFormat.getTagFieldNumber(tag);
        int wire = WireFormat.getTagWireType(tag);
        if (field > LAST_FIELD || (wire != WireFormat.WIRETYPE_VARINT && wire != 2)) {
          return false;
        }
        if (tag == WireFormat.WIRETYPE_VARINT + (1 << 3)) {
          long number = in.readInt64();
          version = number > 0 && number < 1000;
        } else if (ProtobufFields.isBytes(tag, GRAPH)) {
          // A graph begins with a node (1), a name (2) or an initializer (5).
          in.readRawVarint32();
          int first = in.readTag() >>> 3;
          return version || first == 1 || first == 2 || first == 5;
        } else if (!in.skipField(tag)) {
          return false;
        }
      }
      return version;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public Map<String, Tensor> load(Path path, LoadProgress progress) {
    return OnnxInitializers.read(path, progress).stateDict();
  }
}
