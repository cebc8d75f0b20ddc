package gradus.text.encoder;

import gradus.tensor.Tensor;
import gradus.tensor.io.Quoted;
import gradus.text.io.Given;
import gradus.text.tokenizer.Encoding;
import java.util.List;

/**
 * A text inside the model: its tokens, and their vectors layer by layer.
 *
 * @param text the text
 * @param encoding its L tokens and where they stand in it
 * @param hiddenStates the tokens' vectors, each [L, dim]: entry 0 goes into the first layer and
 *     knows nothing of the context, entry i comes out of layer i
 * @param attentions for each layer, how much each token took from each, head by head [heads, L, L];
 *     empty if not asked for
 */
public record TokenVectors(
    String text, Encoding encoding, List<Tensor> hiddenStates, List<Tensor> attentions) {

  /** The tokens as the vocabulary writes them. */
  public List<String> tokens() {
    return encoding.tokens();
  }

  /** The tokens' vectors after the last layer [L, dim]. */
  public Tensor last() {
    return hiddenStates.getLast();
  }

  /**
   * The vector of a word after a layer, in this text: the mean over its tokens.
   *
   * @param word as it stands in the text, where it is looked for from the beginning
   * @param layer 0 for what goes into the first layer, up to the number of layers
   * @return [dim]
   * @throws IllegalArgumentException if the word does not stand in the text
   * @throws IndexOutOfBoundsException if there is no such layer
   */
  public Tensor word(String word, int layer) {
    if (layer < 0 || layer >= hiddenStates.size()) {
      throw new IndexOutOfBoundsException(
          "word: layer %d of %d; valid are 0..%d. 0 is what goes into the first layer, %d what comes out of the last."
              .formatted(
                  layer,
                  hiddenStates.size() - 1,
                  hiddenStates.size() - 1,
                  hiddenStates.size() - 1));
    }
    int[] range = tokensOf(word);
    return hiddenStates.get(layer).narrow(0, range[0], range[1] - range[0]).mean(0);
  }

  /** The first token of a word, and the one after its last. */
  int[] tokensOf(String word) {
    int from = text.indexOf(Given.notNull("word", "the word", word));
    int to = from + word.length();
    int first = -1;
    int last = -1;
    for (int i = 0; from >= 0 && i < encoding.size(); i++) {
      if (encoding.end(i) > from && encoding.start(i) < to) {
        first = first < 0 ? i : first;
        last = i;
      }
    }
    if (first < 0) {
      throw new IllegalArgumentException(
          "word: \"%s\" does not stand in \"%s\". Give it as it is written there."
              .formatted(Quoted.of(word), Quoted.of(text)));
    }
    return new int[] {first, last + 1};
  }
}
