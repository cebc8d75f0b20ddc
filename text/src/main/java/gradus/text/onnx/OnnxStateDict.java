package gradus.text.onnx;

import gradus.tensor.Tensor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gives the weights of an ONNX model the names and the layout they had in PyTorch. */
final class OnnxStateDict {
  private OnnxStateDict() {}

  static Map<String, Tensor> of(OnnxInitializers model, List<OnnxNode> nodes) {
    Map<String, String> layers = layers(model, nodes);
    Map<String, Tensor> state = new LinkedHashMap<>();
    for (String stored : model.names()) {
      String name = weight(stored);
      if (isPart(model, stored)) {
        continue;
      }
      Tensor tensor = model.tensor(name);
      String layer = layers.get(name);
      boolean free = layer != null && !model.contains(layer) && !state.containsKey(layer);
      if (free && tensor.dim() == 2) {
        state.put(layer, tensor.transpose(0, 1).contiguous().detach());
      } else {
        state.put(name, tensor);
      }
    }
    return state;
  }

  private static String weight(String stored) {
    String suffix = OnnxInitializers.QUANTIZED;
    return stored.endsWith(suffix)
        ? stored.substring(0, stored.length() - suffix.length())
        : stored;
  }

  /** Whether it is only the scale or zero point of a quantised weight. */
  private static boolean isPart(OnnxInitializers model, String stored) {
    for (String suffix : List.of("_scale", "_zero_point")) {
      if (stored.endsWith(suffix)) {
        String name = stored.substring(0, stored.length() - suffix.length());
        return model.names().contains(name + OnnxInitializers.QUANTIZED);
      }
    }
    return false;
  }

  /**
   * For each matrix without a name of its own: {@code layer.weight}, after the only node that
   * multiplies by it from the right, {@code /encoder/layer.0/output/dense/MatMul}.
   */
  private static Map<String, String> layers(OnnxInitializers model, List<OnnxNode> nodes) {
    Map<String, String> layers = new HashMap<>();
    for (OnnxNode node : nodes) {
      boolean product = node.type().startsWith("MatMul") || node.type().endsWith("MatMul");
      if (!product || node.inputs().size() < 2 || !node.name().startsWith("/")) {
        continue;
      }
      String matrix = weight(node.inputs().get(1));
      int end = node.name().lastIndexOf('/');
      if (matrix.startsWith("onnx::") && model.contains(matrix) && end > 1) {
        layers.put(matrix, node.name().substring(1, end).replace('/', '.') + ".weight");
      }
    }
    return layers;
  }
}
