package gradus.tensor;

import static gradus.tensor.Check.counted;
import static gradus.tensor.Check.fails;
import static gradus.tensor.Check.invalid;
import static gradus.tensor.Check.is;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Ops with an underscore overwrite their tensor and whatever else looks at its memory. */
class InPlaceTest {
  private static final Tensor OTHER = Tensor.of(new double[][] {{1, 2, 3}, {4, 5, 6}});

  /** Every in-place op beside its twin that makes a new tensor. */
  private static Map<UnaryOperator<Tensor>, UnaryOperator<Tensor>> twins() {
    var twins = new LinkedHashMap<UnaryOperator<Tensor>, UnaryOperator<Tensor>>();
    Tensor mask = OTHER.gt(3);
    Tensor ids = Tensor.of(1, 0);
    Tensor places = Tensor.of(new int[][] {{1, 0, 1}});
    twins.put(x -> x.add_(OTHER), x -> x.add(OTHER));
    twins.put(x -> x.add_(2.5), x -> x.add(2.5));
    twins.put(x -> x.add_(OTHER, 3), x -> x.add(OTHER, 3));
    twins.put(x -> x.sub_(OTHER), x -> x.sub(OTHER));
    twins.put(x -> x.sub_(1), x -> x.sub(1));
    twins.put(x -> x.sub_(OTHER, 0.5), x -> x.sub(OTHER, 0.5));
    twins.put(x -> x.mul_(OTHER), x -> x.mul(OTHER));
    twins.put(x -> x.mul_(-2), x -> x.mul(-2));
    twins.put(x -> x.div_(OTHER), x -> x.div(OTHER));
    twins.put(x -> x.div_(4), x -> x.div(4));
    twins.put(x -> x.div_(OTHER, "floor"), x -> x.div(OTHER, "floor"));
    twins.put(x -> x.pow_(OTHER), x -> x.pow(OTHER));
    twins.put(x -> x.pow_(2), x -> x.pow(2));
    twins.put(x -> x.fmod_(OTHER), x -> x.fmod(OTHER));
    twins.put(x -> x.remainder_(2), x -> x.remainder(2));
    twins.put(x -> x.addcmul_(OTHER, OTHER, 2), x -> x.addcmul(OTHER, OTHER, 2));
    twins.put(x -> x.addcdiv_(OTHER, OTHER, 2), x -> x.addcdiv(OTHER, OTHER, 2));
    twins.put(x -> x.lerp_(OTHER, 0.25), x -> x.lerp(OTHER, 0.25));
    twins.put(x -> x.clamp_(-0.5, 1), x -> x.clamp(-0.5, 1));
    twins.put(x -> x.clampMin_(0.5), x -> x.clampMin(0.5));
    twins.put(x -> x.clampMax_(0.5), x -> x.clampMax(0.5));
    twins.put(x -> x.maskedFill_(mask, 9), x -> x.maskedFill(mask, 9));
    twins.put(x -> x.scatter_(0, places, OTHER), x -> x.scatter(0, places, OTHER));
    twins.put(x -> x.scatterAdd_(0, places, OTHER), x -> x.scatterAdd(0, places, OTHER));
    twins.put(x -> x.indexAdd_(0, ids, OTHER), x -> x.indexAdd(0, ids, OTHER));
    twins.put(x -> x.indexFill_(1, ids, 7), x -> x.indexFill(1, ids, 7));
    twins.put(x -> x.indexCopy_(0, ids, OTHER), x -> x.indexCopy(0, ids, OTHER));
    twins.put(x -> x.tril_(0), x -> x.tril(0));
    twins.put(x -> x.triu_(1), x -> x.triu(1));
    twins.put(Tensor::neg_, Tensor::neg);
    twins.put(Tensor::abs_, Tensor::abs);
    twins.put(Tensor::exp_, Tensor::exp);
    twins.put(x -> x.abs_().log_(), x -> x.abs().log());
    twins.put(x -> x.abs_().sqrt_(), x -> x.abs().sqrt());
    twins.put(x -> x.abs_().rsqrt_(), x -> x.abs().rsqrt());
    twins.put(Tensor::reciprocal_, Tensor::reciprocal);
    twins.put(Tensor::square_, Tensor::square);
    twins.put(Tensor::sin_, Tensor::sin);
    twins.put(Tensor::cos_, Tensor::cos);
    twins.put(Tensor::tanh_, Tensor::tanh);
    twins.put(Tensor::sigmoid_, Tensor::sigmoid);
    twins.put(Tensor::relu_, Tensor::relu);
    twins.put(Tensor::floor_, Tensor::floor);
    twins.put(Tensor::ceil_, Tensor::ceil);
    twins.put(Tensor::round_, Tensor::round);
    twins.put(Tensor::trunc_, Tensor::trunc);
    twins.put(Tensor::erf_, Tensor::erf);
    twins.put(Tensor::sign_, Tensor::sign);
    twins.put(x -> x.copy_(OTHER), x -> OTHER);
    twins.put(x -> x.fill_(3), x -> Tensor.fullLike(x, 3));
    twins.put(Tensor::zero_, Tensor::zerosLike);
    return twins;
  }

  private static Tensor values() {
    return Tensor.of(new double[][] {{0.5, -1.25, 2}, {-0.75, 3, 0.125}});
  }

  /** The same values as they are, transposed, with gaps, and in FLOAT64. */
  private static Tensor[] layouts() {
    Tensor gaps = Tensor.zeros(4, 8);
    Tensor part = gaps.slice(0, 1, 4, 2).slice(1, 1, 7, 2);
    part.copy_(values());
    return new Tensor[] {values(), values().t().clone().t(), part, values().toDouble()};
  }

  @Test
  void everyOpComputesWhatItsTwinComputes() {
    int checked = 0;
    for (var twin : twins().entrySet()) {
      for (Tensor x : layouts()) {
        if (x.dtype() == DType.FLOAT64 && !onlyNumbers(twin.getValue())) {
          continue;
        }
        int before = x.version();
        double[] wanted = twin.getValue().apply(x.clone()).toDoubleArray();
        assertThat(twin.getKey().apply(x)).isSameAs(x);
        assertThat(x.toDoubleArray()).containsExactly(wanted);
        assertThat(x.version()).isGreaterThan(before);
        checked++;
      }
    }
    assertThat(checked).isGreaterThan(170);
  }

  /** Ops that ask their operands to be of their own dtype do not run on FLOAT64 here. */
  private static boolean onlyNumbers(UnaryOperator<Tensor> f) {
    try {
      f.apply(values().toDouble());
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Test
  void nothingAroundAViewIsTouched() {
    Tensor whole = Tensor.zeros(3, 4);
    whole.narrow(0, 1, 1).slice(1, 1, 4, 2).add_(Tensor.of(5.0, 6.0));
    is(whole, "[3, 4]", 0, 0, 0, 0, 0, 5, 0, 6, 0, 0, 0, 0);
  }

  @Test
  void sourceAndTargetMayShareMemory() {
    Tensor x = counted(4);
    x.narrow(0, 1, 3).copy_(x.narrow(0, 0, 3));
    is(x, "[4]", 0, 0, 1, 2);
    Tensor m = counted(2, 2);
    m.copy_(m.t());
    is(m, "[2, 2]", 0, 2, 1, 3);
    Tensor n = counted(2, 2);
    n.add_(n.t());
    is(n, "[2, 2]", 0, 3, 3, 6);
    Tensor row = counted(3);
    row.mul_(row.select(0, 2));
    is(row, "[3]", 0, 2, 4);
  }

  /** Every in-place op of two tensors. */
  private static Map<String, BinaryOperator<Tensor>> ofTwo() {
    var ops = new LinkedHashMap<String, BinaryOperator<Tensor>>();
    ops.put("add_", Tensor::add_);
    ops.put("add_ with alpha", (x, y) -> x.add_(y, 3));
    ops.put("sub_", Tensor::sub_);
    ops.put("sub_ with alpha", (x, y) -> x.sub_(y, 3));
    ops.put("mul_", Tensor::mul_);
    ops.put("div_", Tensor::div_);
    ops.put("div_ rounded", (x, y) -> x.div_(y, "floor"));
    ops.put("pow_", Tensor::pow_);
    ops.put("fmod_", Tensor::fmod_);
    ops.put("remainder_", Tensor::remainder_);
    ops.put("addcmul_", (x, y) -> x.addcmul_(y, y, 0.5));
    ops.put("addcdiv_", (x, y) -> x.addcdiv_(y, y, 0.5));
    ops.put("lerp_", (x, y) -> x.lerp_(y, 0.25));
    ops.put("lerp_ by a tensor", (x, y) -> x.lerp_(y, y));
    ops.put("clampMin_", Tensor::clampMin_);
    ops.put("clampMax_", Tensor::clampMax_);
    ops.put("copy_", Tensor::copy_);
    ops.put("set", (x, y) -> x.set(y, Index.ELLIPSIS));
    ops.put("maskedFill_", (x, y) -> x.maskedFill_(y.gt(2), y.flatten().select(0, 0)));
    return ops;
  }

  /** Parts of a tensor that broadcast to it, or look at it in another order. */
  private static Map<String, UnaryOperator<Tensor>> overlaps() {
    var parts = new LinkedHashMap<String, UnaryOperator<Tensor>>();
    parts.put("itself", x -> x);
    parts.put("first column", x -> x.narrow(1, 0, 1));
    parts.put("first row", x -> x.narrow(0, 0, 1));
    parts.put("first row as a vector", x -> x.select(0, 0));
    parts.put("first element", x -> x.select(0, 0).select(0, 0));
    parts.put("first element as a matrix", x -> x.narrow(0, 0, 1).narrow(1, 0, 1));
    parts.put("last column", x -> x.narrow(1, x.size(1) - 1, 1));
    parts.put("last row", x -> x.narrow(0, x.size(0) - 1, 1));
    parts.put("transposed", Tensor::t);
    parts.put("first column, expanded", x -> x.narrow(1, 0, 1).expandAs(x));
    return parts;
  }

  @Test
  void anOperandMayBeAPartOfTheTensor() {
    Tensor.manualSeed(2);
    for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      for (int n : new int[] {2, 3, 37}) {
        Tensor values = Tensor.rand(n, n).add(1).to(dtype);
        ofTwo()
            .forEach(
                (name, op) ->
                    overlaps()
                        .forEach(
                            (part, of) -> {
                              Tensor x = values.clone();
                              Tensor wanted = op.apply(values.clone(), of.apply(values.clone()));
                              assertThat(op.apply(x, of.apply(x)).toDoubleArray())
                                  .as("%s, %s, %d, %s", name, part, n, dtype)
                                  .containsExactly(wanted.toDoubleArray(), within(1e-5));
                            }));
      }
    }
  }

  @Test
  void indexedWritesMayTakeFromTheTensor() {
    Tensor ids = Tensor.of(1, 2, 0);
    for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      Tensor x = counted(3, 3).to(dtype);
      is(x.clone().indexCopy_(0, ids, x), dtype, "[3, 3]", 6, 7, 8, 0, 1, 2, 3, 4, 5);
      Tensor y = x.clone();
      is(y.indexCopy_(0, ids, y), dtype, "[3, 3]", 6, 7, 8, 0, 1, 2, 3, 4, 5);
      Tensor z = x.clone();
      is(z.indexAdd_(0, ids, z), dtype, "[3, 3]", 6, 8, 10, 3, 5, 7, 9, 11, 13);
      Tensor w = x.clone();
      is(w.set(w.narrow(0, 0, 1), ids), dtype, "[3, 3]", 0, 1, 2, 0, 1, 2, 0, 1, 2);
      Tensor v = x.clone();
      Tensor places = Tensor.of(new int[][] {{2, 2, 2}});
      is(v.scatter_(0, places, v), dtype, "[3, 3]", 0, 1, 2, 3, 4, 5, 0, 1, 2);
    }
  }

  @Test
  void copyBroadcastsAndConverts() {
    is(Tensor.zeros(2, 2).copy_(Tensor.of(1, 2)), DType.FLOAT32, "[2, 2]", 1, 2, 1, 2);
    is(Tensor.zeros(DType.INT64, 2).copy_(Tensor.of(1.9, -1.9)), DType.INT64, "[2]", 1, -1);
    is(Tensor.zeros(DType.BOOL, 2).fill_(5), DType.BOOL, "[2]", 1, 1);
  }

  @Test
  void historyGoesWithTheMemory() {
    Tensor leaf = Tensor.ones(2, 2).requiresGrad(true);
    Tensor y = Tensor.zeros(2, 2);
    Tensor row = y.select(0, 1);
    row.copy_(leaf.select(0, 0));
    assertThat(y.requiresGrad()).isTrue();
    assertThat(row.requiresGrad()).isTrue();
    assertThat(y.node().orElseThrow().op().name()).isEqualTo("CopySlices");
    assertThat(y.isLeaf()).isFalse();
    try (var _ = GradMode.noGrad()) {
      leaf.mul_(3);
    }
    assertThat(leaf.isLeaf()).isTrue();
    assertThat(leaf.version()).isOne();
  }

  @Test
  void errors() {
    Tensor leaf = Tensor.ones(2, 2).requiresGrad(true);
    String rule =
        ": a leaf that requires gradients (or a view of one) cannot be changed in place while"
            + " gradients are recorded. Do it inside try (var _ = GradMode.noGrad()) { ... }.";
    fails(leaf::zero_, IllegalStateException.class, "zero_" + rule);
    fails(() -> leaf.select(0, 0).mul_(2), IllegalStateException.class, "mul_" + rule);
    fails(
        () -> Tensor.zeros(2).expand(3, 2).add_(1),
        IllegalStateException.class,
        "add_: this tensor [3, 2] is expanded: several of its elements share one place in memory."
            + " It cannot be written. Use clone() first.");
    invalid(
        () -> Tensor.zeros(2).copy_(Tensor.zeros(2, 2)),
        "copy_: the result [2, 2] does not fit into [2]. An in-place op keeps the shape of its"
            + " tensor. Use the op without underscore.");
    invalid(
        () -> Tensor.of(4).div_(2),
        "div_: the result is FLOAT32 and cannot be stored in INT64. An in-place op keeps the dtype"
            + " of its tensor. Convert first: x.to(DType.FLOAT32).");
    invalid(
        () -> leaf.mul(1).split(1, 0).get(0).mul_(2),
        "mul_: this view is one of several that split, chunk or unbind returned; those cannot be"
            + " changed in place while gradients are recorded. Use narrow(...) or select(...), or"
            + " the op without underscore.");
    Tensor base = leaf.mul(1);
    Tensor view;
    try (var _ = GradMode.noGrad()) {
      view = base.select(0, 0);
    }
    invalid(
        () -> view.mul_(2),
        "mul_: this view was made inside noGrad() and is changed in place outside of it, so it is"
            + " unclear whether to record the change. Do both inside or both outside.");
    invalid(
        () -> Tensor.zeros(2).normal_(0, -1),
        "normal_: std is -1.0. A standard deviation is 0 or more.");
  }

  @Test
  void everydayFormsWithoutTensors() {
    Tensor x = Tensor.zeros(2, 2);
    x.scatter_(1, Tensor.of(new int[][] {{0}, {1}}), 3);
    Check.is(x, "[2, 2]", 3, 0, 0, 3);
    x.maskedFill_(x.eq(0), Tensor.scalar(5.0));
    Check.is(x, "[2, 2]", 3, 5, 5, 3);
    Check.is(x.clone().triu_(), "[2, 2]", 3, 5, 0, 3);
    Check.is(x.clone().tril_(), "[2, 2]", 3, 0, 5, 3);
    Check.is(x.clip(4, null), "[2, 2]", 4, 5, 5, 4);
    Check.is(x.clip_(0, 4), "[2, 2]", 3, 4, 4, 3);
  }

  /** All of them, found by their names: x.f_(…) is x.f(…) in the type of x. */
  @Test
  void functionsInPlaceAreThoseThatAreNot() throws ReflectiveOperationException {
    int checked = 0;
    int changed = 0;
    for (Class<?> family : List.of(InPlaceFunctions.class, InPlaceBinaryFunctions.class)) {
      for (Method inPlace : family.getDeclaredMethods()) {
        if (!Modifier.isPublic(inPlace.getModifiers()) || inPlace.isSynthetic()) {
          continue;
        }
        String name = inPlace.getName().substring(0, inPlace.getName().length() - 1);
        boolean whole = name.startsWith("bitwise") || name.equals("gcd") || name.equals("lcm");
        Tensor x = whole ? Tensor.of(12, 7, 30) : Tensor.of(0.25, 0.5, 0.75).toDouble();
        if (name.equals("acosh")) {
          x = x.add(1);
        }
        Tensor two = whole ? Tensor.of(8, 5, 4) : Tensor.of(0.5, 0.5, 2).toDouble();
        Object[] arguments =
            inPlace.getParameterCount() == 0
                ? new Object[0]
                : new Object[] {inPlace.getParameterTypes()[0] == Tensor.class ? two : (Object) 2};
        Tensor expected =
            (Tensor) Tensor.class.getMethod(name, inPlace.getParameterTypes()).invoke(x, arguments);
        Tensor target = x.clone();
        assertThat(inPlace.invoke(target, arguments)).isSameAs(target);
        assertThat(target.equal(expected.to(x.dtype()))).as(inPlace.getName()).isTrue();
        changed += target.equal(x) ? 0 : 1; // relu leaves what is positive
        checked++;
      }
    }
    assertThat(checked).isGreaterThan(75);
    assertThat(changed).isGreaterThan(65);
  }

  @Test
  void whatIsDrawnIsWhatPyTorchDraws() { // torch.manual_seed(3); torch.empty(4).exponential_(2) …
    Tensor.manualSeed(3);
    near(Tensor.empty(4).exponential_(2), 0.017351728, 0.16895479, 0.74121535, 0.09614173);
    near(Tensor.empty(3).cauchy_(1, 2), 3.06864429, 1.70765233, -1.77604043);
    near(Tensor.empty(4).geometric_(0.3), 3, 3, 1, 5);
    assertThat(Tensor.zeros(DType.INT64, 4).random_(5, 1000).toLongArray())
        .containsExactly(471, 911, 787, 963);
    near(Tensor.zeros(DType.FLOAT64, 2).exponential_(1), 0.41848612156951676, 3.5079743535487267);
    near(Tensor.rand(1), 0.26087964);
    Tensor.manualSeed(5); // torch.normal(means, deviations), torch.normal(2., 3., (2,))
    near(
        Tensor.normal(Tensor.of(1.0, 2, 3), Tensor.of(0.1, 1, 10)),
        0.95132190,
        1.39617848,
        -2.58096218);
    near(Tensor.normal(2, 3, 2), 4.00257301, 1.40775478);
    assertThat(Tensor.randintLike(Tensor.zeros(2, 2), 3, 4).toFloatArray()).containsOnly(3);
    invalid(
        () -> Tensor.empty(2).exponential_(0), "exponential_: lambd is 0.0. It must be above 0.");
    invalid(
        () -> Tensor.of(1).cauchy_(),
        "cauchy_: x must be FLOAT32 or FLOAT64 but is INT64. Use x.toFloat().");
  }

  private static void near(Tensor actual, double... expected) {
    double[] values = actual.toDoubleArray();
    assertThat(values).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(values[i]).isCloseTo(expected[i], within(1e-6));
    }
  }
}
