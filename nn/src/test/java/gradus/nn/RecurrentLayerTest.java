package gradus.nn;

import static gradus.nn.RecurrentTest.load;
import static gradus.nn.RecurrentTest.same;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.tensor.DType;
import gradus.tensor.GradMode;
import gradus.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a recurrent layer is like: its parameters, how it prints, its shapes, what it refuses. */
class RecurrentLayerTest {
  @BeforeEach
  void seed() {
    Tensor.manualSeed(11);
  }

  /** PyTorch's tutorial on sequence models, with what it prints. */
  @Test
  void aSeedGivesPyTorchsNumbers() {
    Tensor.manualSeed(1);
    var lstm = new LSTM(3, 3);
    Tensor[] inputs = new Tensor[5];
    for (int i = 0; i < 5; i++) {
      inputs[i] = Tensor.randn(1, 3);
    }
    Tensor.randn(1, 1, 3);
    Tensor.randn(1, 1, 3);
    Tensor x = Tensor.cat(0, inputs).view(5, 1, 3);
    LSTM.Output r = lstm.forward(x, Tensor.randn(1, 1, 3), Tensor.randn(1, 1, 3));
    Tensor expected =
        Tensor.of(
            new double[][] {
              {-0.0187, 0.1713, -0.2944},
              {-0.3521, 0.1026, -0.2971},
              {-0.3191, 0.0781, -0.1957},
              {-0.1634, 0.0941, -0.1637},
              {-0.3368, 0.0959, -0.0538}
            });
    same("output", r.output().view(5, 3), expected, 6e-5);
    same("hidden", r.hidden().view(3), expected.select(0, 4), 6e-5);
    same("cell", r.cell().view(3), Tensor.of(-0.9825, 0.4715, -0.0633), 6e-5);
  }

  @Test
  void parametersAreNamedAsInPyTorch() {
    var lstm = new LSTM(2, 3, o -> o.numLayers(2).bidirectional(true).projSize(1));
    assertThat(lstm.namedParameters().keySet())
        .startsWith(
            "weight_ih_l0",
            "weight_hh_l0",
            "bias_ih_l0",
            "bias_hh_l0",
            "weight_hr_l0",
            "weight_ih_l0_reverse")
        .hasSize(20)
        .endsWith("bias_hh_l1_reverse", "weight_hr_l1_reverse");
    assertThat(lstm.stateDict().get("weight_ih_l1").shape()).hasToString("[12, 2]");
    assertThat(lstm.stateDict().get("weight_hh_l1").shape()).hasToString("[12, 1]");
    assertThat(new GRUCell(2, 3).namedParameters().keySet())
        .containsExactly("weight_ih", "weight_hh", "bias_ih", "bias_hh");
    assertThat(new RNN(2, 3, o -> o.bias(false)).namedParameters().keySet())
        .containsExactly("weight_ih_l0", "weight_hh_l0");
    class Tagger extends Layer {
      final GRU encoder = new GRU(2, 3);
    }
    assertThat(new Tagger().stateDict().keySet()).startsWith("encoder.weight_ih_l0");
  }

  @Test
  void aStateDictAndACopyGiveTheSameLayer() {
    var lstm = new LSTM(3, 4, 2);
    Tensor x = Tensor.randn(5, 2, 3);
    var other = new LSTM(3, 4, 2);
    other.loadStateDict(lstm.stateDict());
    float[] expected = lstm.forward(x).toFloatArray();
    assertThat(other.forward(x).toFloatArray()).isEqualTo(expected);
    LSTM copy = lstm.copy();
    assertThat(copy.forward(x).toFloatArray()).isEqualTo(expected);
    try (var _ = GradMode.noGrad()) {
      copy.parameters().forEach(p -> p.zero_());
    }
    assertThat(lstm.forward(x).toFloatArray()).isEqualTo(expected);
    assertThatThrownBy(() -> new LSTM(3, 4).loadStateDict(lstm.stateDict()))
        .hasMessageContaining("weight_ih_l1");
  }

  @Test
  void printsAsInPyTorch() {
    assertThat(new LSTM(10, 20, o -> o.numLayers(2).batchFirst(true)))
        .hasToString("LSTM(10, 20, num_layers=2, batch_first=True)");
    assertThat(new LSTM(10, 20, o -> o.projSize(5).bias(false).bidirectional(true)))
        .hasToString("LSTM(10, 20, proj_size=5, bias=False, bidirectional=True)");
    assertThat(new GRU(10, 20, o -> o.numLayers(2).dropout(0.5)))
        .hasToString("GRU(10, 20, num_layers=2, dropout=0.5)");
    assertThat(new RNN(10, 20)).hasToString("RNN(10, 20)");
    assertThat(new RNNCell(10, 20, false, "relu"))
        .hasToString("RNNCell(10, 20, bias=False, nonlinearity=relu)");
    assertThat(new LSTMCell(10, 20)).hasToString("LSTMCell(10, 20)");
  }

  @Test
  void shapesWithAndWithoutBatch() {
    var lstm = new LSTM(3, 4, o -> o.numLayers(2).bidirectional(true).batchFirst(true));
    Tensor x = Tensor.randn(2, 5, 3);
    LSTM.Output r = lstm.run(x);
    assertThat(r.output().shape()).hasToString("[2, 5, 8]");
    assertThat(r.hidden().shape()).hasToString("[4, 2, 4]");
    LSTM.Output one = lstm.run(x.select(0, 1));
    assertThat(one.output().shape()).hasToString("[5, 8]");
    assertThat(one.cell().shape()).hasToString("[4, 4]");
    same("one of the batch", one.output(), r.output().select(0, 1), 1e-6);
    same("its state", one.hidden(), r.hidden().select(1, 1), 1e-6);
    Tensor h = Tensor.randn(4, 4);
    assertThat(lstm.forward(x.select(0, 0), h, h).cell().shape()).hasToString("[4, 4]");
  }

  @Test
  void anEmptyBatchGivesAnEmptyOutput() {
    for (RNNBase layer : List.of(new LSTM(3, 4), new GRU(3, 4), new RNN(3, 4))) {
      Tensor x = Tensor.zeros(5, 0, 3).requiresGrad(true);
      Tensor y = layer.forward(x);
      assertThat(y.shape()).hasToString("[5, 0, 4]");
      y.sum().backward();
      assertThat(x.grad().shape()).hasToString("[5, 0, 3]");
    }
    assertThat(new GRUCell(3, 4).forward(Tensor.zeros(0, 3)).shape()).hasToString("[0, 4]");
  }

  @Test
  void dropsBetweenLayersInTrainingAlone() {
    var gru = new GRU(3, 4, o -> o.numLayers(2).dropout(0.5).batchFirst(true));
    var first = new GRU(3, 4);
    var second = new GRU(4, 4);
    load(first, gru);
    try (var _ = GradMode.noGrad()) {
      for (int i = 0; i < 4; i++) {
        second.parameters().get(i).copy_(gru.parameters().get(4 + i));
      }
    }
    Tensor x = Tensor.randn(5, 2, 3);
    Tensor.manualSeed(3);
    Tensor y = gru.forward(x.transpose(0, 1));
    Tensor.manualSeed(3);
    // Drawn step by step, whatever comes first in the input.
    Tensor expected =
        second.forward(F.dropout(first.forward(x).reshape(10, 4), 0.5, true).view(5, 2, 4));
    assertThat(y.transpose(0, 1).toFloatArray()).isEqualTo(expected.toFloatArray());
    gru.eval();
    assertThat(gru.forward(x.transpose(0, 1)).transpose(0, 1).toFloatArray())
        .isEqualTo(second.forward(first.forward(x)).toFloatArray());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 4 | 1 | 0 | 0 | hidden_size must be greater than zero",
        "4 | 4 | 0 | 0 | 0 | num_layers must be greater than zero",
        "4 | 4 | 1 | 1.5 | 0 | between 0 and 1",
        "4 | 4 | 1 | 0 | 4 | proj_size has to be smaller than hidden_size",
        "4 | 4 | 1 | 0 | -1 | proj_size has to be smaller than hidden_size",
      })
  void refusesOptions(int hidden, int in, int layers, double dropout, int proj, String text) {
    assertThatThrownBy(
            () -> new LSTM(in, hidden, o -> o.numLayers(layers).dropout(dropout).projSize(proj)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("LSTM: ")
        .hasMessageContaining(text);
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatThrownBy(() -> new GRU(2, 3, o -> o.projSize(2)))
        .hasMessageContaining("only supported for LSTM");
    assertThatThrownBy(() -> new RNN(2, 3, o -> o.nonlinearity("gelu")))
        .hasMessage("RNN: nonlinearity is gelu. Unknown nonlinearity. Use tanh or relu.");
    assertThatThrownBy(() -> new GRU(2, 3, o -> o.nonlinearity("relu")))
        .hasMessageContaining("Only RNN");
    assertThatThrownBy(() -> new LSTM(1, 1, Integer.MAX_VALUE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("LSTM: its weights take about ");
    var gru = new GRU(2, 3);
    assertThatThrownBy(() -> gru.forward(Tensor.zeros(2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "GRU: the input is [2]. Expected input to be 2D or 3D: [L, N, 2], or [L, 2] without"
                + " batch.");
    assertThatThrownBy(() -> gru.forward(Tensor.zeros(4, 5, 3)))
        .hasMessage(
            "GRU: the input is [4, 5, 3]. input.size(-1) must be equal to input_size. Expected 2,"
                + " got 3.");
    assertThatThrownBy(() -> gru.forward(Tensor.zeros(0, 5, 2)))
        .hasMessageContaining("sequence length to be larger than 0");
    assertThatThrownBy(() -> gru.forward(Tensor.zeros(DType.FLOAT64, 4, 5, 2)))
        .hasMessageContaining("Use x.to(DType.FLOAT32).");
    assertThatThrownBy(() -> gru.forward(Tensor.zeros(4, 5, 2), Tensor.zeros(1, 4, 3)))
        .hasMessage(
            "GRU: the state hidden is FLOAT32[1, 4, 3] for an input FLOAT32[4, 5, 2]. Expected"
                + " hidden size [1, 5, 3] of the input's dtype. Leave it out for zeros.");
    assertThatThrownBy(
            () -> new LSTMCell(2, 3).forward(Tensor.zeros(4, 2), null, Tensor.zeros(4, 2)))
        .hasMessageStartingWith("LSTMCell: the state cell is ");
    assertThatThrownBy(() -> new RNNCell(2, 3).forward(Tensor.zeros(1, 4, 2)))
        .hasMessageContaining("Expected input to be 1D or 2D");
  }
}
