package gradus.text.tokenizer;

import static gradus.text.io.JsonText.object;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import tools.jackson.core.JacksonException;
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
    var root = object("version", "1.0", "truncation", null, "padding", null);
    root.putAll(isJson ? JSON.std.mapFrom(bytes()) : VocabTxtJson.of(bytes()));
    root.put("truncation", truncation.map(TokenizerSource::json).orElse(null));
    root.put("padding", padding.map(TokenizerSource::json).orElse(null));
    try {
      return JSON.std
          .with(JSON.Feature.PRETTY_PRINT_OUTPUT, JSON.Feature.WRITE_NULL_PROPERTIES)
          .asBytes(root);
    } catch (JacksonException e) {
      throw new IllegalStateException(
          "tokenizer: it cannot be written: %s. Copy the file it was read from."
              .formatted(e.getOriginalMessage()),
          e);
    }
  }

  private byte[] bytes() {
    try (InputStream in = new InflaterInputStream(new ByteArrayInputStream(packed))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // nothing here leaves the memory
    }
  }

  private static Map<String, Object> json(Truncation truncation) {
    String strategy =
        switch (truncation.strategy()) {
          case LONGEST_FIRST -> "LongestFirst";
          case ONLY_FIRST -> "OnlyFirst";
          case ONLY_SECOND -> "OnlySecond";
        };
    return object(
        "direction", json(truncation.direction()),
        "max_length", truncation.maxLength(),
        "strategy", strategy,
        "stride", truncation.stride());
  }

  private static Map<String, Object> json(Padding padding) {
    int multiple = padding.padToMultipleOf();
    return object(
        "strategy", padding.length() == 0 ? "BatchLongest" : Map.of("Fixed", padding.length()),
        "direction", json(padding.direction()),
        "pad_to_multiple_of", multiple > 1 ? multiple : null,
        "pad_id", padding.padId(),
        "pad_type_id", padding.padTypeId(),
        "pad_token", padding.padToken());
  }

  private static String json(Direction direction) {
    return direction == Direction.LEFT ? "Left" : "Right";
  }
}
