package gradus.tensor.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When a kernel counts as compiled. */
class WarmUpTest {
  private static final int TRIES = 1_000_000;

  private static boolean compiled(int floats, int tries, Runnable kernel) {
    var warmUp = new WarmUp();
    for (int i = 0; i < tries && !warmUp.compiled(); i++) {
      long turn = warmUp.turn();
      if (turn != WarmUp.PLAIN) {
        kernel.run();
        warmUp.done(turn, floats);
      }
    }
    return warmUp.compiled();
  }

  private static void slowly() {
    long end = System.nanoTime() + 10_000;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  @Test
  void quickPiecesAreEvidenceAndShortOnesIfThereAreMany() {
    assertThat(compiled(256, TRIES, () -> {})).isTrue();
    assertThat(compiled(100, TRIES, () -> {})).isTrue();
    assertThat(compiled(100, 20, () -> {})).isFalse();
    assertThat(compiled(63, TRIES, () -> {})).isFalse();
  }

  @Test
  void slowPiecesAreNot() {
    assertThat(compiled(1024, 1000, WarmUpTest::slowly)).isFalse();
    assertThat(compiled(100, 1000, WarmUpTest::slowly)).isFalse();
  }

  @Test
  void bothFormsDoEachElementOnce() {
    var warmUp = new WarmUp();
    int[] done = new int[300_000];
    WarmUp.Piece piece =
        (at, count) -> {
          for (int i = at; i < at + count; i++) {
            done[i]++;
          }
        };
    warmUp.run(5, done.length, piece, piece);
    for (int i = 0; i < done.length; i++) {
      assertThat(done[i]).isEqualTo(i < 5 ? 0 : 1);
    }
  }
}
