package gradus.text.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import gradus.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordVectorsTest {

  /** Royalty lies along the first axis, woman along the second; king is a long vector. */
  private final WordVectors table =
      WordVectors.of(
          List.of("man", "woman", "king", "queen", "apple", "nothing"),
          Tensor.fromArray(
              new float[] {
                0, 0, 1, //
                0, 1, 1, //
                3, 0, 3, //
                1, 1, 1, //
                -1, 0, 0.5f, //
                0, 0, 0
              },
              6,
              3));

  @Test
  void getIsTheRow() {
    assertThat(table.get("woman").toFloatArray()).containsExactly(0, 1, 1);
    assertThat(table.getAll(List.of("queen", "man")).toFloatArray())
        .containsExactly(1, 1, 1, 0, 0, 1);
    assertThat(table.vectorSize()).isEqualTo(3);
    assertThat(table).hasToString("WordVectors(6 words, 3 numbers each)");
  }

  @Test
  void similarityIsTheCosineAndDistanceItsComplement() {
    assertThat(table.similarity("man", "woman")).isCloseTo(Math.sqrt(0.5), within(1e-6));
    assertThat(table.similarity("man", "king")).isCloseTo(Math.sqrt(0.5), within(1e-6));
    assertThat(table.distance("man", "woman")).isCloseTo(1 - Math.sqrt(0.5), within(1e-6));
    assertThat(table.similarity("king", "king")).isCloseTo(1, within(1e-6));
    assertThat(table.similarity("king", "nothing")).isZero();
  }

  @Test
  void sumsOfWordsAreAskedInOneBreath() {
    assertThat(table.mostSimilar("king")).isEqualTo(table.mostSimilar("king", 10));
    assertThat(table.positive("king", "woman").negative("man").mostSimilar())
        .isEqualTo(table.mostSimilar(List.of("king", "woman"), List.of("man"), 10));
    assertThat(table.positive("king", "woman").negative("man").mostSimilarCosMul(2))
        .isEqualTo(table.mostSimilarCosMul(List.of("king", "woman"), List.of("man"), 2));
    assertThat(table.positive("king").mostSimilar(1).getFirst().word()).isEqualTo("queen");
  }

  @Test
  void cosineAndStraightLineDisagreeAboutALongVector() {
    assertThat(table.mostSimilar("king", 1).getFirst().word()).isEqualTo("queen");
    assertThat(table.nearestByDistance("man", 2))
        .extracting(ScoredWord::word)
        .containsExactly("woman", "nothing");
    assertThat(table.nearestByDistance("man", 6).getLast().word()).isEqualTo("king");
    assertThat(table.euclideanDistance("man", "king")).isCloseTo(Math.sqrt(13), within(1e-6));
    assertThat(table.nearestByDistance("man", 6).getLast().score())
        .isCloseTo(Math.sqrt(13), within(1e-5));
    assertThat(table.length("king")).isCloseTo(Math.sqrt(18), within(1e-6));
  }

  @Test
  void analogyLeavesTheQuestionOut() {
    List<ScoredWord> answers = table.analogy("man", "king", "woman", 3);
    assertThat(answers.getFirst().word()).isEqualTo("queen");
    assertThat(answers).extracting(ScoredWord::word).doesNotContain("man", "king", "woman");
    assertThat(table.analogy("man", "king", "woman", 3, AnalogyMethod.COS_MUL).getFirst().word())
        .isEqualTo("queen");
    assertThat(table.rankOf("queen", List.of("king", "woman"), List.of("man"))).isEqualTo(1);
  }

  @Test
  void cosMulMultipliesTheShiftedCosines() {
    double toKing = (1 + table.similarity("queen", "king")) / 2;
    double toWoman = (1 + table.similarity("queen", "woman")) / 2;
    double toMan = (1 + table.similarity("queen", "man")) / 2;
    ScoredWord best =
        table.mostSimilarCosMul(List.of("king", "woman"), List.of("man"), 1).getFirst();
    assertThat(best.score()).isCloseTo(toKing * toWoman / (toMan + 1e-6), within(1e-5));
  }

  @Test
  void doesntMatchFindsTheOddOne() {
    assertThat(table.doesntMatch(List.of("king", "apple", "queen", "woman"))).isEqualTo("apple");
  }

  @Test
  void nSimilarityComparesMeanDirections() {
    assertThat(table.nSimilarity(List.of("man"), List.of("king")))
        .isCloseTo(table.similarity("man", "king"), within(1e-6));
    assertThat(table.nSimilarity(List.of("man", "king"), List.of("king", "man")))
        .isCloseTo(1, within(1e-6));
  }

  @Test
  void similarByVectorTakesAnyLength() {
    var long3 = Tensor.fromArray(new float[] {100, 100, 100}, 3);
    List<ScoredWord> near = table.similarByVector(long3, 2);
    assertThat(near.getFirst().word()).isEqualTo("queen");
    assertThat(near.getFirst().score()).isCloseTo(1, within(1e-6));
    assertThat(near.getFirst()).hasToString("queen 1.0000");
  }

  @Test
  void onlyKeepsOrderAndVectors() {
    WordVectors some = table.only(word -> word.endsWith("n"));
    assertThat(some.vocabulary().words()).containsExactly("man", "woman", "queen");
    assertThat(some.get("queen").toFloatArray()).containsExactly(1, 1, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> table.only(word -> false))
        .withMessageContaining("no word of 6");
  }

  @Test
  void saysWhatDoesNotFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WordVectors.of(List.of("a"), Tensor.zeros(2, 3)))
        .withMessage(
            "word vectors: 1 words and a table [2, 3]. The table needs one row per word: [1, dim].");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WordVectors.of(List.of("a"), Tensor.of(new long[][] {{1, 2}})))
        .withMessageContaining("must be FLOAT32 but is INT64");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> table.similarByVector(Tensor.zeros(4), 1))
        .withMessageContaining("the vector is [4], the table's rows are [3]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> table.mostSimilar("king", 0))
        .withMessageContaining("Ask for at least 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> table.mostSimilar(List.of(), List.of(), 1))
        .withMessageContaining("no words were given");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> table.doesntMatch(List.of()))
        .withMessageContaining("no words were given");
  }
}
