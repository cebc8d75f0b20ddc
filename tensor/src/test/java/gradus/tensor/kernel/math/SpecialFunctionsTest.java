package gradus.tensor.kernel.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import gradus.tensor.kernel.op.BinaryOps;
import gradus.tensor.kernel.op.UnaryOps;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Special functions in double against values computed with 40 digits. */
class SpecialFunctionsTest {

  private static final Map<String, DoubleUnaryOperator> FUNCTIONS =
      Map.ofEntries(
          Map.entry("erf", Erf::erf),
          Map.entry("erfc", Erf::erfc),
          Map.entry("erfinv", Erf::erfinv),
          Map.entry("ndtr", Erf::ndtr),
          Map.entry("ndtri", Erf::ndtri),
          Map.entry("lgamma", Gamma::lgamma),
          Map.entry("digamma", Gamma::digamma),
          Map.entry("trigamma", Gamma::trigamma),
          Map.entry("i0", Bessel::i0),
          Map.entry("i0e", Bessel::i0e),
          Map.entry("i1", Bessel::i1),
          Map.entry("i1e", Bessel::i1e),
          Map.entry("asinh", Elementary::asinh),
          Map.entry("acosh", Elementary::acosh),
          Map.entry("atanh", Elementary::atanh),
          Map.entry("log2", Elementary::log2));

  @ParameterizedTest(name = "{0}({1})")
  @CsvSource({
    "erf, 1e-10, 1.128379167095512615e-10",
    "erf, 0.1, 0.1124629160182848984",
    "erf, 0.3, 0.32862675945912741619",
    "erf, 0.49, 0.51166826118852309133",
    "erf, 0.51, 0.52924361984117043674",
    "erf, 0.9, 0.79690821242283213966",
    "erf, 1.5, 0.96610514647531072707",
    "erf, 2.5, 0.99959304798255504106",
    "erf, 5.0, 0.99999999999846254021",
    "erf, -0.7, -0.67780119383741844228",
    "erfc, -2.0, 1.9953222650189527342",
    "erfc, -0.3, 1.3286267594591274162",
    "erfc, 0.2, 0.77729741078952153382",
    "erfc, 0.5, 0.47950012218695346232",
    "erfc, 0.7, 0.32219880616258155772",
    "erfc, 1.3, 0.06599205505934755415",
    "erfc, 2.0, 0.0046777349810472658379",
    "erfc, 3.7, 1.6715105790914597513e-7",
    "erfc, 6.2, 1.81667561723812702e-18",
    "erfc, 6.3, 5.1242216873957155494e-19",
    "erfc, 10.0, 2.088487583762544757e-45",
    "erfc, 20.0, 5.3958656116079009289e-176",
    "ndtri, 1e-100, -21.27345356096532429417",
    "ndtri, 1e-30, -11.46402468844361571976",
    "ndtri, 1e-10, -6.361340902404056199100",
    "ndtri, 0.001, -3.090232306167813535358",
    "ndtri, 0.1, -1.281551565544600435334",
    "ndtri, 0.3, -0.524400512708040815969",
    "ndtri, 0.7, 0.5244005127080406563136",
    "ndtri, 0.999999, 4.7534243088170877656880",
    "erfinv, 1e-08, 8.8622692545275805539e-9",
    "erfinv, 0.001, 0.00088622715746655212301",
    "erfinv, 0.1, 0.088855990494257691974",
    "erfinv, 0.5, 0.47693627620446987338",
    "erfinv, -0.7, -0.73286907795921678488",
    "erfinv, 0.9, 1.1630871536766741628",
    "erfinv, 0.99, 1.8213863677184494559",
    "erfinv, 0.999999, 3.4589107372754987775",
    "erfinv, 0.9999999999, 4.5728249585449249378",
    "ndtr, -5.0, 2.8665157187919391167e-7",
    "ndtr, -1.0, 0.15865525393145705141",
    "ndtr, 0.3, 0.61791142218895263307",
    "ndtr, 2.0, 0.9772498680518207928",
    "lgamma, 1e-10, 23.025850929882735237",
    "lgamma, 0.1, 2.252712651734205902",
    "lgamma, 0.3, 1.0957979948180755606",
    "lgamma, 0.5, 0.57236494292470008707",
    "lgamma, 0.9, 0.066376239734742954426",
    "lgamma, 0.99, 0.0058548067647097814532",
    "lgamma, 1.01, -0.0056903079460696505037",
    "lgamma, 1.1, -0.049872441259839761785",
    "lgamma, 1.46, -0.12148500100400742945",
    "lgamma, 1.9, -0.038984275923083361674",
    "lgamma, 2.1, 0.045437738544485179002",
    "lgamma, 2.5, 0.28468287047291915963",
    "lgamma, 3.7, 1.4280723266653881292",
    "lgamma, 7.7, 7.9265413562690047789",
    "lgamma, 11.9, 17.258477450595522012",
    "lgamma, 12.1, 17.747007270798739306",
    "lgamma, 50.5, 146.51925549072062722",
    "lgamma, 100000.0, 1051287.7089736568949",
    "lgamma, -0.5, 1.2655121234846453965",
    "lgamma, -1.5, 0.86004701537648101451",
    "lgamma, -2.3, 0.36956666345500803746",
    "lgamma, -7.9, -8.0720397360128331239",
    "digamma, 1e-05, -100000.57719921567289",
    "digamma, 0.1, -10.423754940411076232",
    "digamma, 0.5, -1.9635100260214234794",
    "digamma, 1.0, -0.57721566490153286061",
    "digamma, 1.3, -0.16919088886679960526",
    "digamma, 2.0, 0.42278433509846713939",
    "digamma, 5.5, 1.6110931485817511237",
    "digamma, 11.9, 2.4339335368825374859",
    "digamma, 12.5, 2.4851956512749120482",
    "digamma, 100.0, 4.6001618527380874002",
    "digamma, 1000000.0, 13.815510057964190771",
    "digamma, -0.5, 0.036489973978576520559",
    "digamma, -1.3, 2.8825405488661673038",
    "digamma, -7.7, -0.17774844371896934204",
    "trigamma, 1e-05, 10000000001.64490839",
    "trigamma, 0.1, 101.4332991507927477",
    "trigamma, 0.5, 4.9348022005446793094",
    "trigamma, 1.0, 1.6449340668482264365",
    "trigamma, 2.5, 0.49035775610023486497",
    "trigamma, 11.9, 0.087663201190004183574",
    "trigamma, 12.5, 0.083285224601578370444",
    "trigamma, 100.0, 0.010050166663333571395",
    "trigamma, -0.5, 8.9348022005446793094",
    "trigamma, -1.3, 14.53687624413707964",
    "trigamma, -7.7, 14.957612844863726484",
    "i0, 0.0, 1.0",
    "i0, 0.1, 1.0025015629340956017",
    "i0, 1.0, 1.2660658777520083356",
    "i0, 5.0, 27.239871823604446895",
    "i0, 29.0, 292520631785.69086627",
    "i0, 31.0, 2089962966491.9037954",
    "i0, 100.0, 1.0737517071310738235e+42",
    "i0, 700.0, 1.5295933476718737363e+302",
    "i0, -3.0, 4.8807925858650240856",
    "i0e, 0.1, 0.90710092578230109165",
    "i0e, 10.0, 0.12783333716342860732",
    "i0e, 1000.0, 0.012617240455891256586",
    "i1, 0.1, 0.0500625260470926949",
    "i1, 1.0, 0.56515910399248502721",
    "i1, 5.0, 24.335642142450527199",
    "i1, 29.0, 287432108126.25481211",
    "i1, 31.0, 2055972795294.5647312",
    "i1, 100.0, 1.0683693903381624812e+42",
    "i1, -3.0, -3.9533702174026093965",
    "i1e, 0.1, 0.045298446808809327277",
    "i1e, 10.0, 0.12126268138445551872",
    "i1e, 1000.0, 0.01261093025692862947",
    "asinh, 1e-09, 1.0000000000000000621e-9",
    "asinh, 0.01, 0.0099998333408328871433",
    "asinh, 0.5, 0.4812118250596034475",
    "asinh, 3.0, 1.8184464592320668235",
    "asinh, 10000000000.0, 23.71899811050040215",
    "asinh, -2.0, -1.4436354751788103425",
    "acosh, 1.0000001, 0.00044721359190373472707",
    "acosh, 1.5, 0.962423650119206895",
    "acosh, 10.0, 2.9932228461263808979",
    "acosh, 1000000000000.0, 28.324168296488493518",
    "atanh, 1e-09, 1.0000000000000000626e-9",
    "atanh, 0.1, 0.10033534773107558624",
    "atanh, -0.5, -0.5493061443340548457",
    "atanh, 0.999, 3.8002011672501995875",
    "log2, 8.0, 3.0",
    "log2, 0.3, -1.7369655941662062198",
    "log2, 1.0001, 0.00014426229109453829098",
    "log2, 1e+300, 996.57842846620870444",
    "log2, 0.75, -0.41503749927884381855"
  })
  void agreesToFourteenDigits(String function, double x, double expected) {
    double actual = FUNCTIONS.get(function).applyAsDouble(x);
    assertThat(actual).isCloseTo(expected, within(2e-14 * Math.abs(expected)));
  }

  @Test
  void polesAndLimits() {
    assertThat(Gamma.lgamma(0)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(Gamma.lgamma(-3)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(Gamma.lgamma(1)).isZero();
    assertThat(Gamma.lgamma(2)).isZero();
    assertThat(Gamma.digamma(0.0)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(Gamma.digamma(-0.0)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(Gamma.digamma(-2)).isNaN();
    assertThat(Gamma.trigamma(0.0)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(Gamma.trigamma(-2.0)).isGreaterThan(1e31);
    assertThat(Gamma.trigamma(-2f)).isGreaterThan(1e14f);
    assertThat(Erf.erfinv(1)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(Erf.erfinv(-1)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(Erf.erfinv(1.5)).isNaN();
    assertThat(Erf.erfc(Double.NEGATIVE_INFINITY)).isEqualTo(2);
    assertThat(Erf.erfc(Double.POSITIVE_INFINITY)).isZero();
    for (DoubleUnaryOperator function : FUNCTIONS.values()) {
      assertThat(function.applyAsDouble(Double.NaN)).isNaN();
    }
  }

  @Test
  void integersAndPowersAsInC() {
    assertThat(Integers.pow(3, 4)).isEqualTo(81);
    assertThat(Integers.pow(-1, -3)).isEqualTo(-1);
    assertThat(Integers.pow(5, -1)).isZero();
    assertThat(Integers.gcd(-12, 18)).isEqualTo(6);
    assertThat(Integers.lcm(4, -6)).isEqualTo(12);
    assertThat(Integers.lcm(0, 0)).isZero();
    assertThat(Elementary.pow(1, Double.NaN)).isEqualTo(1);
    assertThat(Elementary.pow(-1, Double.POSITIVE_INFINITY)).isEqualTo(1);
    assertThat(Elementary.remainder(-7, 3)).isEqualTo(2);
    assertThat(Elementary.remainder(7, -3)).isEqualTo(-2);
    assertThat(Elementary.floorDivide(-7, 2)).isEqualTo(-4);
    assertThat(Elementary.floorDivide(1, 0.1)).isEqualTo(9);
    assertThat(BinaryOps.SHIFT_LEFT.apply(1L, 64L)).isZero();
    assertThat(BinaryOps.REMAINDER.apply(-7L, 3L)).isEqualTo(2);
    assertThat(BinaryOps.FMOD.apply(-7L, 3L)).isEqualTo(-1);
    assertThat(UnaryOps.ROUND.apply(2.5)).isEqualTo(2);
    assertThat(UnaryOps.ROUND.apply(-3.5f)).isEqualTo(-4);
  }
}
