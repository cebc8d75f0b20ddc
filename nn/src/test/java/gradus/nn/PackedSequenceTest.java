package gradus.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import gradus.autograd.Autograd;
import gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Packed and padded sequences, and layers that read each to its own end. */
class PackedSequenceTest {
  private static final int[] LENGTHS = {3, 6, 1, 4};

  private static List<Tensor> sequences() {
    Tensor.manualSeed(5);
    var out = new ArrayList<Tensor>();
    for (int length : LENGTHS) {
      out.add(Tensor.randn(length, 3));
    }
    return out;
  }

  /** The example of PyTorch's documentation. */
  @Test
  void packsStepByStep() {
    Tensor a = Tensor.of(1, 2, 3);
    Tensor b = Tensor.of(4, 5);
    Tensor c = Tensor.of(6);
    PackedSequence packed = RnnUtils.packSequence(List.of(a, b, c));
    assertThat(packed.data().toLongArray()).containsExactly(1, 4, 6, 2, 5, 3);
    assertThat(packed.batchSizes().toLongArray()).containsExactly(3, 2, 1);
    assertThat(packed.sortedIndices()).isNull();
    assertThat(RnnUtils.padSequence(List.of(a, b, c), true).toLongArray())
        .containsExactly(1, 2, 3, 4, 5, 0, 6, 0, 0);
    assertThat(RnnUtils.padSequence(List.of(b, a), true, 9, "left").toLongArray())
        .containsExactly(9, 4, 5, 1, 2, 3);
    // pad_packed_sequence's own example
    Tensor seq = Tensor.fromArray(new long[] {1, 2, 0, 3, 0, 0, 4, 5, 6}, 3, 3);
    PackedSequence sorted = RnnUtils.packPaddedSequence(seq, Tensor.of(2, 1, 3), true, false);
    assertThat(sorted.data().toLongArray()).containsExactly(4, 1, 3, 5, 2, 6);
    assertThat(sorted.sortedIndices().toLongArray()).containsExactly(2, 0, 1);
    assertThat(sorted.unsortedIndices().toLongArray()).containsExactly(1, 2, 0);
    RnnUtils.Padded padded = RnnUtils.padPackedSequence(sorted, true);
    assertThat(padded.output().toLongArray()).isEqualTo(seq.toLongArray());
    assertThat(padded.lengths().toLongArray()).containsExactly(2, 1, 3);
  }

  @Test
  void padsToATotalLengthWithAValue() {
    PackedSequence packed = RnnUtils.packSequence(sequences(), false);
    RnnUtils.Padded padded = RnnUtils.padPackedSequence(packed, false, -1, 8);
    assertThat(padded.output().shape()).hasToString("[8, 4, 3]");
    assertThat(padded.output().get(7, 1, 0)).isEqualTo(-1);
    assertThat(padded.output().get(3, 0, 2)).isEqualTo(-1);
    List<Tensor> back = RnnUtils.unpackSequence(packed);
    for (int i = 0; i < LENGTHS.length; i++) {
      assertThat(back.get(i).toFloatArray()).isEqualTo(sequences().get(i).toFloatArray());
    }
    assertThatThrownBy(() -> RnnUtils.padPackedSequence(packed, false, 0, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("padPackedSequence: totalLength is 5. ");
  }

  private static List<RNNBase> layers() {
    return List.of(
        new LSTM(3, 20, o -> o.numLayers(2).bidirectional(true)),
        new LSTM(3, 9, o -> o.projSize(5).bidirectional(true)),
        new GRU(3, 70, o -> o.numLayers(2).bidirectional(true)),
        new RNN(3, 4, o -> o.bidirectional(true)));
  }

  private record Result(List<Tensor> outputs, Tensor hidden) {}

  private static Result packed(RNNBase layer, List<Tensor> xs, Tensor h) {
    PackedSequence in = RnnUtils.packSequence(xs, false);
    return switch (layer) {
      case LSTM lstm -> {
        LSTM.PackedOutput r = lstm.forward(in, h, null);
        yield new Result(RnnUtils.unpackSequence(r.output()), r.hidden());
      }
      case GRU gru -> {
        GRU.PackedOutput r = gru.forward(in, h);
        yield new Result(RnnUtils.unpackSequence(r.output()), r.hidden());
      }
      case RNN rnn -> {
        RNN.PackedOutput r = rnn.forward(in, h);
        yield new Result(RnnUtils.unpackSequence(r.output()), r.hidden());
      }
      default -> throw new AssertionError();
    };
  }

  private static Result alone(RNNBase layer, List<Tensor> xs, Tensor h) {
    var outputs = new ArrayList<Tensor>();
    Tensor[] states = new Tensor[xs.size()];
    for (int i = 0; i < states.length; i++) {
      Tensor first = h.select(1, i);
      switch (layer) {
        case LSTM lstm -> {
          LSTM.Output r = lstm.forward(xs.get(i), first, null);
          outputs.add(r.output());
          states[i] = r.hidden();
        }
        case GRU gru -> {
          outputs.add(gru.forward(xs.get(i), first).output());
          states[i] = gru.forward(xs.get(i), first).hidden();
        }
        case RNN rnn -> {
          outputs.add(rnn.forward(xs.get(i), first).output());
          states[i] = rnn.forward(xs.get(i), first).hidden();
        }
        default -> throw new AssertionError();
      }
    }
    return new Result(outputs, Tensor.stack(1, states));
  }

  @Test
  void eachSequenceIsReadAsIfItWereAlone() {
    for (RNNBase layer : layers()) {
      List<Tensor> xs = sequences();
      xs.forEach(x -> x.requiresGrad(true));
      int state = layer.projSize > 0 ? layer.projSize : layer.hiddenSize;
      Tensor h = Tensor.randn(2 * layer.numLayers, 4, state).requiresGrad(true);
      var wanted = new ArrayList<>(layer.parameters());
      wanted.addAll(xs);
      wanted.add(h);
      Result together = packed(layer, xs, h);
      Result each = alone(layer, xs, h);
      for (int i = 0; i < 4; i++) {
        close(layer + " output", together.outputs.get(i), each.outputs.get(i));
      }
      close(layer + " hidden", together.hidden, each.hidden);
      var gradients = Autograd.grad(loss(together), wanted, false);
      var expected = Autograd.grad(loss(each), wanted, false);
      for (int i = 0; i < wanted.size(); i++) {
        close(layer + " gradient " + i, gradients.get(i), expected.get(i));
      }
    }
  }

  private static Tensor loss(Result r) {
    Tensor loss = r.hidden.square().sum();
    for (Tensor y : r.outputs) {
      loss = loss.add(y.pow(3).sum());
    }
    return loss;
  }

  private static void close(String what, Tensor actual, Tensor expected) {
    assertThat(actual.shape()).as(what).isEqualTo(expected.shape());
    float[] a = actual.toFloatArray();
    float[] b = expected.toFloatArray();
    for (int i = 0; i < a.length; i++) {
      assertThat(a[i]).as(what).isCloseTo(b[i], within(1e-5f + 1e-5f * Math.abs(b[i])));
    }
  }

  @Test
  void refusesLengthsThatDoNotFit() {
    Tensor x = Tensor.zeros(5, 2, 3);
    assertThatThrownBy(() -> RnnUtils.packPaddedSequence(x, Tensor.of(3, 5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "packPaddedSequence: lengths are [3, 5]. `lengths` array must be sorted in decreasing"
                + " order when `enforce_sorted` is true. Use packPaddedSequence(input, lengths, batchFirst, false).");
    assertThatThrownBy(() -> RnnUtils.packPaddedSequence(x, Tensor.of(5, 0)))
        .hasMessageContaining("greater than 0");
    assertThatThrownBy(() -> RnnUtils.packPaddedSequence(x, Tensor.of(6, 1)))
        .hasMessageContaining("at most 5");
    assertThatThrownBy(() -> RnnUtils.packPaddedSequence(x, Tensor.of(5)))
        .hasMessageContaining("Expected one length for each");
    assertThatThrownBy(() -> RnnUtils.padSequence(List.of()))
        .hasMessage("padSequence: there are no sequences. Give at least one.");
    assertThatThrownBy(() -> RnnUtils.padSequence(List.of(Tensor.zeros(2, 3), Tensor.zeros(2, 4))))
        .hasMessageContaining("[2, 3]")
        .hasMessageContaining("[2, 4]");
    assertThatThrownBy(() -> new PackedSequence(Tensor.zeros(4, 3), Tensor.of(2, 1)))
        .hasMessageContaining("add up");
    assertThatThrownBy(
            () -> new GRU(2, 3).forward(new PackedSequence(Tensor.zeros(3, 3), Tensor.of(2, 1))))
        .hasMessageContaining("Expected 2, got 3");
  }
}
