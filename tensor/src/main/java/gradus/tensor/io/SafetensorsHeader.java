package gradus.tensor.io;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a safetensors file says of its tensors before their bytes come, checked as strictly as the
 * reference does: the tensors lie one behind the other, without a gap or an overlap, and end where
 * the file ends.
 *
 * @param entries the tensors in the order of the header
 * @param metadata the strings under {@code __metadata__}
 * @param data where in the file the tensors' bytes begin
 */
record SafetensorsHeader(Map<String, Entry> entries, Map<String, String> metadata, long data) {
  static final long LONGEST = 100_000_000;
  static final String METADATA = "__metadata__";

  /** One tensor: bytes {@code begin} to {@code end}, counted from where the data begins. */
  record Entry(StoredDType type, long[] shape, long begin, long end) {}

  /** Reads and checks the header of a file. */
  static SafetensorsHeader read(FileBytes file) {
    if (file.size() < 8) {
      throw new FormatException(
          file.path(), "byte 0", "a safetensors file begins with 8 bytes, here are fewer.");
    }
    ByteBuffer first = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    file.read(0, first);
    long length = first.getLong(0);
    if (length < 0 || length > LONGEST || length > file.size() - 8) {
      throw new FormatException(
          file.path(),
          "byte 0",
          "the header claims %s bytes, but the file has %d after it; at most %d are allowed."
              .formatted(Long.toUnsignedString(length), file.size() - 8, LONGEST));
    }
    // A long header is kept out of the heap, which needs room for what it says.
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = file.read(8, length, arena);
      if (length == 0 || text.get(JAVA_BYTE, 0) != '{') {
        throw new FormatException(file.path(), "byte 8", "the header must begin with {.");
      }
      var header = new Parser(file.path(), text).parse();
      header.check(file);
      return header;
    }
  }

  /** How errors name a tensor. */
  static String place(String tensor) {
    return "tensor \"" + Quoted.of(tensor) + "\"";
  }

  /** The tensors in the order of their bytes. */
  List<Map.Entry<String, Entry>> inOrder() {
    var inOrder = new ArrayList<>(entries.entrySet());
    inOrder.sort(
        Comparator.<Map.Entry<String, Entry>>comparingLong(e -> e.getValue().begin)
            .thenComparingLong(e -> e.getValue().end));
    return inOrder;
  }

  private void check(FileBytes file) {
    long end = 0;
    for (var named : inOrder()) {
      Entry entry = named.getValue();
      String place = place(named.getKey());
      if (entry.begin != end || entry.end < entry.begin) {
        throw new FormatException(
            file.path(),
            place,
            "it lies at bytes %d to %d, where %d must be the first. Tensors lie one behind the other, without gap or overlap."
                .formatted(entry.begin, entry.end, end));
      }
      end = entry.end;
      long bytes = (long) Elements.count(file.path(), place, entry.shape) * entry.type.bytes();
      if (entry.end - entry.begin != bytes) {
        throw new FormatException(
            file.path(),
            place,
            "%s of %s takes %d bytes, but its offsets span %d."
                .formatted(
                    Arrays.toString(entry.shape), entry.type, bytes, entry.end - entry.begin));
      }
    }
    if (end != file.size() - data) {
      throw new FormatException(
          file.path(),
          "byte " + (data + Math.min(end, file.size() - data)),
          "the tensors take %d bytes, but the file has %d for them. Is it cut short?"
              .formatted(end, file.size() - data));
    }
  }

  /** Makes sense of the JSON. */
  private static final class Parser {
    private final Path file;
    private final long length;
    private final JsonReader json;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private Map<String, String> metadata;

    Parser(Path file, MemorySegment text) {
      this.file = file;
      this.length = text.byteSize();
      this.json = new JsonReader(file, text, 8);
    }

    SafetensorsHeader parse() {
      json.open('{');
      while (json.more('}')) {
        String name = json.name();
        boolean notes = name.equals(METADATA);
        if (notes ? metadata != null : entries.containsKey(name)) {
          throw twice("the header", name);
        }
        if (notes) {
          metadata = strings();
        } else {
          entries.put(name, entry(name));
        }
      }
      json.end();
      return new SafetensorsHeader(
          Collections.unmodifiableMap(entries),
          metadata == null ? Map.of() : Collections.unmodifiableMap(metadata),
          8 + length);
    }

    private Map<String, String> strings() {
      var strings = new LinkedHashMap<String, String>();
      json.open('{');
      while (json.more('}')) {
        String key = json.name();
        if (strings.put(key, json.string()) != null) {
          throw twice("the metadata", key);
        }
      }
      return strings;
    }

    private FormatException twice(String what, String name) {
      return json.error("%s has \"%s\" twice.".formatted(what, Quoted.of(name)));
    }

    private Entry entry(String tensor) {
      StoredDType type = null;
      long[] shape = null;
      long[] offsets = null;
      Set<String> names = HashSet.newHashSet(3);
      json.open('{');
      while (json.more('}')) {
        String name = json.name();
        if (!names.add(name)) {
          throw twice(place(tensor), name);
        }
        switch (name) {
          case "dtype" -> type = type(tensor, json.string());
          case "shape" -> shape = sizes(64);
          case "data_offsets" -> offsets = sizes(2);
          default -> json.skip();
        }
      }
      if (type == null || shape == null || offsets == null || offsets.length != 2) {
        throw new FormatException(
            file, place(tensor), "the header must give its dtype, its shape and two data_offsets.");
      }
      return new Entry(type, shape, offsets[0], offsets[1]);
    }

    private StoredDType type(String tensor, String name) {
      return StoredDType.named(name)
          .orElseThrow(
              () ->
                  new FormatException(
                      file,
                      place(tensor),
                      "its dtype " + Quoted.of(name) + " is none of " + StoredDType.names() + "."));
    }

    private long[] sizes(int most) {
      List<Long> sizes = new ArrayList<>();
      json.open('[');
      while (json.more(']')) {
        if (sizes.size() == most) {
          throw json.error("more than " + most + " numbers in a row.");
        }
        sizes.add(json.size());
      }
      return sizes.stream().mapToLong(Long::longValue).toArray();
    }
  }
}
