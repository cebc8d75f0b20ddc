package gradus.tensor.io;

/**
 * Floating-point numbers of one and two bytes, widened and rounded as PyTorch does.
 *
 * <p>The 8-bit types are those of "FP8 Formats for Deep Learning" (Micikevicius et al. 2022) and of
 * the OCP microscaling specification.
 */
final class SmallFloats {
  private static final float[] E5M2 = new float[256];
  private static final float[] E4M3 = new float[256];
  private static final float[] E8M0 = new float[256];

  static {
    for (int b = 0; b < 256; b++) {
      // E5M2 is the upper half of an IEEE half.
      E5M2[b] = Float.float16ToFloat((short) (b << 8));
      E4M3[b] = widenE4M3(b);
      E8M0[b] = b == 255 ? Float.NaN : (float) Math.scalb(1.0, b - 127);
    }
  }

  private SmallFloats() {}

  private static float widenE4M3(int b) {
    int exponent = b >> 3 & 15;
    int mantissa = b & 7;
    float magnitude =
        (b & 0x7f) == 0x7f
            ? Float.NaN
            : exponent == 0
                ? Math.scalb((float) mantissa, -9)
                : Math.scalb((float) (8 + mantissa), exponent - 10);
    return b > 127 ? -magnitude : magnitude;
  }

  /** The 256 values of an 8-bit type. */
  static float[] values(StoredDType type) {
    return switch (type) {
      case F8_E5M2 -> E5M2;
      case F8_E4M3 -> E4M3;
      case F8_E8M0 -> E8M0;
      default -> throw new IllegalArgumentException(type + " has more than 256 values.");
    };
  }

  static float bfloat16(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }

  /** Rounded to the nearest, ties to even; NaN stays NaN. */
  static short toBfloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short) (bits >>> 16 | 0x40);
    }
    return (short) (bits + 0x7fff + (bits >>> 16 & 1) >>> 16);
  }

  /**
   * The byte whose value is nearest, ties to the even byte. Beyond the largest value E5M2 gives
   * infinity and E4M3, which has none, NaN.
   */
  static byte toByte(float value, StoredDType type) {
    if (type == StoredDType.F8_E8M0) {
      return powerOfTwo(value);
    }
    float[] values = values(type);
    int sign = Float.floatToRawIntBits(value) >>> 31 << 7;
    float magnitude = Math.abs(value);
    int overflow = type == StoredDType.F8_E5M2 ? 0x7c : 0x7f;
    if (Float.isNaN(value)) {
      return (byte) (sign | 0x7f);
    }
    // The values of bytes 0 .. overflow - 1 ascend: find the last one not above.
    int low = 0;
    for (int step = 64; step > 0; step >>= 1) {
      if (low + step < overflow && values[low + step] <= magnitude) {
        low += step;
      }
    }
    float below = values[low];
    double above = low + 1 < overflow ? values[low + 1] : 2.0 * below - values[low - 1];
    double middle = (below + above) / 2;
    boolean up = magnitude > middle || (magnitude == middle && (low & 1) == 1);
    return (byte) (sign | (up ? low + 1 : low));
  }

  private static byte powerOfTwo(float value) {
    if (!(value > 0) || Float.isInfinite(value)) {
      return (byte) (value == 0 ? 0 : 255);
    }
    long exponent = Math.round(Math.log(value) / Math.log(2));
    return (byte) Math.clamp(exponent + 127, 0, 254);
  }
}
