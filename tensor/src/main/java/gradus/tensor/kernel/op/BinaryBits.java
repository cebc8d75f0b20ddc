package gradus.tensor.kernel.op;

import gradus.tensor.kernel.math.Integers;

/** Ops of integers: bits and divisors. */
public interface BinaryBits {

  /** The greatest common divisor; integers only. */
  Binary GCD = Binary.integers((a, b) -> Integers.gcd(a, b));

  /** The least common multiple; integers only. */
  Binary LCM = Binary.integers((a, b) -> Integers.lcm(a, b));

  /** {@code a & b}; integers and booleans only. */
  Binary BITWISE_AND = Binary.integers((a, b) -> a & b);

  /** a | b; integers and booleans only. */
  Binary BITWISE_OR = Binary.integers((a, b) -> a | b);

  /** a ^ b; integers and booleans only. */
  Binary BITWISE_XOR = Binary.integers((a, b) -> a ^ b);

  /** a·2ᵇ; an integer shifted by 64 or more is 0. */
  Binary SHIFT_LEFT =
      Binary.of((a, b) -> a * Math.pow(2, b), (a, b) -> b < 0 || b > 63 ? 0 : a << b);

  /** a/2ᵇ; for integers rounded down. */
  Binary SHIFT_RIGHT =
      Binary.of((a, b) -> a / Math.pow(2, b), (a, b) -> b < 0 || b > 63 ? a >> 63 : a >> b);
}
