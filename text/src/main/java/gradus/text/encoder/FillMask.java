package gradus.text.encoder;

import gradus.nn.Layer;
import gradus.nn.bert.BertForMaskedLM;
import gradus.tensor.GradMode;
import gradus.tensor.Memory;
import gradus.tensor.Tensor;
import gradus.tensor.ValuesIndices;
import gradus.tensor.io.FileErrors;
import gradus.tensor.io.LoadProgress;
import gradus.tensor.io.Quoted;
import gradus.text.io.Given;
import gradus.text.tokenizer.Encoding;
import gradus.text.tokenizer.Tokenizer;
import gradus.text.vectors.ScoredWord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Guesses the word that a text leaves open.
 *
 * <pre>{@code
 * FillMask fill = FillMask.load(PretrainedModel.BERT_BASE_UNCASED);
 * fill.guess("The capital of France is [MASK].", 5);   // paris, lille, lyon, marseille, tours
 * }</pre>
 *
 * <p>Hugging Face: {@code pipeline("fill-mask")}.
 *
 * @param tokenizer cuts the text into tokens
 * @param model scores the tokens of its vocabulary
 */
public record FillMask(Tokenizer tokenizer, BertForMaskedLM model) {
  private static final String MASK = "[MASK]";

  /** A known model that has the head for it: BERT-base. */
  public static FillMask load(PretrainedModel known) {
    return load(known.locate(), known.numAttentionHeads());
  }

  /**
   * The model in a folder or jar.
   *
   * @param path as for {@link SentenceEncoder#load(Path)}, or a SavedModel of TensorFlow
   * @param numAttentionHeads the number of heads, which no tensor shows
   * @throws gradus.tensor.io.FormatException if a file is damaged
   * @throws IllegalArgumentException if the model has no such head
   */
  public static FillMask load(Path path, int numAttentionHeads) {
    try (ModelFiles files = ModelFiles.open(path)) {
      Tokenizer tokenizer = files.tokenizer().withoutPadding().withoutTruncation();
      var tensors = files.tensors(LoadProgress.console());
      return new FillMask(tokenizer, BertForMaskedLM.fromPretrained(tensors, numAttentionHeads));
    } catch (IOException e) {
      throw FileErrors.reading(path, e);
    }
  }

  /**
   * The likeliest tokens for the one {@code [MASK]} of a text, with their probabilities; nothing
   * drops, and the model's mode stays as it is.
   *
   * @param text with {@code [MASK]} in the place of a word
   * @param topK how many
   * @return the likeliest first
   * @throws IllegalArgumentException if there is not exactly one {@code [MASK]}
   */
  public List<ScoredWord> guess(String text, int topK) {
    Encoding encoding = tokenizer.encode(Given.notNull("guess", "the text", text));
    int place = encoding.tokens().indexOf(MASK);
    if (place < 0 || place != encoding.tokens().lastIndexOf(MASK)) {
      throw new IllegalArgumentException(
          "guess: \"%s\" must hold %s exactly once.".formatted(Quoted.of(text), MASK));
    }
    long[] ids = Arrays.stream(encoding.ids()).asLongStream().toArray();
    List<ScoredWord> words = new ArrayList<>();
    try (var _ = GradMode.noGrad();
        var _ = Memory.scope()) {
      Tensor given = Tensor.of(ids).unsqueeze(0);
      Tensor all = Layer.evaluating(() -> model.forward(given));
      Tensor scores = all.select(0, 0).select(0, place);
      ValuesIndices best = scores.softmax(-1).topk(topK);
      float[] shares = best.values().toFloatArray();
      long[] tokens = best.indices().toLongArray();
      for (int i = 0; i < topK; i++) {
        String token = tokenizer.idToToken((int) tokens[i]).orElse("");
        words.add(new ScoredWord(token, shares[i]));
      }
    }
    return words;
  }
}
