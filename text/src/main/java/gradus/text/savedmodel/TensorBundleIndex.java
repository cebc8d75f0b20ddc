package gradus.text.savedmodel;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import gradus.tensor.io.Elements;
import gradus.tensor.io.FormatException;
import gradus.tensor.io.Quoted;
import gradus.tensor.io.StoredDType;
import gradus.text.io.ProtobufFields;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Where TensorFlow keeps each variable: the content of {@code variables.index}.
 *
 * <p>Source: {@code tensor_bundle.proto} of TensorFlow.
 *
 * @param shards in how many data files the variables are
 * @param order the order of the bytes of a number
 * @param entries the variables by name, sorted
 */
record TensorBundleIndex(int shards, ByteOrder order, Map<String, Entry> entries) {
  private static final int MOST_SHARDS = 100_000;
  private static final int MOST_DIMS = 64;

  /** One variable: {@code size} bytes from {@code offset} on in the data file {@code shard}. */
  record Entry(StoredDType type, long[] shape, int shard, long offset, long size, int crc) {}

  /** How errors name a variable. */
  static String place(String name) {
    return "variable \"" + Quoted.of(name) + "\"";
  }

  static FormatException error(Path file, String name, String problem) {
    return new FormatException(file, place(name), problem);
  }

  /** Reads an index. Variables that are no numbers, such as strings, are left out. */
  static TensorBundleIndex read(Path file, byte[] bytes, boolean checksums) {
    var reader = new Reader(file);
    String[] last = {null};
    new LevelDbTable(file, bytes, checksums)
        .forEach(
            (name, value) -> {
              boolean twice = name.equals(last[0]) || reader.entries.containsKey(name);
              last[0] = name;
              if (twice) {
                throw error(file, name, "the index has it twice.");
              }
              reader.read(name, value);
            });
    if (reader.shards == 0) {
      throw new FormatException(file, "byte 0", "the index has no header.");
    }
    for (var entry : reader.entries.entrySet()) {
      if (entry.getValue().shard >= reader.shards) {
        throw error(
            file,
            entry.getKey(),
            "it is in data file %d of %d.".formatted(entry.getValue().shard, reader.shards));
      }
    }
    return new TensorBundleIndex(reader.shards, reader.order, reader.entries);
  }

  /** The variables by data file, in the order of their bytes. */
  SortedMap<Integer, List<Map.Entry<String, Entry>>> byShard() {
    var all = new ArrayList<>(entries.entrySet());
    all.sort(Comparator.comparingLong(entry -> entry.getValue().offset));
    return all.stream()
        .collect(
            Collectors.groupingBy(
                entry -> entry.getValue().shard, TreeMap::new, Collectors.toList()));
  }

  private static final class Reader {
    private final Path file;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private int shards;
    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;

    Reader(Path file) {
      this.file = file;
    }

    void read(String name, byte[] message) {
      try {
        var in = CodedInputStream.newInstance(message);
        if (name.isEmpty()) {
          readHeader(in);
        } else {
          readEntry(name, in);
        }
      } catch (IOException e) {
        throw new FormatException(file, place(name), "its entry in the index is damaged.", e);
      }
    }

    private void readHeader(CodedInputStream in) throws IOException {
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        switch (tag) {
          case 1 << 3 -> shards = in.readInt32();
          case 2 << 3 -> order = in.readInt32() == 0 ? order : ByteOrder.BIG_ENDIAN;
          default -> ProtobufFields.skip(file, in, tag);
        }
      }
      if (shards < 1 || shards > MOST_SHARDS) {
        throw error(file, "", "the index says there are " + shards + " data files.");
      }
    }

    private void readEntry(String name, CodedInputStream in) throws IOException {
      int type = 0;
      long[] shape = {};
      long[] numbers = new long[6];
      int crc = 0;
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        switch (tag) {
          case 1 << 3 -> type = in.readEnum();
          case 2 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED -> shape = shape(name, in);
          case 3 << 3, 4 << 3, 5 << 3 -> numbers[tag >> 3] = in.readInt64();
          case 6 << 3 | WireFormat.WIRETYPE_FIXED32 -> crc = in.readFixed32();
          case 7 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED ->
              throw error(file, name, "it is partitioned into slices, which is not read.");
          default -> ProtobufFields.skip(file, in, tag);
        }
      }
      Optional<StoredDType> stored = stored(type);
      if (stored.isPresent()) {
        var entry = entry(name, stored.get(), shape, numbers, crc);
        entries.put(name, entry);
      }
    }

    private Entry entry(String name, StoredDType type, long[] shape, long[] numbers, int crc) {
      long bytes = (long) Elements.count(file, place(name), shape) * type.bytes();
      long offset = numbers[4];
      if (numbers[5] != bytes || offset < 0 || offset > Long.MAX_VALUE - bytes || numbers[3] < 0) {
        throw error(
            file,
            name,
            "it takes %d bytes, but the index says %d from %d on."
                .formatted(bytes, numbers[5], offset));
      }
      return new Entry(type, shape, (int) Math.min(numbers[3], MOST_SHARDS), offset, bytes, crc);
    }

    private long[] shape(String name, CodedInputStream in) throws IOException {
      List<Long> sizes = new ArrayList<>();
      int limit = in.pushLimit(in.readRawVarint32());
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        if (tag != (2 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED)) {
          ProtobufFields.skip(file, in, tag);
          continue;
        }
        if (sizes.size() == MOST_DIMS) {
          throw error(file, name, "it has more than " + MOST_DIMS + " dimensions.");
        }
        sizes.add(size(in));
      }
      in.popLimit(limit);
      return sizes.stream().mapToLong(Long::longValue).toArray();
    }

    private long size(CodedInputStream in) throws IOException {
      long size = 0;
      int limit = in.pushLimit(in.readRawVarint32());
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        if (tag == 1 << 3) {
          size = in.readInt64();
        } else {
          ProtobufFields.skip(file, in, tag);
        }
      }
      in.popLimit(limit);
      return size;
    }

    /** TensorFlow's numbers of the types that are numbers ({@code types.proto}). */
    private static Optional<StoredDType> stored(int type) {
      return Optional.ofNullable(
          switch (type) {
            case 1 -> StoredDType.F32;
            case 2 -> StoredDType.F64;
            case 3 -> StoredDType.I32;
            case 4 -> StoredDType.U8;
            case 5 -> StoredDType.I16;
            case 6 -> StoredDType.I8;
            case 9 -> StoredDType.I64;
            case 10 -> StoredDType.BOOL;
            case 14 -> StoredDType.BF16;
            case 17 -> StoredDType.U16;
            case 19 -> StoredDType.F16;
            case 22 -> StoredDType.U32;
            case 23 -> StoredDType.U64;
            default -> null;
          });
    }
  }
}
