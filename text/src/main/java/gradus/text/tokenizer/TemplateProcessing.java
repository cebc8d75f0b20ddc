package gradus.text.tokenizer;

import java.util.ArrayList;
import java.util.List;

/**
 * Special tokens by a template such as {@code [CLS] $A [SEP] $B [SEP]}. Hugging Face: {@code
 * TemplateProcessing}; its {@code BertProcessing} and {@code RobertaProcessing} are two templates.
 */
final class TemplateProcessing implements PostProcessor {

  /**
   * A place in the template.
   *
   * @param text which text stands here, or -1 for special tokens
   * @param ids the special tokens' numbers
   * @param tokens how they are written
   * @param typeId the type of all that stands here; -1 leaves the text's own
   */
  record Piece(int text, int[] ids, List<String> tokens, int typeId) {

    static Piece text(int text, int typeId) {
      return new Piece(text, new int[0], List.of(), typeId);
    }

    static Piece special(int id, String token, int typeId) {
      return new Piece(-1, new int[] {id}, List.of(token), typeId);
    }
  }

  private final Tokens names;
  private final List<Piece> single;
  private final List<Piece> pair;

  TemplateProcessing(Tokens names, List<Piece> single, List<Piece> pair) {
    this.names = names;
    this.single = single;
    this.pair = pair;
  }

  /** {@code [CLS] A [SEP]} and {@code [CLS] A [SEP] B [SEP]}, the second text of type 1. */
  static TemplateProcessing bert(Tokens names, Piece cls, Piece sep) {
    Piece sepOfB = new Piece(-1, sep.ids, sep.tokens, 1);
    return new TemplateProcessing(
        names,
        List.of(cls, Piece.text(0, 0), sep),
        List.of(cls, Piece.text(0, 0), sep, Piece.text(1, 1), sepOfB));
  }

  /** {@code <s> A </s>} and {@code <s> A </s> </s> B </s>}, all of type 0. */
  static TemplateProcessing roberta(Tokens names, Piece cls, Piece sep) {
    return new TemplateProcessing(
        names,
        List.of(cls, Piece.text(0, 0), sep),
        List.of(cls, Piece.text(0, 0), sep, sep, Piece.text(1, 0), sep));
  }

  @Override
  public int addedTokens(boolean withPair) {
    return (withPair ? pair : single).stream().mapToInt(piece -> piece.ids.length).sum();
  }

  @Override
  public List<Encoding> process(List<Encoding> texts, boolean addSpecialTokens) {
    List<Encoding> parts = new ArrayList<>();
    for (Piece piece : texts.size() > 1 ? pair : single) {
      if (piece.text >= texts.size()) {
        continue; // a part before this one has left the text out
      }
      if (piece.text >= 0) {
        Encoding text = texts.get(piece.text);
        text.typeId(piece.typeId);
        parts.add(text);
      } else if (addSpecialTokens) {
        parts.add(Encodings.special(names, piece.ids, piece.tokens, piece.typeId));
      }
    }
    return parts;
  }
}
