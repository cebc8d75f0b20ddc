package gradus.tensor.kernel;

/** All ops of three elements; see {@link UnaryOps}. */
public final class TernaryOps implements TernaryArithmetic {

  private TernaryOps() {}
}
