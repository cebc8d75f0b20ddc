package gradus.text.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FloatParserTest {

  private final SplittableRandom random = new SplittableRandom(7);

  private static float read(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    FloatParser parser = new FloatParser(bytes);
    float value = parser.read(0, bytes.length);
    assertThat(parser.end()).as(text).isEqualTo(bytes.length);
    return value;
  }

  private static void same(String text) {
    assertThat(Float.floatToRawIntBits(read(text)))
        .as(text)
        .isEqualTo(Float.floatToRawIntBits(Float.parseFloat(text)));
  }

  private static void all(int count, Supplier<String> texts) {
    for (int i = 0; i < count; i++) {
      same(texts.get());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "-0.0",
        "1",
        "1.",
        ".5",
        "+.25",
        "-2E+3",
        "1e-05",
        "1E5",
        "00012.50",
        "1e400",
        "-1e400",
        "1e-400",
        "0e999999999999",
        "3.4028236e38",
        "3.4028235e38",
        "1.4e-45",
        "7e-46",
        "1.17549435e-38",
        "16777217",
        "16777219",
        "16777216.99999999",
        "33554434",
        "33554438",
        "1.00000005960464477539062500000000001",
        "1.00000005960464477539062499999999999",
        "1.000000059604644775390625",
        "123456789012345678901234567890",
        "0.1e1",
        "9007199254740993",
        "8.269973595356034e-05",
        "999999999999999999",
        "1e22",
        "1e23",
        "1e-22",
        "1e-23"
      })
  void formsAndBorders(String text) {
    same(text);
  }

  @Test
  void everyFloatReadsBackFromItsShortestDigits() {
    all(
        300_000,
        () -> {
          float value = Float.intBitsToFloat(random.nextInt());
          return Float.isFinite(value) ? Float.toString(value) : "1";
        });
  }

  @Test
  void numbersAsTrainersWriteThem() {
    all(100_000, () -> String.format(Locale.ROOT, "%.6f", random.nextDouble(-9, 9)));
    all(100_000, () -> String.format(Locale.ROOT, "%.5g", random.nextDouble(-1, 1)));
    all(100_000, () -> Double.toString(random.nextDouble(-1, 1)));
  }

  @Test
  void decimalsInTheMiddleBetweenTwoFloats() {
    all(
        50_000,
        () -> {
          float below = random.nextFloat() * (1 << random.nextInt(20));
          BigDecimal middle =
              new BigDecimal(below)
                  .add(new BigDecimal(Math.nextUp(below)))
                  .divide(BigDecimal.valueOf(2));
          BigDecimal little = BigDecimal.ONE.movePointLeft(8 + random.nextInt(20));
          return switch (random.nextInt(4)) {
            case 0 -> middle.toPlainString();
            case 1 -> middle.add(little).toPlainString();
            case 2 -> middle.subtract(little).toPlainString();
            default -> middle.round(new java.math.MathContext(17)).toString();
          };
        });
  }

  @Test
  void readsUpToTheBlank() {
    byte[] bytes = "w 1.5 -2e1 x".getBytes(StandardCharsets.ISO_8859_1);
    FloatParser parser = new FloatParser(bytes);
    assertThat(parser.read(2, bytes.length)).isEqualTo(1.5f);
    assertThat(parser.end()).isEqualTo(5);
    assertThat(parser.read(6, bytes.length)).isEqualTo(-20f);
    assertThat(parser.end()).isEqualTo(10);
    parser.read(11, bytes.length);
    assertThat(parser.end()).isEqualTo(-1);
  }

  @Test
  void namesOfNumbersThatAreNone() {
    assertThat(read("nan")).isNaN();
    assertThat(read("-nan")).isNaN();
    assertThat(read("NaN")).isNaN();
    assertThat(read("inf")).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(read("-Infinity")).isEqualTo(Float.NEGATIVE_INFINITY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        ".",
        "e5",
        "1e",
        "1e+",
        "1f",
        "1d",
        "0x10",
        "1,5",
        "1_0",
        "--1",
        "1.2.3",
        "word",
        "infinit",
        "-infinityy",
        "1e5x",
        "١"
      })
  void refusesWhatIsNoNumber(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    FloatParser parser = new FloatParser(bytes);
    parser.read(0, bytes.length);
    assertThat(parser.end()).isEqualTo(-1);
  }
}
