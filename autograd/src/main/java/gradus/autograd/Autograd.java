package gradus.autograd;

import static gradus.tensor.spi.Given.given;
import static gradus.tensor.spi.Given.givenAll;

import gradus.tensor.GradMode;
import gradus.tensor.Node;
import gradus.tensor.Tensor;
import gradus.tensor.spi.Door;
import gradus.tensor.spi.Internals;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/** Gradients as return values, instead of left at the leaves. PyTorch: {@code torch.autograd}. */
@Door
public final class Autograd {
  private Autograd() {}

  /**
   * A scope in which the first op of this thread whose result holds NaN is an error, forward or
   * backward, that names the op, the line of the program that called it, the place of the NaN, and
   * what its inputs were like.
   *
   * <pre>{@code
   * try (var _ = Autograd.detectAnomaly()) {
   *   loss(model.forward(x), y).backward();
   * }
   * }</pre>
   *
   * <p>Data may hold NaN and be moved; an op that computes with it is told to have got it. A NaN
   * that {@code where} would take out of the result later on is found all the same: it comes back
   * in the gradient. PyTorch looks at gradients only. It costs a look at every result; outside of
   * the scope it costs nothing.
   *
   * <p>PyTorch: {@code torch.autograd.detect_anomaly()}.
   */
  public static GradMode.Scope detectAnomaly() {
    return setDetectAnomaly(true);
  }

  /**
   * Looks for NaN as {@link #detectAnomaly} does, or no longer, from now on in this thread; closing
   * what is returned goes back to what was before. PyTorch: {@code
   * torch.autograd.set_detect_anomaly(mode)}.
   */
  public static GradMode.Scope setDetectAnomaly(boolean mode) {
    return Internals.get().detectAnomaly(mode);
  }

  /** Whether this thread looks for NaN. PyTorch: {@code torch.is_anomaly_enabled()}. */
  public static boolean isAnomalyEnabled() {
    return Internals.get().detectsAnomaly();
  }

  /**
   * The gradients of a scalar with respect to some tensors. PyTorch: {@code torch.autograd.grad}.
   *
   * @param output a scalar
   * @param inputs leaves or results it was computed from
   * @return one gradient an input
   * @throws IllegalStateException if the output does not depend on an input
   */
  public static List<Tensor> grad(Tensor output, Tensor... inputs) {
    return grad(output, List.of(givenAll(inputs)), false);
  }

  /**
   * The gradients of a scalar, themselves differentiable if {@code createGraph}.
   *
   * @param output a scalar
   * @param inputs leaves or results it was computed from
   * @param createGraph records the walk, so that {@code grad} of the gradients works
   * @return one gradient an input
   */
  public static List<Tensor> grad(Tensor output, List<Tensor> inputs, boolean createGraph) {
    return grad(List.of(given(output, "output")), inputs, null, createGraph, createGraph);
  }

  /**
   * The gradients of several outputs together; every input must have been used.
   *
   * @param outputs what to differentiate
   * @param inputs with respect to what
   * @param gradOutputs the gradient each output starts with, or null for 1 at scalars
   * @param retainGraph keeps the history for another walk
   * @param createGraph records the walk itself
   * @return one gradient an input
   */
  public static List<Tensor> grad(
      List<Tensor> outputs,
      List<Tensor> inputs,
      List<Tensor> gradOutputs,
      boolean retainGraph,
      boolean createGraph) {
    List<Optional<Tensor>> found =
        gradAllowUnused(outputs, inputs, gradOutputs, retainGraph, createGraph);
    var out = new ArrayList<Tensor>();
    for (int i = 0; i < found.size(); i++) {
      int input = i;
      out.add(
          found
              .get(i)
              .orElseThrow(
                  () ->
                      new IllegalStateException(
                          ("grad: input %s was not used to compute the outputs. Leave it out, or call "
                                  + "gradAllowUnused(...).")
                              .formatted(input))));
    }
    return out;
  }

  /**
   * As {@link #grad(List, List, List, boolean, boolean)}, but empty for an input the outputs do not
   * depend on. PyTorch: {@code torch.autograd.grad(…, allow_unused=True)}.
   */
  public static List<Optional<Tensor>> gradAllowUnused(
      List<Tensor> outputs,
      List<Tensor> inputs,
      List<Tensor> gradOutputs,
      boolean retainGraph,
      boolean createGraph) {
    givenAll(outputs);
    givenAll(inputs);
    if (gradOutputs != null && gradOutputs.size() != outputs.size()) {
      throw new IllegalArgumentException(
          "grad: %s outputs but %s gradOutputs. Give one an output."
              .formatted(outputs.size(), gradOutputs.size()));
    }
    var starts = new ArrayList<Tensor>();
    for (int i = 0; i < outputs.size(); i++) {
      starts.add(Backprop.start(outputs.get(i), gradOutputs == null ? null : gradOutputs.get(i)));
    }
    var nodes = new ArrayList<Node>();
    var captured = new IdentityHashMap<Node, Tensor>();
    Tensor nothing = Tensor.zeros(0);
    for (Tensor input : inputs) {
      if (!input.requiresGrad()) {
        throw new IllegalStateException(
            ("grad: an input %s does not require gradients. Call requiresGrad(true) before "
                    + "using it.")
                .formatted(input.shape()));
      }
      Node node = Internals.get().node(input);
      nodes.add(node);
      captured.put(node, nothing);
    }
    Backprop.capturing(outputs, starts, retainGraph || createGraph, createGraph, captured).run();
    return nodes.stream()
        .map(captured::get)
        .map(t -> t == nothing ? Optional.<Tensor>empty() : Optional.of(t))
        .toList();
  }
}
