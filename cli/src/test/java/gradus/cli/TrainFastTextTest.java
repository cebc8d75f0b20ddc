package gradus.cli;

import static gradus.cli.Commands.gradus;
import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;

import gradus.text.fasttext.FastText;
import gradus.text.vectors.WordVectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code train fasttext} and {@code train supervised}, by the command lines of that program. */
class TrainFastTextTest {

  @TempDir Path folder;

  private Path texts(String name, int times, boolean labelled) throws IOException {
    var text = new StringBuilder();
    for (int i = 0; i < times; i++) {
      text.append(labelled ? "__label__animal " : "").append("the dog chases the cat and barks\n");
      text.append(labelled ? "__label__food " : "").append("we bake bread and eat the cheese\n");
    }
    return Files.writeString(folder.resolve(name), text);
  }

  private Commands.Outcome train(String what, Object... paths) {
    return gradus(("vectors train " + what.formatted(paths)).split(" "));
  }

  @Test
  void aModelAndItsVectors() throws IOException {
    Path corpus = texts("corpus.txt", 100, false);
    Path out = folder.resolve("model");
    var outcome =
        train(
            "fasttext -input %s -output %s -dim 8 -ws 3 -epoch 2 -minCount 1 -bucket 100 -thread 1"
                + " -lr 0.1 -t 0 -verbose 2",
            corpus, out);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.err())
        .contains("epoch 2 of 2: loss ", "model.bin: FastText(skipgram", "model.vec: the vectors");
    FastText model = FastText.load(folder.resolve("model.bin"));
    assertThat(model.vectorSize()).isEqualTo(8);
    assertThat(WordVectors.load(folder.resolve("model.vec")).vocabulary().words())
        .isEqualTo(model.wordVectors().vocabulary().words())
        .contains("bread");
    assertThat(gradus("vectors", "query", out + ".bin", "doggish").code())
        .as("a word that no text had")
        .isZero();
  }

  @Test
  void aModelThatTellsLabels() throws IOException {
    Path corpus = texts("corpus.txt", 30, true);
    Path out = folder.resolve("labels.bin");
    var outcome =
        train(
            "supervised -input %s -output %s -lr 0.5 -epoch 10 -dim 8 -wordNgrams 2 -bucket 50"
                + " -loss one-vs-all -thread 1",
            corpus, out);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(folder.resolve("labels.vec")).doesNotExist();
    assertThat(gradus("vectors", "predict", out.toString(), "the dog barks").out())
        .isEqualTo("__label__animal\n");
    assertThat(gradus("vectors", "eval", out.toString(), corpus.toString()).out())
        .endsWith("N\t60\nP@1\t1.000\nR@1\t1.000\n\n");
  }

  /** Each argument reaches the model: it comes out otherwise. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everyArgumentIsPassedOn(boolean labelled) throws IOException {
    Path corpus = texts("corpus.txt", 20, labelled);
    Files.writeString(corpus, labelled ? "__label__rare a line\n" : "a line\n", APPEND);
    List<String> changes = new ArrayList<>(List.of("", "-lr 0.3", "-dim 5", "-epoch 2", "-seed 9"));
    changes.addAll(List.of("-minCount 25", "-loss hs", "-minn 2 -maxn 4"));
    changes.addAll(
        labelled
            ? List.of(
                "-wordNgrams 2",
                "-wordNgrams 2 -bucket 31",
                "-label __label__a",
                "-minCountLabel 3",
                "-loss ns",
                "-loss ns -neg 2")
            : List.of(
                "-model cbow", "-ws 2", "-neg 2", "-t 0.001", "-bucket 31", "--lr-update-rate 50"));
    List<Integer> models = new ArrayList<>();
    for (String change : changes) {
      String method = labelled ? "supervised" : "fasttext";
      String defaults = "-q -i %s -o %s -thread 1 -t 0 -dim 4 -epoch 1 -bucket 30 -minCount 1 ";
      List<String> args = new ArrayList<>(List.of(("vectors train " + method).split(" ")));
      List<String> said =
          new ArrayList<>(
              List.of(defaults.formatted(corpus, folder.resolve("m")).strip().split(" ")));
      List<String> changed = change.isEmpty() ? List.of() : List.of(change.split(" "));
      for (String word : changed) {
        int before = said.indexOf(word);
        if (word.startsWith("-") && before >= 0) {
          said.subList(before, before + 2).clear();
        }
      }
      args.addAll(said);
      args.addAll(changed);
      var outcome = gradus(args.toArray(String[]::new));
      assertThat(outcome.code()).as(change + " " + outcome.err()).isZero();
      models.add(Arrays.hashCode(Files.readAllBytes(folder.resolve("m.bin"))));
    }
    assertThat(models).doesNotHaveDuplicates();
  }

  @Test
  void stoppedAndResumed() throws IOException {
    Path corpus = texts("corpus.txt", 500, false);
    String call = "fasttext -input %s -output %s -thread 1 -dim 8 -epoch 5 -bucket 100";
    assertThat(train(call, corpus, folder.resolve("through")).code()).isZero();
    Path stopped = folder.resolve("stopped");
    var run =
        Commands.interruptedAt(
            "epoch 2 of 5", ("vectors train " + call.formatted(corpus, stopped)).split(" "));
    assertThat(run.err()).contains("the same command with --resume.");
    assertThat(run.code()).isEqualTo(1);
    Path checkpoint = folder.resolve("stopped.checkpoint");
    assertThat(checkpoint).exists();
    var resumed = train(call + " --resume", corpus, folder.resolve("stopped"));
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(folder.resolve("stopped.bin")).hasSameBinaryContentAs(folder.resolve("through.bin"));
    assertThat(checkpoint).doesNotExist();
  }

  @Test
  void whatCannotBe() throws IOException {
    Path corpus = texts("corpus.txt", 2, false);
    Path out = folder.resolve("m");
    assertThat(train("supervised -input %s -output %s", corpus, out).err())
        .startsWith("gradus: fasttext: ")
        .contains("label")
        .hasLineCount(1);
    assertThat(train("fasttext -input %s -output %s -loss rank", corpus, out).err())
        .isEqualTo("gradus: fasttext: there is no loss \"rank\". It has hs, ns, softmax, ova.\n");
    assertThat(train("fasttext -input %s -output %s -dims 3", corpus, out).code()).isEqualTo(2);
    assertThat(out).doesNotExist();
    assertThat(folder.resolve("m.bin")).doesNotExist();
  }
}
