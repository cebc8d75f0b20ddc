package gradus.nn;

import gradus.nn.functional.Checks;
import gradus.tensor.Tensor;
import gradus.tensor.spi.Internals;
import java.util.List;

/**
 * The computation of {@link MultiheadAttention}: project, split into heads, attend, join, project.
 */
final class AttentionHeads {
  private final MultiheadAttention layer;
  private final AttentionMask given;
  private final double dropout;
  private final int heads;
  private final int headDim;

  AttentionHeads(MultiheadAttention layer, AttentionMask given, double dropout) {
    this.layer = layer;
    this.given = given;
    this.dropout = dropout;
    this.heads = layer.numHeads;
    this.headDim = layer.embedDim / layer.numHeads;
  }

  Attended attend(Tensor query, Tensor key, Tensor value, boolean needWeights, boolean average) {
    check(query, key, value);
    boolean batched = query.dim() == 3;
    if (!batched) {
      int at = layer.batchFirst ? 0 : 1;
      boolean one = key == query && value == query;
      Tensor whole = query.unsqueeze(at);
      Tensor keys = one ? whole : key.unsqueeze(at);
      Attended out = batched(whole, keys, one ? whole : value.unsqueeze(at), needWeights, average);
      Tensor output = out.output().squeeze(at);
      return needWeights
          ? new Attended(output, out.weights().squeeze(0))
          : Attended.withoutWeights(output);
    }
    return batched(query, key, value, needWeights, average);
  }

  private Attended batched(Tensor query, Tensor key, Tensor value, boolean weights, boolean mean) {
    boolean plain = layer.biasK.isEmpty() && !layer.addZeroAttn();
    boolean joint = key == query && value == query && layer.inProjWeight.isPresent();
    if (plain && joint && !weights && dropout == 0) {
      return Attended.withoutWeights(project(ofPacked(query)));
    }
    Tensor q = split(map(query, 0));
    Tensor k = split(map(key, 1));
    Tensor v = split(map(value, 2));
    AttentionMask mask = given;
    if (layer.biasK.isPresent()) {
      k = append(k, layer.biasK.get().reshape(heads, 1, headDim));
      v = append(v, layer.biasV.orElseThrow().reshape(heads, 1, headDim));
      mask = mask.withOneMoreKey();
    }
    if (layer.addZeroAttn()) {
      Tensor zeros = Tensor.zeros(k.dtype(), heads, 1, headDim);
      k = append(k, zeros);
      v = append(v, zeros);
      mask = mask.withOneMoreKey();
    }
    if (!weights && dropout == 0) {
      Tensor added = mask.combined(q, k).orElse(null);
      return Attended.withoutWeights(
          project(Tensor.scaledDotProductAttention(q, k, v, added, false, scale())));
    }
    Tensor scores = q.mul(scale()).matmul(k.transpose(-2, -1)); // [N, heads, L, S]
    Tensor seen = Internals.get().attentionWeights(mask.applyTo(scores));
    Tensor shares = F.dropout(seen, dropout, dropout > 0);
    Tensor output = project(shares.matmul(v));
    if (!weights) {
      return Attended.withoutWeights(output);
    }
    return new Attended(output, mean ? shares.mean(1) : shares);
  }

  /** Self-attention by one projection for query, key and value: [N, heads, L, headDim]. */
  private Tensor ofPacked(Tensor input) {
    Tensor all = F.linear(input, layer.inProjWeight.orElseThrow(), layer.inProjBias.orElse(null));
    Tensor parts = all.reshape(all.size(0), all.size(1), 3, heads, headDim);
    Tensor packed = layer.batchFirst ? parts.permute(2, 0, 3, 1, 4) : parts.permute(2, 1, 3, 0, 4);
    Tensor q = packed.select(0, 0);
    Tensor mask = given.combined(q, q).orElse(null);
    return Tensor.scaledDotProductAttention(packed, mask, false, scale());
  }

  private double scale() {
    return 1 / Math.sqrt(headDim);
  }

  private Tensor map(Tensor input, int which) {
    return F.linear(input, layer.projectionWeight(which), layer.projectionBias(which).orElse(null));
  }

  /** [L, N, E], or [N, L, E] with batchFirst, to [N, heads, L, headDim]. */
  private Tensor split(Tensor x) {
    Tensor parts = x.reshape(x.size(0), x.size(1), heads, headDim);
    return layer.batchFirst ? parts.permute(0, 2, 1, 3) : parts.permute(1, 2, 0, 3);
  }

  /** One more key for all [N, heads, S + 1, headDim]. */
  private static Tensor append(Tensor keys, Tensor one) {
    Tensor each = one.expand(keys.size(0), keys.size(1), 1, keys.size(3));
    return Tensor.cat(List.of(keys, each), 2);
  }

  /** Undoes {@link #split}, and maps the joined heads. */
  private Tensor project(Tensor x) {
    Tensor parts = layer.batchFirst ? x.permute(0, 2, 1, 3) : x.permute(2, 0, 1, 3);
    return layer.outProj.forward(parts.reshape(parts.size(0), parts.size(1), layer.embedDim));
  }

  private void check(Tensor query, Tensor key, Tensor value) {
    int rank = query.dim();
    if ((rank != 2 && rank != 3) || key.dim() != rank || value.dim() != rank) {
      throw Checks.invalid(
          "MultiheadAttention",
          ("query %s, key %s, value %s. All three must be [L, N, E], or [L, E] without a "
                  + "batch.")
              .formatted(query.shape(), key.shape(), value.shape()));
    }
    if (query.size(-1) != layer.embedDim) {
      throw Checks.invalid(
          "MultiheadAttention",
          ("was expecting embedding dimension of %s, but got query %s. The last size must "
                  + "be embedDim.")
              .formatted(layer.embedDim, query.shape()));
    }
  }
}
