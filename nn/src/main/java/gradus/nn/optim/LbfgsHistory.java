package gradus.nn.optim;

import gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The last steps of {@link LBFGS} and how the gradient changed over each: from them, the inverse
 * Hessian times a vector, by two loops over the steps.
 */
final class LbfgsHistory {
  private final int size;
  private final List<Tensor> changes;
  private final List<Tensor> steps;

  /** One over the product of change and step. */
  private final List<Tensor> ro = new ArrayList<>();

  /** The scale of the first guess of the inverse Hessian. */
  private double scale;

  private Tensor before;
  private double lossBefore;

  LbfgsHistory(Map<String, Object> state, int size) {
    this.size = size;
    this.changes = tensors(state, "old_dirs");
    this.steps = tensors(state, "old_stps");
    this.before = (Tensor) state.get("prev_flat_grad");
    this.lossBefore = State.number(state, "prev_loss", 0);
    this.scale = State.number(state, "H_diag", 1);
    for (Object value : list(state, "ro")) {
      ro.add(
          value instanceof Tensor t
              ? t
              : Tensor.scalar(((Number) value).doubleValue()).to(before.dtype()));
    }
  }

  private static List<?> list(Map<String, Object> state, String name) {
    return state.get(name) instanceof List<?> list ? list : List.of();
  }

  private static List<Tensor> tensors(Map<String, Object> state, String name) {
    var out = new ArrayList<Tensor>();
    list(state, name).forEach(tensor -> out.add((Tensor) tensor));
    return out;
  }

  /** The first direction: down the gradient. */
  Tensor restart(Tensor grad) {
    changes.clear();
    steps.clear();
    ro.clear();
    scale = 1;
    return grad.neg();
  }

  /** The next direction, once the last step is known. */
  Tensor direction(Tensor grad, Tensor step) {
    Tensor change = grad.sub(before);
    Tensor product = change.dot(step);
    if (product.item() > 1e-10) {
      if (changes.size() == size) {
        changes.removeFirst();
        steps.removeFirst();
        ro.removeFirst();
      }
      changes.add(State.lasting(change));
      steps.add(State.lasting(step));
      ro.add(State.lasting(product.reciprocal()));
      scale = product.div(change.dot(change)).item();
    }
    double[] al = new double[steps.size()];
    Tensor q = grad.neg();
    for (int i = al.length - 1; i >= 0; i--) {
      al[i] = steps.get(i).dot(q).mul(ro.get(i)).item();
      q.add_(changes.get(i), -al[i]);
    }
    Tensor r = q.mul(scale);
    for (int i = 0; i < al.length; i++) {
      Tensor be = changes.get(i).dot(r).mul(ro.get(i));
      r.add_(steps.get(i), be.rsub(al[i]).item());
    }
    return r;
  }

  /** Remembers the gradient and the loss that a step begins with. */
  void before(Tensor grad, double loss) {
    before = State.lasting(grad.clone());
    lossBefore = loss;
  }

  /** Writes what PyTorch keeps, by its names. */
  void save(Map<String, Object> state) {
    state.put("old_dirs", changes);
    state.put("old_stps", steps);
    state.put("ro", ro);
    state.put("H_diag", scale);
    state.put("prev_flat_grad", before);
    state.put("prev_loss", lossBefore);
  }
}
