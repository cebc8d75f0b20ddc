package gradus.cli;

import static gradus.cli.Commands.gradus;
import static org.assertj.core.api.Assertions.assertThat;

import gradus.text.glove.Glove;
import gradus.text.vectors.WordVectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code train glove} and {@code train phrases}. */
class TrainGloveTest {

  @TempDir Path folder;

  /** Sentences of animals and sentences of foods, in each of which one word in ten is astray. */
  private Path corpus(int sentences, int words) throws IOException {
    var random = new SplittableRandom(7);
    var text = new StringBuilder();
    for (int i = 0; i < sentences; i++) {
      for (int j = 0; j < 10; j++) {
        boolean astray = random.nextInt(10) == 0;
        text.append(astray == (i % 2 == 0) ? "food" : "animal").append(random.nextInt(words));
        text.append(j < 9 ? ' ' : '\n');
      }
    }
    return Files.writeString(folder.resolve("corpus.txt"), text);
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private static Commands.Outcome train(String call, Object... paths) {
    return gradus(("vectors train " + call.formatted(paths)).split(" "));
  }

  @Test
  void trainsAndWritesWhatTheEndingSays() throws IOException {
    var outcome =
        train(
            "glove %s -o %s --vector-size 8 --epochs 12 --x-max 10 --window 9 --save-model %s",
            corpus(4000, 20), path("words.glove"), path("model.safetensors"));
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.err())
        .startsWith("40,000 words, 40 different, 40 kept\nepoch 1 of 12: loss ")
        .contains("words.glove: 40 words, 8 numbers each, as glove-text\n")
        .endsWith("model.safetensors: the whole model\n");
    WordVectors words = WordVectors.load(folder.resolve("words.glove"));
    assertThat(words.mostSimilar("animal3", 15))
        .allSatisfy(near -> assertThat(near.word()).startsWith("animal"));
    assertThat(Glove.load(folder.resolve("model.safetensors")).vectors().vectors().toFloatArray())
        .isEqualTo(words.vectors().toFloatArray());
  }

  @Test
  void everyOptionIsPassedOn() throws IOException {
    Path corpus = corpus(60, 20);
    List<Integer> tables = new ArrayList<>();
    for (String change :
        List.of(
            "",
            " --window 2",
            " --asymmetric",
            " --min-count 18",
            " --max-vocab-size 36",
            " --power 0.5",
            " --eta 0.01",
            " --model 1",
            " --model 0",
            " --seed 4",
            " --x-max 3",
            " --epochs 3",
            " --vector-size 5")) {
      String defaults = "glove -q -i %s -o %s --workers 1";
      String size = change.startsWith(" --vector-size") ? "" : " --vector-size 4";
      String epochs = change.startsWith(" --epochs") ? "" : " --epochs 2";
      var outcome = train(defaults + size + epochs + change, corpus, path("o.bin"));
      assertThat(outcome.code()).as(change + outcome.err()).isZero();
      tables.add(Arrays.hashCode(Files.readAllBytes(folder.resolve("o.bin"))));
    }
    assertThat(tables).doesNotHaveDuplicates();
  }

  @Test
  void stoppedAndResumed() throws IOException {
    Path corpus = corpus(500, 20);
    String call = "glove %s -o %s --vector-size 8 --epochs 6";
    assertThat(train(call, corpus, path("through.bin")).code()).isZero();
    String args = "vectors train " + call.formatted(corpus, path("stopped.bin"));
    var stopped = Commands.interruptedAt("epoch 2 of 6", args.split(" "));
    assertThat(stopped.err()).endsWith("the same command with --resume.\n");
    assertThat(stopped.code()).isEqualTo(1);
    assertThat(folder.resolve("stopped.bin")).doesNotExist();
    var resumed = train(call + " --resume", corpus, path("stopped.bin"));
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(folder.resolve("stopped.bin")).hasSameBinaryContentAs(folder.resolve("through.bin"));
  }

  @Test
  void phrasesAreJoinedInTheText() throws IOException {
    Path text = folder.resolve("text.txt");
    Files.writeString(
        text, "she saw new york\nthe bank of america is there\nnew york is far\n".repeat(20));
    var outcome =
        train(
            "phrases %s -o %s --threshold 0.1 --connector-words english --list %s",
            text, path("joined.txt.gz"), path("phrases.tsv"));
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.err()).contains("joined.txt.gz: the text with ", "phrases.tsv: the phrases");
    try (var in = new GZIPInputStream(Files.newInputStream(folder.resolve("joined.txt.gz")))) {
      assertThat(new String(in.readAllBytes()).lines())
          .hasSize(60)
          .anyMatch(line -> line.contains("new_york"))
          .anyMatch(line -> line.contains("bank_of_america"));
    }
    List<String> list = Files.readAllLines(folder.resolve("phrases.tsv"));
    assertThat(list).anyMatch(line -> line.matches("new_york\t\\d+\\.\\d+"));
    var npmi =
        train(
            "phrases %s -o %s --threshold 0.5 --scoring npmi --delimiter + --passes 2",
            text, path("npmi.txt"));
    assertThat(npmi.code()).as(npmi.err()).isZero();
    assertThat(Files.readString(folder.resolve("npmi.txt"))).contains("new+york");
  }

  @Test
  void phrasesThatCannotBe() throws IOException {
    Path corpus = corpus(10, 5);
    assertThat(train("phrases %s -o %s --passes 0", corpus, path("j.txt")).code()).isEqualTo(2);
    assertThat(train("phrases %s -o %s --resume", corpus, path("j.txt")).err())
        .startsWith("gradus: train: there is no ");
    assertThat(train("phrases %s -o %s --scoring pmi", corpus, path("j.txt")).err())
        .isEqualTo("gradus: phrases: scoring is pmi. Valid are \"default\" and \"npmi\".\n");
    assertThat(folder.resolve("j.txt")).doesNotExist();
  }
}
