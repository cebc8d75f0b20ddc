package gradus.text.word2vec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import gradus.text.vectors.WordVectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Word2VecTest {

  private static final List<String> ANIMALS = List.of("cat", "dog", "cow", "hen");
  private static final List<String> ANIMAL_VERBS = List.of("sleeps", "runs", "drinks");
  private static final List<String> FOODS = List.of("bread", "soup", "cake", "rice");
  private static final List<String> FOOD_VERBS = List.of("bakes", "cooks", "cools");

  /** Sentences in which animals and foods never share their company. */
  private static List<List<String>> sentences() {
    var random = new Random(3);
    var result = new ArrayList<List<String>>();
    for (int i = 0; i < 1200; i++) {
      boolean animal = random.nextBoolean();
      result.add(
          List.of(
              "the",
              pick(animal ? ANIMALS : FOODS, random),
              pick(animal ? ANIMAL_VERBS : FOOD_VERBS, random),
              animal ? "outside" : "inside"));
    }
    return result;
  }

  private static String pick(List<String> words, Random random) {
    return words.get(random.nextInt(words.size()));
  }

  private static Word2Vec small(boolean skipGram) {
    return new Word2Vec().vectorSize(16).window(3).minCount(2).epochs(40).sample(0).sg(skipGram);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void wordsInTheSameCompanyGrowAlike(boolean skipGram) {
    var losses = new ArrayList<Double>();
    WordVectors trained =
        small(skipGram).alpha(0.05).train(sentences(), (epoch, done, loss) -> losses.add(loss));
    assertThat(losses.getLast()).isLessThan(0.85 * losses.getFirst());
    assertThat(trained.nSimilarity(List.of("cat", "hen"), List.of("dog", "cow")))
        .isGreaterThan(trained.nSimilarity(ANIMALS, FOODS) + 0.3);
    for (String animal : ANIMALS) {
      assertThat(trained.doesntMatch(List.of("bread", "soup", animal, "rice"))).isEqualTo(animal);
    }
  }

  @Test
  void sameSeedSameVectors() {
    WordVectors first = small(true).seed(5).train(sentences());
    WordVectors second = small(true).seed(5).train(sentences());
    WordVectors other = small(true).seed(6).train(sentences());
    assertThat(first.vectors().toFloatArray()).isEqualTo(second.vectors().toFloatArray());
    assertThat(first.vectors().toFloatArray()).isNotEqualTo(other.vectors().toFloatArray());
  }

  @Test
  void rareWordsAreLeftOut() {
    var model = new Word2Vec().minCount(2).vectorSize(4);
    WordVectors random = model.buildVocab(List.of(List.of("b", "a", "a"), List.of("b", "c", "a")));
    assertThat(random.vocabulary().words()).containsExactly("a", "b");
    assertThat(model.count("a")).isEqualTo(3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Word2Vec().buildVocab(List.of(List.of("a", "b"))))
        .withMessage(
            "word2vec: none of 2 different words occurs 5 times. Lower minCount or give more text.");
  }

  @Test
  void vectorsAreACopy() {
    Word2Vec model = small(true);
    WordVectors before = model.buildVocab(sentences());
    float[] kept = before.get("cat").toFloatArray().clone();
    model.train(sentences());
    assertThat(before.get("cat").toFloatArray()).isEqualTo(kept);
    assertThat(model.vectors().get("cat").toFloatArray()).isNotEqualTo(kept);
  }

  @Test
  void progressGoesUpToOne() {
    var done = new ArrayList<Double>();
    small(true).epochs(2).train(sentences(), (epoch, share, loss) -> done.add(share));
    assertThat(done).isSorted().hasSizeBetween(100, 250).endsWith(1.0);
  }

  @Test
  void settingsAreChecked() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Word2Vec().window(0))
        .withMessage("word2vec: window is 0. It must be at least 1.");
    assertThatIllegalStateException()
        .isThrownBy(() -> new Word2Vec().vectors())
        .withMessageContaining("Call buildVocab or train");
  }
}
