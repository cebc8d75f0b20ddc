package gradus.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopRowsTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 10, 100, 1000})
  void agreesWithSortingEverything(int n) {
    var random = new Random(n);
    float[] scores = new float[500];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = random.nextInt(60) / 60f;
    }
    int[] sorted =
        IntStream.range(0, scores.length)
            .filter(row -> row != 17 && row != 4)
            .boxed()
            .sorted((a, b) -> Float.compare(scores[b], scores[a]))
            .limit(n)
            .mapToInt(Integer::intValue)
            .toArray();
    assertThat(TopRows.best(scores, 0, scores.length, n, 17, 4)).containsExactly(sorted);
    for (int place = 0; place < sorted.length; place++) {
      assertThat(TopRows.rank(scores, sorted[place], 17, 4)).isEqualTo(place + 1);
    }
  }

  @Test
  void readsFromAnOffsetAndPassesOverNaN() {
    float[] scores = {9, 9, Float.NaN, 1, 3, 2};
    assertThat(TopRows.best(scores, 2, 4, 2)).containsExactly(2, 3);
  }
}
