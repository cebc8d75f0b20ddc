package gradus.text.fasttext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import gradus.tensor.io.LoadProgress;
import gradus.text.corpus.Corpus;
import gradus.text.vectors.ScoredWord;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our models in the fasttext program, and its in ours; left out where it is not installed. */
class FastTextProgramTest {

  private static final List<String> THINGS = List.of("kitten", "puppy", "heifer", "bread", "naïve");

  @TempDir Path folder;

  @BeforeAll
  static void isInstalled() {
    boolean found =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "fasttext")));
    Assumptions.assumeTrue(found, "left out: there is no program fasttext on the path");
  }

  private List<String> fasttext(String in, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("fasttext"));
    command.addAll(List.of(arguments));
    Path input = Files.writeString(folder.resolve("in.txt"), in);
    Process process =
        new ProcessBuilder(command)
            .redirectInput(input.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<String> lines = process.inputReader().lines().toList();
    assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
    return lines;
  }

  private Path text(boolean labelled) throws IOException {
    var random = new Random(5);
    var lines = new ArrayList<String>();
    for (int i = 0; i < 400; i++) {
      int thing = random.nextInt(THINGS.size());
      String label = labelled ? "__label__" + (thing < 3 ? "animal " : "thing ") : "";
      lines.add(label + "the " + THINGS.get(thing) + (thing < 3 ? " sleeps" : " cools"));
    }
    return Files.write(folder.resolve("text.txt"), lines);
  }

  private void assertSameVectors(FastText model, Path file) throws Exception {
    for (String line :
        fasttext("kitten\nkittens\nnaïve\nunseen\n", "print-word-vectors", file.toString())) {
      String[] cells = line.strip().split(" ");
      float[] vector = model.get(cells[0]).toFloatArray();
      assertThat(cells).hasSize(1 + vector.length);
      for (int i = 0; i < vector.length; i++) {
        assertThat((double) vector[i]).isCloseTo(Double.parseDouble(cells[1 + i]), within(1e-4));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"skipgram, ns", "cbow, hs", "skipgram, softmax"})
  void theProgramReadsOurModels(String name, String loss) throws Exception {
    FastText model =
        FastText.trainUnsupervised(
            Corpus.of(text(false)),
            o -> o.model(name).loss(loss).dim(12).bucket(300).minCount(1).epoch(10));
    Path file = folder.resolve("ours.bin");
    model.save(file);
    assertSameVectors(model, file);
    List<String> neighbours =
        fasttext("kitten\n", "nn", file.toString(), "3").stream()
            .map(line -> line.replace("Query word? ", "").split(" ")[0])
            .filter(word -> !word.isEmpty())
            .limit(3)
            .toList();
    assertThat(neighbours)
        .isEqualTo(
            model.wordVectors().mostSimilar("kitten", 3).stream().map(ScoredWord::word).toList());
  }

  @Test
  void weReadItsModels() throws Exception {
    Path text = text(false);
    fasttext(
        "",
        ("skipgram -input " + text + " -output " + folder.resolve("theirs"))
            .concat(" -dim 12 -bucket 300 -minCount 1 -epoch 3 -thread 1")
            .split(" "));
    Path file = folder.resolve("theirs.bin");
    assertSameVectors(FastText.load(file, LoadProgress.silent()), file);
  }

  @ParameterizedTest
  @CsvSource({"softmax, 1", "hs, 2", "ova, 1", "ns, 2"})
  void bothLabelAlike(String loss, int wordNgrams) throws Exception {
    Path text = text(true);
    FastText model =
        FastText.trainSupervised(
            Corpus.of(text),
            o -> o.loss(loss).wordNgrams(wordNgrams).dim(8).bucket(100).epoch(10).lr(0.5));
    Path file = folder.resolve("labels.bin");
    model.save(file);
    String asked = "the kitten sleeps\nthe bread cools\nkittens cool bread\n";
    List<String> lines = fasttext(asked, "predict-prob", file.toString(), "-", "2");
    for (int i = 0; i < 3; i++) {
      String[] cells = lines.get(i).split(" ");
      List<ScoredWord> ours = model.predict(asked.split("\n")[i], 2);
      assertThat(ours.getFirst().word()).isEqualTo(cells[0]);
      assertThat(ours.getFirst().score()).isCloseTo(Double.parseDouble(cells[1]), within(1e-4));
    }
    List<String> score = fasttext("", "test", file.toString(), text.toString(), "1");
    LabelScore own = model.test(Corpus.of(text), 1);
    assertThat(score.get(0).split("\t")[1]).isEqualTo("" + own.examples());
    assertThat(Double.parseDouble(score.get(1).split("\t")[1]))
        .isCloseTo(own.precision(), within(5e-3));
  }
}
