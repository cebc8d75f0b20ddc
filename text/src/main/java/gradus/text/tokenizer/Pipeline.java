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
 * @param rawTokens finds added tokens in the text as it is
 * @param normalizedTokens finds added tokens in the normalised text
 * @param inOnePass does all but the special tokens, where the parts are BERT's; or null
 */
record Pipeline(
    Tokens tokens,
    TextNormalizer normalizer,
    PreTokenizer preTokenizer,
    TokenModel model,
    PostProcessor postProcessor,
    Decoder decoder,
    AddedTokens rawTokens,
    AddedTokens normalizedTokens,
    BertWords inOnePass) {

  static Pipeline of(
      Tokens tokens,
      TextNormalizer normalizer,
      PreTokenizer preTokenizer,
      TokenModel model,
      PostProcessor postProcessor,
      Decoder decoder) {
    List<AddedToken> raw = tokens.added().stream().filter(t -> !t.normalized()).toList();
    List<AddedToken> normalized = tokens.added().stream().filter(AddedToken::normalized).toList();
    AddedTokens rawTokens = new AddedTokens(raw, null);
    boolean bert =
        preTokenizer == PreTokenizers.BERT && normalized.isEmpty() && rawTokens.areSimple();
    BertWords inOnePass =
        bert && normalizer instanceof BertNormalizer clean && model instanceof WordPiece pieces
            ? new BertWords(clean, pieces)
            : null;
    return new Pipeline(
        tokens,
        normalizer,
        preTokenizer,
        model,
        postProcessor,
        decoder,
        rawTokens,
        new AddedTokens(normalized, normalizer),
        inOnePass);
  }

  /**
   * The tokens of one text, nothing around them.
   *
   * @param text the text, well-formed
   * @param sequence 0 for the first text of two, 1 for the second
   * @param enough so many tokens from the beginning are wanted; there may be some more
   */
  Encoding encode(String text, int sequence, int enough) {
    TokenBuffer out = new TokenBuffer();
    if (inOnePass != null) {
      inOnePass.encode(text, rawTokens, out, enough);
    } else {
      stepByStep(text, out, enough);
    }
    return out.take(tokens, sequence);
  }

  private void stepByStep(String text, TokenBuffer out, int enough) {
    List<Split> splits = split(text);
    for (int i = 0; i < splits.size() && out.size() < enough; i++) {
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
