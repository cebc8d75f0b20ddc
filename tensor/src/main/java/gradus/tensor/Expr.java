package gradus.tensor;

import gradus.tensor.ExprRules.Rule;

/**
 * A formula in the making: what stands for a tensor while {@link Fused} looks at a function. Its
 * methods are named as on {@link Tensor} and compute nothing.
 */
public final class Expr {
  /** Null for an input and a constant. */
  final Rule rule;

  final Expr[] operands;

  /** Of an input: which; −1 for a constant. */
  final int input;

  /** Of a constant. */
  final double value;

  private Expr(Rule rule, int input, double value, Expr... operands) {
    this.rule = rule;
    this.operands = operands;
    this.input = input;
    this.value = value;
  }

  static Expr input(int index) {
    return new Expr(null, index, 0);
  }

  static Expr of(Rule rule, Expr... operands) {
    return new Expr(rule, -1, 0, operands);
  }

  /** A number. */
  public static Expr constant(double value) {
    return new Expr(null, -1, value);
  }

  private boolean is(double number) {
    return rule == null && input < 0 && value == number;
  }

  /** {@code self + other}. */
  public Expr add(Expr other) {
    return is(0) ? other : other.is(0) ? this : of(ExprRules.ADD, this, other);
  }

  /** {@code self + other}. */
  public Expr add(double other) {
    return add(constant(other));
  }

  /** {@code self − other}. */
  public Expr sub(Expr other) {
    return other.is(0) ? this : of(ExprRules.SUB, this, other);
  }

  /** {@code self − other}. */
  public Expr sub(double other) {
    return sub(constant(other));
  }

  /** {@code other − self}. */
  public Expr rsub(double other) {
    return constant(other).sub(this);
  }

  /** {@code self · other}. */
  public Expr mul(Expr other) {
    return is(1) ? other : other.is(1) ? this : of(ExprRules.MUL, this, other);
  }

  /** {@code self · other}. */
  public Expr mul(double other) {
    return mul(constant(other));
  }

  /** {@code self / other}. */
  public Expr div(Expr other) {
    return other.is(1) ? this : of(ExprRules.DIV, this, other);
  }

  /** {@code self / other}. */
  public Expr div(double other) {
    return div(constant(other));
  }

  /** {@code −self}. */
  public Expr neg() {
    return of(ExprRules.NEG, this);
  }

  /** {@code |self|}. */
  public Expr abs() {
    return of(ExprRules.ABS, this);
  }

  /** −1, 0 or 1. */
  public Expr sign() {
    return of(ExprRules.SIGN, this);
  }

  /** {@code self²}. */
  public Expr square() {
    return of(ExprRules.SQUARE, this);
  }

  /** The square root. */
  public Expr sqrt() {
    return of(ExprRules.SQRT, this);
  }

  /** {@code 1 / √self}. */
  public Expr rsqrt() {
    return of(ExprRules.RSQRT, this);
  }

  /** {@code 1 / self}. */
  public Expr reciprocal() {
    return of(ExprRules.RECIPROCAL, this);
  }

  /** {@code e^self}. */
  public Expr exp() {
    return of(ExprRules.EXP, this);
  }

  /** {@code e^self − 1}. */
  public Expr expm1() {
    return of(ExprRules.EXPM1, this);
  }

  /** The natural logarithm. */
  public Expr log() {
    return of(ExprRules.LOG, this);
  }

  /** {@code log(1 + self)}. */
  public Expr log1p() {
    return of(ExprRules.LOG1P, this);
  }

  /** The sine. */
  public Expr sin() {
    return of(ExprRules.SIN, this);
  }

  /** The cosine. */
  public Expr cos() {
    return of(ExprRules.COS, this);
  }

  /** The hyperbolic tangent. */
  public Expr tanh() {
    return of(ExprRules.TANH, this);
  }

  /** {@code 1 / (1 + e^-self)}. */
  public Expr sigmoid() {
    return of(ExprRules.SIGMOID, this);
  }

  /** {@code log(sigmoid(self))} without underflow. */
  public Expr logsigmoid() {
    return of(ExprRules.LOG_SIGMOID, this);
  }

  /** The error function. */
  public Expr erf() {
    return of(ExprRules.ERF, this);
  }

  /** {@code self^exponent}. */
  public Expr pow(double exponent) {
    if (exponent == 0.5) {
      return sqrt();
    }
    return exponent == 1
        ? this
        : exponent == 2
            ? square()
            : exponent == 3 ? square().mul(this) : of(ExprRules.POW, this, constant(exponent));
  }

  /** {@code max(self, 0)}. */
  public Expr relu() {
    return of(ExprRules.RELU, this);
  }

  /** {@code log(1 + e^self)}. */
  public Expr softplus() {
    return neg().logsigmoid().neg();
  }

  /** The larger; where both are equal each gets half of the gradient. */
  public Expr maximum(Expr other) {
    return of(ExprRules.MAXIMUM, this, other);
  }

  /** The smaller; where both are equal each gets half of the gradient. */
  public Expr minimum(Expr other) {
    return of(ExprRules.MINIMUM, this, other);
  }

  /** 1 where {@code self > other}, else 0; for {@link #where}. */
  public Expr gt(Expr other) {
    return of(ExprRules.GREATER, this, other);
  }

  /** 1 where {@code self > other}, else 0. */
  public Expr gt(double other) {
    return gt(constant(other));
  }

  /** 1 where {@code self ≥ other}, else 0. */
  public Expr ge(Expr other) {
    return of(ExprRules.GREATER_EQUAL, this, other);
  }

  /** 1 where {@code self ≥ other}, else 0. */
  public Expr ge(double other) {
    return ge(constant(other));
  }

  /** 1 where {@code self < other}, else 0. */
  public Expr lt(double other) {
    return constant(other).gt(this);
  }

  /** 1 where {@code self ≤ other}, else 0. */
  public Expr le(double other) {
    return constant(other).ge(this);
  }

  /** {@code yes} where the condition is not 0, else {@code no}. PyTorch: {@code torch.where}. */
  public static Expr where(Expr condition, Expr yes, Expr no) {
    return of(ExprRules.WHERE, condition, yes, no);
  }

  @Override
  public String toString() {
    if (rule == null) {
      return input < 0 ? Double.toString(value) : "x" + input;
    }
    var text = new StringBuilder(rule.name()).append('(');
    for (Expr operand : operands) {
      text.append(text.charAt(text.length() - 1) == '(' ? "" : ", ").append(operand);
    }
    return text.append(')').toString();
  }
}
