package gradus.studio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import gradus.nn.F;
import gradus.nn.bert.BertConfig;
import gradus.nn.bert.BertModel;
import gradus.nn.bert.BertOutput;
import gradus.tensor.GradMode;
import gradus.tensor.Tensor;
import gradus.text.encoder.Pooling;
import gradus.text.encoder.SentenceEncoder;
import gradus.text.encoder.TokenVectors;
import gradus.text.tokenizer.Tokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** The page of attention in a real browser. */
class AttentionPageTest extends BrowserTest {
  private static final double FINE = 1.0 / 65_535;
  private static final String MONEY = "the bank lent money";
  private static final String RIVER = "the river bank";

  private static SentenceEncoder encoder;

  @BeforeAll
  static void makeEncoder() throws IOException {
    encoder = encoder();
  }

  private static SentenceEncoder encoder() throws IOException {
    String json =
        """
        {"normalizer": {"type": "BertNormalizer", "lowercase": true},
         "pre_tokenizer": {"type": "BertPreTokenizer"},
         "post_processor": {"type": "BertProcessing", "sep": ["[SEP]", 2], "cls": ["[CLS]", 1]},
         "added_tokens": [
           {"id": 1, "content": "[CLS]", "special": true},
           {"id": 2, "content": "[SEP]", "special": true},
           {"id": 3, "content": "[MASK]", "special": true}],
         "model": {"type": "WordPiece", "unk_token": "[UNK]", "vocab": {
           "[UNK]": 0, "[CLS]": 1, "[SEP]": 2, "[MASK]": 3,
           "the": 4, "bank": 5, "lent": 6, "money": 7, "river": 8}}}
        """;
    var tokenizer = Tokenizer.read(new ByteArrayInputStream(json.getBytes(UTF_8)), "tiny");
    Tensor.manualSeed(7);
    var config = new BertConfig(9, 8, 2, 2, 16, 20, 2, "gelu", 0.1, 1e-12);
    var model = new BertModel(config, false);
    try (var _ = GradMode.noGrad()) {
      model.parameters().forEach(p -> p.mul_(8)); // so that heads differ
    }
    return new SentenceEncoder(tokenizer, model, Pooling.MEAN, true);
  }

  /** The percents of a head's table, as a share. */
  private static double[] table() {
    var all =
        (List<?>)
            browser.script(
                "return [...document.querySelectorAll('.weights td[data-at]')].map(td => td.title.match(/: (-?[\\d.]+) %/)[1])");
    return all.stream().mapToDouble(x -> Double.parseDouble((String) x) / 100).toArray();
  }

  private static void shows(Tensor weights) {
    float[] expected = weights.contiguous().toFloatArray();
    double[] shown = table();
    assertThat(shown).hasSameSizeAs(expected);
    for (int i = 0; i < shown.length; i++) {
      assertThat(shown[i]).isCloseTo(expected[i], within(0.005 + FINE)); // whole percents
    }
  }

  @Test
  void everyHeadOfEveryLayer() {
    Path file = folder.resolve("attention.html");
    Studio.save(encoder, file, MONEY, RIVER);
    browser.open(file.toUri());
    TokenVectors inside = encoder.inspect(MONEY, true);
    for (int layer = 0; layer < 2; layer++) {
      for (int head = 0; head < 2; head++) {
        browser.click("[data-layer='%d'][data-head='%d']".formatted(layer, head));
        shows(inside.attentions().get(layer).select(0, head));
      }
    }
    browser.focus(".token.looks");
    browser.press(Keys.ARROW_DOWN); // after the last head their mean
    shows(inside.attentions().get(1).mean(0));
    browser.press("[");
    shows(inside.attentions().get(0).mean(0));
    assertThat(browser.text(".told-token")).contains("mean of all heads");
    browser.script(
        "const s = document.querySelector('header select'); s.value = '1'; s.dispatchEvent(new Event('change'))");
    shows(encoder.inspect(RIVER, true).attentions().get(0).mean(0));
    browser.script("location.reload()"); // where one was stands in the address
    shows(encoder.inspect(RIVER, true).attentions().get(0).mean(0));
    assertThat(browser.text(".look")).contains("while the program runs");
    // by keys: in the small pictures the arrows go from head to head, and the focus stays there
    browser.focus("[data-layer='0'][data-head='0']");
    browser.press(Keys.ARROW_RIGHT, Keys.ARROW_DOWN);
    assertThat(browser.text(".told-token")).startsWith("Layer 2, head 2: ");
    assertThat(browser.script("return {...document.activeElement.dataset}"))
        .isEqualTo(Map.of("layer", "1", "head", "1"));
    browser.quiet();
  }

  @Test
  void theTokenThatLooksIsTold() {
    Path file = folder.resolve("look.html");
    Tensor weights = Tensor.of(new double[][] {{.25, .75}, {.5, .5}}).unsqueeze(0);
    var evil = "<img src=x onerror=document.title='gone'>";
    Studio.save(file, new AttendedText(List.of("bank", evil), List.of(weights)));
    browser.open(file.toUri());
    assertThat(browser.text(".told-token"))
        .isEqualTo("Layer 1, head 1: “bank” takes most from %s (75 %%), bank (25 %%).", evil);
    browser.press(Keys.ARROW_RIGHT);
    assertThat(browser.text(".told-token")).contains("takes most from bank (50 %)");
    assertThat(browser.all("img")).isEmpty();
    browser.quiet();
  }

  @Test
  void takesTokensAway() {
    long[] ids = {1, 4, 5, 6, 7, 2};
    Tensor all = Tensor.of(ids).unsqueeze(0);
    Tensor without = Tensor.of(new long[] {1, 1, 1, 1, 0, 1}).unsqueeze(0);
    Tensor masked = Tensor.of(new long[] {1, 4, 5, 6, 3, 2}).unsqueeze(0);
    boolean training = encoder.training();
    try (var _ = GradMode.noGrad();
        PageServer server = AttentionPage.serve(encoder, List.of(MONEY))) {
      encoder.eval();
      BertOutput was = encoder.model.forward(all, null, null, true, true);
      BertOutput hidden = encoder.model.forward(all, without, null, true, true);
      BertOutput replaced = encoder.model.forward(masked, null, null, true, true);
      browser.open(server.address());
      for (int i = 0; i < 4; i++) {
        browser.press(Keys.ARROW_RIGHT); // money
      }
      browser.press("m");
      browser.await("the encoder", () -> !browser.all(".moved tr").isEmpty());
      shows(hidden.attentions().get(0).select(0, 0).select(0, 0));
      assertThat(browser.text(".token.gone")).startsWith("money");
      // most first, and each with its cosine
      double[] cosines =
          F.cosineSimilarity(was.lastHiddenState().squeeze(0), hidden.lastHiddenState().squeeze(0))
              .toDoubleArray();
      var rows = browser.all(".moved tr");
      assertThat(rows).hasSize(6);
      double last = -2;
      for (var row : rows) {
        int token = Integer.parseInt(row.getDomAttribute("data-token"));
        assertThat(row.getText()).contains("%.3f".formatted(cosines[token]));
        assertThat(cosines[token]).isGreaterThanOrEqualTo(last);
        last = cosines[token];
      }
      browser.click("[data-mode=difference]");
      Tensor difference = hidden.attentions().get(0).sub(was.attentions().get(0));
      shows(difference.select(0, 0).select(0, 0));
      browser.click("[data-mode=before]");
      shows(was.attentions().get(0).select(0, 0).select(0, 0));
      browser.click("[data-mode=now]");
      browser.script(
          "const s = document.querySelector('.taking select'); s.value = 'mask'; s.dispatchEvent(new Event('change'))");
      browser.await(
          "the mask token", () -> browser.text(".look").contains("With [MASK] for “money”"));
      shows(replaced.attentions().get(0).select(0, 0).select(0, 0));
      browser.click(".take"); // given back
      browser.await("the tokens again", () -> browser.all(".token.gone").isEmpty());
      shows(was.attentions().get(0).select(0, 0).select(0, 0));
      browser.quiet();
      browser.leave();
    } finally {
      encoder.train(training);
    }
  }

  @Test
  void nothingLeftToLookAtIsSaid() {
    try (PageServer server = AttentionPage.serve(encoder, List.of("the"))) {
      browser.open(server.address());
      for (int i = 0; i < 3; i++) {
        browser.press("m", Keys.ARROW_RIGHT);
      }
      browser.await("the refusal", () -> browser.text(".look").contains("Leave one token"));
      assertThat(browser.all(".token.gone")).hasSize(2);
      browser.leave();
    }
  }

  @Test
  void refusesWhatCannotBeDrawn() {
    Tensor two = Tensor.ones(1, 2, 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AttendedText(List.of("a"), List.of(two)))
        .withMessage(
            "AttendedText: attentions[0] is [1, 2, 2], and there are 1 tokens. Each layer must be [heads, 1, 1], with the same heads.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AttendedText(List.of("a", "b"), List.of(two, Tensor.ones(2, 2, 2))))
        .withMessageContaining("attentions[1] is [2, 2, 2]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AttendedText(List.of(), List.of(two)))
        .withMessageContaining("tokens has 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AttendedText(List.of("a"), List.of()))
        .withMessageContaining("attentions is empty");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AttendedText.of(encoder.inspect(MONEY)))
        .withMessageContaining("encoder.inspect(text, true)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Studio.save(encoder, folder.resolve("none.html")))
        .withMessageContaining("texts is empty");
  }
}
