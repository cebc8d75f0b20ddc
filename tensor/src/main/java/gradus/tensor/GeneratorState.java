package gradus.tensor;

import gradus.tensor.kernel.random.MersenneTwister;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How far a {@link Generator} is, and its form in bytes: that of PyTorch's {@code
 * CPUGeneratorImplState}.
 *
 * @param initialSeed what it began with
 * @param seeded whether it draws from the twister; PyTorch's always do
 * @param twister the sequence
 * @param spareNormal the second of two normal numbers, NaN if there is none
 */
record GeneratorState(
    long initialSeed, boolean seeded, MersenneTwister twister, double spareNormal) {
  static final int BYTES = 5056;

  /** Where it is told whether there is a seed; and, behind the twister, the spare number. */
  private static final int SEEDED = 12;

  private static final int NORMAL = 5016;

  static byte[] bytes(
      long initialSeed, boolean seeded, MersenneTwister twister, double spareNormal) {
    var out = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    out.putLong(initialSeed);
    twister.write(out);
    out.putInt(SEEDED, seeded ? 1 : 0);
    boolean spare = !Double.isNaN(spareNormal);
    out.position(NORMAL);
    out.putDouble(0).putDouble(spare ? spareNormal : 0).putDouble(0).putInt(spare ? 1 : 0);
    return out.array();
  }

  static GeneratorState of(byte[] bytes) {
    var in = ByteBuffer.wrap(bytes.clone()).order(ByteOrder.LITTLE_ENDIAN);
    long initialSeed = in.getLong();
    boolean seeded = in.getInt(SEEDED) != 0;
    var twister = new MersenneTwister();
    if (!twister.read(seeded ? in : in.putInt(SEEDED, 1))) {
      throw invalid("how far the sequence is does not fit together");
    }
    in.position(NORMAL);
    in.getDouble();
    double normal = in.getDouble();
    in.getDouble();
    return new GeneratorState(initialSeed, seeded, twister, in.getInt() == 0 ? Double.NaN : normal);
  }

  static IllegalArgumentException invalid(String fact) {
    return Errors.invalid(
        "setState",
        "%s. It must be %d bytes as whole numbers. Use what getState() gives."
            .formatted(fact, BYTES));
  }
}
