package gradus.nn;

/**
 * Images with a border of one value: [N, C, H, W], or the same without N, to larger ones.
 *
 * <p>PyTorch: {@code torch.nn.ConstantPad2d}.
 */
public class ConstantPad2d extends Padding {
  private final double value;

  /** A border of one width on all sides. */
  public ConstantPad2d(int padding, double value) {
    this(new int[] {padding}, value);
  }

  /**
   * A border of a given width.
   *
   * @param padding left, right, top, bottom; negative ones cut off
   * @param value what stands there
   */
  public ConstantPad2d(int[] padding, double value) {
    super(2, "constant", value, padding);
    this.value = value;
  }

  @Override
  protected String extraRepr() {
    return "padding=" + super.extraRepr() + ", value=" + PythonText.of(value);
  }
}
