package gradus.tensor;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.kernel.attention.Attention;
import gradus.tensor.kernel.attention.Attention.Batch;
import java.util.Arrays;
import java.util.List;

/**
 * Scaled dot-product attention and its gradients: FLOAT32 on the kernel, which never holds all
 * scores; anything else, and a walk that is itself recorded, by the formula.
 */
final class AttentionOps {
  private AttentionOps() {}

  /** Query, key and value on their own. */
  static Tensor attend(Tensor q, Tensor k, Tensor v, Tensor mask, boolean causal, double scale) {
    check(q, k, v);
    Shape batch = Shape.broadcast("scaledDotProductAttention", lead(q), lead(k));
    batch = Shape.broadcast("scaledDotProductAttention", batch, lead(v));
    if (mask != null && mask.requiresGrad()) {
      return formula(q, k, v, additive(mask), causal, scale); // the kernel has no gradient for it
    }
    Tensor[] in = {spread(q, batch), spread(k, batch), spread(v, batch)};
    Tensor added = spreadMask(mask, in[0], in[1]);
    Op op = new Op.Attention(causal, scale, false);
    Tensor out = forward(in[0], in[1], in[2], added, causal, scale);
    return added == null
        ? Tensor.record(op, out, in)
        : Tensor.record(op, out, in[0], in[1], in[2], added);
  }

  /** Query, key and value as the slices 0, 1 and 2 of dimension 0, of one shape. */
  static Tensor attend(Tensor qkv, Tensor mask, boolean causal, double scale) {
    if (given(qkv, "packed").dim() < 3 || qkv.size(0) != 3) {
      throw Errors.invalid(
          "scaledDotProductAttention", qkv.shape() + " is not packed. It must be [3, *, L, E].");
    }
    if (mask != null && mask.requiresGrad()) {
      Tensor[] in = slices(qkv);
      return attend(in[0], in[1], in[2], mask, causal, scale);
    }
    Op op = new Op.Attention(causal, scale, true);
    Tensor added;
    Tensor out;
    try (var _ = GradMode.noGrad()) {
      Tensor[] in = slices(qkv);
      added = spreadMask(mask, in[0], in[1]);
      out = forward(in[0], in[1], in[2], added, causal, scale);
    }
    return added == null ? Tensor.record(op, out, qkv) : Tensor.record(op, out, qkv, added);
  }

  private static Tensor[] slices(Tensor qkv) {
    return new Tensor[] {qkv.select(0, 0), qkv.select(0, 1), qkv.select(0, 2)};
  }

  private static void check(Tensor q, Tensor k, Tensor v) {
    given(q, "query");
    given(k, "key");
    given(v, "value");
    boolean fits = q.dim() >= 2 && k.dim() >= 2 && v.dim() >= 2;
    fits = fits && q.size(-1) == k.size(-1) && k.size(-2) == v.size(-2);
    if (!fits || q.dtype() != k.dtype() || q.dtype() != v.dtype()) {
      throw Errors.invalid(
          "scaledDotProductAttention",
          ("query %s%s, key %s%s and value %s%s do not fit. They must be [*, L, E], [*, S, "
                  + "E] and [*, S, Ev] of one dtype.")
              .formatted(q.dtype(), q.shape(), k.dtype(), k.shape(), v.dtype(), v.shape()));
    }
  }

  private static Shape lead(Tensor x) {
    return Shape.of(Arrays.copyOf(x.shape().raw(), x.dim() - 2));
  }

  private static Tensor spread(Tensor x, Shape batch) {
    if (lead(x).equals(batch)) {
      return x;
    }
    int[] sizes = Arrays.copyOf(batch.raw(), batch.rank() + 2);
    sizes[batch.rank()] = x.size(-2);
    sizes[batch.rank() + 1] = x.size(-1);
    return x.expand(sizes);
  }

  /** What a mask adds to the scores: −∞ where a BOOL mask is false. */
  private static Tensor additive(Tensor mask) {
    if (mask.dtype() != DType.BOOL) {
      return mask;
    }
    Tensor zeros = Tensor.zeros(mask.shape().toArray());
    return zeros.maskedFill(mask.logicalNot(), Double.NEGATIVE_INFINITY);
  }

  /** The additive mask as a view of the scores' shape; null for none. */
  private static Tensor spreadMask(Tensor mask, Tensor q, Tensor k) {
    if (mask == null) {
      return null;
    }
    try (var _ = GradMode.noGrad()) {
      int[] sizes = q.shape().toArray();
      sizes[sizes.length - 1] = k.size(-2);
      return additive(mask).to(q.dtype()).detach().expand(sizes);
    }
  }

  // ---- by the formula

  private static Tensor weights(Tensor q, Tensor k, Tensor mask, boolean causal, double scale) {
    Tensor scores = q.mul(scale).matmul(k.transpose(-2, -1));
    if (mask != null) {
      scores = scores.add(mask);
    }
    if (causal) {
      Tensor future = Tensor.ones(q.size(-2), k.size(-2)).tril().eq(0);
      scores = scores.maskedFill(future, Double.NEGATIVE_INFINITY);
    }
    return weights(scores);
  }

  /** The softmax of each row of scores; zeros where all of them are −∞, not NaN. */
  static Tensor weights(Tensor scores) {
    if (scores.numel() == 0) {
      return scores.softmax(-1);
    }
    Tensor nothing = scores.detach().amax(-1, true).eq(Double.NEGATIVE_INFINITY);
    return nothing.any().itemBoolean()
        ? scores.maskedFill(nothing, 0).softmax(-1).maskedFill(nothing, 0)
        : scores.softmax(-1);
  }

  private static Tensor formula(
      Tensor q, Tensor k, Tensor v, Tensor mask, boolean causal, double scale) {
    return weights(q, k, mask, causal, scale).matmul(v);
  }

  private static Tensor[] gradients(Tensor g, Tensor[] in, Tensor mask, Op.Attention op) {
    Tensor p = weights(in[0], in[1], mask, op.causal(), op.scale());
    Tensor dp = g.matmul(in[2].transpose(-2, -1));
    Tensor ds = p.mul(dp.sub(dp.mul(p).sum(-1, true))).mul(op.scale());
    return new Tensor[] {
      ds.matmul(in[1]), ds.transpose(-2, -1).matmul(in[0]), p.transpose(-2, -1).matmul(g)
    };
  }

  // ---- on the kernel

  private static boolean onKernel(Tensor q, Tensor k, Tensor v) {
    return q.dtype() == DType.FLOAT32 && q.numel() > 0 && k.numel() > 0 && v.numel() > 0;
  }

  private static Attention kernel(Tensor[] in, Tensor mask, boolean causal, double scale) {
    Batch added = null;
    if (mask != null) {
      int rank = mask.dim();
      int[] starts = MatMulOps.starts(mask);
      added = new Batch(Dense.array(mask), starts, mask.strides[rank - 2], mask.strides[rank - 1]);
    }
    return new Attention(
        in[0].size(-2),
        in[1].size(-2),
        in[0].size(-1),
        in[2].size(-1),
        (float) scale,
        causal,
        added);
  }

  private static Batch batch(Tensor x) {
    Tensor rows = x.strides[x.dim() - 1] == 1 || x.size(-1) == 1 ? x : Dense.copy(x);
    return new Batch(Dense.array(rows), MatMulOps.starts(rows), rows.strides[rows.dim() - 2], 1);
  }

  private static Tensor forward(
      Tensor q, Tensor k, Tensor v, Tensor mask, boolean causal, double scale) {
    Tensor[] in = {q, k, v};
    if (!onKernel(q, k, v)) {
      try (var _ = GradMode.noGrad()) {
        return formula(q, k, v, mask, causal, scale).detach();
      }
    }
    int[] sizes = q.shape().toArray();
    sizes[sizes.length - 1] = v.size(-1);
    Tensor out = like(q, Shape.wrap(sizes));
    kernel(in, mask, causal, scale).forward(batch(q), batch(k), batch(v), batch(out));
    return out;
  }

  /**
   * An undefined tensor whose dimensions lie in memory in the order of those of {@code x}, without
   * gaps: heads that are views of one projection stay beside each other, so that joining them is a
   * view too.
   */
  private static Tensor like(Tensor x, Shape shape) {
    int rank = shape.rank();
    Integer[] order = new Integer[rank];
    Arrays.setAll(order, d -> d);
    Arrays.sort(order, 0, rank - 1, (d, e) -> Integer.compare(x.strides[e], x.strides[d]));
    int[] strides = new int[rank];
    int step = 1;
    for (int i = rank - 1; i >= 0; i--) {
      strides[order[i]] = step;
      step *= shape.size(order[i]);
    }
    Storage storage = Storage.floats(ArrayPool.floats(shape.numel()), shape.numel(), true);
    return new Tensor(storage, DType.FLOAT32, shape, strides, 0);
  }

  /** The gradients of the inputs but the mask, in order. */
  static List<Tensor> grad(Tensor g, List<Tensor> inputs, Op.Attention op) {
    boolean packed = op.packed();
    Tensor[] in = packed ? slices(inputs.get(0)) : inputs.subList(0, 3).toArray(Tensor[]::new);
    int last = packed ? 1 : 3;
    Tensor mask = inputs.size() > last ? inputs.get(last) : null;
    if (GradMode.isEnabled() || !onKernel(in[0], in[1], in[2])) {
      Tensor[] out = gradients(g, in, mask, op);
      return packed ? List.of(Tensor.stack(0, out)) : List.of(out);
    }
    Tensor whole = packed ? like(inputs.get(0), inputs.get(0).shape()) : null;
    Tensor[] out = new Tensor[3];
    for (int i = 0; i < 3; i++) {
      out[i] = packed ? whole.select(0, i) : like(in[i], in[i].shape());
    }
    kernel(in, mask, op.causal(), op.scale())
        .backward(
            batch(g),
            batch(in[0]),
            batch(in[1]),
            batch(in[2]),
            batch(out[0]),
            batch(out[1]),
            batch(out[2]));
    return packed ? List.of(whole) : List.of(out);
  }
}
