package gradus.text.tokenizer;

import gradus.text.tokenizer.TemplateProcessing.Piece;
import java.util.ArrayList;
import java.util.List;

/** Reads the part {@code post_processor} of a tokenizer.json. */
final class PostProcessorReader {

  private static final String KNOWN =
      "BertProcessing, ByteLevel, RobertaProcessing, Sequence, TemplateProcessing";
  private static final int MOST_TYPES = 1 << 16;

  private PostProcessorReader() {}

  static PostProcessor read(Json json, Tokens tokens) {
    return switch (json.get("type").string()) {
      case "TemplateProcessing" -> template(json, tokens);
      case "BertProcessing" ->
          TemplateProcessing.bert(tokens, token(json.get("cls")), token(json.get("sep")));
      case "RobertaProcessing" -> roberta(json, tokens);
      case "ByteLevel" ->
          json.bool("trim_offsets", true)
              ? new TrimOffsets(PostProcessor.NONE, json.bool("add_prefix_space", true))
              : PostProcessor.NONE;
      case "Sequence" ->
          new SequenceProcessor(
              json.get("processors").list().stream().map(part -> read(part, tokens)).toList());
      default -> throw TokenizerJson.unknown(json, "post-processor", KNOWN);
    };
  }

  private static PostProcessor roberta(Json json, Tokens tokens) {
    PostProcessor template =
        TemplateProcessing.roberta(tokens, token(json.get("cls")), token(json.get("sep")));
    return json.bool("trim_offsets", true)
        ? new TrimOffsets(template, json.bool("add_prefix_space", true))
        : template;
  }

  /** A pair such as {@code ["[CLS]", 101]}. */
  private static Piece token(Json json) {
    List<Json> pair = json.list();
    if (pair.size() != 2) {
      throw json.wrong("a token and its number must stand here.");
    }
    return Piece.special(pair.get(1).count(Integer.MAX_VALUE), pair.get(0).string(), 0);
  }

  private static PostProcessor template(Json json, Tokens tokens) {
    return new TemplateProcessing(
        tokens, pieces(json.get("single"), json, 1), pieces(json.get("pair"), json, 2));
  }

  private static List<Piece> pieces(Json list, Json template, int texts) {
    List<Piece> pieces = new ArrayList<>();
    boolean[] used = new boolean[2];
    for (Json item : list.list()) {
      if (!item.get("Sequence").isNull()) {
        Json sequence = item.get("Sequence");
        int text = "A".equals(sequence.get("id").string()) ? 0 : 1;
        if (text >= texts || used[text]) {
          throw item.wrong("text " + (text == 0 ? "A" : "B") + " stands here, or stands twice.");
        }
        used[text] = true;
        pieces.add(Piece.text(text, sequence.get("type_id").count(MOST_TYPES)));
      } else {
        pieces.add(special(item.get("SpecialToken"), template.get("special_tokens")));
      }
    }
    return pieces;
  }

  private static Piece special(Json json, Json tokens) {
    int typeId = json.get("type_id").count(MOST_TYPES);
    Json token = tokens.get(json.get("id").string());
    int[] ids =
        token.get("ids").list().stream().mapToInt(id -> id.count(Integer.MAX_VALUE)).toArray();
    List<String> names = token.get("tokens").list().stream().map(Json::string).toList();
    if (names.size() != ids.length) {
      throw token.wrong("%d numbers and %d tokens.".formatted(ids.length, names.size()));
    }
    return new Piece(-1, ids, names, typeId);
  }
}
