package gradus.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import gradus.autograd.Autograd;
import gradus.autograd.GradCheck;
import gradus.tensor.DType;
import gradus.tensor.GradMode;
import gradus.tensor.Tensor;
import gradus.tensor.kernel.Parallel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What recurrent layers compute, against plain loops of their formulas. */
class RecurrentTest {
  private static final int THREADS = Parallel.threads();

  @BeforeEach
  void seed() {
    Tensor.manualSeed(11);
  }

  @AfterEach
  void restoreThreads() {
    Parallel.threads(THREADS);
  }

  /** One step by the textbook: h and c of the next. */
  private static Tensor[] step(RNNBase layer, List<Tensor> w, Tensor x, Tensor h, Tensor c) {
    Tensor a = w.get(0).matmul(x.t()).t();
    Tensor b = w.get(1).matmul(h.t()).t();
    if (layer.bias) {
      a = a.add(w.get(2));
      b = b.add(w.get(3));
    }
    int n = layer.hiddenSize;
    switch (layer) {
      case LSTM _ -> {
        Tensor s = a.add(b);
        Tensor i = s.narrow(1, 0, n).sigmoid();
        Tensor f = s.narrow(1, n, n).sigmoid();
        Tensor g = s.narrow(1, 2 * n, n).tanh();
        Tensor o = s.narrow(1, 3 * n, n).sigmoid();
        Tensor next = f.mul(c).add(i.mul(g));
        Tensor state = o.mul(next.tanh());
        return new Tensor[] {layer.projSize > 0 ? state.matmul(w.getLast().t()) : state, next};
      }
      case GRU _ -> {
        Tensor r = a.narrow(1, 0, n).add(b.narrow(1, 0, n)).sigmoid();
        Tensor z = a.narrow(1, n, n).add(b.narrow(1, n, n)).sigmoid();
        Tensor made = a.narrow(1, 2 * n, n).add(r.mul(b.narrow(1, 2 * n, n))).tanh();
        return new Tensor[] {z.rsub(1).mul(made).add(z.mul(h)), c};
      }
      default -> {
        return new Tensor[] {a.add(b).tanh(), c};
      }
    }
  }

  /** All layers over x [L, N, *], step by step: output, hidden, cell. */
  private static List<Tensor> loop(RNNBase layer, Tensor x, Tensor h0, Tensor c0) {
    int directions = layer.bidirectional ? 2 : 1;
    Tensor in = x;
    var hs = new ArrayList<Tensor>();
    var cs = new ArrayList<Tensor>();
    for (int l = 0; l < layer.numLayers; l++) {
      var outs = new ArrayList<Tensor>();
      for (int d = 0; d < directions; d++) {
        int k = l * directions + d;
        Tensor h = h0.select(0, k);
        Tensor c = c0.select(0, k);
        Tensor[] steps = new Tensor[x.size(0)];
        for (int i = 0; i < steps.length; i++) {
          int t = d == 0 ? i : steps.length - 1 - i;
          Tensor[] next = step(layer, layer.allWeights().get(k), in.select(0, t), h, c);
          h = steps[t] = next[0];
          c = next[1];
        }
        outs.add(Tensor.stack(0, steps));
        hs.add(h);
        cs.add(c);
      }
      in = Tensor.cat(2, outs.toArray(Tensor[]::new));
    }
    return List.of(
        in, Tensor.stack(0, hs.toArray(Tensor[]::new)), Tensor.stack(0, cs.toArray(Tensor[]::new)));
  }

  private static List<Tensor> all(RNNBase layer, Tensor x, Tensor h, Tensor c) {
    return switch (layer) {
      case LSTM lstm -> {
        LSTM.Output r = lstm.forward(x, h, c);
        yield List.of(r.output(), r.hidden(), r.cell());
      }
      case GRU gru -> List.of(gru.forward(x, h).output(), gru.forward(x, h).hidden());
      case RNN rnn -> List.of(rnn.forward(x, h).output(), rnn.forward(x, h).hidden());
      default -> throw new AssertionError();
    };
  }

  private static Tensor loss(List<Tensor> results, List<Tensor> weights) {
    Tensor loss = Tensor.scalar(0f);
    for (int i = 0; i < results.size(); i++) {
      loss = loss.add(results.get(i).mul(weights.get(i)).sum());
    }
    return loss;
  }

  /** Sizes around what a block of columns and a vector hold. */
  static Stream<RNNBase> layers() {
    return Stream.of(
        new LSTM(3, 5),
        new LSTM(7, 20, o -> o.numLayers(2).bidirectional(true)),
        new LSTM(16, 130),
        new LSTM(5, 70, o -> o.projSize(33).numLayers(2)),
        new LSTM(5, 9, o -> o.projSize(4).bidirectional(true).bias(false)),
        new GRU(3, 5),
        new GRU(7, 20, o -> o.numLayers(2).bidirectional(true)),
        new GRU(16, 130, o -> o.bias(false)),
        new RNN(3, 5),
        new RNN(7, 70, o -> o.numLayers(2).bidirectional(true)));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void valuesAndGradientsAreThoseOfAPlainLoop(RNNBase layer) {
    int k = layer.numLayers * (layer.bidirectional ? 2 : 1);
    int state = layer.projSize > 0 ? layer.projSize : layer.hiddenSize;
    Tensor x = Tensor.randn(6, 13, layer.inputSize).requiresGrad(true);
    Tensor h = Tensor.randn(k, 13, state).requiresGrad(true);
    Tensor c = Tensor.randn(k, 13, layer.hiddenSize).requiresGrad(true);
    List<Tensor> ours = all(layer, x, h, c);
    List<Tensor> plain = loop(layer, x, h, c).subList(0, ours.size());
    var weights = ours.stream().map(Tensor::randnLike).toList();
    var wanted = new ArrayList<>(layer.parameters());
    wanted.addAll(layer instanceof LSTM ? List.of(x, h, c) : List.of(x, h));
    var grads = Autograd.grad(loss(ours, weights), wanted, false);
    var expected = Autograd.grad(loss(plain, weights), wanted, false);
    for (int i = 0; i < ours.size(); i++) {
      same("result " + i, ours.get(i), plain.get(i), 1e-5);
    }
    for (int i = 0; i < grads.size(); i++) {
      double size = 1 + expected.get(i).abs().max().item();
      same("gradient " + i, grads.get(i), expected.get(i), 2e-5 * size);
    }
    // What is not kept for a backward walk changes no bit.
    try (var _ = GradMode.noGrad()) {
      List<Tensor> again = all(layer, x, h, c);
      for (int i = 0; i < again.size(); i++) {
        assertThat(again.get(i).toFloatArray()).isEqualTo(ours.get(i).toFloatArray());
      }
    }
  }

  static void same(String what, Tensor actual, Tensor expected, double tolerance) {
    assertThat(actual.shape()).as(what).isEqualTo(expected.shape());
    double[] a = actual.toDoubleArray();
    double[] b = expected.toDoubleArray();
    for (int i = 0; i < a.length; i++) {
      assertThat(a[i]).as(what + " at " + i).isCloseTo(b[i], within(tolerance));
    }
  }

  @Test
  void secondDerivativesGoThroughAllLayersAndDirections() {
    for (RNNBase layer :
        List.of(
            new LSTM(2, 3, o -> o.numLayers(2).bidirectional(true).projSize(2)),
            new GRU(2, 3, o -> o.numLayers(2).bidirectional(true).batchFirst(true)),
            new RNN(2, 3, 2))) {
      layer.to(DType.FLOAT64);
      Tensor x = Tensor.randn(DType.FLOAT64, 3, 2, 2).requiresGrad(true);
      GradCheck.check(in -> layer.forward(in.get(0)), x);
      GradCheck.checkSecond(in -> layer.forward(in.get(0)), x);
    }
  }

  @Test
  void float32SecondDerivativesFollowFloat64() {
    var lstm = new LSTM(3, 4);
    Tensor x = Tensor.randn(4, 2, 3);
    Function<DType, Tensor> penalty =
        dtype -> {
          lstm.to(dtype);
          Tensor in = x.to(dtype).detach().requiresGrad(true);
          Tensor g = Autograd.grad(lstm.forward(in).square().sum(), List.of(in), true).getFirst();
          return Autograd.grad(g.square().sum(), lstm.parameters().getFirst()).getFirst();
        };
    Tensor exact = penalty.apply(DType.FLOAT64);
    same("penalty", penalty.apply(DType.FLOAT32), exact, 1e-4);
  }

  @Test
  void aCellIsALayerOfOneStep() {
    Tensor x = Tensor.randn(2, 3);
    Tensor h = Tensor.randn(2, 4);
    Tensor c = Tensor.randn(2, 4);
    var lstm = new LSTM(3, 4);
    var cell = new LSTMCell(3, 4);
    load(cell, lstm);
    LSTM.Output r = lstm.forward(x.unsqueeze(0), h.unsqueeze(0), c.unsqueeze(0));
    LSTMCell.State s = cell.forward(x, h, c);
    assertThat(s.hidden().toFloatArray()).isEqualTo(r.output().toFloatArray());
    assertThat(s.cell().toFloatArray()).isEqualTo(r.cell().toFloatArray());
    assertThat(cell.run(x.select(0, 0)).cell().shape()).hasToString("[4]");
    var gru = new GRU(3, 4);
    var unit = new GRUCell(3, 4);
    load(unit, gru);
    assertThat(unit.forward(x, h).toFloatArray())
        .isEqualTo(gru.forward(x.unsqueeze(0), h.unsqueeze(0)).output().toFloatArray());
    var rnn = new RNN(3, 4, o -> o.nonlinearity("relu"));
    var plain = new RNNCell(3, 4, true, "relu");
    load(plain, rnn);
    assertThat(plain.copy().forward(x, h).toFloatArray())
        .isEqualTo(rnn.forward(x.unsqueeze(0), h.unsqueeze(0)).output().toFloatArray());
  }

  static void load(Layer cell, RNNBase layer) {
    try (var _ = GradMode.noGrad()) {
      for (int i = 0; i < 4; i++) {
        cell.parameters().get(i).copy_(layer.parameters().get(i));
      }
    }
  }

  @Test
  void stridesDoNotMatter() {
    for (RNNBase layer : List.of(new LSTM(3, 20), new GRU(3, 20), new RNN(3, 20))) {
      Tensor x = Tensor.randn(3, 7, 5).permute(2, 1, 0); // [5, 7, 3]
      Tensor h = Tensor.randn(20, 7, 1).permute(2, 1, 0);
      List<Tensor> strided = all(layer, x, h, h);
      List<Tensor> dense = all(layer, x.contiguous(), h.contiguous(), h.contiguous());
      for (int i = 0; i < dense.size(); i++) {
        assertThat(strided.get(i).toFloatArray()).isEqualTo(dense.get(i).toFloatArray());
      }
      Tensor up = Tensor.randn(20, 7, 5).permute(2, 1, 0);
      assertThat(bits(layer, x, up)).isEqualTo(bits(layer, x.contiguous(), up.contiguous()));
    }
  }

  private static List<List<Float>> bits(Layer layer, Tensor x, Tensor up) {
    var wanted = new ArrayList<>(layer.parameters());
    Tensor in = x.detach().requiresGrad(true);
    wanted.add(in);
    Tensor y = layer.forward(in);
    var out = new ArrayList<List<Float>>();
    var results = new ArrayList<>(List.of(y));
    results.addAll(Autograd.grad(List.of(y), wanted, List.of(up), false, false));
    for (Tensor t : results) {
      var list = new ArrayList<Float>();
      for (float f : t.toFloatArray()) {
        list.add(f);
      }
      out.add(list);
    }
    return out;
  }

  /** Nor does it matter whether vectors are compiled, which they are only after a while. */
  @Test
  void anyNumberOfThreadsGivesTheSameBits() {
    for (RNNBase layer :
        List.of(new LSTM(40, 150), new LSTM(40, 150, o -> o.projSize(70)), new GRU(40, 150))) {
      Tensor x = Tensor.randn(8, 19, 40);
      Tensor up = Tensor.randnLike(layer.forward(x));
      Parallel.threads(1);
      var alone = bits(layer, x, up);
      for (int threads : new int[] {2, 3, 4, 2, 2, 2}) {
        Parallel.threads(threads);
        assertThat(bits(layer, x, up)).isEqualTo(alone);
      }
    }
  }

  @Test
  void nanAndInfinityStayInTheirSequence() {
    for (RNNBase layer : List.of(new LSTM(3, 20), new GRU(3, 20), new RNN(3, 20))) {
      Tensor x = Tensor.randn(4, 3, 3);
      Tensor clean = layer.forward(x).select(1, 0).clone();
      x.set(Double.NaN, 1, 1, 0);
      x.set(Double.POSITIVE_INFINITY, 2, 2, 1);
      Tensor y = layer.forward(x);
      assertThat(y.select(1, 0).toFloatArray()).isEqualTo(clean.toFloatArray());
      assertThat(y.select(1, 1).select(0, 0).isnan().any().itemBoolean()).isFalse();
      assertThat(y.select(1, 1).narrow(0, 1, 3).isnan().all().itemBoolean()).isTrue();
      assertThat(y.select(1, 2).select(0, 3).isnan().any().itemBoolean()).isFalse();
    }
  }

  @Test
  void statesMayBeChangedInPlace() {
    var lstm = new LSTM(3, 4);
    Tensor x = Tensor.randn(5, 2, 3);
    LSTM.Output r = lstm.run(x);
    r.hidden().select(1, 0).zero_();
    r.output().mul_(2);
    r.output().sum().add(r.hidden().sum()).backward();
    assertThat(lstm.parameters().getFirst().hasGrad()).isTrue();
  }
}
