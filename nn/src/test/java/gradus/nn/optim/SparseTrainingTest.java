package gradus.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.nn.Embedding;
import gradus.nn.F;
import gradus.nn.Reduction;
import gradus.tensor.DType;
import gradus.tensor.Tensor;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SparseTrainingTest {
  private static final int[][] BATCHES = {{1, 4, 1}, {4, 0, 0}, {1, 1, 1}};

  private static Tensor trained(boolean sparse, Function<List<Tensor>, Optimizer> maker) {
    Tensor.manualSeed(0);
    var embedding = new Embedding(6, 3, sparse);
    Optimizer optimizer = maker.apply(embedding.parameters());
    for (int[] ids : BATCHES) {
      optimizer.zeroGrad();
      embedding.forward(Tensor.of(ids)).square().sum().backward();
      assertThat(embedding.weight.grad().isSparse()).isEqualTo(sparse);
      optimizer.step();
    }
    return embedding.weight.detach();
  }

  static Stream<Arguments> optimizers() {
    return Stream.of(
        row("SGD", p -> new SGD(p, 0.1)),
        row("SGD maximize", p -> new SGD(p, 0.1, 0, 0, 0, false, true)),
        row("SGD momentum", p -> new SGD(p, 0.1, 0.9)),
        row("SGD nesterov", p -> new SGD(p, 0.1, 0.9, 0, 0, true, false)),
        row("Adagrad", p -> new Adagrad(p, 0.1, 0.1, 0, 0.1, 1e-10, false)));
  }

  private static Arguments row(String name, Function<List<Tensor>, Optimizer> maker) {
    return Arguments.of(name, maker);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("optimizers")
  void sparseAndDenseGradientsTrainAlike(String name, Function<List<Tensor>, Optimizer> maker) {
    assertThat(trained(true, maker).allclose(trained(false, maker), 1e-5, 1e-6)).isTrue();
  }

  @Test
  void theGradientGivenIsReadInPlaceAndNeverHandedOut() {
    var embedding = new Embedding(6, 3, true);
    Tensor given = Tensor.ones(2, 3);
    embedding.forward(Tensor.of(1, 4)).backward(given);
    embedding.weight.grad().values().mul_(7);
    assertThat(given.toFloatArray()).containsOnly(1);

    embedding.zeroGrad();
    embedding.forward(Tensor.of(1, 4)).backward(given);
    given.mul_(2);
    var optimizer = new SGD(embedding.parameters(), 0.1);
    assertThatThrownBy(optimizer::step)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "values: the gradient [2, 3] that backward() made this row-sparse gradient of was changed in place before"
                + " it was used. Its rows are not copied. Take the optimizer's step first, or pass"
                + " backward(gradient.clone()).");
  }

  @Test
  void sparseAdamTouchesOnlyTheRowsLookedUp() {
    Tensor.manualSeed(0);
    Tensor before = new Embedding(6, 3).weight.detach();
    Tensor after = trained(true, p -> new SparseAdam(p, 0.1));
    Tensor change = after.sub(before).abs().sum(1);
    assertThat(change.gt(0).to(DType.INT64).toLongArray()).containsExactly(1, 1, 0, 0, 1, 0);
  }

  @Test
  void sparseAdamsFirstStepIsAdams() {
    Tensor ids = Tensor.of(0, 1, 2, 3, 4, 5);
    for (boolean sparse : new boolean[] {true, false}) {
      Tensor.manualSeed(0);
      var embedding = new Embedding(6, 3, sparse);
      Tensor start = embedding.weight.detach().clone();
      Optimizer optimizer =
          sparse
              ? new SparseAdam(embedding.parameters(), 0.1)
              : new Adam(embedding.parameters(), 0.1);
      embedding.forward(ids).square().sum().backward();
      optimizer.step();
      Tensor expected = start.sub(start.sign().mul(0.1));
      assertThat(embedding.weight.detach().allclose(expected, 1e-4, 1e-5)).isTrue();
    }
  }

  @Test
  void aGreatTableIsTrainedThroughAFewRows() {
    var embedding = new Embedding(50_000, 64, true);
    var optimizer = new SGD(embedding.parameters(), 0.5);
    Tensor ids = Tensor.of(3, 49_999, 3);
    Tensor goal = Tensor.ones(3, 64);
    double loss = Double.NaN;
    for (int i = 0; i < 50; i++) {
      optimizer.zeroGrad();
      Tensor value = F.mseLoss(embedding.forward(ids), goal, Reduction.SUM).div(4);
      value.backward();
      assertThat(embedding.weight.grad().values().shape()).hasToString("[3, 64]");
      ClipGrad.clipGradNorm(embedding.parameters(), 1e9);
      assertThat(embedding.weight.grad().values().shape()).hasToString("[2, 64]");
      optimizer.step();
      loss = value.item();
    }
    assertThat(loss).isLessThan(1e-4);
  }

  @Test
  void othersRefuseASparseGradientAndNameTheCure() {
    for (Function<List<Tensor>, Optimizer> maker :
        List.<Function<List<Tensor>, Optimizer>>of(
            Adam::new,
            AdamW::new,
            RMSprop::new,
            Adadelta::new,
            Adamax::new,
            NAdam::new,
            RAdam::new,
            ASGD::new,
            Rprop::new)) {
      var embedding = new Embedding(6, 3, true);
      Optimizer optimizer = maker.apply(embedding.parameters());
      embedding.forward(Tensor.of(1)).sum().backward();
      String name = optimizer.getClass().getSimpleName();
      assertThatThrownBy(optimizer::step)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "%s: the gradient of a parameter [6, 3] is row-sparse. %s does not support sparse gradients. Use SGD,"
                      .formatted(name, name)
                  + " SparseAdam or Adagrad, or an Embedding with sparse=false.");
    }
  }

  @Test
  void weightDecayNeedsADenseGradient() {
    var embedding = new Embedding(6, 3, true);
    embedding.forward(Tensor.of(1)).sum().backward();
    assertThatThrownBy(() -> new SGD(embedding.parameters(), 0.1, 0, 0, 0.1, false, false).step())
        .hasMessageContaining("SGD does not support sparse gradients together with weight decay.");
  }

  @Test
  void sparseAdamRefusesADenseGradient() {
    var embedding = new Embedding(6, 3);
    embedding.forward(Tensor.of(1)).sum().backward();
    assertThatThrownBy(() -> new SparseAdam(embedding.parameters()).step())
        .hasMessageContaining(
            "SparseAdam does not support dense gradients, please consider Adam instead.");
  }
}
