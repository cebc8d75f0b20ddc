package gradus.text.tokenizer;

import java.util.ArrayList;
import java.util.List;

/**
 * What happens to a text: added tokens out, normalise, cut, tokenize, special tokens around.
 *
 * @param tokens all tokens
 * @param normalizer or null
 * @param preTokenizer or null
 * @param model the model
 * @param postProcessor puts special tokens around
 * @param decoder or null
 */
record Pipeline(
    Tokens tokens,
    TextNormalizer normalizer,
    PreTokenizer preTokenizer,
    TokenModel model,
    PostProcessor postProcessor,
    Decoder decoder,
    AddedTokens rawTokens,
    AddedTokens normalizedTokens) {

  static Pipeline of(
      Tokens tokens,
      TextNormalizer normalizer,
      PreTokenizer preTokenizer,
      TokenModel model,
      PostProcessor postProcessor,
      Decoder decoder) {
    List<AddedToken> raw = tokens.added().stream().filter(t -> !t.normalized()).toList();
    List<AddedToken> normalized = tokens.added().stream().filter(AddedToken::normalized).toList();
    return new Pipeline(
        tokens,
        normalizer,
        preTokenizer,
        model,
        postProcessor,
        decoder,
        new AddedTokens(raw, null),
        new AddedTokens(normalized, normalizer));
  }

  /** The tokens of one text, nothing around them. */
  Encoding encode(String text, int sequence) {
    TokenBuffer out = new TokenBuffer();
    List<Split> splits = split(text);
    for (int i = 0; i < splits.size(); i++) {
      out.word(i);
      Split split = splits.get(i);
      NormalizedString part = split.text();
      if (split.isToken()) {
        int length = part.length();
        String surface = part.toString();
        int start = part.start(0, length);
        int end = part.end(0, length);
        if (surface.equals(tokens.token(split.token()))) {
          out.add(split.token(), start, end);
        } else {
          out.add(split.token(), start, end, surface);
        }
      } else {
        model.tokenize(part, out);
      }
    }
    return out.take(tokens, sequence);
  }

  private List<Split> split(String text) {
    List<Split> splits = new ArrayList<>();
    if (text.isEmpty()) {
      return splits;
    }
    for (Split split : rawTokens.split(NormalizedString.of(text))) {
      if (split.isToken()) {
        splits.add(split);
        continue;
      }
      if (normalizer != null) {
        normalizer.normalize(split.text());
      }
      if (!split.text().isEmpty()) {
        splits.addAll(normalizedTokens.split(split.text()));
      }
    }
    return preTokenizer == null ? splits : preTokenizer.split(splits);
  }
}
