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
              SafetensorsIndex::load),
          new Kind("NumPy .npy", start -> startsWith(start, NpyHeader.MAGIC), BuiltInFormats::npy),
          new Kind("NumPy .npz", BuiltInFormats::npz, Npz::load),
          new Kind("PyTorch .pt/.pth", BuiltInFormats::torch, TorchFile::loadStateDict));

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

  /** One array has no name; it gets the one np.savez gives it. */
  private static Map<String, Tensor> npy(Path path, LoadProgress progress) {
    return Map.of("arr_0", Npy.load(path, progress));
  }

  /** A zip archive whose first entry is an array, or that is empty. */
  private static boolean npz(byte[] start) {
    return startsWith(start, "PK\5\6") || firstEntry(start).endsWith(Npz.SUFFIX);
  }

  /** A zip archive that begins with the pickle, or a bare pickle, which gets its own error. */
  private static boolean torch(byte[] start) {
    boolean pickle = start.length > 2 && start[0] == (byte) 0x80 && start[1] >= 2 && start[1] <= 5;
    return pickle
        || firstEntry(start).matches("[^/]+/(data\\.pkl|version|byteorder|\\.format_version)");
  }

  private static String firstEntry(byte[] start) {
    if (!startsWith(start, "PK\3\4") || start.length < 30) {
      return "";
    }
    int length = start[26] & 0xff | (start[27] & 0xff) << 8;
    // A name that goes on beyond what is shown is none of PyTorch's.
    return start.length < 30 + length
        ? Npz.SUFFIX
        : new String(start, 30, length, StandardCharsets.UTF_8);
  }

  /** An object in JSON; only reading all of it tells more. */
  private static boolean index(byte[] start) {
    String text = new String(start, StandardCharsets.UTF_8).stripLeading();
    return text.startsWith("{") && text.substring(1).stripLeading().startsWith("\"");
  }
}
