package gradus.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.regex.MatchResult;
import org.junit.jupiter.api.Test;

/** What the lesson claims stands beside what was measured, and the two are told apart. */
class LessonClaimsTest {

  private static final String MEASURED = "(-?[01]\\.\\d+) \\((\\d+)°\\)";

  private static MatchResult only(String pattern) {
    List<MatchResult> found = LessonRun.all(LessonRun.TEXT, pattern);
    assertThat(found).as(pattern).hasSize(1);
    return found.getFirst();
  }

  private static double number(MatchResult match, int group) {
    return Double.parseDouble(match.group(group));
  }

  @Test
  void eachOfTheFivePairsStandsBesideBothFigures() {
    String[][] pairs = {
      {"king – queen", "0.72"},
      {"king – man", "0.58"},
      {"king – apple", "0.12"},
      {"hot – cold", "0.45"},
      {"cat – feline", "0.81"}
    };
    for (String[] pair : pairs) {
      MatchResult row =
          only("(?m)^  %s +.+? {2,}%s +%s +%s$".formatted(pair[0], MEASURED, MEASURED, MEASURED));
      assertThat(row.group(1)).isEqualTo(pair[1]);
      for (int column = 1; column <= 5; column += 2) {
        double angle = Math.toDegrees(Math.acos(number(row, column)));
        assertThat(number(row, column + 1)).isCloseTo(angle, within(0.6));
      }
      assertThat(LessonRun.PAGE).contains("<td>" + pair[0] + "</td>");
    }
    assertThat(LessonRun.TEXT).containsPattern("no row of the table is “feline”.* fe \\+ ##line");
  }

  @Test
  void companyAloneTellsGroupsApart() {
    MatchResult alike =
        only("company alike: same group / different groups +(\\d\\.\\d+) / (-?\\d\\.\\d+)");
    assertThat(number(alike, 1)).isGreaterThan(number(alike, 2) + 0.5);
    assertThat(number(only("cosine in the table: correlation +(\\S+) over 120 pairs"), 1))
        .isGreaterThan(0.5);
  }

  @Test
  void theLengthOfKingsChangesTheDistanceAndNotTheCosine() {
    String row = "(?m)^  %s +\\S+ +(\\S+) +(\\d+)° +([\\d,]+) +(\\S+) +([\\d,]+)$";
    MatchResult asItIs = only(row.formatted("as it is"));
    MatchResult longer = only(row.formatted("× 2.0"));
    assertThat(longer.group(1)).isEqualTo(asItIs.group(1));
    assertThat(longer.group(3)).isEqualTo(asItIs.group(3)).isEqualTo("1");
    assertThat(number(longer, 4)).isGreaterThan(number(asItIs, 4));
    assertThat(asItIs.group(5)).isEqualTo("1");
    assertThat(longer.group(5)).isNotEqualTo("1");
  }

  @Test
  void dotProductsPreferLongVectors() {
    MatchResult lengths = only("ten nearest: by cosine / by dot product +(\\S+) / (\\S+)");
    assertThat(number(lengths, 2)).isGreaterThan(number(lengths, 1));
    MatchResult frequent = only("most frequent words / 1,000 rarest +(\\S+) / (\\S+)");
    assertThat(number(frequent, 1)).isGreaterThan(number(frequent, 2));
  }

  @Test
  void genderArrowsLeanTheSameWay() {
    List<MatchResult> arrows =
        LessonRun.all(
            LessonRun.TEXT,
            "(?m)^  \\w+ → \\w+ +\\w+ → \\w+ +%s +%s$".formatted(MEASURED, MEASURED));
    assertThat(arrows).hasSize(3);
    assertThat(arrows)
        .allSatisfy(
            arrow -> {
              assertThat(number(arrow, 1)).isBetween(0.05, 0.95);
              assertThat(number(arrow, 3)).isBetween(0.05, 0.95);
            });
  }

  @Test
  void companyIsRoughlyLinearInTheTrainedVectors() {
    String claim = "company explained by a linear layer, %s +(\\d+) %%";
    double chance = number(only(claim.formatted("vectors of chance")), 1);
    double trained = number(only(claim.formatted("trained vectors")), 1);
    assertThat(trained).isGreaterThan(chance + 20);
    assertThat(LessonRun.TEXT)
        .containsPattern("(?m)^  king − man \\+ woman +queen \\.\\d+, .*queen");
  }

  @Test
  void theFourStepsStandBesideOurs() {
    assertThat(LessonRun.TEXT)
        .containsPattern("(?m)^  1 +start with static embeddings +one row.*1\\.000$")
        .containsPattern("(?m)^  2 +let each token look at the other tokens +bank → .* %; bank → ")
        .containsPattern("(?m)^  3 +update by what helps .* loss \\S+ → \\S+; cosine")
        .containsPattern("(?m)^  4 +near “money”: financial features .*(cash|coins|interest|loan)")
        .containsPattern("(?m)^ +near “river”: geographic features .*(ducks|swans|fish|frogs)");
  }

  @Test
  void moneyDrawsBankToFinancialWords() {
    String after = LessonRun.TEXT.substring(LessonRun.TEXT.indexOf("Financial features"));
    List<MatchResult> shifts =
        LessonRun.all(after, "(?m)^  [a-z]+ +([+-]0\\.\\d{3}) +([+-]0\\.\\d{3})$");
    assertThat(shifts).hasSizeBetween(10, 16);
    for (int i = 0; i < shifts.size(); i++) {
      double money = number(shifts.get(i), 1);
      double river = number(shifts.get(i), 2);
      // Eight words of money, then those of the river: nearer than before, by the one side more.
      assertThat(i < 8 ? money : river).isGreaterThanOrEqualTo(0);
      assertThat(i < 8 ? money - river : river - money).isPositive();
    }
    List<String> drawn = List.of(only("money draws bank to +(.*)").group(1).split(", "));
    List<String> financial =
        List.of("loans", "insurance", "auditor", "firms", "mortgage", "finance", "credit", "debts");
    assertThat(drawn.stream().filter(financial::contains).count()).isGreaterThanOrEqualTo(3);
  }

  @Test
  void everyKindOfFileThatIsTriedComesBack() {
    List<MatchResult> kinds =
        LessonRun.all(
            LessonRun.TEXT,
            "(?m)^  (word2vec, text|word2vec, binary|GloVe|fastText, words) +[\\d,]+ +(\\w+ ?\\w*?) +(\\S+)$");
    assertThat(kinds).hasSize(4);
    assertThat(kinds)
        .allSatisfy(
            kind -> {
              assertThat(kind.group(2)).isEqualTo("the same");
              assertThat(number(kind, 3)).isLessThan(1e-6);
            });
    assertThat(LessonRun.TEXT)
        .contains("FastText.load(path)", "SentenceEncoder.load(folder)", "ALL_MINILM_L6_V2");
  }
}
