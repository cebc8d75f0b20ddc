package gradus.autograd;

import static gradus.autograd.Recipe.d;

import gradus.tensor.GradMode;
import gradus.tensor.Node;
import gradus.tensor.Op;
import gradus.tensor.Tensor;
import gradus.tensor.spi.Internals;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/** The derivatives of recurrent layers: backpropagation through time. */
final class RecurrentGrads {
  private static final Internals INTERNALS = Internals.get();

  private RecurrentGrads() {}

  /**
   * With dS the gradients of the gates before their functions, H the hidden states before each
   * step: all come out of one walk back through the steps.
   */
  static List<Recipe> of(Tensor g, Node n, Op.Recurrence op) {
    var memo = new ArrayList<Tensor>();
    IntFunction<Tensor> part =
        i -> {
          if (memo.isEmpty()) {
            boolean byKernel = !GradMode.isEnabled() && !INTERNALS.saved(n).isEmpty();
            memo.addAll(byKernel ? INTERNALS.recurrenceGrad(g, op, n) : bySteps(g, n, op));
          }
          return memo.get(i);
        };
    var recipes = new ArrayList<Recipe>();
    for (String formula : formulas(op).subList(0, n.arity())) {
      int i = recipes.size();
      recipes.add(d(formula, () -> part.apply(i)));
    }
    return recipes;
  }

  private static List<String> formulas(Op.Recurrence op) {
    String gates = "dS, step by step from the last: dH = dC + dS of the next · B";
    return switch (op) {
      case Op.Lstm _ ->
          List.of(gates, "dSᵀ · H", "dH of the first step", "dcell of the first step", "dHᵀ · H'");
      case Op.Gru _ -> List.of(gates, "dSᵀ · H", "dH of the first step", "Σ dq");
      case Op.Rnn _ -> List.of(gates, "dSᵀ · H", "dH of the first step");
    };
  }

  /**
   * The same by the derivatives of the ops that a step is made of. Where the walk is recorded, its
   * inputs lead back to those of the layer, for the next derivative.
   */
  private static List<Tensor> bySteps(Tensor g, Node n, Op.Recurrence op) {
    boolean recorded = GradMode.isEnabled();
    Tensor[] in = new Tensor[n.arity()];
    var wanted = new ArrayList<Tensor>();
    try (var _ = GradMode.set(true)) {
      for (int i = 0; i < in.length; i++) {
        Tensor x = n.input(i);
        boolean needed = n.needsGradient(i);
        // A tensor of its own: the gradient of one input may not run on into another.
        in[i] = !recorded ? x.detach().requiresGrad(needed) : needed ? other(x) : x;
        if (needed) {
          wanted.add(in[i]);
        }
      }
      Tensor y = INTERNALS.recurrenceBySteps(op, in);
      var gradients = Autograd.grad(List.of(y), wanted, List.of(g), recorded, recorded).iterator();
      Tensor[] out = new Tensor[in.length];
      for (int i = 0; i < out.length; i++) {
        out[i] = n.needsGradient(i) ? gradients.next() : null;
      }
      return Arrays.asList(out);
    }
  }

  /** A view of the whole tensor. */
  private static Tensor other(Tensor x) {
    return INTERNALS.view(x, new Op.Permute(x.dim() == 1 ? List.of(0) : List.of(0, 1)));
  }
}
