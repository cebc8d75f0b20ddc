package gradus.tensor.io;

import gradus.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A model in several safetensors files, as Hugging Face shards it: {@code
 * model.safetensors.index.json} says in which of the files beside it each tensor lies.
 */
final class SafetensorsIndex {
  private SafetensorsIndex() {}

  /** All tensors of all files, in the order of the index. */
  static Map<String, Tensor> load(Path path, LoadProgress progress) {
    return Heap.reading(path, "its tensors", () -> tensors(path, progress));
  }

  private static Map<String, Tensor> tensors(Path path, LoadProgress progress) {
    Map<String, String> weightMap = FileBytes.reading(path, progress, (file, _) -> read(file));
    Map<String, SafetensorsFile> shards = new HashMap<>();
    try {
      var tensors = new LinkedHashMap<String, Tensor>();
      for (var weight : weightMap.entrySet()) {
        SafetensorsFile shard = shards.computeIfAbsent(weight.getValue(), name -> open(path, name));
        if (!shard.names().contains(weight.getKey())) {
          throw new FormatException(
              path,
              SafetensorsHeader.place(weight.getKey()),
              "the index says it is in " + Quoted.of(weight.getValue()) + ", but it is not.");
        }
        tensors.put(weight.getKey(), shard.tensor(weight.getKey()));
        progress.at(path, tensors.size(), weightMap.size());
      }
      return tensors;
    } finally {
      shards.values().forEach(SafetensorsFile::close);
    }
  }

  private static SafetensorsFile open(Path index, String name) {
    Path shard = index.resolveSibling(name);
    if (!Files.isRegularFile(shard)) {
      throw new FormatException(
          index,
          "file \"" + Quoted.of(name) + "\"",
          "it is not beside the index. All shards must be there.");
    }
    return Safetensors.open(shard);
  }

  /** In which file each tensor lies. */
  static Map<String, String> read(FileBytes file) {
    if (file.size() > SafetensorsHeader.LONGEST) {
      throw new FormatException(
          file.path(),
          "byte 0",
          "the index has %,d bytes; at most %,d are taken."
              .formatted(file.size(), SafetensorsHeader.LONGEST));
    }
    try (Arena arena = Arena.ofConfined()) {
      return read(file.path(), file.read(0, file.size(), arena));
    }
  }

  private static Map<String, String> read(Path file, MemorySegment text) {
    var json = new JsonReader(file, text, 0);
    Map<String, String> map = null;
    json.open('{');
    while (json.more('}')) {
      String name = json.name();
      if (!name.equals("weight_map")) {
        json.skip();
      } else if (map != null) {
        throw json.error("the index has \"weight_map\" twice.");
      } else {
        map = weightMap(json);
      }
    }
    json.end();
    if (map == null) {
      throw new FormatException(
          file, "byte 0", "this JSON has no \"weight_map\": it is no index of safetensors.");
    }
    return map;
  }

  private static Map<String, String> weightMap(JsonReader json) {
    var map = new LinkedHashMap<String, String>();
    var shards = new HashMap<String, String>();
    json.open('{');
    while (json.more('}')) {
      String tensor = json.name();
      String shard = json.string();
      // An index must not reach out of its folder.
      if (shard.isEmpty() || shard.startsWith(".") || !shard.matches("[^/\\\\:\\x00]+")) {
        throw json.error("\"" + Quoted.of(shard) + "\" is no name of a file beside the index.");
      }
      // A million names of the same few files: one of each is enough.
      String known = shards.putIfAbsent(shard, shard);
      if (map.put(tensor, known == null ? shard : known) != null) {
        throw json.error("the index has " + SafetensorsHeader.place(tensor) + " twice.");
      }
    }
    return map;
  }
}
