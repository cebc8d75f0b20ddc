package gradus.text.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FloatPrinterTest {

  private static String text(float value, FloatPrinter.Numbers form) {
    StringBuilder out = new StringBuilder();
    FloatPrinter.append(out, value, form);
    return out.toString();
  }

  /** The middle column is numpy's repr of a float32. */
  @ParameterizedTest
  @CsvSource({
    "0, 0.0, 0, 0.000000",
    "-0.0, -0.0, -0, -0.000000",
    "1, 1.0, 1, 1.000000",
    "-1.5, -1.5, -1.5, -1.500000",
    "0.1, 0.1, 0.1, 0.100000",
    "0.00012, 0.00012, 0.00012, 0.000120",
    "0.0001, 1e-04, 0.0001, 0.000100",
    "2.6336e-05, 2.6336e-05, 2.6336e-05, 0.000026",
    "-1e-05, -1e-05, -1e-05, -0.000010",
    "1e-45, 1e-45, 1e-45, 0.000000",
    "12345678, 12345678.0, 12345678, 12345678.000000",
    "123456789, 123456790.0, 123456790, 123456792.000000",
    "1e15, 1000000000000000.0, 1000000000000000, 999999986991104.000000",
    "1e16, 1e+16, 1e+16, 10000000272564224.000000",
    "NaN, nan, nan, nan",
    "-Infinity, -inf, -inf, -inf"
  })
  void asPythonAndCWrite(float value, String repr, String plain, String fixed) {
    assertThat(text(value, FloatPrinter.Numbers.REPR)).isEqualTo(repr);
    assertThat(text(value, FloatPrinter.Numbers.SHORT)).isEqualTo(plain);
    assertThat(text(value, FloatPrinter.Numbers.FIXED)).isEqualTo(fixed);
  }

  @Test
  void sixDecimalsAreThoseOfTheExactValue() {
    var random = new SplittableRandom(3);
    for (int i = 0; i < 200_000; i++) {
      float value = (random.nextFloat() - 0.5f) * (1 << random.nextInt(31));
      String exact = new BigDecimal(value).setScale(6, RoundingMode.HALF_EVEN).toPlainString();
      assertThat(text(value, FloatPrinter.Numbers.FIXED).replaceFirst("^-(0\\.0*)$", "$1"))
          .isEqualTo(exact);
    }
  }

  @Test
  void shortestDigitsReadBack() {
    var random = new SplittableRandom(4);
    for (int i = 0; i < 300_000; i++) {
      float value = Float.intBitsToFloat(random.nextInt());
      if (Float.isFinite(value)) {
        assertThat(Float.parseFloat(text(value, FloatPrinter.Numbers.REPR))).isEqualTo(value);
        assertThat(Float.parseFloat(text(value, FloatPrinter.Numbers.SHORT))).isEqualTo(value);
      }
    }
  }
}
