package gradus.tensor.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ParallelTest {

  private static final int THREADS = Parallel.threads();

  @BeforeEach
  void fourThreads() {
    Parallel.threads(4);
  }

  @AfterEach
  void restoreThreads() {
    Parallel.threads(THREADS);
  }

  @Test
  void everyRowOnce() {
    for (int rows : new int[] {0, 1, 2, 3, 15, 16, 17, 1000, 100_003}) {
      AtomicIntegerArray hits = new AtomicIntegerArray(rows);
      Parallel.rows(
          rows,
          1_000_000,
          (from, to) -> {
            for (int i = from; i < to; i++) {
              hits.incrementAndGet(i);
            }
          });
      for (int i = 0; i < rows; i++) {
        assertThat(hits.get(i)).isEqualTo(1);
      }
    }
  }

  @Test
  void anExceptionOfAnyRangeArrives() {
    for (int bad : new int[] {0, 50, 99}) {
      assertThatThrownBy(
              () ->
                  Parallel.rows(
                      100,
                      1_000_000,
                      (from, to) -> {
                        if (from <= bad && bad < to) {
                          throw new IndexOutOfBoundsException("row " + bad);
                        }
                      }))
          .isInstanceOf(IndexOutOfBoundsException.class)
          .hasMessage("row " + bad);
    }
    everyRowOnce();
  }

  @Test
  void nestedCallsRunSerially() {
    AtomicLong sum = new AtomicLong();
    Parallel.rows(
        64,
        1_000_000,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            Parallel.rows(64, 1_000_000, (first, last) -> sum.addAndGet(last - first));
          }
        });
    assertThat(sum.get()).isEqualTo(64 * 64);
  }

  @Test
  void manyCallersAtOnce() throws InterruptedException {
    AtomicLong sum = new AtomicLong();
    List<Thread> callers = new ArrayList<>();
    for (int c = 0; c < 8; c++) {
      callers.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int i = 0; i < 500; i++) {
                      Parallel.rows(40, 1_000_000, (from, to) -> sum.addAndGet(to - from));
                    }
                  }));
    }
    for (Thread caller : callers) {
      caller.join();
    }
    assertThat(sum.get()).isEqualTo(8 * 500 * 40);
  }

  @Test
  void parkedWorkersWakeUp() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      Thread.sleep(30);
      everyRowOnce();
    }
  }

  @Test
  void theNumberOfThreadsIsAtLeastOne() {
    assertThatThrownBy(() -> Parallel.threads(0)).hasMessageContaining("threads: 0 is below 1");
  }
}
