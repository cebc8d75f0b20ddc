package gradus.text.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import gradus.tensor.FlatIndex;
import gradus.tensor.Metric;
import gradus.tensor.Tensor;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TsneTest {
  private static final int N = 40;
  private static final Tensor POINTS = clusters(N, 5, 4);

  private static Tensor clusters(int n, int dim, int groups) {
    var random = new Random(2);
    float[] points = new float[n * dim];
    for (int i = 0; i < points.length; i++) {
      int group = i / dim % groups;
      points[i] = (float) (random.nextGaussian() + (i % dim == group ? 20 : 0));
    }
    return Tensor.fromArray(points, n, dim);
  }

  private static double[] anyMap() {
    return new Random(5).doubles(2 * N, -3, 3).toArray();
  }

  /** Every pair by itself, as the definition has it. */
  private static double[][] shares(Affinities near) {
    double[][] p = new double[N][N];
    for (int i = 0; i < N; i++) {
      for (int j = near.start()[i]; j < near.start()[i + 1]; j++) {
        p[i][near.others()[j]] += near.p()[j];
      }
    }
    return p;
  }

  private static double q(double[] y, int i, int j) {
    double dx = y[2 * i] - y[2 * j];
    double dy = y[2 * i + 1] - y[2 * j + 1];
    return 1 / (1 + dx * dx + dy * dy);
  }

  private static double definition(double[][] p, double[] y) {
    double z = 0;
    for (int i = 0; i < N; i++) {
      for (int j = 0; j < N; j++) {
        z += i == j ? 0 : q(y, i, j);
      }
    }
    double kl = 0;
    for (int i = 0; i < N; i++) {
      for (int j = 0; j < N; j++) {
        kl += i == j || p[i][j] == 0 ? 0 : p[i][j] * Math.log(p[i][j] / (q(y, i, j) / z));
      }
    }
    return kl;
  }

  @Test
  void neighbourhoodsAreSymmetricSumToOneAndHaveThePerplexity() {
    double perplexity = 7;
    Affinities near = Affinities.of(POINTS, perplexity);
    double[][] p = shares(near);
    double sum = 0;
    for (int i = 0; i < N; i++) {
      assertThat(p[i][i]).isZero();
      for (int j = 0; j < N; j++) {
        sum += p[i][j];
        assertThat(p[i][j]).isCloseTo(p[j][i], within(1e-15));
      }
    }
    assertThat(sum).isCloseTo(1, within(1e-9));
    // All points of a ring have the same neighbourhood, so that symmetry changes nothing.
    float[] ring = new float[2 * N];
    for (int i = 0; i < N; i++) {
      ring[2 * i] = (float) Math.cos(2 * Math.PI * i / N);
      ring[2 * i + 1] = (float) Math.sin(2 * Math.PI * i / N);
    }
    double[][] even = shares(Affinities.of(Tensor.fromArray(ring, N, 2), perplexity));
    double entropy = 0;
    for (int j = 0; j < N; j++) {
      double share = even[3][j] * N;
      entropy -= share > 0 ? share * Math.log(share) : 0;
    }
    assertThat(Math.exp(entropy)).isCloseTo(perplexity, within(0.05));
  }

  @Test
  void gradientAtAngleZeroIsTheSlopeOfTheDefinition() {
    Affinities near = Affinities.of(POINTS, 13); // 3 · 13 are all others
    double[][] p = shares(near);
    double[] y = anyMap();
    double[] gradient = new double[y.length];
    Tsne.gradient(near, y, 1, 0, gradient);
    assertThat(Tsne.divergence(near, y, 0)).isCloseTo(definition(p, y), within(1e-9));
    for (int i = 0; i < y.length; i++) {
      double at = y[i];
      double e = 1e-5;
      y[i] = at + e;
      double above = definition(p, y);
      y[i] = at - e;
      double below = definition(p, y);
      y[i] = at;
      assertThat(gradient[i]).isCloseTo((above - below) / (2 * e), within(1e-8));
    }
  }

  @Test
  void groupsThatPushAsOneAreNearTheTruth() {
    Affinities near = Affinities.of(POINTS, 5);
    double[] y = anyMap();
    double[] exact = new double[y.length];
    double[] fast = new double[y.length];
    double all = Tsne.gradient(near, y, 1, 0, exact);
    assertThat(Tsne.gradient(near, y, 1, 0.5, fast)).isCloseTo(all, within(0.02 * all));
    double error = 0;
    double length = 0;
    for (int i = 0; i < y.length; i++) {
      error += Math.pow(fast[i] - exact[i], 2);
      length += exact[i] * exact[i];
    }
    assertThat(Math.sqrt(error / length)).isBetween(1e-9, 0.05);
  }

  @Test
  void equalPointsAndLinesEnd() {
    Tensor same = Tensor.ones(30, 3);
    assertThat(new Tsne().perplexity(5).nIter(20).fitTransform(same).isfinite().all().item())
        .isEqualTo(1);
    Tensor line = Tensor.arange(0, 30).toFloat().unsqueeze(1);
    assertThat(new Tsne().perplexity(5).nIter(20).fitTransform(line).isfinite().all().item())
        .isEqualTo(1);
  }

  /** The share of each point's neighbours that stay, as scikit-learn's trustworthiness asks. */
  private static double kept(Tensor points, Tensor places, int k) {
    long[] there =
        FlatIndex.of(points, Metric.EUCLIDEAN).search(points, k + 1).indices().toLongArray();
    long[] here =
        FlatIndex.of(places, Metric.EUCLIDEAN).search(places, k + 1).indices().toLongArray();
    int n = points.size(0);
    int kept = 0;
    for (int i = 0; i < n; i++) {
      Set<Long> in =
          LongStream.range(i * (k + 1L), (i + 1) * (k + 1L))
              .mapToObj(j -> there[(int) j])
              .collect(Collectors.toSet());
      for (int j = i * (k + 1); j < (i + 1) * (k + 1); j++) {
        kept += here[j] != i && in.contains(here[j]) ? 1 : 0;
      }
    }
    return (double) kept / (n * k);
  }

  @Test
  void groupsStayApartAndNeighboursTogether() {
    Tensor points = clusters(400, 10, 4);
    double[] kl = new double[2];
    Tensor places =
        new Tsne()
            .perplexity(20)
            .nIter(500)
            .fitTransform(
                points,
                (iteration, divergence, map) -> {
                  assertThat(map.shape()).isEqualTo(points.narrow(1, 0, 2).shape());
                  kl[0] = iteration == 10 ? divergence : kl[0];
                  kl[1] = divergence;
                });
    assertThat(kl[1]).isBetween(0.0, kl[0] / 2);
    long[] nearest =
        FlatIndex.of(places, Metric.EUCLIDEAN).search(places, 2).indices().toLongArray();
    for (int i = 0; i < 400; i++) {
      assertThat(nearest[2 * i + 1] % 4).as("the group of point " + i).isEqualTo(i % 4);
    }
    double byPca = kept(points, Pca.of(points, 2).project(points), 10);
    assertThat(kept(points, places, 10)).isGreaterThan(byPca).isGreaterThan(0.4);
  }

  @Test
  void theSeedMakesTheMap() {
    var tsne = new Tsne().perplexity(8).nIter(60);
    float[] first = tsne.fitTransform(POINTS).toFloatArray();
    assertThat(tsne.fitTransform(POINTS).toFloatArray()).isEqualTo(first);
    assertThat(tsne.seed(2).fitTransform(POINTS).toFloatArray()).isNotEqualTo(first);
  }

  @Test
  void whatProgressThrowsEndsIt() {
    int[] calls = new int[1];
    var tsne = new Tsne().perplexity(8);
    assertThatThrownBy(
            () ->
                tsne.fitTransform(
                    POINTS,
                    (iteration, kl, map) -> {
                      if (++calls[0] == 3) {
                        throw new CancellationException();
                      }
                    }))
        .isInstanceOf(CancellationException.class);
    assertThat(calls[0]).isEqualTo(3);
  }

  @Test
  void refusesWhatItCannotMap() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Tsne().perplexity(40).fitTransform(POINTS))
        .withMessage(
            "Tsne: perplexity is 40.0 and there are 40 points. It must be less; 5 to 50 are usual.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Tsne().learningRate(-1))
        .withMessage("Tsne: learningRate is -1.0. It must be a number from above 0.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Tsne().angle(0.9))
        .withMessage("Tsne: angle is 0.9. It must be a number from 0.0 to 0.7.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Tsne().fitTransform(POINTS.mul(Double.NaN)))
        .withMessageContaining("hold NaN");
  }
}
