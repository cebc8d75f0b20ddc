package gradus.nn;

import gradus.tensor.Tensor;
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
    Tensor q = project(batchSecond(query), 0); // [L, N, E]
    Tensor k = project(batchSecond(key), 1); // [S, N, E]
    Tensor v = project(batchSecond(value), 2);
    AttentionMask mask = given;
    int length = q.size(0);
    int batch = q.size(1);
    if (layer.biasK.isPresent()) {
      k = Tensor.cat(List.of(k, layer.biasK.get().expand(1, batch, layer.embedDim)), 0);
      v = Tensor.cat(List.of(v, layer.biasV.orElseThrow().expand(1, batch, layer.embedDim)), 0);
      mask = mask.withOneMoreKey();
    }
    q = split(q); // [N * heads, L, headDim]
    k = split(k); // [N * heads, S, headDim]
    v = split(v);
    if (layer.addZeroAttn()) {
      Tensor zeros = Tensor.zeros(k.dtype(), batch * heads, 1, headDim);
      k = Tensor.cat(List.of(k, zeros), 1);
      v = Tensor.cat(List.of(v, zeros), 1);
      mask = mask.withOneMoreKey();
    }
    Tensor scores = q.div(Math.sqrt(headDim)).matmul(k.transpose(1, 2)); // [N * heads, L, S]
    Tensor weights =
        F.dropout(mask.applyTo(scores, batch, heads).softmax(-1), dropout, dropout > 0);
    Tensor joined = weights.matmul(v).transpose(0, 1).reshape(length, batch, layer.embedDim);
    Tensor output = layer.outProj.forward(joined);
    if (!batched) {
      output = output.squeeze(1);
    } else if (layer.batchFirst) {
      output = output.transpose(0, 1);
    }
    return needWeights
        ? new Attended(output, shown(weights, batch, batched, average))
        : Attended.withoutWeights(output);
  }

  private Tensor shown(Tensor weights, int batch, boolean batched, boolean average) {
    Tensor perHead = weights.reshape(batch, heads, weights.size(1), weights.size(2));
    Tensor wanted = average ? perHead.mean(1) : perHead;
    return batched ? wanted : wanted.squeeze(0);
  }

  private Tensor project(Tensor input, int which) {
    return F.linear(input, layer.projectionWeight(which), layer.projectionBias(which));
  }

  /** [L, N, E], whichever way round the input was. */
  private Tensor batchSecond(Tensor input) {
    if (input.dim() == 2) {
      return input.unsqueeze(1);
    }
    return layer.batchFirst ? input.transpose(0, 1) : input;
  }

  /** [L, N, E] to [N * heads, L, headDim]. */
  private Tensor split(Tensor x) {
    return x.reshape(x.size(0), x.size(1) * heads, headDim).transpose(0, 1);
  }

  private void check(Tensor query, Tensor key, Tensor value) {
    int rank = query.dim();
    if ((rank != 2 && rank != 3) || key.dim() != rank || value.dim() != rank) {
      throw FChecks.invalid(
          "MultiheadAttention",
          "query "
              + query.shape()
              + ", key "
              + key.shape()
              + ", value "
              + value.shape()
              + ". All three must be [L, N, E], or [L, E] without a batch.");
    }
    if (query.size(-1) != layer.embedDim) {
      throw FChecks.invalid(
          "MultiheadAttention",
          "was expecting embedding dimension of "
              + layer.embedDim
              + ", but got query "
              + query.shape()
              + ". The last size must be embedDim.");
    }
  }
}
