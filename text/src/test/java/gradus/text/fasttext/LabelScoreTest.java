package gradus.text.fasttext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import gradus.text.corpus.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.jr.ob.JSON;

/** Labels that are predicted beside those that are right. */
class LabelScoreTest {

  @TempDir Path folder;
  private FastText model;

  @BeforeEach
  void load() throws IOException {
    var tiny = new TinyFastText();
    tiny.model = 3;
    tiny.loss = 3;
    model = FastText.load(Files.write(folder.resolve("model.bin"), tiny.bytes()));
  }

  private String best(String text) {
    return model.predict(text, 1).getFirst().word();
  }

  /** Of four texts three have a label that is known, one of them two. */
  @Test
  void countsWhatIsRight() throws IOException {
    String right = best("the banana");
    List<String> others = TinyFastText.LABELS.stream().filter(l -> !l.equals(right)).toList();
    Path file =
        Files.writeString(
            folder.resolve("texts.txt"),
            "%s the banana\n%s the banana\n%s %s the banana\n__label__none the\nthe\n\n"
                .formatted(right, others.getFirst(), right, others.getLast()));
    LabelScore report = model.test(Corpus.of(file), 1);
    assertThat(report.examples()).isEqualTo(3);
    assertThat(report.precision()).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(report.recall()).isCloseTo(2 / 4.0, within(1e-12));
    assertThat(report.labels().get(right)).isEqualTo(new LabelScore.Label(2, 3, 2));
    assertThat(report.labels().get(right).f1()).isCloseTo(0.8, within(1e-12));
    assertThat(report.labels().get(others.getFirst()))
        .isEqualTo(new LabelScore.Label(1, 0, 0))
        .satisfies(label -> assertThat(label.precision()).isZero());
    LabelScore all = model.test(Corpus.of(file), 3);
    assertThat(all.recall()).isEqualTo(1);
    assertThat(all.precision()).isCloseTo(4 / 9.0, within(1e-12));
    assertThat(all).hasToString("N 3, P@3 0.444, R@3 1.000");
  }

  @Test
  void nothingIsProbableEnough() throws IOException {
    Path file = Files.writeString(folder.resolve("texts.txt"), "__label__a the banana\n");
    LabelScore report = model.test(Corpus.of(file), 3, 1);
    assertThat(report.precision()).isZero();
    assertThat(report.recall()).isZero();
    assertThat(JSON.std.mapFrom(report.toJson()))
        .containsEntry("precision", 0.0)
        .containsEntry("recall", 0.0)
        .containsEntry("examples", 1);
    double score = model.predict("the banana", 1).getFirst().score();
    assertThat(model.predict("the banana", 3, score - 2e-5)).hasSize(1);
  }

  @Test
  void modelsWithoutLabels() throws IOException {
    FastText words =
        FastText.load(Files.write(folder.resolve("words.bin"), new TinyFastText().bytes()));
    assertThatIllegalStateException()
        .isThrownBy(() -> words.test(Corpus.of(folder.resolve("model.bin")), 1))
        .withMessageContaining("was trained without labels");
  }
}
