package gradus.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.nn.F;
import gradus.nn.TransformerEncoderLayer;
import gradus.tensor.Tensor;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.jr.ob.JSON;

class StudioTest {
  @SuppressWarnings("unchecked")
  private static Map<String, Object> json(Recording recording) {
    return (Map<String, Object>) JSON.std.anyFrom(RecordingJson.of(recording));
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> list(Map<String, Object> map, String key) {
    return (List<Map<String, Object>>) map.get(key);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Map<String, Object> map, String key) {
    return (Map<String, Object>) map.get(key);
  }

  private static float[] floats(Map<String, Object> value) {
    byte[] bytes = Base64.getDecoder().decode((String) value.get("data"));
    float[] floats = new float[bytes.length / 4];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
    return floats;
  }

  @Test
  void holdsEveryNodeAndStep() {
    Tensor a = Tensor.of(new double[] {1, 2, 3}).requiresGrad(true);
    Map<String, Object> json = json(Recording.of(a.mul(Tensor.of(new double[] {4, 5, 6})).sum()));
    assertThat(json.keySet()).containsExactly("title", "sources", "nodes", "order", "steps");
    assertThat(list(json, "nodes"))
        .extracting(n -> n.get("kind"))
        .containsExactly("parameter", "data", "op", "op");
    assertThat(list(json, "nodes"))
        .extracting(n -> n.get("op"))
        .containsExactly("Leaf", "Data", "Mul", "Sum");
    Map<String, Object> mul = list(json, "nodes").get(2);
    assertThat(mul.get("inputs")).isEqualTo(List.of(0, 1));
    assertThat(mul.get("shape")).isEqualTo(List.of(3));
    assertThat(floats(map(mul, "value"))).containsExactly(4, 10, 18);
    Map<String, Object> step = list(json, "steps").get(1);
    assertThat(step.get("node")).isEqualTo(2);
    Map<String, Object> edge = list(step, "edges").getFirst();
    assertThat(edge).containsEntry("name", "dA").containsEntry("formula", "dC ∘ B");
    assertThat(floats(map(edge, "sum"))).containsExactly(4, 5, 6);
    Map<String, Object> second = list(list(edge, "terms").get(1), "terms").getFirst();
    assertThat(second.get("factors"))
        .isEqualTo(List.of(List.of("dC", List.of(1), 1.0), List.of("B", List.of(1), 5.0)));
    assertThat(second.get("value")).isEqualTo(5.0);
  }

  @Test
  void numbersThatJsonCannotHoldAreText() {
    Tensor a = Tensor.of(new double[] {0, 1}).requiresGrad(true);
    Map<String, Object> json = json(Recording.of(a.log().sum()));
    Map<String, Object> edge = list(list(json, "steps").get(1), "edges").getFirst();
    assertThat(floats(map(edge, "share"))).containsExactly(Float.POSITIVE_INFINITY, 1);
    assertThat(list(list(edge, "terms").getFirst(), "terms").getFirst().get("value"))
        .isEqualTo("Infinity");
  }

  @Test
  void staysUnderTwoMegabytes(@TempDir Path folder) throws Exception {
    Tensor.manualSeed(6);
    var layer = new TransformerEncoderLayer(64, 4, o -> o.dimFeedforward(128));
    Tensor loss = layer.forward(Tensor.randn(1, 48, 64)).square().mean();
    for (int i = 0; i < 4; i++) {
      loss = loss.add(layer.forward(Tensor.randn(1, 48, 64)).square().mean());
    }
    Path page = Studio.save(Recording.of(loss, layer), folder.resolve("layers.html"));
    assertThat(Files.size(page)).isBetween(500_000L, 2_000_000L);
  }

  @Test
  void textOfTheUserDoesNotEndTheScript(@TempDir Path folder) throws Exception {
    Tensor a = Tensor.of(new double[] {1, 2}).requiresGrad(true);
    Recording plain = Recording.of(a.sum());
    String bad = "</script><script>alert(1)</script><!--\u2028\u2029]]> $1 \\ \"";
    var recording = new Recording(bad, Map.of("A.java", bad), plain.nodes(), plain.steps());
    String page = Files.readString(Studio.save(recording, folder.resolve("steps.html")));
    assertThat(page).doesNotContain("<script>alert", "<!--", "\u2028", "\u2029");
    assertThat(page.split("</script>", -1))
        .hasSize(Studio.page(plain).split("</script>", -1).length);
    String json = PageTemplate.inScript(RecordingJson.of(recording));
    assertThat(page).contains(json);
    assertThat(((Map<?, ?>) JSON.std.anyFrom(json)).get("title")).isEqualTo(bad);
  }

  @Test
  void saysWhatCannotBeWritten(@TempDir Path folder) {
    Tensor loss = F.mseLoss(Tensor.ones(2).requiresGrad(true), Tensor.zeros(2));
    assertThat(Studio.save(loss, folder.resolve("a.html"))).isNotEmptyFile();
    assertThatThrownBy(() -> Studio.save(loss, folder.resolve("none/a.html")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("save: ");
  }
}
