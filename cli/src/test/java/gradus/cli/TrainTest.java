package gradus.cli;

import static gradus.cli.Commands.gradus;
import static org.assertj.core.api.Assertions.assertThat;

import gradus.text.vectors.WordVectors;
import gradus.text.word2vec.Word2Vec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code train word2vec}: what it writes, that it can be stopped, and what it refuses. */
class TrainTest {

  @TempDir Path folder;

  /** Sentences of animals and sentences of foods, whose words never meet. */
  private Path corpus(int sentences) throws IOException {
    var random = new SplittableRandom(7);
    var text = new StringBuilder();
    for (int i = 0; i < sentences; i++) {
      String kind = i % 2 == 0 ? "animal" : "food";
      for (int j = 0; j < 10; j++) {
        text.append(kind).append(random.nextInt(20)).append(j < 9 ? ' ' : '\n');
      }
    }
    return Files.writeString(folder.resolve("corpus.txt"), text);
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void trainsAndWritesWhatTheEndingSays() throws IOException {
    String corpus = corpus(400).toString();
    var outcome =
        gradus(
            ("vectors train word2vec %s -o %s --sg --vector-size 12 --epochs 4 --workers 1"
                    + " --sample 0 --alpha 0.05 --save-model %s")
                .formatted(corpus, path("words.vec.gz"), path("model.safetensors"))
                .split(" "));
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .startsWith("4,000 words, 40 different, 40 kept\nepoch 1 of 4: loss ")
        .contains("epoch 4 of 4: loss ")
        .contains("words.vec.gz: 40 words, 12 numbers each, as fasttext-vec\n")
        .endsWith("model.safetensors: the whole model\n");
    WordVectors words = WordVectors.load(folder.resolve("words.vec.gz"));
    assertThat(words.mostSimilar("animal3", 15))
        .allSatisfy(near -> assertThat(near.word()).startsWith("animal"));
    WordVectors model = Word2Vec.load(folder.resolve("model.safetensors")).vectors();
    assertThat(model.vectors().toFloatArray()).isEqualTo(words.vectors().toFloatArray());
    assertThat(folder.resolve("words.vec.gz.checkpoint")).doesNotExist();
  }

  /** The options reach the model: each of them changes what comes out. */
  @Test
  void everyOptionIsPassedOn() throws IOException {
    String corpus = corpus(100).toString();
    List<String> changes =
        List.of(
            "",
            "--sg",
            "--hs",
            "--window 2",
            "--negative 2",
            "--ns-exponent 0",
            "--cbow-sum",
            "--no-shrink-windows",
            "--sample 1e-2",
            "--alpha 0.01",
            "--min-alpha 0.02",
            "--epochs 2",
            "--seed 5",
            "--vector-size 6",
            "--min-count 30",
            "--max-final-vocab 9");
    List<List<Float>> tables = new ArrayList<>();
    for (String change : changes) {
      String call = "vectors train word2vec -q -i %s -o %s --workers 1 --vector-size 5 --sample 0 ";
      String said = call.formatted(corpus, path("o.bin")) + change;
      if (change.startsWith("--vector-size") || change.startsWith("--sample")) {
        String name = change.substring(0, change.indexOf(' '));
        said = said.replaceFirst(name + " \\S+ ", "");
      }
      var outcome = gradus(said.strip().split(" "));
      assertThat(outcome.code()).as(change + outcome.err()).isZero();
      assertThat(outcome.err()).doesNotContain("epoch");
      List<Float> numbers = new ArrayList<>();
      for (float number : WordVectors.load(folder.resolve("o.bin")).vectors().toFloatArray()) {
        numbers.add(number);
      }
      tables.add(numbers);
    }
    assertThat(tables).doesNotHaveDuplicates();
  }

  @Test
  void foldersAndPackedFiles() throws IOException {
    Path plain = corpus(100);
    Path texts = Files.createDirectory(folder.resolve("texts"));
    try (var out = new GZIPOutputStream(Files.newOutputStream(texts.resolve("a.gz")))) {
      Files.copy(plain, out);
    }
    String call = "vectors train word2vec --workers 1 -q %s -o %s";
    assertThat(gradus(call.formatted(plain, path("a.txt")).split(" ")).code()).isZero();
    assertThat(gradus(call.formatted(texts, path("b.txt")).split(" ")).code()).isZero();
    assertThat(folder.resolve("b.txt")).hasSameTextualContentAs(folder.resolve("a.txt"));
  }

  /** Stopped after a pass or two and gone on with, it ends with the same bytes. */
  @Test
  void stoppedAndResumed() throws IOException {
    String corpus = corpus(500).toString();
    String call = "vectors train word2vec %s -o %s --workers 1 --vector-size 16 --epochs 6";
    var through = gradus(call.formatted(corpus, path("through.bin")).split(" "));
    assertThat(through.code()).isZero();
    String[] args = call.formatted(corpus, path("stopped.bin")).split(" ");
    var stopped = Commands.interruptedAt("epoch 1 of 6", args);
    Path checkpoint = folder.resolve("stopped.bin.checkpoint");
    assertThat(stopped.code()).isEqualTo(1);
    assertThat(stopped.err())
        .endsWith(
            "gradus: the training was stopped. It goes on from %s: the same command with --resume.\n"
                .formatted(checkpoint));
    assertThat(folder.resolve("stopped.bin")).doesNotExist();
    var resumed = gradus((String.join(" ", args) + " --resume").split(" "));
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.err()).doesNotContain("epoch 1 of").contains("epoch 6 of 6");
    assertThat(folder.resolve("stopped.bin")).hasSameBinaryContentAs(folder.resolve("through.bin"));
    assertThat(checkpoint).doesNotExist();
  }

  @Test
  void whatCannotBe() throws IOException {
    String corpus = corpus(4).toString();
    String train = "vectors train word2vec ";
    var noCorpus = gradus((train + "-o " + path("a.bin")).split(" "));
    assertThat(noCorpus.code()).isEqualTo(2);
    assertThat(noCorpus.err())
        .isEqualTo(
            "gradus: train: no corpus is given. Name files or folders of text.\n"
                + "Try: gradus vectors train word2vec --help\n");
    var ending = gradus((train + corpus + " -o " + path("a.doc")).split(" "));
    assertThat(ending.code()).isEqualTo(2);
    assertThat(ending.err()).contains("word2vec: the ending of " + path("a.doc"));
    var nothing = gradus((train + corpus + " -o " + path("a.bin") + " --resume").split(" "));
    assertThat(nothing.code()).isEqualTo(1);
    assertThat(nothing.err())
        .isEqualTo(
            "gradus: train: there is no %s.checkpoint to resume from. Begin anew, without --resume.\n"
                .formatted(path("a.bin")));
    var nowhere = gradus((train + corpus + " -o " + path("no/a.bin")).split(" "));
    assertThat(nowhere.code()).isEqualTo(1);
    assertThat(nowhere.err())
        .isEqualTo(
            "gradus: train: %s has no folder to lie in. Make %s first.\n"
                .formatted(path("no/a.bin"), path("no")));
    var rare = gradus((train + corpus + " -o " + path("a.bin") + " --min-count 99").split(" "));
    assertThat(rare.code()).isEqualTo(1);
    assertThat(rare.err()).contains("Lower minCount or give more text.").hasLineCount(1);
    var none = gradus((train + path("none.txt") + " -o " + path("a.bin")).split(" "));
    assertThat(none.err())
        .isEqualTo(
            "gradus: %s cannot be read: there is no such file.\n".formatted(path("none.txt")));
    var option = gradus((train + corpus + " -o " + path("a.bin") + " --window 0").split(" "));
    assertThat(option.err()).isEqualTo("gradus: word2vec: window is 0. It must be at least 1.\n");
    assertThat(folder.resolve("a.bin")).doesNotExist();
  }
}
