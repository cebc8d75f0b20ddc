package gradus.text.encoder;

import gradus.nn.F;
import gradus.nn.Layer;
import gradus.nn.bert.BertModel;
import gradus.nn.bert.BertOutput;
import gradus.tensor.GradMode;
import gradus.tensor.Memory;
import gradus.tensor.Tensor;
import gradus.text.tokenizer.Encoding;
import gradus.text.tokenizer.Tokenizer;
import gradus.text.tokenizer.Truncation;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A transformer that makes vectors of texts: texts of similar meaning lie close.
 *
 * <pre>{@code
 * SentenceEncoder encoder = SentenceEncoder.load(PretrainedModel.ALL_MINILM_L6_V2);
 * Tensor vectors = encoder.encode(List.of("A cat sits here.", "There is a kitten."));  // [2, 384]
 * vectors.select(0, 0).dot(vectors.select(0, 1));                                      // the cosine
 * encoder.inspect("the bank of the river").word("bank", 6);                             // [384]
 * }</pre>
 *
 * <p>A text is cut into tokens, {@link BertModel} gives each of them a vector in its context, and
 * the {@link Pooling} makes one vector of them, of length one. It is a layer: its parameters can be
 * trained further. sentence-transformers: {@code SentenceTransformer}; Reimers and Gurevych 2019.
 */
public final class SentenceEncoder extends Layer {

  /** Tokens in a batch of {@link #encode}, padding included. */
  private static final int BATCH_TOKENS = 4096;

  /** The transformer. */
  public final BertModel model;

  private final transient Tokenizer tokenizer;
  private final Pooling pooling;
  private final boolean normalize;

  /**
   * An encoder of parts.
   *
   * @param tokenizer of the model's vocabulary; texts are cut to the length the model allows, or
   *     the shorter one that the tokenizer says, and padding is left to this class
   * @param model the transformer
   * @param pooling how the vectors of tokens become one
   * @param normalize whether vectors are brought to length one
   */
  public SentenceEncoder(Tokenizer tokenizer, BertModel model, Pooling pooling, boolean normalize) {
    int longest = model.config().maxPositionEmbeddings();
    Truncation given = tokenizer.truncation().orElse(Truncation.of(longest));
    int most = Math.min(given.maxLength(), longest);
    var cut = new Truncation(most, given.strategy(), given.stride(), given.direction());
    this.tokenizer = tokenizer.withoutPadding().withTruncation(cut);
    this.model = model;
    this.pooling = pooling;
    this.normalize = normalize;
    training(model.training());
  }

  /** The encoder of a well-known model, from its artifact, in evaluation mode. */
  public static SentenceEncoder load(PretrainedModel known) {
    return load(known, known.locate());
  }

  /**
   * The encoder of a well-known model, from its artifact at a place of its own. Texts are cut to
   * {@link PretrainedModel#maxLength}, as sentence-transformers cuts them.
   */
  public static SentenceEncoder load(PretrainedModel known, Path artifact) {
    return load(artifact, known.numAttentionHeads(), known.pooling())
        .withMaxLength(known.maxLength());
  }

  /**
   * The encoder in a folder or jar that holds nothing but weights and tokenizer: {@code
   * model.safetensors} or {@code model.onnx}, and {@code tokenizer.json} or {@code vocab.txt} (or
   * names that end so). Its vectors have length one.
   *
   * @param path the folder or jar
   * @param numAttentionHeads the number of heads, which no tensor shows
   * @param pooling how the vectors of tokens become one
   */
  public static SentenceEncoder load(Path path, int numAttentionHeads, Pooling pooling) {
    return SentenceEncoderFiles.load(path, numAttentionHeads, pooling);
  }

  /**
   * The encoder in a folder or jar, in evaluation mode: {@code model.safetensors} or {@code
   * model.onnx} (or names that end so), {@code tokenizer.json} or {@code vocab.txt}, and {@code
   * config.json}.
   *
   * <p>What sentence-transformers writes beside them is followed where it is there: the pooling in
   * {@code 1_Pooling/config.json} (else the mean), the length texts are cut to in {@code
   * sentence_bert_config.json} (else in {@code tokenizer_config.json}, else what the model has
   * positions for), and whether vectors are normalised in {@code modules.json} (else they are).
   *
   * @throws gradus.tensor.io.FormatException if a file is damaged, or asks for what is not there
   * @throws IllegalArgumentException if a file is missing, or the tensors are not those of a BERT
   * @throws java.io.UncheckedIOException if it cannot be read
   */
  public static SentenceEncoder load(Path path) {
    return SentenceEncoderFiles.load(path);
  }

  /**
   * Writes the encoder into a folder of the layout that sentence-transformers has, for {@link
   * #load(Path)}: {@code model.safetensors}, {@code tokenizer.json}, {@code config.json}, {@code
   * 1_Pooling/config.json}, {@code modules.json} and two more. What is loaded is the same bit for
   * bit.
   *
   * <p>A new folder appears as a whole; in one that is there, each file is replaced whole and
   * others stay. sentence-transformers: {@code save_pretrained}.
   *
   * @param folder the folder, made if it is not there
   * @throws IllegalArgumentException if the parameters are not FLOAT32
   * @throws java.io.UncheckedIOException if it cannot be written
   */
  public void save(Path folder) {
    SentenceEncoderFolder.write(this, folder);
  }

  /** What cuts texts into tokens. */
  public Tokenizer tokenizer() {
    return tokenizer;
  }

  /** The same encoder, which cuts texts after {@code maxLength} tokens. */
  public SentenceEncoder withMaxLength(int maxLength) {
    Truncation own = tokenizer.truncation().orElseThrow();
    var cut = new Truncation(maxLength, own.strategy(), own.stride(), own.direction());
    return new SentenceEncoder(tokenizer.withTruncation(cut), model, pooling, normalize);
  }

  /** How many tokens of a text are looked at, special ones included. */
  public int maxLength() {
    return tokenizer.truncation().orElseThrow().maxLength();
  }

  /** How the vectors of tokens become one. */
  public Pooling pooling() {
    return pooling;
  }

  /** Whether vectors are brought to length one. */
  public boolean normalizes() {
    return normalize;
  }

  /** The length of a vector. */
  public int dimension() {
    return model.config().hiddenSize();
  }

  /** The vector of a text: [dim]. */
  public Tensor encode(String text) {
    return encode(Collections.singletonList(text)).select(0, 0);
  }

  /** The vectors of texts, one a row: [texts, dim]; no gradients are recorded, nothing drops. */
  public Tensor encode(List<String> texts) {
    return encode(texts, _ -> {});
  }

  /**
   * The vectors of texts, one a row; no gradients are recorded.
   *
   * <p>Texts of similar length go through the model together, so that little is padded. What goes
   * together does not change a vector. In training mode too nothing is dropped, and the mode stays
   * as it is: other threads may train the encoder, or encode, meanwhile.
   *
   * @param progress hears after each batch how many texts are done
   * @return [texts, dim]
   */
  public Tensor encode(List<String> texts, IntConsumer progress) {
    List<Encoding> encodings = tokenizer.encodeBatch(texts);
    int[] order =
        IntStream.range(0, texts.size())
            .boxed()
            .sorted(Comparator.comparingInt(i -> encodings.get(i).size()))
            .mapToInt(i -> i)
            .toArray();
    float[] vectors = new float[Math.multiplyExact(texts.size(), dimension())];
    for (int from = 0, to; from < order.length; from = to) {
      to = endOfBatch(encodings, order, from);
      int[] rows = Arrays.copyOfRange(order, from, to);
      try (var _ = GradMode.noGrad();
          var _ = Memory.scope()) {
        Encoding[] together = Arrays.stream(rows).mapToObj(encodings::get).toArray(Encoding[]::new);
        float[] batch = evaluating(() -> forward(together)).toFloatArray();
        for (int i = 0; i < rows.length; i++) {
          System.arraycopy(batch, i * dimension(), vectors, rows[i] * dimension(), dimension());
        }
      }
      progress.accept(to);
    }
    return Tensor.fromArray(vectors, texts.size(), dimension());
  }

  /** As many texts as fit, all padded to the last one's length. */
  private static int endOfBatch(List<Encoding> encodings, int[] order, int from) {
    int to = from + 1;
    while (to < order.length && (to + 1 - from) * encodings.get(order[to]).size() <= BATCH_TOKENS) {
      to++;
    }
    return to;
  }

  /**
   * The vectors of one batch of texts, with gradients recorded where they are on: for training.
   *
   * @return [texts, dim]
   */
  public Tensor forward(List<String> texts) {
    if (texts.isEmpty()) {
      return Tensor.zeros(0, dimension());
    }
    return forward(tokenizer.encodeBatch(texts).toArray(Encoding[]::new));
  }

  private Tensor forward(Encoding[] encodings) {
    var batch = new TokenBatch(encodings);
    BertOutput output = model.forward(batch.ids(), batch.mask(), batch.types(), false, false);
    Tensor pooled = pooling.pool(output.lastHiddenState(), batch.tokens());
    return normalize ? F.normalize(pooled) : pooled;
  }

  @Override
  public SentenceEncoder copy() {
    return new SentenceEncoder(tokenizer, model.copy(), pooling, normalize);
  }

  /** A text's tokens and their vectors after every layer, without attention weights. */
  public TokenVectors inspect(String text) {
    return inspect(text, false);
  }

  /**
   * A text's tokens, their vectors after every layer, and where each head looked on request; no
   * gradients are recorded, nothing drops.
   *
   * @param outputAttentions whether the attention weights are wanted
   */
  public TokenVectors inspect(String text, boolean outputAttentions) {
    Encoding encoding = tokenizer.encode(text);
    var batch = new TokenBatch(encoding);
    try (var _ = GradMode.noGrad()) {
      BertOutput output =
          evaluating(() -> model.forward(batch.ids(), null, batch.types(), true, outputAttentions));
      return new TokenVectors(
          text,
          encoding,
          output.hiddenStates().stream().map(vectors -> vectors.squeeze(0)).toList(),
          output.attentions().stream().map(weights -> weights.squeeze(0)).toList());
    }
  }

  private record TokenBatch(Encoding... encodings) {

    Tensor ids() {
      return whole(i -> encodings[i].ids());
    }

    Tensor types() {
      return whole(i -> encodings[i].typeIds());
    }

    private int length() {
      return Arrays.stream(encodings).mapToInt(Encoding::size).max().orElse(0);
    }

    private Tensor whole(IntFunction<int[]> row) {
      int length = length();
      long[] values = new long[encodings.length * length];
      for (int i = 0; i < encodings.length; i++) {
        int[] given = row.apply(i);
        for (int j = 0; j < given.length; j++) {
          values[i * length + j] = given[j];
        }
      }
      return Tensor.of(values).reshape(encodings.length, length);
    }

    /** 1 for tokens, 0 for padding, FLOAT32. */
    Tensor tokens() {
      int length = length();
      float[] values = new float[encodings.length * length];
      for (int i = 0; i < encodings.length; i++) {
        Arrays.fill(values, i * length, i * length + encodings[i].size(), 1);
      }
      return Tensor.fromArray(values, encodings.length, length);
    }

    /** The same for the model; null where nothing is padded. */
    Tensor mask() {
      int length = length();
      boolean padded = Arrays.stream(encodings).anyMatch(e -> e.size() < length);
      return padded ? tokens() : null;
    }
  }
}
