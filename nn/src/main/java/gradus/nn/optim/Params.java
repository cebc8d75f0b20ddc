package gradus.nn.optim;

import gradus.tensor.Tensor;
import java.util.AbstractList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The parameters a constructor is given, and the groups that come after them: they take the way of
 * the parameters, from one constructor to the next.
 */
final class Params extends AbstractList<Tensor> {
  /** Parameters with what was said of them. */
  record Group(List<Tensor> params, Consumer<OptimizerOptions> options) {}

  private final List<Tensor> first;
  private final List<Group> groups;

  Params(List<Tensor> first, List<Group> groups) {
    this.first = first;
    this.groups = groups;
  }

  List<Group> groups() {
    return groups;
  }

  @Override
  public Tensor get(int index) {
    return first.get(index);
  }

  @Override
  public int size() {
    return first.size();
  }
}
