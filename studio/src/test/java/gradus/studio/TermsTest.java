package gradus.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import gradus.optable.OpTable;
import gradus.tensor.DType;
import gradus.tensor.Tensor;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TermsTest {
  static Stream<OpTable.Row> rows() {
    return OpTable.rows().stream();
  }

  static Recording record(OpTable.Row row, DType dtype) {
    Tensor[] in =
        row.inputs().stream()
            .map(t -> t.detach().to(dtype).clone().requiresGrad(true))
            .toArray(Tensor[]::new);
    Tensor out = row.f().apply(List.of(in));
    Tensor.manualSeed(11);
    Tensor direction = Tensor.randn(dtype, out.shape().toArray());
    return Recording.of(out.mul(direction).sum());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void termsSumToTheElement(OpTable.Row row) {
    agree(row, DType.FLOAT64, 1e-9);
    agree(row, DType.FLOAT32, 1e-4);
  }

  private static void agree(OpTable.Row row, DType dtype, double tolerance) {
    var random = new Random(5);
    Recording recording = record(row, dtype);
    for (RecordedNode node : recording.nodes()) {
      if (node.kind() == RecordedNode.Kind.OP && node.value() instanceof Value.Whole whole) {
        List<Terms> all = Terms.forward(node).orElseThrow();
        for (int trial = 0; trial < 4 && whole.data().length > 0; trial++) {
          int at = random.nextInt(whole.data().length);
          List<Integer> index = Places.index(whole.shape(), at);
          close(all.get(at), whole.data()[at], tolerance, node, index);
          assertThat(Terms.forward(node, index)).contains(all.get(at));
        }
      }
    }
    for (RecordedStep step : recording.steps()) {
      for (RecordedStep.Share share : step.shares()) {
        var whole = (Value.Whole) share.value();
        List<Terms> all = Terms.backward(step, share.input()).orElseThrow();
        for (int trial = 0; trial < 4 && whole.data().length > 0; trial++) {
          int at = random.nextInt(whole.data().length);
          List<Integer> index = Places.index(whole.shape(), at);
          close(all.get(at), whole.data()[at], tolerance, step.node(), index);
        }
      }
    }
  }

  private static void close(
      Terms terms, double element, double tolerance, RecordedNode node, List<Integer> index) {
    assertThat(terms.sum())
        .as("%s at %s: %s", node, index, terms)
        .isCloseTo(element, within(tolerance * Math.max(1, Math.abs(element))));
    assertThat(terms.shown()).hasSizeLessThanOrEqualTo(8);
  }

  @Test
  void matmulIsARowTimesAColumn() {
    Tensor a = Tensor.of(new double[][] {{1, 2}, {3, 4}}).requiresGrad(true);
    Tensor b = Tensor.of(new double[][] {{5, 6, 7}, {8, 9, 10}}).requiresGrad(true);
    Recording recording = Recording.of(a.matmul(b).mul(Tensor.of(new double[] {1, 2, 3})).sum());
    RecordedStep step =
        recording.steps().stream()
            .filter(s -> s.node().op().name().equals("MatMul"))
            .findFirst()
            .orElseThrow();
    Terms terms = Terms.backward(step, 0, List.of(1, 0)).orElseThrow();
    assertThat(terms.shown())
        .extracting(Term::toString)
        .containsExactly("dC[1, 0] · B[0, 0]", "dC[1, 1] · B[0, 1]", "dC[1, 2] · B[0, 2]");
    assertThat(terms.sum()).isEqualTo(1 * 5 + 2 * 6 + 3 * 7);
    assertThat(Terms.backward(step, 1, List.of(1, 2)).orElseThrow().shown())
        .extracting(Term::toString)
        .containsExactly("A[0, 1] · dC[0, 2]", "A[1, 1] · dC[1, 2]");
    assertThatThrownBy(() -> Terms.backward(step, 0, List.of(2, 0)))
        .hasMessage(
            "index: [2, 0] is no element of [2, 2]. Give one number a dimension, from 0 to below"
                + " its size.");
    assertThatThrownBy(() -> Terms.backward(step, 2, List.of(0, 0)))
        .hasMessageStartingWith("terms: input 2 of");
  }

  /** Too many to be computed all together: one column of the derivative by itself. */
  @Test
  void largerTensorsAreAskedOneElementAtATime() {
    Tensor.manualSeed(2);
    Tensor a = Tensor.randn(30, 30).requiresGrad(true);
    Recording recording = Recording.of(a.cumprod(1).sum());
    RecordedStep step = recording.steps().get(1);
    assertThat(step.node().op().name()).isEqualTo("Cumprod");
    Terms terms = Terms.backward(step, 0, List.of(3, 10)).orElseThrow();
    assertThat(terms.more()).isEqualTo(16);
    double share = ((Value.Whole) step.shares().getFirst().value()).at(List.of(3, 10));
    assertThat(terms.sum()).isCloseTo(share, within(1e-4));
  }

  @Test
  void unknownWhereTooLarge() {
    Tensor a = Tensor.ones(5000).requiresGrad(true);
    Recording recording = Recording.of(a.sum());
    assertThat(Terms.backward(recording.steps().getFirst(), 0, List.of(7))).isEmpty();
    assertThat(Terms.forward(recording.nodes().getLast(), List.of())).isEmpty();
  }
}
