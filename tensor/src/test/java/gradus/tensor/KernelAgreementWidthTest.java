package gradus.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The FLOAT32 kernels against the FLOAT64 reference path, through {@code Tensor}: every op at
 * awkward sizes, on contiguous, transposed, sliced and broadcast inputs. The build runs it once
 * more per forced vector width.
 */
class KernelAgreementWidthTest {
  /** Sizes around the vector widths, and a prime. */
  static IntStream sizes() {
    return IntStream.concat(IntStream.rangeClosed(0, 33), IntStream.of(1021));
  }

  private static final Map<String, UnaryOperator<Tensor>> UNARY = new LinkedHashMap<>();
  private static final Map<String, BinaryOperator<Tensor>> BINARY = new LinkedHashMap<>();
  private static final Map<String, UnaryOperator<Tensor>> FOLDS = new LinkedHashMap<>();

  static {
    UNARY.put("neg", Tensor::neg);
    UNARY.put("abs", Tensor::abs);
    UNARY.put("exp", Tensor::exp);
    UNARY.put("exp2", Tensor::exp2);
    UNARY.put("expm1", Tensor::expm1);
    UNARY.put("log", x -> x.abs().log());
    UNARY.put("log2", x -> x.abs().log2());
    UNARY.put("log10", x -> x.abs().log10());
    UNARY.put("log1p", x -> x.abs().log1p());
    UNARY.put("sqrt", x -> x.abs().sqrt());
    UNARY.put("rsqrt", x -> x.abs().rsqrt());
    UNARY.put("reciprocal", Tensor::reciprocal);
    UNARY.put("square", Tensor::square);
    UNARY.put("sin", Tensor::sin);
    UNARY.put("cos", Tensor::cos);
    UNARY.put("tan", x -> x.mul(0.25).tan());
    UNARY.put("asin", x -> x.mul(0.25).asin());
    UNARY.put("acos", x -> x.mul(0.25).acos());
    UNARY.put("atan", Tensor::atan);
    UNARY.put("sinh", Tensor::sinh);
    UNARY.put("cosh", Tensor::cosh);
    UNARY.put("tanh", Tensor::tanh);
    UNARY.put("asinh", Tensor::asinh);
    UNARY.put("acosh", x -> x.abs().add(1.5).acosh());
    UNARY.put("atanh", x -> x.mul(0.25).atanh());
    UNARY.put("erf", Tensor::erf);
    UNARY.put("erfc", Tensor::erfc);
    UNARY.put("erfinv", x -> x.mul(0.25).erfinv());
    UNARY.put("lgamma", x -> x.abs().add(3).lgamma());
    UNARY.put("digamma", x -> x.abs().add(2).digamma());
    UNARY.put("polygamma", x -> x.abs().add(1).polygamma(1));
    UNARY.put("sigmoid", Tensor::sigmoid);
    UNARY.put("logsigmoid", Tensor::logsigmoid);
    UNARY.put("relu", Tensor::relu);
    UNARY.put("leakyRelu", x -> x.leakyRelu(0.01));
    UNARY.put("elu", x -> x.elu(1.5));
    UNARY.put("selu", Tensor::selu);
    UNARY.put("celu", x -> x.celu(0.5));
    UNARY.put("gelu", Tensor::gelu);
    UNARY.put("gelu tanh", x -> x.gelu("tanh"));
    UNARY.put("silu", Tensor::silu);
    UNARY.put("mish", Tensor::mish);
    UNARY.put("softplus", Tensor::softplus);
    UNARY.put("threshold", x -> x.threshold(0.1, 7));
    UNARY.put("hardswish", Tensor::hardswish);
    UNARY.put("hardsigmoid", Tensor::hardsigmoid);
    UNARY.put("clamp", x -> x.clamp(-0.5, 0.75));
    UNARY.put("pow 3", x -> x.pow(3));
    UNARY.put("pow 0.5", x -> x.abs().pow(0.5));
    UNARY.put("floor", Tensor::floor);
    UNARY.put("ceil", Tensor::ceil);
    UNARY.put("round", Tensor::round);
    UNARY.put("trunc", Tensor::trunc);
    UNARY.put("frac", Tensor::frac);
    UNARY.put("sign", Tensor::sign);
    UNARY.put("cumsum", x -> x.cumsum(0));
    UNARY.put("flip", x -> x.flip(0));
    UNARY.put("clone", Tensor::clone);

    BINARY.put("add", Tensor::add);
    BINARY.put("sub", Tensor::sub);
    BINARY.put("mul", Tensor::mul);
    BINARY.put("div", (a, b) -> a.div(b));
    BINARY.put("pow", (a, b) -> a.abs().pow(b));
    BINARY.put("maximum", Tensor::maximum);
    BINARY.put("minimum", Tensor::minimum);
    BINARY.put("fmod", (a, b) -> a.mul(10).fmod(b.abs().add(1)));
    BINARY.put("remainder", (a, b) -> a.mul(10).remainder(b.abs().add(1)));
    BINARY.put("atan2", Tensor::atan2);
    BINARY.put("hypot", Tensor::hypot);
    BINARY.put("copysign", (a, b) -> a.copysign(b));
    BINARY.put("xlogy", (a, b) -> a.xlogy(b.abs()));
    BINARY.put("logaddexp", Tensor::logaddexp);
    BINARY.put("logaddexp2", Tensor::logaddexp2);
    BINARY.put("lerp", (a, b) -> a.lerp(b, 0.3));
    BINARY.put("addcmul", (a, b) -> a.addcmul(b, b, 0.5));
    BINARY.put("where", (a, b) -> Tensor.where(a.lt(b), a, b));

    FOLDS.put("sum", x -> x.sum(-1));
    FOLDS.put("sum 0", x -> x.sum(0));
    FOLDS.put("sum all", Tensor::sum);
    FOLDS.put("mean", x -> x.mean(-1));
    FOLDS.put("mean 0", x -> x.mean(0));
    FOLDS.put("prod", x -> x.prod(0));
    FOLDS.put("var", x -> x.var(-1));
    FOLDS.put("std 0", x -> x.std(0));
    FOLDS.put("norm", x -> x.norm(2, -1));
    FOLDS.put("norm 1", x -> x.norm(1, 0));
    FOLDS.put("logsumexp", x -> x.logsumexp(-1));
    FOLDS.put("amax", x -> x.amax(-1));
    FOLDS.put("amin 0", x -> x.amin(0));
    FOLDS.put("argmax", x -> x.argmax(-1));
    FOLDS.put("argmin 0", x -> x.argmin(0));
    FOLDS.put("softmax", x -> x.softmax(-1));
    FOLDS.put("softmax 0", x -> x.softmax(0));
    FOLDS.put("logSoftmax", x -> x.logSoftmax(-1));
    FOLDS.put("sort", x -> x.sort(-1).values());
  }

  /**
   * What the lists do not name: every other method of these families, on numbers from 0.05 to 0.95.
   */
  static {
    for (Class<?> family : families()) {
      for (Method method : family.getDeclaredMethods()) {
        List<Class<?>> parameters = List.of(method.getParameterTypes());
        if (Modifier.isPublic(method.getModifiers()) && method.getReturnType() == Tensor.class) {
          if (parameters.isEmpty()) {
            UNARY.putIfAbsent(method.getName(), x -> call(method, tame(x)));
          } else if (parameters.equals(List.of(Tensor.class))) {
            BINARY.putIfAbsent(method.getName(), (a, b) -> call(method, tame(a), tame(b)));
          }
        }
      }
    }
  }

  /** The interfaces of Tensor whose methods compute element by element. */
  private static List<Class<?>> families() {
    return Arrays.stream(Tensor.class.getInterfaces())
        .filter(
            family ->
                family.getSimpleName().matches("Arithmetic|Activations|(?!InPlace).*Functions"))
        .toList();
  }

  private static Tensor tame(Tensor x) {
    return x.abs().mul(0.3).add(0.05);
  }

  private static Tensor call(Method method, Tensor self, Object... arguments) {
    try {
      return (Tensor) method.invoke(self, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException) {
        return self; // an op of whole numbers
      }
      throw new AssertionError(method + " of " + self.shape(), e);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  private static Tensor values(int seed, int... shape) {
    var random = new SplittableRandom(seed);
    float[] data = new float[Shape.of(shape).numel()];
    for (int i = 0; i < data.length; i++) {
      data[i] = (float) random.nextDouble(-3, 3);
    }
    return Tensor.fromArray(data, shape);
  }

  /**
   * Matrices {@code [3, n]} in every layout: as they are, transposed, with gaps, and with repeated
   * elements.
   */
  private static List<Tensor> layouts(int n, int seed) {
    var all = new ArrayList<Tensor>();
    all.add(values(seed, 3, n));
    all.add(values(seed, n, 3).t());
    all.add(values(seed, 3, 2 * n + 3).slice(1, 2, 2 * n + 2, 2));
    all.add(values(seed, 7, n + 5).slice(0, 1, 7, 2).narrow(1, 4, n));
    all.add(values(seed, n).expand(3, n));
    all.add(values(seed, 3, 1).expand(3, n));
    return all;
  }

  /** The same up to rounding. */
  private static void agree(String what, Tensor fast, Tensor reference) {
    agree(what, fast, reference, 1);
  }

  /** The same up to the rounding of {@code terms} numbers added up, which may cancel. */
  private static void agree(String what, Tensor fast, Tensor reference, int terms) {
    assertThat(fast.shape()).as(what).isEqualTo(reference.shape());
    double[] got = fast.toDoubleArray();
    double[] wanted = reference.toDoubleArray();
    for (int i = 0; i < got.length; i++) {
      boolean close =
          Math.abs(got[i] - wanted[i]) <= 3e-6 * Math.sqrt(terms) + 2e-5 * Math.abs(wanted[i]);
      boolean same = Double.isNaN(wanted[i]) ? Double.isNaN(got[i]) : got[i] == wanted[i];
      if (!close && !same) {
        throw new AssertionError(what + " at " + i + ": " + got[i] + ", reference " + wanted[i]);
      }
    }
  }

  private static String name(String op, Tensor x) {
    return op + " of " + x.shape() + " with strides " + Arrays.toString(x.strides);
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void unary(int n) {
    for (Tensor x : layouts(n, n)) {
      UNARY.forEach((op, f) -> agree(name(op, x), f.apply(x), f.apply(x.toDouble())));
    }
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void binary(int n) {
    List<Tensor> right = layouts(n, n + 1);
    for (Tensor x : layouts(n, n)) {
      for (Tensor y : right) {
        BINARY.forEach(
            (op, f) -> agree(name(op, x), f.apply(x, y), f.apply(x.toDouble(), y.toDouble())));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void folds(int n) {
    for (Tensor x : layouts(n, n)) {
      FOLDS.forEach(
          (op, f) -> {
            if (n > 0 || !(op.startsWith("a") || op.startsWith("sort"))) {
              agree(name(op, x), f.apply(x), f.apply(x.toDouble()), 3 * n);
            }
          });
    }
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void layerNorm(int n) {
    if (n == 0) {
      return;
    }
    Tensor weight = values(1, n);
    Tensor bias = values(2, 2 * n).slice(0, 0, 2 * n, 2);
    int[] shape = {n};
    // not the rows of one number: their variance is 0, and 1/√eps makes noise of the rounding
    for (Tensor x : layouts(n, n).subList(0, 5)) {
      agree(
          name("layerNorm", x),
          Tensor.layerNorm(x, shape, weight, bias, 1e-5),
          Tensor.layerNorm(x.toDouble(), shape, weight.toDouble(), bias.toDouble(), 1e-5));
    }
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void matmul(int n) {
    for (Tensor x : layouts(n, n)) {
      for (Tensor y : layouts(n, n + 1)) {
        agree(name("x @ yᵀ", x), x.matmul(y.t()), x.toDouble().matmul(y.toDouble().t()), 10 * n);
        if (n <= 33) {
          agree(name("xᵀ @ y", x), x.t().matmul(y), x.toDouble().t().matmul(y.toDouble()));
        }
        agree(
            name("x @ v", x),
            x.matmul(y.select(0, 1)),
            x.toDouble().matmul(y.toDouble().select(0, 1)),
            10 * n);
      }
      Tensor batch = x.unsqueeze(0).expand(2, 3, n);
      agree(
          name("batched", x),
          batch.matmul(batch.mT()),
          batch.toDouble().matmul(batch.toDouble().mT()),
          10 * n);
    }
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void gather(int n) {
    Tensor rows = Tensor.of(2, 0, 1, 1, 2);
    for (Tensor x : layouts(n, n)) {
      Tensor exact = x.toDouble();
      agree(name("indexSelect", x), x.indexSelect(0, rows), exact.indexSelect(0, rows));
      agree(name("at", x), x.at(rows), exact.at(rows));
      agree(name("embedding", x), embedding(x, rows), embedding(exact, rows));
      agree(name("cat", x), Tensor.cat(1, x, x), Tensor.cat(1, exact, exact));
      Tensor index = rows.narrow(0, 0, 3).unsqueeze(1).expand(3, n);
      agree(name("gather", x), x.gather(0, index), exact.gather(0, index));
      agree(name("scatterAdd", x), x.scatterAdd(0, index, x), exact.scatterAdd(0, index, exact));
      agree(
          name("indexAdd", x),
          x.indexAdd(0, rows.narrow(0, 0, 3), x),
          exact.indexAdd(0, rows.narrow(0, 0, 3), exact));
    }
  }

  private static Tensor embedding(Tensor table, Tensor ids) {
    return Tensor.embedding(table, ids, -1, false, false);
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void crossEntropy(int n) {
    if (n == 0) {
      return;
    }
    Tensor target = Tensor.of(n - 1L, 0L, n / 2L);
    for (Tensor x : layouts(n, n)) {
      agree(
          name("crossEntropyRows", x),
          Tensor.crossEntropyRows(x, target, -100),
          Tensor.crossEntropyRows(x.toDouble(), target, -100));
    }
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void inPlace(int n) {
    for (Tensor x : layouts(n, n).subList(0, 4)) {
      Tensor y = x.clone();
      Tensor wanted = x.toDouble().mul(2).add(y.toDouble());
      x.mul_(2).add_(y);
      agree(name("mul_ add_", x), x, wanted);
    }
  }

  @Test
  void opsOfTheFamiliesAreFoundByThemselves() {
    assertThat(UNARY).containsKeys("asinh", "deg2rad", "i1e").hasSizeGreaterThan(60);
    assertThat(BINARY).containsKeys("rsub", "floorDivide", "xlog1py").hasSizeGreaterThan(19);
  }

  @Test
  void theForcedWidthIsInForce() {
    String lanes = System.getProperty("gradus.lanes", "");
    if (!lanes.isEmpty()) {
      assertThat(gradus.tensor.kernel.Lanes.COUNT).isEqualTo(Integer.parseInt(lanes));
    }
  }
}
