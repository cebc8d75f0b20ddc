package gradus.tensor.io;

import gradus.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The kinds of files this module reads by itself. */
final class BuiltInFormats {
  static final List<TensorFormat> ALL =
      List.of(
          new Kind("safetensors", BuiltInFormats::safetensors, Safetensors::load),
          new Kind(
              "sharded safetensors (model.safetensors.index.json)",
              BuiltInFormats::index,
              SafetensorsIndex::load));

  private BuiltInFormats() {}

  private interface Loading {
    Map<String, Tensor> load(Path path, LoadProgress progress);
  }

  private record Kind(String name, Predicate<byte[]> signature, Loading loading)
      implements TensorFormat {
    @Override
    public boolean recognises(Path path, byte[] start) {
      return start.length > 0 && signature.test(start);
    }

    @Override
    public Map<String, Tensor> load(Path path, LoadProgress progress) {
      return loading.load(path, progress);
    }
  }

  static boolean startsWith(byte[] start, String latin1) {
    byte[] wanted = latin1.getBytes(StandardCharsets.ISO_8859_1);
    return start.length >= wanted.length
        && new String(start, 0, wanted.length, StandardCharsets.ISO_8859_1).equals(latin1);
  }

  /** A length that is possible, and the brace of the header. */
  private static boolean safetensors(byte[] start) {
    if (start.length < 10 || start[8] != '{') {
      return false;
    }
    long length = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong();
    return length > 1 && length <= SafetensorsHeader.LONGEST;
  }

  private static boolean index(byte[] start) {
    return new String(start, StandardCharsets.UTF_8).stripLeading().startsWith("{");
  }
}
