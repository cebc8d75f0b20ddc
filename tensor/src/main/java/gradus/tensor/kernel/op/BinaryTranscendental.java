package gradus.tensor.kernel.op;

import gradus.tensor.kernel.math.Elementary;

/** Two-argument relatives of log, exp and atan. */
public interface BinaryTranscendental {

  /** The angle of the point (b, a). */
  Binary ATAN2 = (a, b) -> Math.atan2(a, b);

  /** √(a² + b²) without overflow. */
  Binary HYPOT = (a, b) -> Math.hypot(a, b);

  /** log(eᵃ + eᵇ) without overflow. */
  Binary LOGADDEXP = (a, b) -> Elementary.logAddExp(a, b);

  /** log₂(2ᵃ + 2ᵇ) without overflow. */
  Binary LOGADDEXP2 = (a, b) -> Elementary.logAddExp2(a, b);

  /** a·log(b), and 0 where a is 0 (unless b is NaN). */
  Binary XLOGY = (a, b) -> b != b ? b : a == 0 ? 0 : a * Math.log(b);

  /** a·log(1 + b), and 0 where a is 0 (unless b is NaN). */
  Binary XLOG1PY = (a, b) -> b != b ? b : a == 0 ? 0 : a * Math.log1p(b);
}
