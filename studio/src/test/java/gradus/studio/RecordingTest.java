package gradus.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import gradus.autograd.Backprop;
import gradus.autograd.Step;
import gradus.nn.F;
import gradus.nn.Linear;
import gradus.nn.ReLU;
import gradus.nn.Sequential;
import gradus.nn.TransformerEncoder;
import gradus.nn.TransformerEncoderLayer;
import gradus.tensor.GradMode;
import gradus.tensor.Memory;
import gradus.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordingTest {
  private static double[] numbers(Value value) {
    return ((Value.Whole) value).data();
  }

  static Tensor doubledTwice(Tensor a) {
    try (var _ = GradMode.traceSources()) {
      Tensor b = a.add(a);
      Tensor c = b.add(b);
      return c;
    }
  }

  @Test
  void sumsFillUpShareByShare() {
    Recording recording = Recording.of(doubledTwice(Tensor.scalar(0.75).requiresGrad(true)));
    assertThat(recording.nodes()).extracting(RecordedNode::label).containsExactly("a", "b", "c");
    assertThat(recording.nodes())
        .extracting(n -> numbers(n.value())[0])
        .containsExactly(.75, 1.5, 3.);
    assertThat(recording.nodes().getLast().inputs()).containsExactly(1, 1);
    RecordedStep first = recording.steps().getFirst();
    assertThat(first.node().id()).isEqualTo(2);
    assertThat(first.shares()).extracting(s -> numbers(s.value())[0]).containsExactly(1., 1.);
    assertThat(first.shares()).extracting(s -> numbers(s.sum())[0]).containsExactly(1., 2.);
    assertThat(numbers(recording.steps().getLast().incoming())).containsExactly(4.);
  }

  @Test
  void pointsAtLinesAndHoldsTheirText() {
    Recording recording = Recording.of(doubledTwice(Tensor.scalar(1.5).requiresGrad(true)));
    SourceLine line = recording.nodes().getLast().source().orElseThrow();
    assertThat(line.file()).isEqualTo("gradus/studio/RecordingTest.java");
    assertThat(recording.title()).isEqualTo("RecordingTest.java");
    assertThat(recording.sources().get(line.file()).lines().skip(line.line() - 1).findFirst())
        .hasValueSatisfying(text -> assertThat(text.strip()).isEqualTo("Tensor c = b.add(b);"));
  }

  @Test
  void namesDataAndTheTablesOfLookups() {
    Tensor table = Tensor.of(new double[][] {{1, 2}, {3, 4}}).requiresGrad(true);
    Tensor ids = Tensor.of(1, 0);
    Tensor scale = Tensor.of(new double[][] {{2, 2}, {2, 2}});
    try (var _ = GradMode.traceSources()) {
      Tensor x = F.embedding(ids, table);
      Tensor y = x.mul(scale);
      assertThat(Recording.of(y.sum()).nodes())
          .extracting(RecordedNode::label)
          .containsExactly("table", "ids", "x", "scale", "y", "Sum #5");
    }
  }

  /** Where a line does not say plainly what an input is called, it is not guessed. */
  @Test
  void guessesNoNames() {
    Tensor a = Tensor.scalar(2.5).requiresGrad(true);
    Tensor b = Tensor.scalar(1.5).requiresGrad(true);
    Tensor w = Tensor.of(new double[][] {{1, 2}}).requiresGrad(true);
    try (var _ = GradMode.traceSources()) {
      Tensor two = a.add(1).add(b);
      Tensor row = Tensor.embedding(w, Tensor.of(0), -1, false, false);
      assertThat(Recording.of(two.mul(row.sum())).nodes())
          .filteredOn(n -> n.kind() == RecordedNode.Kind.PARAMETER)
          .extracting(n -> n.name().orElse("?"))
          .containsExactlyInAnyOrder("?", "?", "w");
    }
  }

  @Test
  void equalsTheWalkStepByStepAndLeavesTheProgramAlone() {
    Tensor.manualSeed(3);
    var model = new Sequential(new Linear(3, 4), new ReLU(), new Linear(4, 2));
    Tensor x = Tensor.randn(5, 3);
    Tensor loss = F.crossEntropy(model.forward(x), Tensor.of(0, 1, 1, 0, 1));
    Recording recording = Recording.of(loss, model);
    assertThat(model.parameters()).noneMatch(Tensor::hasGrad);
    int at = 0;
    for (Step step : Backprop.of(loss)) {
      RecordedStep recorded = recording.steps().get(at++);
      assertThat(recorded.node().op()).isEqualTo(step.node().op());
      assertThat(numbers(recorded.incoming())).containsExactly(numbers(Value.of(step.gradient())));
      var shares = step.edges().stream().filter(e -> e.gradient().isPresent()).toList();
      for (int i = 0; i < shares.size(); i++) {
        assertThat(recorded.shares().get(i).formula()).isEqualTo(shares.get(i).formula());
        assertThat(numbers(recorded.shares().get(i).value()))
            .containsExactly(numbers(Value.of(shares.get(i).gradient().get())));
      }
    }
    assertThat(recording.steps()).hasSize(at);
    for (RecordedStep step : recording.steps()) {
      if (step.node().kind() == RecordedNode.Kind.PARAMETER) {
        Tensor grad = model.namedParameters().get(step.node().label()).grad();
        assertThat(numbers(step.incoming())).containsExactly(numbers(Value.of(grad)));
      }
    }
  }

  @Test
  void namesParametersGroupsOpsAndShowsData() {
    var model = new Sequential(new Linear(3, 4), new ReLU(), new Linear(4, 2));
    Tensor loss = F.crossEntropy(model.forward(Tensor.randn(5, 3)), Tensor.of(0, 1, 1, 0, 1));
    List<RecordedNode> nodes = Recording.of(loss, model).nodes();
    assertThat(nodes)
        .filteredOn(n -> n.kind() == RecordedNode.Kind.PARAMETER)
        .extracting(RecordedNode::label)
        .containsExactlyInAnyOrder("0.weight", "0.bias", "2.weight", "2.bias");
    assertThat(nodes)
        .filteredOn(n -> n.op().name().equals("Linear"))
        .extracting(RecordedNode::group)
        .containsExactly("0", "2");
    assertThat(nodes)
        .filteredOn(n -> !n.getsGradient())
        .extracting(n -> n.value().shape().toString())
        .contains("[5, 3]", "[5]");
  }

  @Test
  void whatIsBetweenTheParametersOfALayerBelongsToIt() {
    var encoder =
        new TransformerEncoder(
            new TransformerEncoderLayer(8, 2, o -> o.dimFeedforward(16).batchFirst(true)), 2);
    Tensor loss = encoder.forward(Tensor.randn(1, 3, 8)).square().mean();
    List<RecordedNode> nodes = Recording.of(loss, encoder).nodes();
    for (int layer = 0; layer < 2; layer++) {
      String name = "layers." + layer;
      assertThat(nodes)
          .filteredOn(n -> n.group().equals(name + ".self_attn"))
          .extracting(n -> n.op().name())
          .contains("Linear", "MatMul", "Softmax");
      assertThat(nodes)
          .filteredOn(n -> n.group().equals(name))
          .extracting(n -> n.op().name())
          .contains("Add", "Relu"); // the way around, and between linear1 and linear2
    }
    assertThat(nodes.getLast().group()).isEmpty();
  }

  @Test
  void nothingLaterChangesThePast() {
    Tensor a = Tensor.of(new double[] {2, 3}).requiresGrad(true);
    Recording recording;
    try (var _ = Memory.scope()) {
      Tensor square = a.square();
      recording = Recording.of(square.sum());
      square.detach().zero_();
    }
    try (var _ = GradMode.noGrad()) {
      a.zero_();
    }
    assertThat(numbers(recording.nodes().get(0).value())).containsExactly(2, 3);
    assertThat(numbers(recording.nodes().get(1).value())).containsExactly(4, 9);
    assertThat(recording.nodes().get(1).copy().orElseThrow().input(0).toDoubleArray())
        .containsExactly(2, 3);
  }

  @Test
  void saysWhatWasOverwritten() {
    Tensor a = Tensor.of(new double[] {2, 3}).requiresGrad(true);
    Tensor twice = a.mul(2);
    Tensor more = twice.add_(1);
    List<RecordedNode> nodes = Recording.of(more.sum()).nodes();
    assertThat(nodes)
        .filteredOn(n -> n.op().name().equals("Mul"))
        .first()
        .extracting(RecordedNode::value)
        .isInstanceOf(Value.Overwritten.class);
    assertThat(numbers(nodes.get(nodes.size() - 2).value())).containsExactly(5, 7);
  }

  @Test
  void largeTensorsAreSummed() {
    var large = (Value.Summary) Value.of(Tensor.arange(0, 10_000).view(100, 100));
    assertThat(large.corners().get(3)).isDeepEqualTo(new double[][] {{9898, 9899}, {9998, 9999}});
    assertThat(List.of(large.min(), large.max(), large.mean())).containsExactly(0., 9999., 4999.5);
    assertThat(large.std()).isEqualTo(Math.sqrt((1e8 - 1) / 12));
    assertThat(large.histogram()).hasSize(32).startsWith(313, 312);
    assertThat(Value.of(Tensor.zeros(64, 64))).isInstanceOf(Value.Whole.class);
  }

  /** So large that it is read in parts: the result is that of reading it in one. */
  @Test
  void millionsAreSummedInParts() {
    Tensor.manualSeed(1);
    Tensor x = Tensor.randn(3, 70_001).add(1000);
    double[] data = x.toDoubleArray();
    var large = (Value.Summary) Value.of(x);
    double mean = Arrays.stream(data).average().orElseThrow();
    double squares = Arrays.stream(data).map(a -> (a - mean) * (a - mean)).sum();
    assertThat(large.mean()).isCloseTo(mean, within(1e-9));
    assertThat(large.std()).isCloseTo(Math.sqrt(squares / data.length), within(1e-9));
    assertThat(large.min()).isEqualTo(Arrays.stream(data).min().getAsDouble());
    int[] histogram = new int[Value.BINS];
    double scale = Value.BINS / (large.max() - large.min());
    for (double a : data) {
      histogram[Math.min((int) ((a - large.min()) * scale), Value.BINS - 1)]++;
    }
    assertThat(large.histogram()).containsExactly(histogram);
    assertThat(large.corners().get(3)[1][1]).isEqualTo(data[data.length - 1]);
    assertThat((Value.Summary) Value.of(x.toDouble()))
        .usingRecursiveComparison()
        .ignoringFields("dtype")
        .isEqualTo(large);
    var huge = (Value.Summary) Value.of(Tensor.arange(0, 600_000));
    assertThat(Arrays.stream(huge.histogram()).sum()).isEqualTo(200_000); // every third
    assertThat(huge.max()).isEqualTo(599_999);
    x.select(0, 2).select(0, 9).fill_(Double.NEGATIVE_INFINITY);
    var infinite = (Value.Summary) Value.of(x);
    assertThat(infinite.min()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(Arrays.stream(infinite.histogram()).sum()).isEqualTo(data.length - 1);
  }

  @Test
  void whatIsNotFiniteIsInNoPartOfTheHistogram() {
    Tensor x = Tensor.zeros(5000);
    x.select(0, 3).fill_(Double.POSITIVE_INFINITY);
    x.select(0, 9).fill_(8);
    var large = (Value.Summary) Value.of(x);
    assertThat(large.max()).isInfinite();
    assertThat(large.histogram()[0]).isEqualTo(4998);
    assertThat(large.histogram()[31]).isEqualTo(1);
    x.select(0, 4).fill_(Double.NaN);
    large = (Value.Summary) Value.of(x);
    assertThat(List.of(large.min(), large.max(), large.mean())).containsOnly(Double.NaN);
    assertThat(large.histogram()[0]).isEqualTo(4997);
  }

  @Test
  void refusesWhatHasNoHistory() {
    assertThatThrownBy(() -> Recording.of(Tensor.scalar(1)))
        .hasMessageContaining("backward: this tensor does not require gradients");
    Tensor a = Tensor.of(new double[] {2, 3}).requiresGrad(true);
    Tensor loss = a.square().sum();
    loss.backward();
    assertThatThrownBy(() -> Recording.of(loss)).hasMessageContaining("history");
  }

  /**
   * One tensor, two states: the op before the change is told so, the op after it has its numbers.
   */
  @Test
  void dataThatWasChangedBetweenTwoUsesIsTwoNodes() {
    Tensor w = Tensor.of(new double[] {1, 2}).requiresGrad(true);
    Tensor x = Tensor.of(new double[] {10, 20});
    Tensor before = w.add(x);
    x.add_(1);
    Recording recording = Recording.of(before.add(w.add(x)).sum());
    List<Value> data =
        recording.nodes().stream()
            .filter(node -> node.kind() == RecordedNode.Kind.DATA)
            .map(RecordedNode::value)
            .toList();
    assertThat(data).hasSize(2);
    assertThat(data).filteredOn(v -> v instanceof Value.Overwritten).hasSize(1);
    assertThat(data)
        .filteredOn(v -> v instanceof Value.Whole)
        .singleElement()
        .satisfies(v -> assertThat(((Value.Whole) v).data()).containsExactly(11, 21));
  }
}
