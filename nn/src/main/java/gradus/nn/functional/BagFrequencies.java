package gradus.nn.functional;

import gradus.tensor.Op;
import gradus.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of a bag as they are, but with gradients divided by how often their ids occur: {@code
 * scaleGradByFreq}.
 *
 * <p>PyTorch's CPU code reads the frequency of the k-th distinct id at the k-th place of all sorted
 * ids, which is that of an earlier id as soon as one repeats. Its results are the reference here,
 * so this reads the same place.
 */
public final class BagFrequencies extends Op.Custom {
  private final Tensor factors;

  private BagFrequencies(Tensor factors) {
    this.factors = factors;
  }

  /**
   * The rows [n, dim] of {@code ids} [n], where {@code all} are the ids of all bags with padding.
   */
  public static Tensor scale(Tensor rows, Tensor ids, Tensor all) {
    long[] sorted = all.toLongArray();
    Arrays.sort(sorted);
    Map<Long, Integer> counts = new HashMap<>();
    for (long id : sorted) {
      counts.merge(id, 1, Integer::sum);
    }
    Map<Long, Double> factorOf = new HashMap<>();
    for (long id : sorted) {
      if (!factorOf.containsKey(id)) {
        factorOf.put(id, 1.0 / counts.get(sorted[factorOf.size()]));
      }
    }
    double[] factors = Arrays.stream(ids.toLongArray()).mapToDouble(factorOf::get).toArray();
    return new BagFrequencies(Tensor.fromArray(factors, factors.length, 1).to(rows.dtype()))
        .apply(rows);
  }

  @Override
  public Tensor forward(Tensor... inputs) {
    return inputs[0].clone();
  }

  @Override
  public List<Tensor> backward(Tensor gradient, List<Tensor> inputs, Tensor output) {
    return List.of(gradient.mul(factors));
  }
}
