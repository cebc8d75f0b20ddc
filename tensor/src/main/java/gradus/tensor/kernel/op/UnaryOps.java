package gradus.tensor.kernel.op;

/**
 * All ops of one element, by family: each family is initialised when one of its ops is first used,
 * so a program pays only for what it calls.
 */
public final class UnaryOps
    implements UnaryArithmetic,
        UnaryExponential,
        UnaryTrigonometry,
        UnaryActivations,
        UnarySpecial {

  private UnaryOps() {}
}
