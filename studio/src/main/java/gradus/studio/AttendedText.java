package gradus.studio;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.Tensor;
import gradus.text.encoder.TokenVectors;
import java.util.List;

/**
 * A text and where each head of a model looked in it, for {@link Studio#show(AttendedText...)}.
 *
 * <pre>{@code
 * Attended seen = attention.forward(x, x, x, true);           // one's own layer
 * new AttendedText(List.of("the", "bank"), List.of(weights)); // weights [1, 2, 2]
 * }</pre>
 *
 * @param tokens the L tokens, as they are to be read
 * @param attentions for each layer, how much each token took from each, [heads, L, L]: row i is how
 *     token i looks at all, and adds up to 1
 */
public record AttendedText(List<String> tokens, List<Tensor> attentions) {
  /** So many tokens are drawn, at most. */
  public static final int MOST_TOKENS = 128;

  /**
   * Checks the shapes.
   *
   * @throws IllegalArgumentException if a layer is not [heads, L, L], layers have unequal heads, or
   *     there are more than {@link #MOST_TOKENS} tokens or none
   */
  public AttendedText {
    tokens = List.copyOf(given(tokens, "tokens"));
    attentions = List.copyOf(given(attentions, "attentions"));
    int length = tokens.size();
    if (length == 0 || length > MOST_TOKENS) {
      throw new IllegalArgumentException(
          "AttendedText: tokens has %d. 1 to %d can be drawn. Give a part of the text."
              .formatted(length, MOST_TOKENS));
    }
    if (attentions.isEmpty()) {
      throw new IllegalArgumentException(
          "AttendedText: attentions is empty. Give the weights of at least one layer, [heads, L, L].");
    }
    int heads = attentions.getFirst().dim() == 3 ? attentions.getFirst().size(0) : 0;
    for (int i = 0; i < attentions.size(); i++) {
      Tensor layer = attentions.get(i);
      if (layer.dim() != 3
          || layer.size(0) == 0
          || layer.size(0) != heads
          || layer.size(1) != length
          || layer.size(2) != length) {
        throw new IllegalArgumentException(
            "AttendedText: attentions[%d] is %s, and there are %d tokens. Each layer must be [heads, %d, %d], with the same heads."
                .formatted(i, layer.shape(), length, length, length));
      }
    }
  }

  /**
   * Of what an encoder showed.
   *
   * @param inside of {@code encoder.inspect(text, true)}
   * @throws IllegalArgumentException if the attentions were not asked for
   */
  public static AttendedText of(TokenVectors inside) {
    if (given(inside, "inside").attentions().isEmpty()) {
      throw new IllegalArgumentException(
          "AttendedText: inside has no attentions. Ask for them: encoder.inspect(text, true).");
    }
    return new AttendedText(inside.tokens(), inside.attentions());
  }

  /** The number of layers. */
  public int layers() {
    return attentions.size();
  }

  /** The number of heads of each layer. */
  public int heads() {
    return attentions.getFirst().size(0);
  }
}
