package gradus.conformance;

import gradus.tensor.DType;
import gradus.tensor.Index;
import gradus.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.jr.ob.JSON;

/** One file of recorded samples with its tensors, decoded as their README describes. */
final class Golden {
  private final ByteBuffer bytes;
  private final Map<String, Object> header;
  private final int dataStart;
  final List<Map<String, Object>> samples = new ArrayList<>();

  Golden(Path jsonl) {
    try {
      for (String line : Files.readAllLines(jsonl)) {
        samples.add(JSON.std.mapFrom(line));
      }
      Path tensors =
          jsonl.resolveSibling(jsonl.getFileName().toString().replace(".jsonl", ".safetensors"));
      if (Files.exists(tensors)) {
        bytes = ByteBuffer.wrap(Files.readAllBytes(tensors)).order(ByteOrder.LITTLE_ENDIAN);
        int length = Math.toIntExact(bytes.getLong(0));
        header = JSON.std.mapFrom(new String(bytes.array(), 8, length, StandardCharsets.UTF_8));
        dataStart = 8 + length;
      } else {
        bytes = null;
        header = Map.of();
        dataStart = 0;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static DType dtype(String name) {
    return switch (name) {
      case "F32" -> DType.FLOAT32;
      case "F64" -> DType.FLOAT64;
      case "I64" -> DType.INT64;
      case "I32" -> DType.INT32;
      case "BOOL" -> DType.BOOL;
      default -> throw new Unsupported("dtype " + name);
    };
  }

  /** The stored tensor of a key, fresh. */
  Tensor tensor(String key) {
    Map<?, ?> entry = (Map<?, ?>) header.get(key);
    int[] shape = ints((List<?>) entry.get("shape"));
    int at = dataStart + ((Number) ((List<?>) entry.get("data_offsets")).get(0)).intValue();
    DType dtype = dtype((String) entry.get("dtype"));
    Tensor out = Tensor.zeros(dtype, shape);
    int n = out.numel();
    return switch (dtype) {
      case FLOAT32 -> {
        float[] v = new float[n];
        bytes.slice(at, 4 * n).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(v);
        yield Tensor.fromArray(v, shape);
      }
      case FLOAT64 -> {
        double[] v = new double[n];
        bytes.slice(at, 8 * n).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(v);
        yield Tensor.fromArray(v, shape);
      }
      case INT64 -> {
        long[] v = new long[n];
        bytes.slice(at, 8 * n).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(v);
        yield Tensor.fromArray(v, shape);
      }
      case INT32 -> {
        int[] v = new int[n];
        bytes.slice(at, 4 * n).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(v);
        yield Tensor.fromArray(v, shape);
      }
      case BOOL -> {
        boolean[] v = new boolean[n];
        for (int i = 0; i < n; i++) {
          v[i] = bytes.get(at + i) != 0;
        }
        yield Tensor.fromArray(v, shape);
      }
    };
  }

  static int[] ints(List<?> list) {
    return list.stream().mapToInt(v -> ((Number) v).intValue()).toArray();
  }

  /** Decodes the values of one sample; the same tensor id is the same tensor. */
  final class Reader {
    final Map<Integer, Tensor> byId = new HashMap<>();

    /** The tensors that want gradients, by their number. */
    final Map<Integer, Tensor> wanted = new LinkedHashMap<>();

    Object value(Object json) {
      return switch (json) {
        case Integer i -> (long) i;
        case Long l -> l;
        case null -> null;
        case Boolean b -> b;
        case String s -> s;
        case List<?> list -> {
          var out = new ArrayList<Object>();
          list.forEach(v -> out.add(value(v)));
          yield out;
        }
        case Map<?, ?> map -> object(map);
        default -> throw new Unsupported("value " + json);
      };
    }

    private Object object(Map<?, ?> map) {
      String kind = (String) map.keySet().iterator().next();
      Object body = map.get(kind);
      return switch (kind) {
        case "$float" -> Double.parseDouble((String) body);
        case "$tensor" -> input((Map<?, ?>) body);
        case "$tuple" -> new Tuple((List<?>) value(body));
        case "$dtype" -> dtype((String) body);
        case "$slice" -> slice((List<?>) body);
        case "$ellipsis" -> Index.ELLIPSIS;
        case "$device", "$memory_format", "$layout" -> new Ignored(kind);
        case "$func" -> new Named(((String) body).replace("torch.", ""));
        default -> throw new Unsupported("value " + kind);
      };
    }

    private Object slice(List<?> parts) {
      Integer start = (Integer) parts.get(0);
      Integer stop = (Integer) parts.get(1);
      Integer step = (Integer) parts.get(2);
      return Index.slice(start, stop, step == null ? 1 : step);
    }

    private Tensor input(Map<?, ?> t) {
      int id = ((Number) t.get("id")).intValue();
      if (byId.containsKey(id)) {
        return byId.get(id);
      }
      dtype((String) t.get("dtype"));
      int[] shape = ints((List<?>) t.get("shape"));
      Tensor out;
      if (t.containsKey("data")) {
        out = tensor((String) t.get("data"));
      } else {
        Tensor storage = tensor((String) t.get("storage"));
        out =
            storage
                .asStrided(
                    shape, ints((List<?>) t.get("stride")), ((Number) t.get("offset")).intValue())
                .detach();
      }
      byId.put(id, out);
      if (t.containsKey("rg")) {
        out.requiresGrad(true);
        wanted.put(((Number) t.get("rg")).intValue(), out);
      }
      return out;
    }
  }

  /** A Python tuple, which as an index means something else than a list. */
  record Tuple(List<?> items) {}

  /** A function given by its name. */
  record Named(String function) {}

  /** An argument without meaning here, such as a device. */
  record Ignored(String kind) {}
}
