package gradus.nn.optim.lrscheduler;

import static gradus.tensor.spi.Given.given;
import static gradus.tensor.spi.Given.givenAll;

import gradus.nn.optim.Optimizer;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/**
 * The rate times a function of the epoch, every epoch.
 *
 * <p>PyTorch: {@code torch.optim.lr_scheduler.MultiplicativeLR}.
 */
public final class MultiplicativeLR extends LRScheduler {
  private final List<IntToDoubleFunction> lrLambda;

  /**
   * The same function for all groups.
   *
   * @param lrLambda the factor of each epoch
   */
  public MultiplicativeLR(Optimizer optimizer, IntToDoubleFunction lrLambda) {
    this(
        optimizer,
        Collections.nCopies(
            given(optimizer, "optimizer").paramGroups().size(), given(lrLambda, "lrLambda")));
  }

  /**
   * A function for each group.
   *
   * @param lrLambda the factor of each epoch, one function a group
   */
  public MultiplicativeLR(Optimizer optimizer, List<IntToDoubleFunction> lrLambda) {
    this(optimizer, lrLambda, -1);
  }

  /**
   * A function for each group, from any epoch on.
   *
   * @param lrLambda the factor of each epoch, one function a group; it is no part of the state
   * @param lastEpoch the epoch that was finished last, −1 to begin anew; see {@link LRScheduler}
   */
  public MultiplicativeLR(Optimizer optimizer, List<IntToDoubleFunction> lrLambda, int lastEpoch) {
    super(optimizer, lastEpoch);
    if (givenAll(lrLambda).size() != optimizer.paramGroups().size()) {
      throw new IllegalArgumentException(
          "MultiplicativeLR: Expected %s lr_lambdas, but got %s."
              .formatted(optimizer.paramGroups().size(), lrLambda.size()));
    }
    this.lrLambda = List.copyOf(lrLambda);
    begin();
  }

  @Override
  public Map<String, Object> stateDict() {
    Map<String, Object> state = super.stateDict();
    state.put("lr_lambdas", Collections.nCopies(lrLambda.size(), null)); // PyTorch asks for it
    return state;
  }

  @Override
  protected double next(double base, double lr, int epoch, int group) {
    return epoch == 0 ? lr : lr * lrLambda.get(group).applyAsDouble(epoch);
  }
}
