package gradus.tensor.kernel.recurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import gradus.tensor.DType;
import gradus.tensor.GradMode;
import gradus.tensor.Op;
import gradus.tensor.Tensor;
import gradus.tensor.spi.Internals;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The walks of recurrent layers, at every vector width, against steps made of ops in double. */
class RecurrenceTest {
  private static final Internals INTERNALS = Internals.get();

  private record Sample(Op.Recurrence op, List<Tensor> inputs) {
    @Override
    public String toString() {
      return op + " " + inputs.get(1).shape() + " of " + inputs.size();
    }

    static Sample of(Op.Recurrence op, int gates, int hidden, int width, boolean more) {
      int rows = op.batchSizes().stream().mapToInt(Integer::intValue).sum();
      int n = op.batchSizes().getFirst();
      double bound = 1 / Math.sqrt(hidden);
      var in = new ArrayList<Tensor>();
      in.add(Tensor.randn(rows, gates * hidden));
      in.add(Tensor.randn(gates * hidden, width).mul(bound));
      in.add(Tensor.randn(n, width));
      if (gates == 4) {
        in.add(Tensor.randn(n, hidden));
      }
      if (more) {
        in.add(gates == 4 ? Tensor.randn(width, hidden).mul(bound) : Tensor.randn(hidden));
      }
      return new Sample(op, in);
    }
  }

  static Stream<Sample> samples() {
    Tensor.manualSeed(2);
    var out = new ArrayList<Sample>();
    for (int hidden : new int[] {1, 5, 16, 64, 71, 130}) {
      for (boolean reverse : new boolean[] {false, true}) {
        for (List<Integer> sizes : List.of(List.of(9, 9, 9), List.of(7, 3, 3, 1), List.of(1))) {
          out.add(Sample.of(new Op.Lstm(sizes, reverse), 4, hidden, hidden, false));
          out.add(Sample.of(new Op.Lstm(sizes, reverse), 4, hidden, (hidden + 1) / 2, true));
          out.add(Sample.of(new Op.Gru(sizes, reverse), 3, hidden, hidden, false));
          out.add(Sample.of(new Op.Gru(sizes, reverse), 3, hidden, hidden, true));
          out.add(Sample.of(new Op.Rnn(false, sizes, reverse), 1, hidden, hidden, false));
          out.add(Sample.of(new Op.Rnn(true, sizes, reverse), 1, hidden, hidden, false));
        }
      }
    }
    return out.stream();
  }

  private static Tensor exact(Sample sample, List<Tensor> inputs) {
    try (var _ = GradMode.noGrad()) {
      return INTERNALS.recurrenceBySteps(
          sample.op, inputs.stream().map(x -> x.to(DType.FLOAT64)).toArray(Tensor[]::new));
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void valuesAndSlopesAreThoseOfTheStepsInDouble(Sample sample) {
    Tensor[] in =
        sample.inputs.stream().map(x -> x.detach().requiresGrad(true)).toArray(Tensor[]::new);
    Tensor y = INTERNALS.recurrence(sample.op, in);
    double[] expected = exact(sample, sample.inputs).toDoubleArray();
    float[] actual = y.toFloatArray();
    assertThat(actual).hasSize(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) actual[i]).isCloseTo(expected[i], within(1e-5));
    }
    Tensor g = Tensor.randnLike(y.detach());
    List<Tensor> gradients;
    try (var _ = GradMode.noGrad()) {
      gradients = INTERNALS.recurrenceGrad(g, sample.op, INTERNALS.node(y));
    }
    // Along a random direction for each input, the loss rises as the gradient says.
    for (int i = 0; i < in.length; i++) {
      Tensor direction = Tensor.randn(DType.FLOAT64, in[i].shape().toArray());
      double step = 1e-6;
      var up = new ArrayList<>(sample.inputs);
      up.set(i, up.get(i).to(DType.FLOAT64).add(direction.mul(step)));
      var down = new ArrayList<>(sample.inputs);
      down.set(i, down.get(i).to(DType.FLOAT64).sub(direction.mul(step)));
      Tensor change = exact(sample, up).sub(exact(sample, down)).div(2 * step);
      double slope = change.mul(g.to(DType.FLOAT64)).sum().item();
      Tensor products = gradients.get(i).to(DType.FLOAT64).mul(direction);
      double tolerance = 1e-4 * (1 + products.abs().sum().item());
      assertThat(products.sum().item()).as("input " + i).isCloseTo(slope, within(tolerance));
    }
  }
}
