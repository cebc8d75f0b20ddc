package gradus.nn;

/**
 * Volumes with a border of one value: [N, C, D, H, W], or the same without N, to larger ones.
 *
 * <p>PyTorch: {@code torch.nn.ConstantPad3d}.
 */
public class ConstantPad3d extends Padding {
  private final double value;

  /** A border of one width on all sides. */
  public ConstantPad3d(int padding, double value) {
    this(new int[] {padding}, value);
  }

  /**
   * A border of a given width.
   *
   * @param padding left, right, top, bottom, front, back; negative ones cut off
   * @param value what stands there
   */
  public ConstantPad3d(int[] padding, double value) {
    super(3, "constant", value, padding);
    this.value = value;
  }

  @Override
  protected String extraRepr() {
    return "padding=" + super.extraRepr() + ", value=" + PythonText.of(value);
  }
}
