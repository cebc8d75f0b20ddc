package gradus.text.training;

import gradus.tensor.Tensor;
import gradus.tensor.io.FormatException;
import gradus.tensor.io.SafetensorsFile;
import gradus.tensor.io.StoredDType;
import java.util.Map;

/**
 * A vocabulary as tensors: {@code words}, the bytes of all words one after the other, {@code ends},
 * where each of them ends, and {@code counts}.
 */
public final class VocabularyTensors {

  /** How they are stored. */
  public static final Map<String, StoredDType> TYPES = Map.of("words", StoredDType.U8);

  private VocabularyTensors() {}

  /** Adds the tensors of a vocabulary to those of a model. */
  public static void put(WordTable vocabulary, Map<String, Tensor> tensors) {
    long[] ends = new long[vocabulary.size()];
    long end = 0;
    for (int word = 0; word < ends.length; word++) {
      end += vocabulary.bytes(word).length;
      ends[word] = end;
    }
    int[] bytes = new int[Math.toIntExact(end)];
    int at = 0;
    for (int word = 0; word < ends.length; word++) {
      for (byte b : vocabulary.bytes(word)) {
        bytes[at++] = b & 0xFF;
      }
    }
    tensors.put("words", Tensor.fromArray(bytes, bytes.length));
    tensors.put("ends", Tensor.fromArray(ends, ends.length));
    tensors.put("counts", Tensor.fromArray(vocabulary.counts(), ends.length));
  }

  /** The vocabulary of a file. */
  public static WordTable read(SafetensorsFile file) {
    int[] bytes = tensor(file, "words").toIntArray();
    long[] ends = tensor(file, "ends").toLongArray();
    long[] counts = tensor(file, "counts").toLongArray();
    if (ends.length == 0 || ends.length != counts.length || ends[ends.length - 1] != bytes.length) {
      throw new FormatException(
          file.path(),
          "ends",
          "%d ends, %d counts and %d bytes of words do not fit together."
              .formatted(ends.length, counts.length, bytes.length));
    }
    byte[] text = new byte[bytes.length];
    for (int i = 0; i < text.length; i++) {
      text[i] = (byte) bytes[i];
    }
    var vocabulary = new WordTable();
    int from = 0;
    for (int word = 0; word < ends.length; word++) {
      boolean fits = ends[word] >= from && ends[word] <= text.length && counts[word] >= 0;
      int to = fits ? (int) ends[word] : from;
      int hash = WordTable.hash(text, from, to);
      if (!fits || vocabulary.find(text, from, to, hash) >= 0) {
        throw new FormatException(
            file.path(),
            "word " + word,
            "it ends at byte %d, occurs %d times, or stands there twice."
                .formatted(ends[word], counts[word]));
      }
      vocabulary.add(text, from, to, hash, counts[word], word);
      from = to;
    }
    return vocabulary;
  }

  /** A tensor that a model must have. */
  public static Tensor tensor(SafetensorsFile file, String name) {
    if (!file.names().contains(name)) {
      throw new FormatException(
          file.path(),
          "its header",
          "there is no tensor %s. Is the model cut short?".formatted(name));
    }
    return file.tensor(name);
  }
}
