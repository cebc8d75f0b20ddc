package gradus.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.tensor.DType;
import gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LayerTest {
  private static class Net extends Layer {
    final Tensor selfScale = parameter(Tensor.ones(3));
    final Linear hiddenLayer = new Linear(3, 2);
    @RegisterBuffer final Tensor runningMean = Tensor.zeros(3);
    final Optional<Tensor> absent = Optional.empty();
    final Tensor[] pieces = {parameter(Tensor.ones(1)), parameter(Tensor.ones(2))};
    final List<Layer> blocks = List.of(new Linear(2, 2, false), new ReLU());
    final Map<String, Layer> heads = Map.of("left", new Linear(2, 1));
    final transient Tensor cache = Tensor.ones(9);
    static final Tensor SHARED_BY_ALL = Tensor.ones(9);
    final List<String> words = List.of("not a tensor");

    @Override
    public Tensor forward(Tensor x) {
      return hiddenLayer.forward(x.mul(selfScale));
    }
  }

  @Test
  void parametersAreTheFieldsByPyTorchsNames() {
    assertThat(new Net().namedParameters().keySet())
        .containsExactly(
            "self_scale",
            "pieces.0",
            "pieces.1",
            "hidden_layer.weight",
            "hidden_layer.bias",
            "blocks.0.weight",
            "heads.left.weight",
            "heads.left.bias");
  }

  @Test
  void buffersAreStateButNotParameters() {
    var net = new Net();
    assertThat(net.namedBuffers().keySet()).containsExactly("running_mean");
    assertThat(net.buffers()).containsExactly(net.runningMean);
    assertThat(net.parameters()).doesNotContain(net.runningMean);
    assertThat(net.stateDict().keySet()).contains("running_mean");
  }

  @Test
  void childrenAndLayersAreNamed() {
    var net = new Net();
    assertThat(net.namedChildren().keySet())
        .containsExactly("hidden_layer", "blocks.0", "blocks.1", "heads.left");
    assertThat(net.namedLayers().keySet())
        .containsExactly("", "hidden_layer", "blocks.0", "blocks.1", "heads.left");
    assertThat(net.layers()).hasSize(5).startsWith(net);
  }

  @Test
  void aSharedTensorIsOneParameterWithTwoNamesInTheState() {
    class Tied extends Layer {
      final Embedding input = new Embedding(5, 3);
      final Tensor output = input.weight;
    }
    var tied = new Tied();
    assertThat(tied.parameters()).hasSize(1);
    assertThat(tied.stateDict().keySet()).containsExactly("output", "input.weight");
  }

  @Test
  void aSharedLayerIsWalkedOnce() {
    var linear = new Linear(2, 2);
    var twice = new Sequential(linear, new ReLU(), linear);
    assertThat(twice.parameters()).hasSize(2);
    assertThat(twice.layers()).hasSize(3);
    assertThat(twice.stateDict()).hasSize(4);
  }

  @Test
  void layersOfACollectionAreNumberedInItsOrder() {
    var built = new Sequential(Stream.of(3, 5).map(size -> new Linear(size, 1)).toList());
    assertThat(built.stateDict().keySet())
        .containsExactly("0.weight", "0.bias", "1.weight", "1.bias");
    assertThat(((Linear) built.get(1)).weight.size(1)).isEqualTo(5);
    assertThatThrownBy(() -> new Sequential(Arrays.asList(new ReLU(), null)))
        .hasMessage("Sequential: layer 1 is null. Give a layer.");
  }

  @Test
  void anAnonymousLayerWithCapturedVariablesWorks() {
    var scale = Tensor.ones(2);
    var layer =
        new Layer() {
          final Linear inner = new Linear(2, 2);

          @Override
          public Tensor forward(Tensor x) {
            return inner.forward(x.mul(scale));
          }
        };
    assertThat(layer.namedParameters().keySet()).containsExactly("inner.weight", "inner.bias");
    assertThat(layer.toString()).startsWith("Layer(\n  (inner): Linear(");
  }

  @Test
  void trainAndEvalReachEveryLayer() {
    var net = new Sequential(new Sequential(new Dropout()), new ReLU());
    net.eval();
    assertThat(net.layers()).noneMatch(Layer::training);
    net.train();
    assertThat(net.layers()).allMatch(Layer::training);
  }

  @Test
  void applyVisitsChildrenFirst() {
    var seen = new ArrayList<String>();
    new Sequential(new Linear(1, 1), new ReLU()).apply(layer -> seen.add(layer.name()));
    assertThat(seen).containsExactly("Linear", "ReLU", "Sequential");
  }

  @Test
  void zeroGradForgetsEveryGradient() {
    var linear = new Linear(2, 1);
    linear.forward(Tensor.ones(1, 2)).sum().backward();
    assertThat(linear.parameters()).allMatch(Tensor::hasGrad);
    linear.zeroGrad();
    assertThat(linear.parameters()).noneMatch(Tensor::hasGrad);
  }

  @Test
  void frozenParametersWantNoGradient() {
    var linear = new Linear(2, 1);
    linear.requiresGrad_(false);
    assertThat(linear.forward(Tensor.ones(1, 2)).requiresGrad()).isFalse();
    linear.requiresGrad_(true);
    assertThat(linear.forward(Tensor.ones(1, 2)).requiresGrad()).isTrue();
  }

  @Test
  void toKeepsTheTensorObjects() {
    var linear = new Linear(2, 1);
    Tensor weight = linear.weight;
    float before = weight.toFloatArray()[0];
    linear.to(DType.FLOAT64);
    assertThat(linear.weight).isSameAs(weight);
    assertThat(weight.dtype()).isEqualTo(DType.FLOAT64);
    assertThat((float) weight.get(0, 0)).isEqualTo(before);
    linear.forward(Tensor.ones(DType.FLOAT64, 1, 2)).sum().backward();
    assertThat(weight.grad().toDoubleArray()).containsExactly(1, 1);
    assertThatThrownBy(() -> linear.to(DType.INT64))
        .hasMessage(
            "to: a layer cannot be converted to INT64. Parameters are floating point. Use FLOAT32 or FLOAT64.");
  }

  @Test
  void forwardThatIsNotThereSaysSo() {
    assertThatThrownBy(() -> new MSELoss().forward(Tensor.ones(1)))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageStartingWith("MSELoss.forward: this layer does not take one tensor.");
  }

  @Test
  void copyIsIndependent() {
    var model =
        new Sequential(new Linear(2, 2), new LayerNorm(2), new PReLU(), new Embedding(3, 2));
    model.eval();
    var copy = model.copy();
    assertThat(copy).hasToString(model.toString());
    assertThat(copy.training()).isFalse();
    Init.zeros_(copy.parameters().getFirst());
    assertThat(model.parameters().getFirst().abs().sum().item()).isPositive();
  }

  @Test
  void aLayerThatDoesNotSayHowIsNotCopied() {
    assertThatThrownBy(() -> new Net().copy())
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage(
            "Net.copy: this layer holds tensors or layers and does not say how to copy them. Override copy().");
  }

  @Test
  void twoFieldsOfOneNameAreRefused() {
    class Base extends Layer {
      final Tensor weight = parameter(Tensor.ones(1));
    }
    class Derived extends Base {
      @SuppressWarnings("hiding")
      final Tensor weight = parameter(Tensor.ones(1));
    }
    assertThatThrownBy(() -> new Derived().parameters())
        .hasMessageContaining("are both named \"weight\". Names must be unique");
  }

  private static class Child extends Layer {
    final Linear inner = new Linear(1, 1);
    Layer parent;
  }

  private static class Parent extends Layer {
    final Child child = new Child();
    final Layer self = this;

    Parent() {
      child.parent = this;
    }
  }

  @Test
  void aFieldThatLeadsBackIsPassedOver() {
    var root = new Parent();
    assertThat(root.toString()).contains("(child): Child(").doesNotContain("parent", "self");
    assertThat(root.stateDict().keySet()).containsExactly("child.inner.weight", "child.inner.bias");
    assertThat(root.parameters()).hasSize(2);
    var seen = new ArrayList<String>();
    root.apply(layer -> seen.add(layer.name()));
    assertThat(seen).containsExactly("Linear", "Child", "Parent");
  }

  @Test
  void whatCannotLearnIsNoParameter() {
    class Cached extends Layer {
      final Tensor weight = parameter(Tensor.ones(2));
      final Tensor doubled = weight.mul(2);
      final Tensor ids = Tensor.of(1, 2);
      final Tensor mask = Tensor.of(true, false);
    }
    assertThat(new Cached().namedParameters().keySet()).containsExactly("weight");
    assertThat(new Cached().stateDict().keySet()).containsExactly("weight");
  }

  @Test
  void nullsAreNamed() {
    assertThatThrownBy(() -> new Linear(1, 1).loadStateDict(null))
        .hasMessageStartingWith("loadStateDict: the state is null.");
    assertThatThrownBy(() -> new Sequential((Layer) null))
        .hasMessage("Sequential: layer 0 is null. Give a layer.");
  }
}
