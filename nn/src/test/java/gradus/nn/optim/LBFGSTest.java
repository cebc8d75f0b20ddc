package gradus.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import gradus.nn.F;
import gradus.tensor.DType;
import gradus.tensor.Memory;
import gradus.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The numbers are PyTorch's, on Rosenbrock's valley from (-1.5, 2). */
class LBFGSTest {
  private static Tensor start(DType dtype) {
    return Tensor.fromArray(new double[] {-1.5, 2}, 2).to(dtype).requiresGrad(true);
  }

  private static Supplier<Tensor> valley(LBFGS optimizer, Tensor p) {
    return () -> {
      optimizer.zeroGrad();
      Tensor x = p.select(0, 0);
      Tensor y = p.select(0, 1);
      Tensor loss = x.rsub(1).square().add(y.sub(x.square()).square().mul(100));
      loss.backward();
      return loss;
    };
  }

  /** Each row: the loss before the step, both parameters after it, evaluations, moves. */
  private static void check(
      Consumer<OptimizerOptions> options, DType dtype, double relative, double[]... rows) {
    Tensor p = start(dtype);
    var optimizer = new LBFGS(List.of(p), options);
    for (double[] row : rows) {
      double loss = optimizer.step(valley(optimizer, p)).item();
      assertThat(loss).isCloseTo(row[0], within(relative * Math.abs(row[0])));
      assertThat(p.get(0)).isCloseTo(row[1], within(relative));
      assertThat(p.get(1)).isCloseTo(row[2], within(relative));
      assertThat(optimizer.state(p)).containsEntry("func_evals", (int) row[3]);
      assertThat(optimizer.state(p)).containsEntry("n_iter", (int) row[4]);
    }
  }

  @Test
  void fixedSteps() {
    check(
        o -> o.lr(0.1).maxIter(4),
        DType.FLOAT64,
        1e-10,
        new double[] {12.5, -1.423156809660145, 2.024258365262721, 4, 4},
        new double[] {5.871813679613652, -1.4211667260968082, 2.022723080348671, 8, 8},
        new double[] {5.8629532525005885, -1.4183210800696051, 2.0188340299125658, 12, 12},
        new double[] {5.853459901341655, -1.4135324313132862, 2.0102200401934156, 16, 16});
  }

  @Test
  void fewEvaluationsAndAShortHistory() {
    check(
        o -> o.lr(0.05).maxIter(10).maxEval(7).historySize(3),
        DType.FLOAT64,
        1e-10,
        new double[] {12.5, -1.4530384682482231, 2.0148525015986314, 7, 6},
        new double[] {6.948010797449679, -1.4442269954532772, 2.016480315372615, 14, 12},
        new double[] {6.454651222533465, -1.4372316052055567, 2.0165950427377726, 21, 18},
        new double[] {6.18058656836651, -1.4314941439356723, 2.015335077137226, 28, 24});
  }

  @Test
  void strongWolfe() {
    check(
        o -> o.lineSearchFn("strong_wolfe"),
        DType.FLOAT64,
        1e-7,
        new double[] {12.5, -0.08511855589860293, -0.028757058413769698, 25, 19},
        new double[] {1.3070983150500495, 0.9995835472529905, 0.9991550319577943, 50, 38},
        new double[] {1.884048137837783e-07, 0.9999979943196398, 0.9999973438921637, 53, 41});
  }

  @Test
  void strongWolfeWithAShortHistory() {
    Consumer<OptimizerOptions> options =
        o -> o.lineSearchFn("strong_wolfe").maxIter(3).historySize(2);
    check(
        options,
        DType.FLOAT64,
        1e-9,
        new double[] {12.5, -1.4172551712244599, 2.026691880250174, 3, 1},
        new double[] {5.875809972976888, -1.4201365045001701, 2.023710425144713, 6, 3},
        new double[] {5.861853124644989, -1.4139481667544866, 1.9941001448374684, 9, 5},
        new double[] {5.829797253463969, -1.3079672704460197, 1.6657227146162434, 12, 7});
    check(
        options,
        DType.FLOAT32,
        2e-5,
        new double[] {12.5, -1.417255163192749, 2.0266919136047363, 3, 1},
        new double[] {5.875810146331787, -1.420136570930481, 2.0237104892730713, 6, 3});
  }

  @Test
  void severalParametersInOneRow() {
    Tensor.manualSeed(5);
    Tensor x = Tensor.randn(20, 3).toDouble();
    Tensor y = Tensor.randn(20, 2).toDouble();
    Tensor w = Tensor.zeros(DType.FLOAT64, 2, 3).requiresGrad(true);
    Tensor b = Tensor.zeros(DType.FLOAT64, 2).requiresGrad(true);
    Tensor unused = Tensor.ones(DType.FLOAT64, 2).requiresGrad(true);
    var optimizer = new LBFGS(List.of(w, b, unused), o -> o.maxIter(5));
    double[] losses = {0.9905104228518342, 0.7927177776539132, 0.7925397386507212};
    for (double expected : losses) {
      try (var _ = Memory.scope()) {
        Tensor loss =
            optimizer.step(
                () -> {
                  optimizer.zeroGrad();
                  Tensor l = F.mseLoss(F.linear(x, w, b).tanh(), y);
                  l.backward();
                  return l;
                });
        assertThat(loss.item()).isCloseTo(expected, within(1e-12));
      }
    }
    assertThat(w.detach().flatten().toDoubleArray())
        .containsExactly(
            new double[] {
              -0.086222235130364,
              0.4086361379004004,
              -0.5365847184601676,
              0.3066871811632056,
              0.2183050136274316,
              -0.25508087450347733
            },
            within(1e-9));
    assertThat(unused.detach().toDoubleArray()).containsExactly(1, 1);
  }

  @Test
  void aStoppedTrainingGoesOnBitForBit(@TempDir Path folder) {
    Tensor p = start(DType.FLOAT32);
    Consumer<OptimizerOptions> options =
        o -> o.lineSearchFn("strong_wolfe").maxIter(3).historySize(2);
    var optimizer = new LBFGS(List.of(p), options);
    optimizer.step(valley(optimizer, p));
    optimizer.step(valley(optimizer, p));
    Path file = folder.resolve("optimizer.pt");
    optimizer.stateDict().save(file);
    Tensor copy = p.detach().clone().requiresGrad(true);
    for (int i = 0; i < 3; i++) {
      optimizer.step(valley(optimizer, p));
    }
    var second = new LBFGS(List.of(copy), 0.3);
    second.loadStateDict(OptimizerState.load(file));
    for (int i = 0; i < 3; i++) {
      second.step(valley(second, copy));
    }
    assertThat(copy.detach().toFloatArray()).containsExactly(p.detach().toFloatArray());
    assertThat(second.state(copy))
        .containsEntry("func_evals", optimizer.state(p).get("func_evals"));
  }

  @Test
  void whatItKeepsIsCopied() {
    Tensor p = start(DType.FLOAT64);
    var optimizer = new LBFGS(List.of(p), o -> o.lr(0.1).maxIter(4));
    optimizer.step(valley(optimizer, p));
    OptimizerState state = optimizer.stateDict();
    int kept = ((List<?>) state.state().get(0).get("old_dirs")).size();
    optimizer.step(valley(optimizer, p));
    assertThat((List<?>) state.state().get(0).get("old_dirs")).hasSize(kept);
  }

  @Test
  void printsAsPyTorch() {
    assertThat(new LBFGS(List.of(start(DType.FLOAT32)), 0.5).toString())
        .isEqualTo(
            """
            LBFGS (
            Parameter Group 0
                history_size: 100
                line_search_fn: None
                lr: 0.5
                max_eval: 25
                max_iter: 20
                tolerance_change: 1.0E-9
                tolerance_grad: 1.0E-7
            )""");
  }

  @Test
  void errors() {
    Tensor p = start(DType.FLOAT32);
    var optimizer = new LBFGS(List.of(p));
    assertThatThrownBy(optimizer::step).hasMessageStartingWith("LBFGS: step() has no closure.");
    assertThatThrownBy(() -> optimizer.addParamGroup(List.of(Tensor.ones(1)), Map.of()))
        .hasMessageContaining("doesn't support per-parameter options");
    assertThatThrownBy(() -> new LBFGS(List.of(p), o -> o.lineSearchFn("armijo")))
        .hasMessageContaining("only 'strong_wolfe' is supported");
    assertThatThrownBy(() -> new LBFGS(List.of(p), o -> o.momentum(0.9)))
        .hasMessageStartingWith("LBFGS: there is no option momentum. It has lr, maxIter,");
  }
}
