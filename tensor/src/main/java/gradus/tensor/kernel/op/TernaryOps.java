package gradus.tensor.kernel.op;

/** All ops of three elements; see {@link UnaryOps}. */
public final class TernaryOps implements TernaryArithmetic {

  private TernaryOps() {}
}
