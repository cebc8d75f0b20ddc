package gradus.autograd;

import static gradus.tensor.spi.Given.given;
import static gradus.tensor.spi.Given.givenAll;

import gradus.tensor.Tensor;
import gradus.tensor.spi.Door;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Derivatives of functions rather than of results: Jacobians, Hessians and their products with
 * vectors.
 *
 * <p>A function is of one tensor, or takes and returns lists; the tensors need not ask for
 * gradients.
 *
 * <pre>{@code
 * var x = Tensor.of(1.0, 2.0);
 * Functional.jacobian(Tensor::square, x);               // [[2, 0], [0, 4]]
 * Functional.hessian(t -> t.pow(3).sum(), x);           // [[6, 0], [0, 12]]
 * Functional.jvp(Tensor::square, x, Tensor.of(1.0, 1.0)).product();   // [2, 4]
 * }</pre>
 *
 * <p>PyTorch: {@code torch.autograd.functional}.
 */
@Door
public final class Functional {
  private Functional() {}

  // ---- Jacobians

  /** {@link #jacobian(UnaryOperator, Tensor, Consumer)} without options. */
  public static Tensor jacobian(UnaryOperator<Tensor> f, Tensor input) {
    return jacobian(f, input, _ -> {});
  }

  /**
   * The derivative of every element of {@code f(input)} by every element of the input.
   *
   * <p>PyTorch: {@code jacobian(func, inputs, create_graph, strict)}.
   *
   * @param f from one tensor to one
   * @param input where
   * @param options what differs from the defaults
   * @return of the shape of the output, followed by that of the input
   */
  public static Tensor jacobian(
      UnaryOperator<Tensor> f, Tensor input, Consumer<FunctionalOptions> options) {
    return jacobian(several(f), one(input), options).getFirst().getFirst();
  }

  /** {@link #jacobian(Function, List, Consumer)} without options. */
  public static List<List<Tensor>> jacobian(
      Function<List<Tensor>, List<Tensor>> f, List<Tensor> inputs) {
    return jacobian(f, inputs, _ -> {});
  }

  /**
   * The derivative of every element of the outputs by every element of the inputs.
   *
   * @param f from several tensors to several
   * @param inputs where
   * @param options what differs from the defaults
   * @return {@code get(i).get(j)} is that of output i by input j, of their shapes one after the
   *     other
   */
  public static List<List<Tensor>> jacobian(
      Function<List<Tensor>, List<Tensor>> f,
      List<Tensor> inputs,
      Consumer<FunctionalOptions> options) {
    return Differentiated.of("jacobian", f, inputs, options).jacobian();
  }

  // ---- Hessians

  /** {@link #hessian(UnaryOperator, Tensor, Consumer)} without options. */
  public static Tensor hessian(UnaryOperator<Tensor> f, Tensor input) {
    return hessian(f, input, _ -> {});
  }

  /**
   * The second derivatives of a scalar by every two elements of the input.
   *
   * <p>PyTorch: {@code hessian(func, inputs, create_graph, strict)}.
   *
   * @param f from one tensor to a scalar
   * @param input where
   * @param options what differs from the defaults
   * @return of the shape of the input, twice
   */
  public static Tensor hessian(
      UnaryOperator<Tensor> f, Tensor input, Consumer<FunctionalOptions> options) {
    return hessian(scalar(f), one(input), options).getFirst().getFirst();
  }

  /** {@link #hessian(Function, List, Consumer)} without options. */
  public static List<List<Tensor>> hessian(Function<List<Tensor>, Tensor> f, List<Tensor> inputs) {
    return hessian(f, inputs, _ -> {});
  }

  /**
   * The second derivatives of a scalar by every two elements of the inputs.
   *
   * @param f from several tensors to a scalar
   * @param inputs where
   * @param options what differs from the defaults
   * @return {@code get(i).get(j)} is that by input i and input j, of their shapes one after the
   *     other
   */
  public static List<List<Tensor>> hessian(
      Function<List<Tensor>, Tensor> f, List<Tensor> inputs, Consumer<FunctionalOptions> options) {
    var told = Differentiated.told(options);
    Function<List<Tensor>, List<Tensor>> slope =
        in ->
            Differentiated.of(
                    "hessian", listed(f), in, o -> o.createGraph(true).strict(told.strict))
                .slopes();
    return Differentiated.of("hessian", slope, inputs, options).jacobian();
  }

  // ---- products with a Jacobian

  /** The product for a scalar function, with v = 1. */
  public static VectorProduct<Tensor, Tensor> vjp(UnaryOperator<Tensor> f, Tensor input) {
    return vjp(f, input, null);
  }

  /** {@link #vjp(UnaryOperator, Tensor, Tensor, Consumer)} without options. */
  public static VectorProduct<Tensor, Tensor> vjp(UnaryOperator<Tensor> f, Tensor input, Tensor v) {
    return vjp(f, input, v, _ -> {});
  }

  /**
   * The product vᵀJ of a vector and the Jacobian, by one walk back.
   *
   * <p>PyTorch: {@code vjp(func, inputs, v, create_graph, strict)}.
   *
   * @param f from one tensor to one
   * @param input where
   * @param v of the shape of the output; null for 1 at a scalar
   * @param options what differs from the defaults
   * @return the output, and the product, of the shape of the input
   */
  public static VectorProduct<Tensor, Tensor> vjp(
      UnaryOperator<Tensor> f, Tensor input, Tensor v, Consumer<FunctionalOptions> options) {
    return single(vjp(several(f), one(input), v == null ? null : List.of(v), options));
  }

  /**
   * The product vᵀJ for a function of several tensors.
   *
   * @param f from several tensors to several
   * @param inputs where
   * @param v one of its shape for each output; null for 1 at a single scalar
   * @param options what differs from the defaults
   * @return the outputs, and one product an input
   */
  public static VectorProduct<List<Tensor>, List<Tensor>> vjp(
      Function<List<Tensor>, List<Tensor>> f,
      List<Tensor> inputs,
      List<Tensor> v,
      Consumer<FunctionalOptions> options) {
    return Differentiated.of("vjp", f, inputs, options).vjp(v);
  }

  /** {@link #jvp(UnaryOperator, Tensor, Tensor, Consumer)} without options. */
  public static VectorProduct<Tensor, Tensor> jvp(UnaryOperator<Tensor> f, Tensor input, Tensor v) {
    return jvp(f, input, v, _ -> {});
  }

  /**
   * The product Jv of the Jacobian and a vector: how the output changes along v. Computed by two
   * walks back.
   *
   * <p>PyTorch: {@code jvp(func, inputs, v, create_graph, strict)}.
   *
   * @param f from one tensor to one
   * @param input where
   * @param v of the shape of the input; null for 1 at a single number
   * @param options what differs from the defaults
   * @return the output, and the product, of its shape
   */
  public static VectorProduct<Tensor, Tensor> jvp(
      UnaryOperator<Tensor> f, Tensor input, Tensor v, Consumer<FunctionalOptions> options) {
    return single(jvp(several(f), one(input), v == null ? null : List.of(v), options));
  }

  /**
   * The product Jv for a function of several tensors.
   *
   * @param f from several tensors to several
   * @param inputs where
   * @param v one of its shape for each input; null for 1 at a single number
   * @param options what differs from the defaults
   * @return the outputs, and one product an output
   */
  public static VectorProduct<List<Tensor>, List<Tensor>> jvp(
      Function<List<Tensor>, List<Tensor>> f,
      List<Tensor> inputs,
      List<Tensor> v,
      Consumer<FunctionalOptions> options) {
    return Differentiated.of("jvp", f, inputs, options).jvp(v);
  }

  // ---- products with a Hessian

  /** {@link #vhp(UnaryOperator, Tensor, Tensor, Consumer)} without options. */
  public static VectorProduct<Tensor, Tensor> vhp(UnaryOperator<Tensor> f, Tensor input, Tensor v) {
    return vhp(f, input, v, _ -> {});
  }

  /**
   * The product vᵀH of a vector and the Hessian of a scalar, without making the Hessian.
   *
   * <p>PyTorch: {@code vhp(func, inputs, v, create_graph, strict)}.
   *
   * @param f from one tensor to a scalar
   * @param input where
   * @param v of the shape of the input; null for 1 at a single number
   * @param options what differs from the defaults
   * @return the output, and the product, of the shape of the input
   */
  public static VectorProduct<Tensor, Tensor> vhp(
      UnaryOperator<Tensor> f, Tensor input, Tensor v, Consumer<FunctionalOptions> options) {
    return firstOf(vhp(scalar(f), one(input), v == null ? null : List.of(v), options));
  }

  /**
   * The product vᵀH for a function of several tensors.
   *
   * @param f from several tensors to a scalar
   * @param inputs where
   * @param v one of its shape for each input; null for 1 at a single number
   * @param options what differs from the defaults
   * @return the output, and one product an input
   */
  public static VectorProduct<Tensor, List<Tensor>> vhp(
      Function<List<Tensor>, Tensor> f,
      List<Tensor> inputs,
      List<Tensor> v,
      Consumer<FunctionalOptions> options) {
    return Differentiated.of("vhp", listed(f), inputs, options).vhp(v);
  }

  /** {@link #hvp(UnaryOperator, Tensor, Tensor, Consumer)} without options. */
  public static VectorProduct<Tensor, Tensor> hvp(UnaryOperator<Tensor> f, Tensor input, Tensor v) {
    return hvp(f, input, v, _ -> {});
  }

  /**
   * The product Hv of the Hessian of a scalar and a vector. The Hessian is symmetric where second
   * derivatives are continuous: {@link #vhp} gives the same there, with one walk less.
   *
   * <p>PyTorch: {@code hvp(func, inputs, v, create_graph, strict)}.
   *
   * @param f from one tensor to a scalar
   * @param input where
   * @param v of the shape of the input; null for 1 at a single number
   * @param options what differs from the defaults
   * @return the output, and the product, of the shape of the input
   */
  public static VectorProduct<Tensor, Tensor> hvp(
      UnaryOperator<Tensor> f, Tensor input, Tensor v, Consumer<FunctionalOptions> options) {
    return firstOf(hvp(scalar(f), one(input), v == null ? null : List.of(v), options));
  }

  /**
   * The product Hv for a function of several tensors.
   *
   * @param f from several tensors to a scalar
   * @param inputs where
   * @param v one of its shape for each input; null for 1 at a single number
   * @param options what differs from the defaults
   * @return the output, and one product an input
   */
  public static VectorProduct<Tensor, List<Tensor>> hvp(
      Function<List<Tensor>, Tensor> f,
      List<Tensor> inputs,
      List<Tensor> v,
      Consumer<FunctionalOptions> options) {
    return Differentiated.of("hvp", listed(f), inputs, options).hvp(v);
  }

  // ---- one tensor as a list of one

  private static List<Tensor> one(Tensor input) {
    return List.of(given(input, "input"));
  }

  private static Function<List<Tensor>, List<Tensor>> several(UnaryOperator<Tensor> f) {
    given(f, "f");
    return in -> givenAll(List.of(f.apply(in.getFirst())));
  }

  private static Function<List<Tensor>, Tensor> scalar(UnaryOperator<Tensor> f) {
    given(f, "f");
    return in -> f.apply(in.getFirst());
  }

  private static Function<List<Tensor>, List<Tensor>> listed(Function<List<Tensor>, Tensor> f) {
    given(f, "f");
    return in -> List.of(f.apply(in));
  }

  private static VectorProduct<Tensor, Tensor> single(
      VectorProduct<List<Tensor>, List<Tensor>> product) {
    return new VectorProduct<>(product.output().getFirst(), product.product().getFirst());
  }

  private static VectorProduct<Tensor, Tensor> firstOf(
      VectorProduct<Tensor, List<Tensor>> product) {
    return new VectorProduct<>(product.output(), product.product().getFirst());
  }
}
