package gradus.text.tokenizer;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import tools.jackson.jr.ob.JSON;

/**
 * What a tokenizer was read from, kept packed so that it can be written again: the parts of a
 * tokenizer do not remember all that was said of them.
 *
 * @param packed the file's bytes, deflated
 * @param isJson whether it was a {@code tokenizer.json}, else it was a {@code vocab.txt}
 */
record TokenizerSource(byte[] packed, boolean isJson) {

  static TokenizerSource of(byte[] bytes, boolean isJson) {
    var fast = new Deflater(Deflater.BEST_SPEED);
    try {
      var out = new ByteArrayOutputStream(bytes.length / 2);
      try (var deflating = new DeflaterOutputStream(out, fast, 1 << 16)) {
        deflating.write(bytes);
      }
      return new TokenizerSource(out.toByteArray(), isJson);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // nothing here leaves the memory
    } finally {
      fast.end();
    }
  }

  /** The {@code tokenizer.json} with this truncation and padding, all else as it was read. */
  byte[] json(Optional<Truncation> truncation, Optional<Padding> padding) {
    var root = new LinkedHashMap<String, Object>();
    root.put("version", "1.0");
    root.put("truncation", null);
    root.put("padding", null);
    root.putAll(isJson ? parsed() : VocabTxtJson.of(bytes()));
    root.put("truncation", truncation.map(TokenizerSource::json).orElse(null));
    root.put("padding", padding.map(TokenizerSource::json).orElse(null));
    try {
      return JSON.std
          .with(JSON.Feature.PRETTY_PRINT_OUTPUT, JSON.Feature.WRITE_NULL_PROPERTIES)
          .asBytes(root);
    } catch (tools.jackson.core.JacksonException e) {
      throw new IllegalStateException(
          "tokenizer: it cannot be written: %s. Copy the file it was read from."
              .formatted(e.getOriginalMessage()),
          e);
    }
  }

  private Map<String, Object> parsed() {
    return JSON.std.mapFrom(bytes());
  }

  private byte[] bytes() {
    try (InputStream in = new InflaterInputStream(new ByteArrayInputStream(packed))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // nothing here leaves the memory
    }
  }

  private static Map<String, Object> json(Truncation truncation) {
    var json = new LinkedHashMap<String, Object>();
    json.put("direction", json(truncation.direction()));
    json.put("max_length", truncation.maxLength());
    json.put(
        "strategy",
        switch (truncation.strategy()) {
          case LONGEST_FIRST -> "LongestFirst";
          case ONLY_FIRST -> "OnlyFirst";
          case ONLY_SECOND -> "OnlySecond";
        });
    json.put("stride", truncation.stride());
    return json;
  }

  private static Map<String, Object> json(Padding padding) {
    var json = new LinkedHashMap<String, Object>();
    json.put(
        "strategy", padding.length() == 0 ? "BatchLongest" : Map.of("Fixed", padding.length()));
    json.put("direction", json(padding.direction()));
    json.put(
        "pad_to_multiple_of", padding.padToMultipleOf() > 1 ? padding.padToMultipleOf() : null);
    json.put("pad_id", padding.padId());
    json.put("pad_type_id", padding.padTypeId());
    json.put("pad_token", padding.padToken());
    return json;
  }

  private static String json(Direction direction) {
    return direction == Direction.LEFT ? "Left" : "Right";
  }
}
