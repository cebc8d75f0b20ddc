package gradus.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import gradus.nn.BatchNorm1d;
import gradus.nn.Dropout;
import gradus.nn.Linear;
import gradus.nn.Sequential;
import gradus.nn.Tanh;
import gradus.optable.OpTable;
import gradus.tensor.DType;
import gradus.tensor.Memory;
import gradus.tensor.Op;
import gradus.tensor.Tensor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AgainTest {
  private final Tensor x = Tensor.of(new double[][] {{1, 2}, {3, -1}});
  private final Tensor w = Tensor.of(new double[][] {{.5, -.25}, {.125, 1}}).requiresGrad(true);

  /** Nodes: w, x, MatMul, Tanh, Sum. */
  private Tensor loss() {
    return w.matmul(x).tanh().sum();
  }

  private static double[] numbers(Value value) {
    return ((Value.Whole) value).data();
  }

  private static double lossOf(Recording recording) {
    return numbers(recording.nodes().getLast().value())[0];
  }

  private static RecordedNode find(Recording recording, String op) {
    return recording.nodes().stream()
        .filter(n -> n.op().name().equals(op) && n.kind() == RecordedNode.Kind.OP)
        .findFirst()
        .orElseThrow();
  }

  private static double[] gradient(Recording recording, int node) {
    return numbers(recording.gradient(recording.nodes().get(node)).orElseThrow());
  }

  @Test
  void anEditedParameterGivesTheLossAndTheGradientsThatItWouldHave() {
    Recording first = Recording.of(this::loss);
    Recording ifSo = first.again(new Edit.Number(0, List.of(0, 1), 2));
    Tensor other = Tensor.of(new double[][] {{.5, 2}, {.125, 1}}).requiresGrad(true);
    Tensor loss = other.matmul(x).tanh().sum();
    loss.backward();
    assertThat(lossOf(ifSo)).isEqualTo(loss.item()).isNotEqualTo(lossOf(first));
    assertThat(gradient(ifSo, 0)).containsExactly(other.grad().toDoubleArray());
    assertThat(numbers(ifSo.nodes().get(0).value())).containsExactly(.5, 2, .125, 1);
    assertThat(ifSo.edits()).containsExactly(new Edit.Number(0, List.of(0, 1), 2));
    assertThat(lossOf(ifSo.again())).isEqualTo(lossOf(first));
  }

  @Test
  void editedDataIsUsed() {
    Recording ifSo = Recording.of(this::loss).again(new Edit.Number(1, List.of(1, 0), -4));
    Tensor loss = w.matmul(Tensor.of(new double[][] {{1, 2}, {-4, -1}})).tanh().sum();
    assertThat(lossOf(ifSo)).isEqualTo(loss.item());
    assertThat(x.toDoubleArray()).containsExactly(1, 2, 3, -1);
  }

  @Test
  void behindAnEditedResultTheProgramGoesOnWithIt() {
    Recording first = Recording.of(this::loss);
    Recording ifSo = first.again(new Edit.Number(2, List.of(1, 1), 7));
    double[] product = w.matmul(x).toDoubleArray();
    double sum = Math.tanh(product[0]) + Math.tanh(product[1]) + Math.tanh(product[2]);
    assertThat(lossOf(ifSo)).isCloseTo(sum + Math.tanh(7), within(1e-6));
    double[] slopes = gradient(ifSo, 2);
    assertThat(slopes[3]).isCloseTo(1 - Math.tanh(7) * Math.tanh(7), within(1e-6));
    assertThat(slopes[0]).isEqualTo(gradient(first, 2)[0]);
  }

  /** A view, and what a program without gradients made of its data. */
  @Test
  void resultsOfEveryKindAreEdited() {
    Recording first = Recording.of(() -> w.t().mul(x.add(1).square()).sum());
    RecordedNode view = find(first, "Permute");
    Recording ifSo = first.again(new Edit.Number(view.id(), List.of(0, 0), 10));
    double[][] squares = {{4, 9}, {16, 0}};
    double rest = -.25 * 16 + .125 * 9;
    assertThat(lossOf(ifSo)).isCloseTo(10 * squares[0][0] + rest, within(1e-5));
    int data = first.nodes().stream().filter(n -> !n.getsGradient()).findFirst().get().id();
    ifSo = first.again(new Edit.Number(data, List.of(1, 1), 3));
    assertThat(lossOf(ifSo)).isCloseTo(lossOf(first) + 3, within(1e-5));
    assertThat(w.toDoubleArray()).containsExactly(.5, -.25, .125, 1);
  }

  @Test
  void aCutEdgeLetsNothingThrough() {
    Tensor a = Tensor.of(new double[] {1, 2}).requiresGrad(true);
    Tensor b = Tensor.of(new double[] {3, 4}).requiresGrad(true);
    Recording first = Recording.of(() -> a.mul(b).exp().add(a).sum());
    int exp = find(first, "Exp").id();
    Recording ifSo = first.again(new Edit.Cut(exp, 0));
    assertThat(lossOf(ifSo)).isEqualTo(lossOf(first));
    assertThat(gradient(ifSo, 0)).containsExactly(1, 1); // only by way of the sum
    assertThat(ifSo.gradient(ifSo.nodes().get(1))).isEmpty();
    assertThat(ifSo.gradient(find(ifSo, "Mul"))).isEmpty();
    assertThat(ifSo.nodes()).hasSameSizeAs(first.nodes());
    assertThat(ifSo.steps()).hasSameSizeAs(first.steps());
    Tensor loss = a.mul(b).exp().add(a).sum();
    loss.backward(); // nothing of it stays
    assertThat(b.grad().toDoubleArray())
        .containsExactly((float) Math.exp(3) * 1, 2 * (float) Math.exp(8));
  }

  @Test
  void gradientsAreSetAndZeroed() {
    Recording first = Recording.of(this::loss);
    int tanh = find(first, "Tanh").id();
    Recording zero = first.again(new Edit.ZeroGradient(tanh));
    assertThat(gradient(zero, tanh)).containsOnly(0);
    assertThat(gradient(zero, 0)).containsOnly(0);
    Recording one =
        first.again(new Edit.ZeroGradient(tanh), new Edit.Gradient(tanh, List.of(0, 1), 2));
    assertThat(gradient(one, tanh)).containsExactly(0, 2, 0, 0);
    double t = Math.tanh(.5 * 2 + .25);
    double slope = 2 * (1 - t * t);
    double[] expected = {slope * 2, slope * -1, 0, 0}; // by column 1 of x
    for (int i = 0; i < 4; i++) {
      assertThat(gradient(one, 0)[i]).isCloseTo(expected[i], within(1e-6));
    }
    assertThat(lossOf(one)).isEqualTo(lossOf(first));
  }

  @Test
  void eachRunDrawsTheSameNumbersUnlessASeedIsGiven() {
    var net = new Sequential(new Linear(2, 8), new Dropout(0.5), new Linear(8, 1));
    Tensor.manualSeed(4);
    Recording first = Recording.of(() -> net.forward(x).sum(), net);
    double next = Tensor.rand(1).item();
    assertThat(lossOf(first.again())).isEqualTo(lossOf(first));
    assertThat(Tensor.rand(1).item()).isNotEqualTo(next); // goes on where it was
    Tensor.manualSeed(4);
    assertThat(net.forward(x).sum().item()).isEqualTo(lossOf(first)); // as it would have been
    Tensor.manualSeed(77);
    double other = net.forward(x).sum().item();
    assertThat(lossOf(first.again(new Edit.Seed(77)))).isEqualTo(other);
  }

  @Test
  void nothingOfARunStays() {
    var net = new Sequential(new Linear(2, 3), new BatchNorm1d(3), new Tanh());
    float[] before =
        Tensor.cat(net.parameters().stream().map(Tensor::flatten).toList(), 0)
            .detach()
            .toFloatArray();
    Tensor norm = net.buffers().getFirst();
    Tensor mean = norm.clone();
    Tensor pending = net.get(0).parameters().getFirst().square().sum();
    int version = net.get(0).parameters().getFirst().version();
    Supplier<Tensor> loss = () -> net.forward(x).square().sum();
    Recording first = Recording.of(loss, net);
    first.again(new Edit.Number(1, List.of(0, 0), 9), new Edit.Cut(first.nodes().size() - 1, 0));
    first.check(1, List.of(0, 0));
    int last = first.nodes().size() - 1;
    assertThatThrownBy(() -> first.again(new Edit.Number(last, List.of(3), 1)))
        .hasMessageContaining("is no element of []");
    Supplier<Tensor> fails =
        () -> {
          if (net.get(0).parameters().getFirst().view(-1).select(0, 0).item() == 9) {
            throw new IllegalStateException("nine");
          }
          return loss.get();
        };
    Recording other = Recording.of(fails, net);
    assertThatThrownBy(() -> other.again(new Edit.Number(1, List.of(0, 0), 9))).hasMessage("nine");
    assertThat(
            Tensor.cat(net.parameters().stream().map(Tensor::flatten).toList(), 0)
                .detach()
                .toFloatArray())
        .containsExactly(before);
    assertThat(norm.toDoubleArray()).containsExactly(mean.toDoubleArray());
    assertThat(net.parameters()).noneMatch(Tensor::hasGrad);
    assertThat(net.get(0).parameters().getFirst().version()).isEqualTo(version);
    pending.backward(); // a history of before is still good
    assertThat(net.get(0).parameters().getFirst().hasGrad()).isTrue();
  }

  /** Of large tensors that stay as they are, what they are like is not read again. */
  @Test
  void largeTensorsAreReadAgainOnlyWhereTheyChanged() {
    Tensor large = Tensor.zeros(100, 50).requiresGrad(true);
    Recording first = Recording.of(() -> large.square().sum());
    assertThat(first.again().nodes().getFirst().value()).isSameAs(first.nodes().getFirst().value());
    var edited =
        (Value.Summary)
            first.again(new Edit.Number(0, List.of(3, 4), 5)).nodes().getFirst().value();
    assertThat(edited.max()).isEqualTo(5);
    large.data().select(0, 7).fill_(2);
    assertThat(((Value.Summary) first.again().nodes().getFirst().value()).max()).isEqualTo(2);
    assertThat(((Value.Summary) first.nodes().getFirst().value()).max()).isZero();
  }

  /** A page may ask from several threads: one run at a time. */
  @Test
  void manyAskAtOnce() {
    Recording first = Recording.of(this::loss);
    List<Double> losses =
        IntStream.range(0, 16)
            .parallel()
            .mapToObj(i -> lossOf(first.again(new Edit.Number(0, List.of(0, 0), i))))
            .toList();
    for (int i = 0; i < 16; i++) {
      Tensor other = Tensor.of(new double[][] {{i, -.25}, {.125, 1}});
      assertThat(losses.get(i)).isEqualTo(other.matmul(x).tanh().sum().item());
    }
    assertThat(w.toDoubleArray()).containsExactly(.5, -.25, .125, 1);
  }

  /** What the page asks, and what a page that is not ours might. */
  @Test
  void questionsOfThePageAreRead() {
    var calls = LiveRecording.calls(Recording.of(this::loss));
    var edit = Map.of("kind", "number", "node", 0, "index", List.of(0, 1), "value", 2);
    var answer = (byte[]) calls.get("again").answer(Map.of("edits", List.of(edit)));
    assertThat(new String(answer, StandardCharsets.UTF_8))
        .startsWith("{\"after\":{")
        .endsWith(",\"same\":5}");
    var nudge =
        (Map<?, ?>)
            calls
                .get("check")
                .answer(
                    Map.of("edits", List.of(edit), "node", 0, "index", List.of(0, 0), "eps", 0.01));
    assertThat(nudge.get("agrees")).isEqualTo(true);
    assertThat(nudge.get("eps")).isEqualTo(0.01f);
    for (Map<String, Object> wrong :
        List.<Map<String, Object>>of(
            Map.of("edits", "all"),
            Map.of("edits", List.of("cut")),
            Map.of("edits", List.of(Map.of("kind", "<b>"))),
            Map.of("edits", List.of(Map.of("kind", "zero", "node", 0.5))),
            Map.of("edits", List.of(Map.of("kind", "zero"))),
            Map.of("edits", List.of(Map.of("kind", "zero", "node", 77))),
            Map.of("edits", List.of(Map.of("kind", "cut", "node", 2, "input", -1))),
            Map.of(
                "edits",
                List.of(Map.of("kind", "number", "node", 0, "index", List.of(9, 9), "value", 1))),
            Map.of(
                "edits",
                List.of(Map.of("kind", "number", "node", -1, "index", List.of(), "value", 1))))) {
      assertThatThrownBy(() -> calls.get("again").answer(wrong))
          .as(wrong.toString())
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void outlivesAMemoryScope() {
    Recording first;
    try (var _ = Memory.scope()) {
      first = Recording.of(() -> Tensor.rand(2, 2).mul(w).sum());
    }
    Tensor.rand(5056).add(1);
    assertThat(lossOf(first.again())).isEqualTo(lossOf(first));
  }

  @Test
  void saysWhatCannotBeEdited() {
    Recording fixed = Recording.of(loss());
    assertThatThrownBy(() -> fixed.again(new Edit.Seed(1)))
        .hasMessage(
            "again: this is the recording of a loss, which cannot run once more. Record the function that computes it: Recording.of(() -> loss(x)).");
    Recording anew = Recording.of(() -> w.mul(Tensor.ones(2, 2)).sum());
    assertThatThrownBy(() -> anew.again(new Edit.Number(1, List.of(0, 0), 3)))
        .hasMessage(
            "again: data #1 [2, 2] is made anew in each run, so nothing that is edited in it lasts. Make it outside of the function.");
    Recording first = Recording.of(this::loss);
    assertThatThrownBy(() -> first.again(new Edit.Number(9, List.of(), 3)))
        .hasMessage("again: there is no node 9. Give one from 0 to 4.");
    assertThatThrownBy(() -> first.again(new Edit.Cut(2, 1)))
        .hasMessageStartingWith("again: input 1 of MatMul #2 [2, 2] gets no gradient.");
    assertThatThrownBy(() -> first.again(new Edit.ZeroGradient(1)))
        .hasMessageStartingWith("again: there is no node 1 that gets a gradient");
    assertThatThrownBy(() -> first.check(1, List.of(0, 0)))
        .hasMessageContaining("gets no gradient");
    assertThatThrownBy(() -> first.check(0, List.of(0, 0), -1))
        .hasMessageStartingWith("check: eps");
    Tensor ids = Tensor.of(1, 0);
    Recording picked = Recording.of(() -> w.indexSelect(0, ids).square().select(0, 0).sum());
    int node = picked.nodes().stream().filter(n -> !n.getsGradient()).findFirst().get().id();
    assertThatThrownBy(() -> picked.again(new Edit.Number(node, List.of(0), .5)))
        .hasMessageContaining("which cannot hold 0.5. Give a whole number.");
    assertThat(lossOf(picked.again(new Edit.Number(node, List.of(0), 0)))).isEqualTo(.3125);
  }

  @Test
  void knowsWhatCanBeEdited() {
    Recording first = Recording.of(() -> w.mul(Tensor.ones(2, 2)).add(x.neg()).add(x).sum());
    var can = first.program().orElseThrow().editable();
    assertThat(first.nodes().stream().filter(n -> !can.contains(n.id())).toList())
        .extracting(RecordedNode::label)
        .containsExactly("data #1"); // the ones are made anew
    assertThat(first.program().get().draws()).isFalse();
    assertThat(Recording.of(() -> w.mul(Tensor.rand(1)).sum()).program().get().draws()).isTrue();
  }

  @Test
  void comparesUntilControlFlowParts() {
    Supplier<Tensor> branches =
        () -> {
          Tensor y = w.mul(x);
          return (w.select(0, 0).select(0, 0).item() > 1 ? y.exp() : y.tanh()).sum();
        };
    Recording first = Recording.of(branches);
    Comparison small = first.compare(first.again(new Edit.Number(0, List.of(1, 1), 2)));
    assertThat(small.parted()).isFalse();
    assertThat(small.differences()).hasSameSizeAs(first.nodes());
    assertThat(small.differences().get(0).value().get().data()).containsExactly(0, 0, 0, 1);
    assertThat(small.differences().get(2).value().get().data()).containsExactly(0, 0, 0, -1);
    double slope = small.differences().get(0).gradient().get().data()[3];
    double before = 1 - Math.pow(Math.tanh(-1), 2);
    double after = 1 - Math.pow(Math.tanh(-2), 2);
    assertThat(slope).isCloseTo(-after + before, within(1e-6));
    Comparison parted = first.compare(first.again(new Edit.Number(0, List.of(0, 0), 2)));
    assertThat(parted.parted()).isTrue();
    assertThat(parted.same()).isEqualTo(3); // Exp instead of Tanh
    assertThat(parted.differences()).hasSize(3);
    assertThat(parted.toString()).contains("other ways from node 3 on");
    assertThat(first.compare(first.again()).toString()).isEmpty();
  }

  @Test
  void comparesBeforeAndAfterAStep() {
    Recording before = Recording.of(loss());
    Tensor loss = loss();
    loss.backward();
    Tensor step = w.grad().mul(0.1);
    w.data().sub_(step);
    Comparison comparison = before.compare(Recording.of(loss()));
    double[] moved = comparison.differences().get(0).value().get().data();
    for (int i = 0; i < 4; i++) {
      assertThat(moved[i]).isCloseTo(-step.toDoubleArray()[i], within(1e-7));
    }
    assertThat(comparison.differences().getLast().value().get().data()[0]).isNegative();
  }

  @Test
  void numbersAreTheSameWhetherLeavesWereUsedBeforeOrNot() {
    Recording first = Recording.of(this::loss);
    Recording second = Recording.of(this::loss);
    assertThat(second.nodes())
        .extracting(RecordedNode::toString)
        .containsExactlyElementsOf(first.nodes().stream().map(RecordedNode::toString).toList());
    assertThat(second.steps()).extracting(s -> s.node().id()).containsExactly(4, 3, 2, 0);
  }

  static Stream<OpTable.Row> rows() {
    return OpTable.rows().stream();
  }

  /** A slope by trying equals that of backprop, at every op that has one. */
  @ParameterizedTest
  @MethodSource("rows")
  void nudgedNumbersAgree(OpTable.Row row) {
    List<Tensor> in =
        row.inputs().stream()
            .map(t -> t.detach().to(DType.FLOAT64).clone().requiresGrad(true))
            .toList();
    int[] shape = row.f().apply(in).shape().toArray();
    Tensor.manualSeed(11);
    Tensor direction = Tensor.randn(DType.FLOAT64, shape);
    Recording recording = Recording.of(() -> row.f().apply(in).mul(direction).sum());
    var random = new Random(3);
    for (RecordedNode node : recording.nodes()) {
      boolean known = recording.program().get().editable().contains(node.id());
      if (node.kind() == RecordedNode.Kind.PARAMETER && known) {
        int elements = node.value().shape().numel();
        for (int trial = 0; trial < 4 && elements > 0; trial++) {
          List<Integer> index = Places.index(node.value().shape(), random.nextInt(elements));
          Nudge nudge = recording.check(node.id(), index);
          assertThat(nudge.numeric())
              .as("%s: %s", row, nudge)
              .isCloseTo(nudge.gradient(), within(1e-4 * Math.max(1, Math.abs(nudge.gradient()))));
          assertThat(nudge.agrees()).as("%s: %s", row, nudge).isTrue();
        }
      }
    }
  }

  @Test
  void checksResultsAndSaysWhereGradientsAreWrong() {
    Recording first = Recording.of(this::loss);
    for (int node : new int[] {0, 2, 3}) {
      Nudge nudge = first.check(node, List.of(1, 0));
      assertThat(nudge.agrees()).isTrue();
      assertThat(nudge.relativeError()).isLessThan(1e-3);
      assertThat(nudge.numeric()).isNotZero();
    }
    Nudge cut = first.again(new Edit.Cut(3, 0)).check(0, List.of(1, 0));
    assertThat(cut.gradient()).isZero();
    assertThat(cut.agrees()).isFalse();
    assertThat(cut.numeric()).isCloseTo(first.check(0, List.of(1, 0)).gradient(), within(1e-3));
  }

  /** Another number leads another way, and an edit further on would hit another op. */
  @Test
  void editsBehindAForkAreRefused() {
    Tensor a = Tensor.of(new double[] {1}).requiresGrad(true);
    Recording recording =
        Recording.of(
            () -> {
              Tensor b = a.mul(2);
              return (b.get(0) > 0 ? b.exp() : b.square()).sum();
            });
    int exp =
        recording.nodes().stream()
            .filter(n -> n.op() instanceof Op.Exp)
            .findFirst()
            .orElseThrow()
            .id();
    int leaf = recording.nodes().getFirst().id();
    assertThatThrownBy(
            () ->
                recording.again(
                    new Edit.Number(leaf, List.of(0), -1), new Edit.Number(exp, List.of(0), 5)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("again: with these edits the program goes another way before");
    assertThat(a.toDoubleArray()).containsExactly(1);
    assertThat(recording.again(new Edit.Number(leaf, List.of(0), -1)).nodes().getLast().value())
        .isInstanceOfSatisfying(
            Value.Whole.class, v -> assertThat(v.data()).containsExactly(4)); // square
  }
}
