package gradus.tensor.kernel.math;

/**
 * Activations and the error function of one float, step by step those of {@link VectorSpecial}: the
 * same bits, for the time until its loops are compiled.
 */
public final class PlainSpecial {

  private PlainSpecial() {}

  public static float sigmoid(float x) {
    float e = PlainExponential.expOfNegative(-Math.abs(x));
    return (x < 0 ? e : 1) / (e + 1);
  }

  public static float silu(float x) {
    return x * sigmoid(x);
  }

  public static float geluTanh(float x) {
    float cube = x * x * x;
    float u = Math.fma(cube, 0.044715f, x) * (float) (2 * Math.sqrt(2 / Math.PI));
    return x * sigmoid(u);
  }

  public static float gelu(float x) {
    return x * 0.5f * (erf(x * (float) Math.sqrt(0.5)) + 1);
  }

  public static float erf(float x) {
    float bounded = Math.min(Math.max(x, -3.95f), 3.95f);
    float s = bounded * bounded;
    float p = Math.fma(s, 2.02588285e-06f, 0.000284687732f);
    p = Math.fma(Math.fma(p, s, 0.00380821736f), s, 0.0528756306f);
    p = Math.fma(Math.fma(p, s, 0.191551775f), s, 1.12837911f);
    float q = Math.fma(s, 3.78315344e-05f, 0.00117073662f);
    q = Math.fma(Math.fma(q, s, 0.0150552085f), s, 0.114560217f);
    q = Math.fma(Math.fma(q, s, 0.503091037f), s, 1);
    float r = Math.fma(s, 7.85385782e-05f, -0.000801019254f);
    r = Math.fma(Math.fma(r, s, 0.00518832775f), s, -0.026853811f);
    r = Math.fma(Math.fma(r, s, 0.112835854f), s, -0.37612626f);
    float middle = Math.fma(Math.fma(r, s, 0.128379166f), x, x);
    return s < 1 ? middle : Math.min(Math.max(bounded * p / q, -1), 1);
  }
}
