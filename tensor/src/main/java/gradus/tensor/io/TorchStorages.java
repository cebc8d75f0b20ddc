package gradus.tensor.io;

import gradus.tensor.DType;
import gradus.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The numbers of a checkpoint: one entry of the archive for each block of memory. */
final class TorchStorages {
  /**
   * A block of memory as the pickle names it.
   *
   * @param key the name of its entry
   * @param type the type of its elements; null if it is untyped
   * @param numel how many elements; bytes if it is untyped
   */
  record Reference(String key, StoredDType type, long numel) {}

  private record Block(String key, StoredDType type) {}

  private final FileBytes file;
  private final ZipBytes zip;
  private final String folder;
  private final LoadProgress progress;
  private final ByteOrder order;
  private final Map<Block, Tensor> loaded = new HashMap<>();
  private long done;

  TorchStorages(FileBytes file, ZipBytes zip, String folder, LoadProgress progress) {
    this.file = file;
    this.zip = zip;
    this.folder = folder;
    this.progress = progress;
    ZipBytes.Entry entry = zip.entries().get(folder + "byteorder");
    this.order = entry == null ? ByteOrder.LITTLE_ENDIAN : order(entry);
  }

  private ByteOrder order(ZipBytes.Entry entry) {
    String order =
        new String(TorchFile.small(file, zip, entry, 16), StandardCharsets.US_ASCII).strip();
    return switch (order) {
      case "little" -> ByteOrder.LITTLE_ENDIAN;
      case "big" -> ByteOrder.BIG_ENDIAN;
      default -> throw error(entry.name(), "the byte order is neither little nor big.");
    };
  }

  private FormatException error(String entry, String problem) {
    return new FormatException(file.path(), ZipBytes.Entry.place(entry), problem);
  }

  /** A look at a block: {@code torch._utils._rebuild_tensor_v2} without what gradients need. */
  Tensor tensor(
      Reference storage, StoredDType type, long offset, List<Long> sizes, List<Long> strides) {
    String entry = folder + "data/" + storage.key;
    long[] shape = sizes.stream().mapToLong(Long::longValue).toArray();
    int numel = Elements.count(file.path(), ZipBytes.Entry.place(entry), shape);
    Tensor block = block(entry, storage, type);
    if (strides.size() != shape.length || offset < 0) {
      throw error(
          entry,
          "a tensor has %d sizes and %d strides, offset %d."
              .formatted(shape.length, strides.size(), offset));
    }
    long last = offset;
    for (int d = 0; d < shape.length && numel > 0; d++) {
      long stride = strides.get(d);
      if (stride < 0 || stride > Integer.MAX_VALUE) {
        throw error(entry, "a tensor has the stride " + stride + ".");
      }
      last = Math.addExact(last, stride * (shape[d] - 1));
    }
    if (numel > 0 && last >= block.numel()) {
      throw error(
          entry,
          "a tensor %s with strides %s from %d on ends beyond the %d elements there are."
              .formatted(Arrays.toString(shape), strides, offset, block.numel()));
    }
    return look(block, numel, (int) offset, shape, strides);
  }

  private static Tensor look(
      Tensor block, int numel, int offset, long[] shape, List<Long> strides) {
    int[] sizes = Arrays.stream(shape).mapToInt(Math::toIntExact).toArray();
    if (numel == 0) {
      return Tensor.zeros(block.dtype(), sizes);
    }
    int[] steps = strides.stream().mapToInt(Math::toIntExact).toArray();
    return block.asStrided(sizes, steps, offset).detach();
  }

  /** All elements of a block in a row, read when they are first asked for. */
  private Tensor block(String name, Reference storage, StoredDType type) {
    var known = new Block(storage.key, type);
    Tensor there = loaded.get(known);
    if (there != null) {
      return there;
    }
    ZipBytes.Entry entry = zip.entries().get(name);
    if (entry == null) {
      throw error(name, "the checkpoint names this block of numbers, but it is not there.");
    }
    long width = storage.type == null ? 1 : type.bytes();
    if (storage.numel < 0
        || storage.numel > entry.size() / width
        || storage.numel * width % type.bytes() != 0) {
      throw error(
          name,
          "it has %d bytes, where the checkpoint says %d elements of %s."
              .formatted(entry.size(), storage.numel, type));
    }
    long bytes = storage.numel * width;
    Rest.leftOut(file.path(), entry.place(), entry.size() - bytes, "the numbers");
    Tensor block = read(entry, type, bytes);
    loaded.put(known, block);
    done += entry.packed();
    progress.at(file.path(), Math.min(done, file.size()), file.size());
    return block;
  }

  private Tensor read(ZipBytes.Entry entry, StoredDType type, long bytes) {
    String place = entry.place();
    long count = bytes / type.bytes();
    // No checksums here: PyTorch can be told to write none.
    try {
      if (!entry.deflated()) {
        return ElementSink.read(file.path(), place, zip.stored(entry), type, order, count);
      }
      try (CheckedInput in = zip.stream(entry)) {
        var sink = new ElementSink(file.path(), place, type, order);
        sink.add(in, bytes);
        return sink.finish(place, count);
      }
    } catch (IOException e) {
      throw FileErrors.reading(file.path(), e);
    }
  }

  /** The type of {@code torch.FloatStorage} and its like, or null. */
  static StoredDType ofClass(String name) {
    return switch (name) {
      case "FloatStorage" -> StoredDType.F32;
      case "DoubleStorage" -> StoredDType.F64;
      case "HalfStorage" -> StoredDType.F16;
      case "BFloat16Storage" -> StoredDType.BF16;
      case "LongStorage" -> StoredDType.I64;
      case "IntStorage" -> StoredDType.I32;
      case "ShortStorage" -> StoredDType.I16;
      case "CharStorage" -> StoredDType.I8;
      case "ByteStorage" -> StoredDType.U8;
      case "BoolStorage" -> StoredDType.BOOL;
      default -> null;
    };
  }

  /** The storage class of a type of ours. */
  static String className(DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> "FloatStorage";
      case FLOAT64 -> "DoubleStorage";
      case INT64 -> "LongStorage";
      case INT32 -> "IntStorage";
      case BOOL -> "BoolStorage";
    };
  }
}
