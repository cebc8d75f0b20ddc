package gradus.nn;

/**
 * How {@link MultiheadAttention} is made, by name; what is not said keeps PyTorch's default.
 *
 * <pre>{@code
 * new MultiheadAttention(512, 8, o -> o.dropout(0.1).batchFirst(true));
 * }</pre>
 */
public final class MultiheadAttentionOptions {
  double dropout;
  boolean bias = true;
  boolean addBiasKv;
  boolean addZeroAttn;
  int kdim;
  int vdim;
  boolean batchFirst;

  MultiheadAttentionOptions(int embedDim) {
    this.kdim = embedDim;
    this.vdim = embedDim;
  }

  /** The probability with which a weight is dropped in training, 0. */
  public MultiheadAttentionOptions dropout(double dropout) {
    this.dropout = dropout;
    return this;
  }

  /** Whether the maps have biases; they have if not told. */
  public MultiheadAttentionOptions bias(boolean bias) {
    this.bias = bias;
    return this;
  }

  /** Whether to add a learned key and value. */
  public MultiheadAttentionOptions addBiasKv(boolean addBiasKv) {
    this.addBiasKv = addBiasKv;
    return this;
  }

  /** Whether to add a key and a value of zeros. */
  public MultiheadAttentionOptions addZeroAttn(boolean addZeroAttn) {
    this.addZeroAttn = addZeroAttn;
    return this;
  }

  /** The length of the keys; that of the queries if not told. */
  public MultiheadAttentionOptions kdim(int kdim) {
    this.kdim = kdim;
    return this;
  }

  /** The length of the values; that of the queries if not told. */
  public MultiheadAttentionOptions vdim(int vdim) {
    this.vdim = vdim;
    return this;
  }

  /** Whether inputs are [N, L, E] instead of [L, N, E]. */
  public MultiheadAttentionOptions batchFirst(boolean batchFirst) {
    this.batchFirst = batchFirst;
    return this;
  }
}
