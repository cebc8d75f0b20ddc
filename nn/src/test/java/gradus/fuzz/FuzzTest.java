package gradus.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Random calls of everything, see {@link Fuzz}. Each seed is one call and stands beside each fault:
 * {@code -Dgradus.fuzz.seed=N} begins with it. {@code -Pfuzz} takes as long as one likes.
 */
class FuzzTest {
  @Test
  void everyCallEndsInAResultOrInAnErrorThatSaysWhy() throws Exception {
    Fuzz fuzz = new Fuzz();
    long first = Long.getLong("gradus.fuzz.seed", 1);
    int calls = 60_000;
    for (long seed = first; seed < first + calls; seed++) {
      fuzz.run(seed);
    }
    assertThat(fuzz.faults.values()).isEmpty();
    assertThat(fuzz.entryPoints()).isGreaterThan(900);
    assertThat(fuzz.results).isGreaterThan(calls / 3);
  }

  @Test
  void nullIsTakenOrRefusedByName() throws Exception {
    Fuzz fuzz = new Fuzz();
    fuzz.runNulls(10);
    assertThat(fuzz.faults.values()).isEmpty();
    assertThat(fuzz.calls).isGreaterThan(10_000);
  }
}
