package gradus.text.tokenizer;

import gradus.tensor.io.AtomicFile;
import gradus.tensor.io.FormatException;
import gradus.text.io.Given;
import gradus.text.io.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntUnaryOperator;

/**
 * Turns text into the numbers a model was trained with, and back.
 *
 * <p>It is what a {@code tokenizer.json} of Hugging Face describes (BERT's WordPiece, GPT-2's
 * byte-level BPE, SentencePiece's Unigram and the like), or a {@code vocab.txt} of BERT. It never
 * changes; the methods {@code with...} give another one. Threads may share it.
 *
 * {@snippet :
 * Tokenizer tokenizer = Tokenizer.load(Path.of("tokenizer.json"));
 * Encoding encoding = tokenizer.encode("Embeddings in detail");
 * encoding.tokens();   // [CLS], em, ##bed, ##ding, ##s, in, detail, [SEP]
 * encoding.ids();      // 101, 7861, 8270, ...
 * encoding.offsets();  // where in the text each token stands
 * }
 */
public final class Tokenizer {

  /** More tokens than any text has. */
  private static final int ALL = Integer.MAX_VALUE;

  private final Pipeline pipeline;
  private final Optional<Truncation> truncation;
  private final Optional<Padding> padding;
  private final TokenizerSource source;

  Tokenizer(
      Pipeline pipeline,
      Optional<Truncation> truncation,
      Optional<Padding> padding,
      TokenizerSource source) {
    this.pipeline = pipeline;
    this.truncation = truncation;
    this.padding = padding;
    this.source = source;
  }

  /**
   * The tokenizer in a file: a {@code tokenizer.json}, a {@code vocab.txt} (also {@code .gz}), a
   * jar or a folder that holds one of them (or names that end so).
   *
   * @param path the file or folder; what is in a file is told by its content
   * @throws FormatException if the file is damaged or asks for what is not there; the message says
   *     where
   * @throws java.io.UncheckedIOException if it cannot be opened or read
   */
  public static Tokenizer load(Path path) {
    return TokenizerFiles.load(path);
  }

  /**
   * The tokenizer in a stream: a {@code tokenizer.json} or a {@code vocab.txt}.
   *
   * @param in is read to its end and left open
   * @param name how errors name it
   * @throws FormatException if it is damaged
   * @throws IOException if it cannot be read
   */
  public static Tokenizer read(InputStream in, String name) throws IOException {
    return TokenizerFiles.read(in, name);
  }

  /**
   * Writes it as a {@code tokenizer.json}: what it was read from, with this truncation and padding.
   * Hugging Face: {@code Tokenizer.save}.
   *
   * @param path the file, replaced if it is there
   * @throws java.io.UncheckedIOException if it cannot be written
   */
  public void save(Path path) {
    byte[] json = source.json(truncation, padding);
    AtomicFile.write(path, channel -> Channels.newOutputStream(channel).write(json));
  }

  /** The encoding of a text, special tokens around it. */
  public Encoding encode(String text) {
    return encode(text, true);
  }

  /** The encoding of a text, with or without special tokens around it. */
  public Encoding encode(String text, boolean addSpecialTokens) {
    return padded(List.of(unpadded(given(text), addSpecialTokens))).getFirst();
  }

  /** The encoding of two texts as one sequence, special tokens around and between them. */
  public Encoding encode(String text, String pair) {
    return padded(List.of(unpadded(given(text, pair), true))).getFirst();
  }

  /** The encodings of texts, padded to one length if padding is on. */
  public List<Encoding> encodeBatch(List<String> texts) {
    return padded(texts.stream().map(text -> unpadded(given(text), true)).toList());
  }

  /**
   * The encodings of pairs of texts, padded to one length if padding is on.
   *
   * @param texts the first of each pair
   * @param pairs the second of each pair, as many
   */
  public List<Encoding> encodeBatch(List<String> texts, List<String> pairs) {
    if (texts.size() != pairs.size()) {
      throw new IllegalArgumentException(
          "encodeBatch: %d texts and %d second texts. There must be as many."
              .formatted(texts.size(), pairs.size()));
    }
    List<Encoding> encodings = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      encodings.add(unpadded(given(texts.get(i), pairs.get(i)), true));
    }
    return padded(encodings);
  }

  private static List<String> given(String... texts) {
    for (String text : texts) {
      Given.notNull("encode", "a text", text);
    }
    return List.of(texts);
  }

  private Encoding unpadded(List<String> texts, boolean addSpecialTokens) {
    PostProcessor processor = pipeline.postProcessor();
    if (truncation.isEmpty()) {
      return whole(processor.process(parts(texts, _ -> ALL), addSpecialTokens));
    }
    int added = addSpecialTokens ? processor.addedTokens(texts.size() > 1) : 0;
    var truncating = Truncating.of(truncation.get(), added);
    List<Encoding> begun = parts(texts, text -> truncating.enough(text, texts.size()));
    if (truncating.fits(begun)) {
      return whole(processor.process(begun, addSpecialTokens));
    }
    if (!truncating.decided(begun)) {
      begun = parts(texts, _ -> ALL);
    }
    Encoding first = whole(processor.process(truncating.first(begun), addSpecialTokens));
    // Nobody pays for the rest of a long text who does not ask for it.
    return first.overflowing(
        () ->
            whole(processor.process(truncating.all(parts(texts, _ -> ALL)), addSpecialTokens))
                .overflowing());
  }

  /** The tokens of each text, nothing around them; of a long one only as many as are enough. */
  private List<Encoding> parts(List<String> texts, IntUnaryOperator enough) {
    var originals = new OriginalTexts(texts);
    List<Encoding> parts = new ArrayList<>(2);
    for (int i = 0; i < texts.size(); i++) {
      String text = Texts.wellFormed(texts.get(i));
      parts.add(pipeline.encode(text, i, enough.applyAsInt(i)).texts(originals));
    }
    return parts;
  }

  private Encoding whole(List<Encoding> parts) {
    return Encodings.merge(parts, pipeline.tokens());
  }

  private List<Encoding> padded(List<Encoding> encodings) {
    if (padding.isEmpty()) {
      return encodings;
    }
    int longest = encodings.stream().mapToInt(Encoding::size).max().orElse(0);
    int length = padding.get().target(longest);
    return encodings.stream().map(e -> Encodings.pad(e, length, padding.get())).toList();
  }

  /** The text of tokens; special tokens are left out. */
  public String decode(int... ids) {
    return decode(ids, true);
  }

  /**
   * The text of tokens. What normalisation has changed stays changed.
   *
   * @param ids the tokens' numbers; those of no token are left out
   * @param skipSpecialTokens whether special tokens are left out
   */
  public String decode(int[] ids, boolean skipSpecialTokens) {
    List<String> tokens = new ArrayList<>();
    for (int id : ids) {
      String token = pipeline.tokens().token(id);
      if (token != null && !(skipSpecialTokens && pipeline.tokens().isSpecial(token))) {
        tokens.add(token);
      }
    }
    Decoder decoder = pipeline.decoder();
    return decoder == null ? String.join(" ", tokens) : String.join("", decoder.decode(tokens));
  }

  /** The number of a token. */
  public OptionalInt tokenToId(String token) {
    int id = pipeline.tokens().id(token);
    return id < 0 ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /** The token of a number. */
  public Optional<String> idToToken(int id) {
    return Optional.ofNullable(pipeline.tokens().token(id));
  }

  /** How many tokens there are, added ones included. */
  public int vocabSize() {
    return pipeline.tokens().size();
  }

  /** All tokens and their numbers. */
  public Map<String, Integer> vocab() {
    return Map.copyOf(pipeline.tokens().ids());
  }

  /** All tokens in the order of their numbers; an empty one where a number has none. */
  public List<String> tokens() {
    return List.copyOf(pipeline.tokens().inOrder());
  }

  /** The tokens that are looked for in the text before all else. */
  public List<AddedToken> addedTokens() {
    return pipeline.tokens().added();
  }

  /** How encodings are cut short, if they are. */
  public Optional<Truncation> truncation() {
    return truncation;
  }

  /** How encodings are filled up, if they are. */
  public Optional<Padding> padding() {
    return padding;
  }

  /** The same, cutting encodings short. */
  public Tokenizer withTruncation(Truncation how) {
    return new Tokenizer(pipeline, Optional.of(how), padding, source);
  }

  /** The same, with encodings as long as they come. */
  public Tokenizer withoutTruncation() {
    return new Tokenizer(pipeline, Optional.empty(), padding, source);
  }

  /** The same, filling encodings up to one length. */
  public Tokenizer withPadding(Padding how) {
    return new Tokenizer(pipeline, truncation, Optional.of(how), source);
  }

  /** The same, without padding. */
  public Tokenizer withoutPadding() {
    return new Tokenizer(pipeline, truncation, Optional.empty(), source);
  }

  @Override
  public String toString() {
    return "Tokenizer(%,d tokens)".formatted(vocabSize());
  }
}
