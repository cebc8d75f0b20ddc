package gradus.tensor.io;

import gradus.tensor.Tensor;
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
    Map<String, String> weightMap;
    try (FileBytes file = FileBytes.open(path)) {
      weightMap = read(file);
    }
    Map<String, SafetensorsFile> shards = new HashMap<>();
    try {
      var tensors = new LinkedHashMap<String, Tensor>();
      for (var weight : weightMap.entrySet()) {
        SafetensorsFile shard = shards.computeIfAbsent(weight.getValue(), name -> open(path, name));
        if (!shard.names().contains(weight.getKey())) {
          throw new FormatException(
              path,
              "tensor \"" + weight.getKey() + "\"",
              "the index says it is in " + weight.getValue() + ", but it is not.");
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
          index, "file \"" + name + "\"", "it is not beside the index. All shards must be there.");
    }
    return Safetensors.open(shard);
  }

  /** In which file each tensor lies. */
  static Map<String, String> read(FileBytes file) {
    var json = new JsonReader(file.path(), file.bytes(), 0);
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
          file.path(), "byte 0", "this JSON has no \"weight_map\": it is no index of safetensors.");
    }
    return map;
  }

  private static Map<String, String> weightMap(JsonReader json) {
    var map = new LinkedHashMap<String, String>();
    json.open('{');
    while (json.more('}')) {
      String tensor = json.name();
      String shard = json.string();
      // An index must not reach out of its folder.
      if (shard.isEmpty() || shard.startsWith(".") || !shard.matches("[^/\\\\:\\x00]+")) {
        throw json.error("\"" + shard + "\" is no name of a file beside the index.");
      }
      if (map.put(tensor, shard) != null) {
        throw json.error("the index has tensor \"" + tensor + "\" twice.");
      }
    }
    return map;
  }
}
