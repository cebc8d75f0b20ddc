package gradus.text.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import gradus.text.io.SharedFiles;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What gensim 4.2 says of 4,518 words of GloVe, on the test sets that people use. */
class GensimEvaluationTest {

  private static WordVectors glove;

  @BeforeEach
  void load() {
    if (glove == null) {
      glove = WordVectors.load(SharedFiles.format("glove.6B.100d.subset.txt"));
    }
  }

  private static int[] figures(AnalogyReport.Section section) {
    return new int[] {section.correct(), section.covered(), section.total()};
  }

  @Test
  void googlesAnalogies() throws IOException {
    AnalogyReport report = glove.evaluateWordAnalogies(SharedFiles.eval("questions-words.txt"));
    assertThat(report.accuracy()).isCloseTo(0.6773945968072043, within(1e-12));
    assertThat(report.sections())
        .startsWith(
            new AnalogyReport.Section("capital-common-countries", 479, 506, 506),
            new AnalogyReport.Section("capital-world", 4119, 4524, 4524),
            new AnalogyReport.Section("currency", 184, 866, 866),
            new AnalogyReport.Section("city-in-state", 800, 2467, 2467))
        .endsWith(new AnalogyReport.Section("gram9-plural-verbs", 572, 870, 870));
    assertThat(report.oovRatio()).isZero();
  }

  @Test
  void googlesAnalogiesOfTheFirstWords() throws IOException {
    AnalogyReport report =
        glove.evaluateWordAnalogies(SharedFiles.eval("questions-words.txt"), 2000, true);
    assertThat(report.accuracy()).isCloseTo(0.784251968503937, within(1e-12));
    assertThat(report.accuracyOfAll()).isCloseTo(0.025480966025378634, within(1e-12));
    assertThat(figures(report.sections().get(6))).containsExactly(0, 0, 812);
    assertThat(figures(report.sections().get(10))).containsExactly(201, 202, 1599);
  }

  @Test
  void googlesAnalogiesWithTheirCapitals() throws IOException {
    AnalogyReport report =
        glove.evaluateWordAnalogies(SharedFiles.eval("questions-words.txt"), 300_000, false);
    assertThat(report.accuracy()).isCloseTo(0.6465247338760175, within(1e-12));
    assertThat(report.covered()).isEqualTo(9582);
  }

  /** GloVe's own folder has the same questions, a file a section. */
  @Test
  void analogiesOfAFolder() throws IOException {
    AnalogyReport report = glove.evaluateWordAnalogies(SharedFiles.eval("glove-question-data"));
    assertThat(report.total()).isEqualTo(19_544);
    assertThat(report.correct()).isEqualTo(13_239);
    assertThat(report.sections()).hasSize(14);
    assertThat(report.sections().getFirst())
        .isEqualTo(new AnalogyReport.Section("capital-common-countries.txt", 479, 506, 506));
  }

  /** gensim was given the same questions in Google's form. */
  @Test
  void msrsAnalogies() throws IOException {
    AnalogyReport report = glove.evaluateWordAnalogies(SharedFiles.eval("msr_analogies.csv"));
    assertThat(report.sections())
        .extracting(AnalogyReport.Section::name)
        .startsWith("JJ_JJR", "JJR_JJ", "JJ_JJS")
        .hasSize(16);
    assertThat(report.sections()).extracting(AnalogyReport.Section::total).containsOnly(500);
    assertThat(report.sections().get(6))
        .isEqualTo(new AnalogyReport.Section("NN_NNS", 306, 454, 500));
    assertThat(report.accuracy()).isCloseTo(0.6758720930232558, within(1e-12));
    assertThat(
            glove
                .evaluateWordAnalogies(SharedFiles.eval("msr_analogies.csv"), 1000, true)
                .accuracyOfAll())
        .isCloseTo(0.029625, within(1e-12));
  }

  @Test
  void jairsAnalogies() throws IOException {
    AnalogyReport report = glove.evaluateWordAnalogies(SharedFiles.eval("jair.csv"));
    assertThat(List.of(report.correct(), report.covered(), report.total()))
        .containsExactly(2, 42, 430);
    assertThat(report.sections()).hasSize(20);
  }

  @ParameterizedTest
  @CsvSource({
    "men.tsv, 0.7118659993875083, 0.714910811147964, 0.09026472495448298, 77.26666666666667",
    "simlex999.txt, 0.2754296354820596, 0.3114415497430744, -0.022409907421782387, 65.06506506506507",
    "wordsim353.tsv, 0.609648847850014, 0.6240937444294756, 0.15954000974581303, 48.725212464589234",
    "ws353_rel.tsv, 0.5465465509847284, 0.5637811293574482, 0.1693958772432949, 47.22222222222222",
    "ws353_sim.tsv, 0.6386329806207734, 0.6704825445226237, 0.17129396391808313, 47.783251231527096",
    "rw.tsv, 0.4937476262027141, 0.5163730807067826, -0.042607886167387775, 97.34513274336283",
    "rg65.tsv, 0.6, 0.9324298858085562, 0.0546777023753256, 92.3076923076923",
    "mturk771.tsv, 0.6444381082186376, 0.6433389807668237, 0.14126471077267277, 65.11024643320363",
    "simverb3500.tsv, 0.05522468032122825, 0.061052937264412487, -0.04805623910301088, 74.0"
  })
  void pairs(String name, double spearman, double pearson, double ofAll, double oov)
      throws IOException {
    PairReport report = glove.evaluateWordPairs(SharedFiles.eval(name));
    assertThat(report.spearman()).isCloseTo(spearman, within(1e-4));
    assertThat(report.pearson()).isCloseTo(pearson, within(1e-6));
    assertThat(report.spearmanOfAll()).isCloseTo(ofAll, within(1e-4));
    assertThat(report.oovRatio()).isCloseTo(oov, within(1e-9));
  }

  /** The p-values that scipy gives gensim. */
  @Test
  void chance() throws IOException {
    PairReport men = glove.evaluateWordPairs(SharedFiles.eval("men.tsv"));
    assertThat(men.pearsonPValue()).isCloseTo(9.252188500873823e-108, withinPercentage(0.1));
    PairReport rg = glove.evaluateWordPairs(SharedFiles.eval("rg65.tsv"));
    assertThat(rg.spearmanPValue()).isCloseTo(0.28475697986529375, within(1e-12));
    assertThat(rg.pearsonPValue()).isCloseTo(0.020869612758729422, within(1e-6));
    PairReport verbs = glove.evaluateWordPairs(SharedFiles.eval("simverb3500.tsv"));
    assertThat(verbs.spearmanPValue()).isCloseTo(0.09593272114124483, within(1e-3));
  }

  @Test
  void pairsOfTheFirstWordsAndWithCapitals() throws IOException {
    PairReport first = glove.evaluateWordPairs(SharedFiles.eval("men.tsv"), 2000, true);
    assertThat(first.spearman()).isCloseTo(0.64998465782546, within(1e-4));
    assertThat(first.oovRatio()).isCloseTo(90.83333333333333, within(1e-9));
    PairReport cased = glove.evaluateWordPairs(SharedFiles.eval("wordsim353.tsv"), 300_000, false);
    assertThat(cased.spearman()).isCloseTo(0.6050049623933412, within(1e-4));
    assertThat(cased.oovRatio()).isCloseTo(51.55807365439094, within(1e-9));
  }
}
