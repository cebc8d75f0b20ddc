package gradus.tensor.kernel.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import gradus.tensor.kernel.Lanes;
import gradus.tensor.kernel.Strided;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The plain forms of kernels on rows beside those of vectors: the same bits. */
class PlainRowsTest {

  @BeforeAll
  static void vectors() {
    assumeTrue(Lanes.COUNT > 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 15, 16, 17, 31, 32, 33, 100, 128, 1000, 4100})
  void softmaxFamily(int n) {
    float[] x = Strided.values(n + 2, 1, false);
    float[] g = Strided.values(n + 1, 2, false);
    float[] plain = new float[n + 3];
    float[] vectors = new float[n + 3];
    PlainRows.softmax(x, 2, plain, 3, n);
    VectorRows.softmax(x, 2, vectors, 3, 1, n);
    assertThat(plain).isEqualTo(vectors);

    float[] plainGrad = new float[n + 1];
    float[] vectorGrad = new float[n + 1];
    PlainRows.softmaxGrad(g, 1, plain, 3, plainGrad, 1, n);
    VectorRows.softmaxGrad(g, 1, plain, 3, vectorGrad, 1, n);
    assertThat(plainGrad).isEqualTo(vectorGrad);

    PlainRows.logSoftmax(x, 2, plain, 3, n);
    VectorRows.logSoftmax(x, 2, vectors, 3, n);
    assertThat(plain).isEqualTo(vectors);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 15, 16, 17, 31, 32, 33, 100, 128, 1000, 4100})
  void layerNorm(int n) {
    float[] x = Strided.values(n + 1, 1, false);
    float[] g = Strided.values(n + 2, 2, false);
    float[] gamma = Strided.values(n + 3, 3, false);
    float[] beta = Strided.values(n + 1, 4, false);
    float[] plain = new float[2 * n];
    float[] vectors = new float[2 * n];
    float[] mean = new float[2];
    float[] rstd = new float[2];
    PlainRows.layerNorm(x, 1, gamma, 3, beta, 1, 1e-5f, plain, mean, rstd, 1, n);
    VectorLayerNorm.forward(x, 1, gamma, 3, beta, 1, 1e-5f, vectors, mean, rstd, 1, n);
    assertThat(plain).isEqualTo(vectors);

    float[] plainSums = Strided.values(2 * n, 5, false);
    float[] vectorSums = plainSums.clone();
    PlainRows.layerNormGrad(g, 2, x, 1, gamma, 3, 0.2f, 1.7f, plain, n, plainSums, n);
    VectorLayerNorm.backward(g, 2, x, 1, gamma, 3, 0.2f, 1.7f, vectors, n, vectorSums, n);
    assertThat(plain).isEqualTo(vectors);
    assertThat(plainSums).isEqualTo(vectorSums);
  }
}
