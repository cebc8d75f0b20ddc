package gradus.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every expected text is what PyTorch prints. */
class LayerPrintTest {
  static Stream<Arguments> layers() {
    return Stream.of(
        Arguments.of(new Linear(3, 2), "Linear(in_features=3, out_features=2, bias=True)"),
        Arguments.of(new Linear(3, 2, false), "Linear(in_features=3, out_features=2, bias=False)"),
        Arguments.of(
            new Bilinear(2, 3, 4),
            "Bilinear(in1_features=2, in2_features=3, out_features=4, bias=True)"),
        Arguments.of(new Embedding(10, 3), "Embedding(10, 3)"),
        Arguments.of(new Embedding(10, 3, 0), "Embedding(10, 3, padding_idx=0)"),
        Arguments.of(new Embedding(10, 3, -1), "Embedding(10, 3, padding_idx=9)"),
        Arguments.of(new Embedding(10, 3, true), "Embedding(10, 3, sparse=True)"),
        Arguments.of(
            new Embedding(
                10,
                3,
                o -> o.paddingIdx(2).maxNorm(1).normType(1).scaleGradByFreq(true).sparse(true)),
            "Embedding(10, 3, padding_idx=2, max_norm=1.0, norm_type=1.0, scale_grad_by_freq=True, sparse=True)"),
        Arguments.of(new EmbeddingBag(10, 3, "sum"), "EmbeddingBag(10, 3, mode='sum')"),
        Arguments.of(new LayerNorm(5), "LayerNorm((5,), eps=1e-05, elementwise_affine=True)"),
        Arguments.of(
            new LayerNorm(new int[] {3, 4}, o -> o.eps(0.1).elementwiseAffine(false)),
            "LayerNorm((3, 4), eps=0.1, elementwise_affine=False)"),
        Arguments.of(new Dropout(), "Dropout(p=0.5, inplace=False)"),
        Arguments.of(new IdentityLayer(), "Identity()"),
        Arguments.of(new Flatten(), "Flatten(start_dim=1, end_dim=-1)"),
        Arguments.of(new Unflatten(1, 2, 5), "Unflatten(dim=1, unflattened_size=(2, 5))"),
        Arguments.of(new ReLU(), "ReLU()"),
        Arguments.of(new ReLU(true), "ReLU(inplace=True)"),
        Arguments.of(new GELU(), "GELU(approximate='none')"),
        Arguments.of(new LeakyReLU(), "LeakyReLU(negative_slope=0.01)"),
        Arguments.of(new ELU(), "ELU(alpha=1.0)"),
        Arguments.of(new Hardtanh(), "Hardtanh(min_val=-1.0, max_val=1.0)"),
        Arguments.of(new Softplus(), "Softplus(beta=1.0, threshold=20.0)"),
        Arguments.of(new Softshrink(), "Softshrink(0.5)"),
        Arguments.of(new Threshold(0.1, 20), "Threshold(threshold=0.1, value=20.0)"),
        Arguments.of(new GLU(), "GLU(dim=-1)"),
        Arguments.of(new Softmax(1), "Softmax(dim=1)"),
        Arguments.of(new PReLU(), "PReLU(num_parameters=1)"),
        Arguments.of(new CrossEntropyLoss(), "CrossEntropyLoss()"),
        Arguments.of(new CosineSimilarity(), "CosineSimilarity()"),
        Arguments.of(new Sequential(), "Sequential()"));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void printsAsPyTorch(Layer layer, String text) {
    assertThat(layer).hasToString(text);
  }

  @Test
  void nestedLayersAreIndented() {
    var named = new LinkedHashMap<String, Layer>();
    named.put("first", new Linear(4, 8));
    named.put("inner", new Sequential(new ReLU(), new Linear(8, 2)));
    assertThat(new Sequential(named))
        .hasToString(
            """
            Sequential(
              (first): Linear(in_features=4, out_features=8, bias=True)
              (inner): Sequential(
                (0): ReLU()
                (1): Linear(in_features=8, out_features=2, bias=True)
              )
            )""");
  }

  @Test
  void aTransformerPrintsUnderPyTorchsNames() {
    var encoder =
        new TransformerEncoder(
            new TransformerEncoderLayer(4, 2, o -> o.dimFeedforward(8).dropout(0.1)), 1);
    assertThat(encoder)
        .hasToString(
            """
            TransformerEncoder(
              (layers): ModuleList(
                (0): TransformerEncoderLayer(
                  (self_attn): MultiheadAttention(
                    (out_proj): NonDynamicallyQuantizableLinear(in_features=4, out_features=4, bias=True)
                  )
                  (linear1): Linear(in_features=4, out_features=8, bias=True)
                  (dropout): Dropout(p=0.1, inplace=False)
                  (linear2): Linear(in_features=8, out_features=4, bias=True)
                  (norm1): LayerNorm((4,), eps=1e-05, elementwise_affine=True)
                  (norm2): LayerNorm((4,), eps=1e-05, elementwise_affine=True)
                  (dropout1): Dropout(p=0.1, inplace=False)
                  (dropout2): Dropout(p=0.1, inplace=False)
                )
              )
            )""");
  }

  @Test
  void numbersAreWrittenAsPythonDoes() {
    assertThat(PythonText.of(1e-5)).isEqualTo("1e-05");
    assertThat(PythonText.of(1e-12)).isEqualTo("1e-12");
    assertThat(PythonText.of(1.5e-7)).isEqualTo("1.5e-07");
    assertThat(PythonText.of(0.0001)).isEqualTo("0.0001");
    assertThat(PythonText.of(20)).isEqualTo("20.0");
    assertThat(PythonText.of(1e16)).isEqualTo("1e+16");
    assertThat(PythonText.of(123456789)).isEqualTo("123456789.0");
    assertThat(PythonText.of(Double.NEGATIVE_INFINITY)).isEqualTo("-inf");
  }
}
