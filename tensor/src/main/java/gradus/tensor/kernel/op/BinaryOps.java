package gradus.tensor.kernel.op;

/** All ops of two elements, by family; see {@link UnaryOps}. */
public final class BinaryOps
    implements BinaryArithmetic, BinaryOrder, BinaryTranscendental, BinaryBits, BinaryActivations {

  private BinaryOps() {}
}
