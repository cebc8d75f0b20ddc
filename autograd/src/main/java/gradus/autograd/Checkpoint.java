package gradus.autograd;

import static gradus.tensor.spi.Given.given;
import static gradus.tensor.spi.Given.givenAll;

import gradus.tensor.Tensor;
import gradus.tensor.spi.Door;
import gradus.tensor.spi.Internals;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Less memory for more time: results inside of a function are dropped at once, and computed again
 * when backward comes to them.
 *
 * <pre>{@code
 * Tensor hidden = Checkpoint.checkpoint(block::forward, x);   // keeps x and hidden alone
 * }</pre>
 *
 * <p>Gradients are the same, bit for bit: to the input, to parameters and whatever else the
 * function uses, of any order. Dropout drops the same again. The function must do the same both
 * times and change nothing outside; that what it reads was not changed meanwhile is checked as for
 * any history. A batch norm counts such a batch twice.
 *
 * <p>What the function makes belongs to no {@code Memory.scope()} around it: the garbage collector
 * takes it as soon as it is dead, which is before the scope would.
 *
 * <p>PyTorch: {@code torch.utils.checkpoint} with {@code use_reentrant=False} and {@code
 * preserve_rng_state=True}; Chen et al. 2016.
 */
@Door
public final class Checkpoint {
  private Checkpoint() {}

  /**
   * {@code f(input)}, without keeping what is computed on the way. PyTorch: {@code
   * checkpoint(function, input)}.
   *
   * @param f from one tensor to one
   * @param input what it is called with, now and again in backward
   * @return what it returns
   */
  public static Tensor checkpoint(UnaryOperator<Tensor> f, Tensor input) {
    given(f, "f");
    return checkpoint(in -> List.of(f.apply(in.getFirst())), List.of(given(input, "input")))
        .getFirst();
  }

  /**
   * {@code f(inputs)}, without keeping what is computed on the way.
   *
   * @param f from several tensors to several
   * @param inputs what it is called with
   * @return what it returns
   */
  public static List<Tensor> checkpoint(
      Function<List<Tensor>, List<Tensor>> f, List<Tensor> inputs) {
    return Internals.get().checkpoint(given(f, "f"), givenAll(inputs));
  }

  /**
   * The functions one after another, in segments of equal length, of which all but the last keep
   * only what they begin with. PyTorch: {@code checkpoint_sequential(functions, segments, input)}.
   *
   * @param functions each takes what the one before it returned
   * @param segments how many parts; about the root of the number of functions saves most
   * @param input of the first function
   * @return what the last one returns
   */
  public static Tensor checkpointSequential(
      List<? extends UnaryOperator<Tensor>> functions, int segments, Tensor input) {
    int n = givenAll(functions).size();
    if (segments < 1 || segments > Math.max(1, n)) {
      throw new IllegalArgumentException(
          "checkpointSequential: %s segments of %s functions. There must be one to as many as there are functions. Use %s."
              .formatted(segments, n, Math.max(1, Math.round(Math.sqrt(n)))));
    }
    int length = n / segments;
    Tensor x = given(input, "input");
    for (int s = 0; s < segments - 1; s++) {
      x = checkpoint(chain(functions.subList(s * length, (s + 1) * length)), x);
    }
    return chain(functions.subList((segments - 1) * length, n)).apply(x);
  }

  private static UnaryOperator<Tensor> chain(List<? extends UnaryOperator<Tensor>> functions) {
    return x -> {
      Tensor value = x;
      for (UnaryOperator<Tensor> f : functions) {
        value = f.apply(value);
      }
      return value;
    };
  }
}
