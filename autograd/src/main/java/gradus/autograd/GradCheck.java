package gradus.autograd;

import static gradus.tensor.spi.Given.given;
import static gradus.tensor.spi.Given.givenAll;

import gradus.tensor.DType;
import gradus.tensor.GradMode;
import gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Compares the gradients of backprop with finite differences, at order 1 and 2.
 *
 * <p>Use FLOAT64 inputs; in FLOAT32 the differences drown in rounding. PyTorch: {@code
 * torch.autograd.gradcheck}, {@code gradgradcheck}.
 *
 * <pre>{@code
 * var x = Tensor.randn(FLOAT64, 3, 4).requiresGrad(true);
 * GradCheck.check(in -> in.get(0).tanh(), x);
 * }</pre>
 */
public final class GradCheck {
  private static final double EPS = 1e-6;
  private static final double RTOL = 1e-3;
  private static final double ATOL = 1e-5;

  private GradCheck() {}

  /**
   * Checks the first derivatives of {@code f} at the given point.
   *
   * @param f of the inputs; its result may have any shape
   * @param inputs FLOAT64 tensors; those that require gradients are checked
   * @throws AssertionError naming the first element at which both disagree
   */
  public static void check(Function<List<Tensor>, Tensor> f, Tensor... inputs) {
    if (!given(f, "f").apply(prepared(givenAll(inputs))).requiresGrad()) {
      throw new AssertionError(
          "gradcheck: the result does not depend on any input that requires gradients.");
    }
    compareAll(f, inputs);
  }

  private static void compareAll(Function<List<Tensor>, Tensor> f, Tensor... inputs) {
    List<Tensor> in = prepared(inputs);
    Tensor out = f.apply(in);
    Tensor weights = projection(out);
    List<Tensor> wanted = in.stream().filter(Tensor::requiresGrad).toList();
    List<Optional<Tensor>> analytic =
        out.requiresGrad()
            ? Autograd.gradAllowUnused(List.of(out), wanted, List.of(weights), false, false)
            : Collections.nCopies(wanted.size(), Optional.empty());
    for (int i = 0; i < wanted.size(); i++) {
      Tensor x = wanted.get(i);
      Tensor backprop = analytic.get(i).map(Tensor::toDense).orElse(Tensor.zerosLike(x));
      compare(in.indexOf(x), x, backprop, () -> f.apply(in).detach().mul(weights).sum().item());
    }
  }

  /**
   * Checks the second derivatives of {@code f}: the gradients of a random projection of its
   * gradients.
   *
   * @param f of the inputs
   * @param inputs FLOAT64 tensors; those that require gradients are checked
   * @throws AssertionError naming the first element at which both disagree
   */
  public static void checkSecond(Function<List<Tensor>, Tensor> f, Tensor... inputs) {
    Tensor start = projection(given(f, "f").apply(prepared(givenAll(inputs)))).requiresGrad(true);
    var all = new ArrayList<>(List.of(inputs));
    all.add(start);
    compareAll(in -> gradients(f, in), all.toArray(Tensor[]::new));
  }

  /**
   * The gradients of f, flattened into one vector, as a function of its inputs and of the gradient
   * it starts with.
   */
  private static Tensor gradients(Function<List<Tensor>, Tensor> f, List<Tensor> in) {
    List<Tensor> inputs = in.subList(0, in.size() - 1);
    List<Tensor> wanted = inputs.stream().filter(Tensor::requiresGrad).toList();
    try (var _ = GradMode.enableGrad()) {
      Tensor out = f.apply(inputs);
      var parts = new ArrayList<Tensor>();
      for (var g :
          Autograd.gradAllowUnused(List.of(out), wanted, List.of(in.getLast()), true, true)) {
        g.ifPresent(t -> parts.add(t.toDense().flatten()));
      }
      return Tensor.cat(parts, 0);
    }
  }

  private static List<Tensor> prepared(Tensor... inputs) {
    for (Tensor x : inputs) {
      if (x.requiresGrad() && x.dtype() != DType.FLOAT64) {
        throw new IllegalArgumentException(
            "gradcheck: an input is %s. Finite differences need FLOAT64. Use x.toDouble()."
                .formatted(x.dtype()));
      }
    }
    return List.of(inputs);
  }

  /** Fixed, irregular weights, so that no element's error cancels another's. */
  private static Tensor projection(Tensor out) {
    double[] w = new double[out.numel()];
    for (int i = 0; i < w.length; i++) {
      w[i] = Math.sin(12.9898 * (i + 1)) + 0.1 * Math.cos(78.233 * i);
    }
    return Tensor.fromArray(w, out.shape().toArray());
  }

  private interface Loss {
    double value();
  }

  private static void compare(int number, Tensor x, Tensor backprop, Loss loss) {
    double[] got = backprop.toDoubleArray();
    Tensor flat = x.detach();
    for (int i = 0; i < got.length; i++) {
      int[] index = index(x, i);
      double old = flat.get(index);
      put(flat, index, old + EPS);
      double up = loss.value();
      put(flat, index, old - EPS);
      double down = loss.value();
      put(flat, index, old);
      double expected = (up - down) / (2 * EPS);
      if (!(Math.abs(got[i] - expected) <= ATOL + RTOL * Math.abs(expected))) {
        throw new AssertionError(
            "gradcheck: input %s at %s: backprop says %s, finite differences say %s."
                .formatted(number, Arrays.toString(index), got[i], expected));
      }
    }
  }

  private static void put(Tensor x, int[] index, double value) {
    Tensor at = x;
    for (int i : index) {
      at = at.select(0, i);
    }
    at.fill_(value);
  }

  private static int[] index(Tensor x, int element) {
    int[] index = new int[x.dim()];
    int rest = element;
    for (int d = index.length - 1; d >= 0; d--) {
      index[d] = rest % x.size(d);
      rest /= x.size(d);
    }
    return index;
  }
}
