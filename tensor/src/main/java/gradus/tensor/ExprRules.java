package gradus.tensor;

import static gradus.tensor.Expr.constant;
import static gradus.tensor.Expr.where;

import gradus.tensor.kernel.op.Binary;
import gradus.tensor.kernel.op.BinaryOps;
import gradus.tensor.kernel.op.Ternary;
import gradus.tensor.kernel.op.TernaryOps;
import gradus.tensor.kernel.op.Unary;
import gradus.tensor.kernel.op.UnaryOps;

/** What an {@link Expr} may be made by: for each op its kernel, and its derivative in one line. */
final class ExprRules {
  /**
   * An op.
   *
   * @param name as users write it
   * @param kernel a {@link Unary}, {@link Binary} or {@link Ternary}
   * @param slopes the gradients of its operands
   */
  record Rule(String name, Object kernel, Slopes slopes) {}

  /** From operands x, result y and the gradient g of y to those of x; null where there is none. */
  interface Slopes {
    Expr[] of(Expr[] x, Expr y, Expr g);
  }

  private interface Slope {
    Expr of(Expr x, Expr y, Expr g);
  }

  private ExprRules() {}

  private static Rule one(String name, Unary kernel, Slope slope) {
    return new Rule(name, kernel, (x, y, g) -> new Expr[] {slope.of(x[0], y, g)});
  }

  private static Rule two(String name, Binary kernel, Slopes slopes) {
    return new Rule(name, kernel, slopes);
  }

  private static Expr[] both(Expr a, Expr b) {
    return new Expr[] {a, b};
  }

  private static final Expr ZERO = constant(0);

  static final Rule NEG = one("neg", UnaryOps.NEG, (x, y, g) -> g.neg());
  static final Rule ABS = one("abs", UnaryOps.ABS, (x, y, g) -> g.mul(x.sign()));
  static final Rule SIGN = one("sign", UnaryOps.SIGN, (x, y, g) -> null);
  static final Rule SQUARE = one("square", UnaryOps.SQUARE, (x, y, g) -> g.mul(x).mul(2));
  static final Rule SQRT = one("sqrt", UnaryOps.SQRT, (x, y, g) -> g.div(y.mul(2)));
  static final Rule RSQRT =
      one("rsqrt", UnaryOps.RSQRT, (x, y, g) -> g.mul(y.square().mul(y)).mul(-0.5));
  static final Rule RECIPROCAL =
      one("reciprocal", UnaryOps.RECIPROCAL, (x, y, g) -> g.mul(y.square()).neg());
  static final Rule EXP = one("exp", UnaryOps.EXP, (x, y, g) -> g.mul(y));
  static final Rule EXPM1 = one("expm1", UnaryOps.EXPM1, (x, y, g) -> g.mul(y.add(1)));
  static final Rule LOG = one("log", UnaryOps.LOG, (x, y, g) -> g.div(x));
  static final Rule LOG1P = one("log1p", UnaryOps.LOG1P, (x, y, g) -> g.div(x.add(1)));
  static final Rule SIN = one("sin", UnaryOps.SIN, (x, y, g) -> g.mul(x.cos()));
  static final Rule COS = one("cos", UnaryOps.COS, (x, y, g) -> g.mul(x.sin()).neg());
  static final Rule TANH = one("tanh", UnaryOps.TANH, (x, y, g) -> g.mul(y.square().rsub(1)));
  static final Rule SIGMOID =
      one("sigmoid", UnaryOps.SIGMOID, (x, y, g) -> g.mul(y.mul(y.rsub(1))));
  static final Rule LOG_SIGMOID =
      one("logsigmoid", UnaryOps.LOG_SIGMOID, (x, y, g) -> g.mul(x.neg().sigmoid()));
  static final Rule ERF =
      one(
          "erf",
          UnaryOps.ERF,
          (x, y, g) -> g.mul(x.square().neg().exp()).mul(2 / Math.sqrt(Math.PI)));
  static final Rule RELU = one("relu", UnaryOps.RELU, (x, y, g) -> where(x.le(0), ZERO, g));

  static final Rule ADD = two("add", BinaryOps.ADD, (x, y, g) -> both(g, g));
  static final Rule SUB = two("sub", BinaryOps.SUB, (x, y, g) -> both(g, g.neg()));
  static final Rule MUL = two("mul", BinaryOps.MUL, (x, y, g) -> both(g.mul(x[1]), g.mul(x[0])));
  static final Rule DIV =
      two("div", BinaryOps.DIV, (x, y, g) -> both(g.div(x[1]), g.mul(y.div(x[1])).neg()));

  /** The exponent is a constant. */
  static final Rule POW =
      two(
          "pow",
          BinaryOps.POW,
          (x, y, g) -> both(g.mul(x[0].pow(x[1].value - 1)).mul(x[1].value), null));

  static final Rule MAXIMUM =
      two("maximum", BinaryOps.MAXIMUM, (x, y, g) -> both(above(x, g), above(swap(x), g)));
  static final Rule MINIMUM =
      two("minimum", BinaryOps.MINIMUM, (x, y, g) -> both(above(swap(x), g), above(x, g)));
  static final Rule GREATER = two("gt", BinaryOps.GREATER, (x, y, g) -> both(null, null));
  static final Rule GREATER_EQUAL =
      two("ge", BinaryOps.GREATER_EQUAL, (x, y, g) -> both(null, null));
  static final Rule WHERE =
      new Rule(
          "where",
          TernaryOps.WHERE,
          (x, y, g) -> new Expr[] {null, where(x[0], g, ZERO), where(x[0], ZERO, g)});

  private static Expr[] swap(Expr[] x) {
    return both(x[1], x[0]);
  }

  /** g where the first is above the second, half of it where they are equal. */
  private static Expr above(Expr[] x, Expr g) {
    return where(x[0].gt(x[1]), g, where(x[0].ge(x[1]), g.mul(0.5), ZERO));
  }
}
