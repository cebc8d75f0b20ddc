package gradus.nn;

/**
 * Sequences with a border of one value: [N, C, L], or the same without N, to larger ones.
 *
 * <p>PyTorch: {@code torch.nn.ConstantPad1d}.
 */
public class ConstantPad1d extends Padding {
  private final double value;

  /** A border of one width on all sides. */
  public ConstantPad1d(int padding, double value) {
    this(new int[] {padding}, value);
  }

  /**
   * A border of a given width.
   *
   * @param padding left, right; negative ones cut off
   * @param value what stands there
   */
  public ConstantPad1d(int[] padding, double value) {
    super(1, "constant", value, padding);
    this.value = value;
  }

  @Override
  protected String extraRepr() {
    return "padding=" + super.extraRepr() + ", value=" + PythonText.of(value);
  }
}
