package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.nn.functional.Checks;
import gradus.tensor.DType;
import gradus.tensor.Tensor;

/**
 * Self-attention with a single head, written to be read: every position looks at all positions and
 * takes from each as much as it matters, so that a word's vector comes to depend on its neighbours.
 *
 * <pre>{@code
 * var attention = new Attention(768);
 * var attended = attention.attend(embedded);   // [2, 3, 768]
 * attended.output();                           // [2, 3, 768], now contextual
 * attended.weights();                          // [2, 3, 3], row i: where position i looked
 * }</pre>
 *
 * <p>There is no such layer in PyTorch; {@link MultiheadAttention} is what models use. Vaswani et
 * al. 2017.
 */
public class Attention extends Layer {
  /** What each position asks for: [*, L, embedDim] to [*, L, headDim]. */
  public final Linear query;

  /** What each position offers to be found by: [*, L, embedDim] to [*, L, headDim]. */
  public final Linear key;

  /** What each position passes on: [*, L, embedDim] to [*, L, headDim]. */
  public final Linear value;

  private final boolean causal;

  /**
   * Attention of all positions to all positions.
   *
   * @param embedDim the length of the vectors
   */
  public Attention(int embedDim) {
    this(embedDim, embedDim, false);
  }

  /**
   * Attention that may be causal.
   *
   * @param embedDim the length of the vectors
   * @param causal whether a position sees only itself and those before it
   */
  public Attention(int embedDim, boolean causal) {
    this(embedDim, embedDim, causal);
  }

  /**
   * Attention with all options.
   *
   * @param embedDim the length of the input vectors
   * @param headDim the length of the output vectors
   * @param causal whether a position sees only itself and those before it
   */
  public Attention(int embedDim, int headDim, boolean causal) {
    this.query = new Linear(embedDim, headDim);
    this.key = new Linear(embedDim, headDim);
    this.value = new Linear(embedDim, headDim);
    this.causal = causal;
  }

  private Attention(Attention source) {
    this.query = source.query.copy();
    this.key = source.key.copy();
    this.value = source.value.copy();
    this.causal = source.causal;
    training(source.training());
  }

  @Override
  public Tensor forward(Tensor input) {
    return attend(input).output();
  }

  /**
   * The mixed values, and how they were mixed.
   *
   * @param input [*, L, embedDim]
   * @return output [*, L, headDim] and weights [*, L, L]
   */
  public Attended attend(Tensor input) {
    int embedDim = query.weight.size(1);
    if (given(input).dim() < 2 || input.size(-1) != embedDim) {
      throw Checks.invalid(
          "Attention",
          ("input is %s. It must be [*, L, %s]: L positions, each a vector of embedDim "
                  + "numbers. Use x.unsqueeze(0) for one.")
              .formatted(input.shape(), embedDim));
    }
    Tensor q = query.call(input);
    Tensor k = key.call(input);
    Tensor v = value.call(input);

    // How well does what i asks for match what j offers? The root keeps the scores near 1 for long
    // vectors.
    Tensor scores = q.matmul(k.transpose(-2, -1)).div(Math.sqrt(q.size(-1)));
    if (causal) {
      int length = input.size(-2);
      Tensor future = Tensor.ones(length, length).triu(1).to(DType.BOOL);
      scores = scores.maskedFill(future, Double.NEGATIVE_INFINITY);
    }

    // Each row becomes shares that add up to 1, and the output is the values mixed by these shares.
    Tensor weights = scores.softmax(-1);
    return new Attended(weights.matmul(v), weights);
  }

  @Override
  public Attention copy() {
    return new Attention(this);
  }

  @Override
  protected String extraRepr() {
    return causal ? "causal=True" : "";
  }
}
