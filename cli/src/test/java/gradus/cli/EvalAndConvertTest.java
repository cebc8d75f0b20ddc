package gradus.cli;

import static gradus.cli.Commands.gradus;
import static org.assertj.core.api.Assertions.assertThat;

import gradus.text.vectors.WordVectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.jr.ob.JSON;

/** {@code eval} and {@code convert}. */
class EvalAndConvertTest {

  @TempDir Path folder;
  private String words;

  @BeforeEach
  void write() throws IOException {
    words = Commands.words(folder);
  }

  private String file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text).toString();
  }

  @Test
  void reportsOfAnalogiesAndPairs() throws IOException {
    String questions = file("q.txt", ": royal\nMan king woman queen\nman king woman duchess\n");
    String pairs = file("pairs.csv", "word1,word2,score\nman,boy,9\nking,queen,7\nboy,queen,1\n");
    var outcome = gradus("vectors", "eval", words, questions, pairs);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .startsWith(questions + "\nroyal ")
        .contains(
            "100.0 %  (1 of 1 covered, 2 asked)\n50.0 % of the questions have unknown words\n")
        .contains(pairs + "\nSpearman 1.000, Pearson ", "(3 of 3 pairs covered)");
    assertThat(gradus("vectors", "eval", words, questions, "--case-sensitive").out())
        .contains("(0 of 0 covered, 2 asked)");
    assertThat(gradus("vectors", "eval", words, pairs, "--restrict-vocab=3").out())
        .contains("(0 of 3 pairs covered)");
  }

  @Test
  void reportsAsJson() throws IOException {
    String questions = file("q.txt", ": royal\nman king woman queen\n");
    String pairs = file("p.tsv", "man\tboy\t9\nking\tqueen\t7\n");
    List<Object> reports =
        JSON.std.listFrom(gradus("vectors", "eval", "--json", words, questions, pairs).out());
    assertThat(reports).hasSize(2);
    assertThat((Map<?, ?>) reports.getFirst())
        .satisfies(
            report -> {
              assertThat(report.get("test")).isEqualTo(questions);
              assertThat(report.get("accuracy")).isEqualTo(1.0);
            });
    assertThat(((Map<?, ?>) reports.getLast()).get("covered")).isEqualTo(2);
  }

  /** A folder of BATS is one test; where pairs lie about, each file is one by itself. */
  @Test
  void folders() throws IOException {
    file("bats/1/I01 [x].txt", "man\twoman\nking\tqueen\n");
    file("bats/2/I02 [y].txt", "man\tking\nwoman\tqueen\n");
    var bats = gradus("vectors", "eval", words, folder.resolve("bats").toString(), "--json");
    assertThat(JSON.std.listFrom(bats.out())).hasSize(1);
    file("bats/pairs.tsv", "man\tboy\t9\nking\tqueen\t7\n");
    var mixed = gradus("vectors", "eval", words, folder.resolve("bats").toString(), "--json");
    assertThat(JSON.std.listFrom(mixed.out()))
        .extracting(report -> (Object) ((Map<?, ?>) report).get("test"))
        .containsExactly(
            folder.resolve("bats/1").toString(),
            folder.resolve("bats/2").toString(),
            folder.resolve("bats/pairs.tsv").toString());
  }

  /** What cannot be read is told, and the others are still examined. */
  @Test
  void testsThatCannotBeRead() throws IOException {
    String pairs = file("p.tsv", "man\tboy\t9\nking\tqueen\t7\n");
    String bad = file("bad.txt", "man king\nwoman\n");
    var outcome = gradus("vectors", "eval", words, folder + "/none.txt", bad, pairs);
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err())
        .isEqualTo(
            "gradus: "
                + folder.resolve("none.txt")
                + " cannot be read: there is no such file.\n"
                + "gradus: analogies: line 2 of bad.txt is no pair. A line holds"
                + " word<TAB>answer1/answer2.\n");
    assertThat(outcome.out()).contains("(2 of 2 pairs covered)");
  }

  @ParameterizedTest
  @CsvSource({
    "a.txt, ''",
    "a.bin, ''",
    "a.vec.gz, ''",
    "a.glove, ''",
    "a.dat, word2vec-c-binary",
    "a.out, glove-text"
  })
  void convertedAndReadAgain(String name, String format) {
    Path out = folder.resolve(name);
    List<String> args =
        format.isEmpty()
            ? List.of("vectors", "convert", words, out.toString())
            : List.of("vectors", "convert", words, out.toString(), "--to", format);
    var outcome = gradus(args.toArray(String[]::new));
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.err()).startsWith(out + ": 5 words as ");
    WordVectors before = WordVectors.load(Path.of(words));
    WordVectors after = WordVectors.load(out);
    assertThat(after.vocabulary().words()).isEqualTo(before.vocabulary().words());
    assertThat(after.vectors().toFloatArray()).isEqualTo(before.vectors().toFloatArray());
  }

  @Test
  void conversionsThatCannotBe() {
    var ending = gradus("vectors", "convert", words, folder.resolve("a.doc").toString());
    assertThat(ending.code()).isEqualTo(2);
    assertThat(ending.err())
        .contains("a.doc names no format. Known are .txt, .bin, .vec and .glove.\n")
        .endsWith("Try: gradus vectors convert --help\n");
    var to = gradus("vectors", "convert", words, "a", "--to", "pickle");
    assertThat(to.code()).isEqualTo(2);
    assertThat(to.err()).contains("'pickle' is no format. Known are word2vec-text, ");
    var nowhere = gradus("vectors", "convert", words, folder.resolve("no/a.txt").toString());
    assertThat(nowhere.code()).isEqualTo(1);
    assertThat(nowhere.err()).contains("cannot be written: there is no such folder.");
    var limited =
        gradus("vectors", "convert", words, folder.resolve("l.txt").toString(), "--limit", "2");
    assertThat(limited.err()).contains("2 words as word2vec-text");
  }

  /** The figures that the fasttext program prints. */
  @Test
  void labelsOfTexts() throws IOException {
    String model = Commands.shared("formats/fasttext/sup_softmax.bin");
    String texts = Commands.shared("formats/fasttext/tiny_supervised.txt");
    assertThat(gradus("vectors", "eval", model, texts, "-k", "2").out())
        .isEqualTo(texts + "\nN\t250\nP@2\t0.500\nR@2\t1.000\n\n");
    String lie = file("lie.txt", "__label__sci the war\n__label__none unknown\n");
    Map<?, ?> report =
        (Map<?, ?>)
            JSON.std.listFrom(gradus("vectors", "eval", "--json", model, lie).out()).getFirst();
    assertThat(report.get("examples")).as("of the second no label is known").isEqualTo(1);
    assertThat(report.get("recall")).isEqualTo(0.0);
    assertThat(((Map<?, ?>) report.get("labels")).keySet().stream().map(Object::toString))
        .hasSize(2)
        .contains("__label__sci");
  }
}
