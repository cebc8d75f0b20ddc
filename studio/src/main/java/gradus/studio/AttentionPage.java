package gradus.studio;

import gradus.nn.F;
import gradus.nn.Layer;
import gradus.nn.bert.BertOutput;
import gradus.tensor.GradMode;
import gradus.tensor.Tensor;
import gradus.text.encoder.SentenceEncoder;
import gradus.text.tokenizer.Encoding;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.jr.ob.JSON;

/**
 * The page of attention: its data, and what it asks of an encoder. Weights are whole numbers of
 * 1/65535, which is as fine as the page can show.
 */
final class AttentionPage {
  private static final float STEPS = 65_535;
  private static final List<String> MASKS = List.of("[MASK]", "<mask>");

  private AttentionPage() {}

  /** A page that needs no program. */
  static String saved(List<AttendedText> texts) {
    return PageTemplate.of("attention", json(texts, false), false);
  }

  /** A page that asks the encoder what changes when a token is hidden. */
  static PageServer serve(SentenceEncoder encoder, List<String> texts) {
    String json =
        json(
            texts.stream().map(text -> attended(encoder, text)).toList(),
            mask(encoder).isPresent());
    return PageServer.start(
        PageTemplate.of("attention", json, true),
        Map.of("without", asked -> without(encoder, texts, asked)));
  }

  static AttendedText attended(SentenceEncoder encoder, String text) {
    return AttendedText.of(encoder.inspect(text, true));
  }

  private static String json(List<AttendedText> texts, boolean masks) {
    try {
      return JSON.std.asString(
          Map.of("texts", texts.stream().map(AttentionPage::text).toList(), "masks", masks));
    } catch (JacksonException e) {
      throw new IllegalStateException(e); // maps, lists and strings can be written
    }
  }

  private static Map<String, Object> text(AttendedText text) {
    return Map.of(
        "tokens", text.tokens(), "heads", text.heads(), "layers", weights(text.attentions()));
  }

  private static List<String> weights(List<Tensor> layers) {
    return layers.stream().map(AttentionPage::base64).toList();
  }

  private static String base64(Tensor weights) {
    float[] numbers = weights.toFloatArray();
    var bytes = ByteBuffer.allocate(2 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float x : numbers) {
      bytes.putShort((short) Math.round(Math.clamp(x, 0, 1) * STEPS));
    }
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  // ---- without some tokens

  /** The id of the token that stands for one that is not told. */
  private static OptionalInt mask(SentenceEncoder encoder) {
    return MASKS.stream()
        .map(encoder.tokenizer()::tokenToId)
        .filter(OptionalInt::isPresent)
        .findFirst()
        .orElse(OptionalInt.empty());
  }

  /**
   * What the encoder does when tokens cannot be looked at ({@code how} is {@code hide}), or stand
   * there as the mask token ({@code mask}): the weights, and how far each token's vector after each
   * layer turned, as the cosine to what it was.
   */
  private static Map<String, Object> without(
      SentenceEncoder encoder, List<String> texts, Map<String, Object> asked) {
    int number = ((Number) asked.get("text")).intValue();
    String text = texts.get(Objects.checkIndex(number, texts.size()));
    Encoding encoding = encoder.tokenizer().encode(text);
    var gone = new boolean[encoding.size()];
    for (Object token : (List<?>) asked.get("tokens")) {
      gone[((Number) token).intValue()] = true;
    }
    boolean hide = "hide".equals(asked.get("how"));
    long[] ids = Arrays.stream(encoding.ids()).asLongStream().toArray();
    long[] seen = new long[ids.length];
    int left = 0;
    for (int i = 0; i < ids.length; i++) {
      seen[i] = hide && gone[i] ? 0 : 1;
      left += (int) seen[i];
      if (!hide && gone[i]) {
        ids[i] = mask(encoder).orElseThrow();
      }
    }
    if (left == 0) {
      throw new IllegalArgumentException("Nothing is left to look at. Leave one token to be seen.");
    }
    try (var _ = GradMode.noGrad()) {
      long[] before = Arrays.stream(encoding.ids()).asLongStream().toArray();
      long[] types = Arrays.stream(encoding.typeIds()).asLongStream().toArray();
      long[] all = new long[ids.length];
      Arrays.fill(all, 1);
      BertOutput was = run(encoder, before, all, types);
      BertOutput is = run(encoder, ids, seen, types);
      var cosines = new ArrayList<float[]>();
      for (int i = 0; i < was.hiddenStates().size(); i++) {
        Tensor a = was.hiddenStates().get(i).squeeze(0);
        Tensor b = is.hiddenStates().get(i).squeeze(0);
        cosines.add(F.cosineSimilarity(a, b).toFloatArray());
      }
      var answer = new LinkedHashMap<String, Object>();
      answer.put("layers", weights(is.attentions().stream().map(w -> w.squeeze(0)).toList()));
      answer.put("cosines", cosines);
      return answer;
    }
  }

  private static BertOutput run(SentenceEncoder encoder, long[]... idsSeenTypes) {
    List<Tensor> rows = Stream.of(idsSeenTypes).map(a -> Tensor.of(a).unsqueeze(0)).toList();
    return Layer.evaluating(
        () -> encoder.model.forward(rows.get(0), rows.get(1), rows.get(2), true, true));
  }
}
