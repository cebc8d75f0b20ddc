package gradus.text.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import gradus.nn.StateDict;
import gradus.tensor.Tensor;
import gradus.text.vectors.ScoredWord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import tools.jackson.jr.ob.JSON;

/** BERT-base against its reference outputs, where both are on this machine. */
class BertBaseTest {

  private static final Path GOLDEN =
      Path.of(System.getProperty("gradus.shared", ""), "data/minilm_golden");

  private static Path located() {
    PretrainedModel bert = PretrainedModel.BERT_BASE_UNCASED;
    Assumptions.assumeTrue(
        bert.find().isPresent() && Files.exists(GOLDEN), "left out: BERT-base and its outputs");
    return bert.locate();
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> cases(String name) throws IOException {
    var all = JSON.std.mapFrom(Files.readAllBytes(GOLDEN.resolve("bert_base.json")));
    return (List<Map<String, Object>>) all.get(name);
  }

  @Test
  void layersAreThoseOfTheReference() throws IOException {
    located();
    SentenceEncoder encoder = SentenceEncoder.load(PretrainedModel.BERT_BASE_UNCASED);
    StateDict golden = StateDict.load(GOLDEN.resolve("bert_base_golden.safetensors"));
    List<Map<String, Object>> sentences = cases("sentences");
    assertThat(sentences.size()).isGreaterThan(8);
    for (Map<String, Object> sentence : sentences) {
      TokenVectors tokens = encoder.inspect((String) sentence.get("text"));
      for (int layer : new int[] {0, 1, 8, 12}) {
        Tensor expected = golden.get(sentence.get("key") + ".layer" + layer);
        float[] theirs = expected.toFloatArray();
        Tensor vectors = tokens.hiddenStates().get(layer);
        assertThat(vectors.shape()).isEqualTo(expected.shape());
        float[] ours = vectors.toFloatArray();
        for (int i = 0; i < ours.length; i++) {
          assertThat(ours[i]).as("layer %d", layer).isCloseTo(theirs[i], within(1e-4f));
        }
      }
    }
  }

  @Test
  void guessesMaskedWordsAsTheReferenceDoes() throws IOException {
    FillMask fill = FillMask.load(located(), 12);
    for (Map<String, Object> asked : cases("mlm")) {
      String text = (String) asked.get("text");
      assertThat(fill.guess(text, 5))
          .as(text)
          .extracting(ScoredWord::word)
          .isEqualTo(asked.get("top5"));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fill.guess("no gap", 1))
        .withMessageContaining("[MASK] exactly once");
  }
}
