package gradus.nn;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.GradMode;
import gradus.tensor.Tensor;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** The hooks of one layer, and how it is called when it has some. */
final class LayerHooks {
  final List<BiFunction<Layer, Tensor, Tensor>> before = new CopyOnWriteArrayList<>();
  final List<LayerHook> after = new CopyOnWriteArrayList<>();
  final List<LayerHook> backward = new CopyOnWriteArrayList<>();

  static <T> RemovableHandle add(List<T> hooks, T hook) {
    given(hook, "hook");
    hooks.add(hook);
    boolean[] removed = {false};
    return () -> {
      if (!removed[0]) {
        removed[0] = true;
        hooks.remove(hook);
      }
    };
  }

  Tensor call(Layer layer, Tensor input, UnaryOperator<Tensor> forward) {
    Tensor given = input;
    for (var hook : before) {
      given = or(hook.apply(layer, given), given);
    }
    boolean watched = !backward.isEmpty() && GradMode.isEnabled();
    Tensor[] arrived = new Tensor[1];
    Tensor in = watched ? watched(given, g -> backward(layer, g, arrived[0])) : given;
    Tensor out = forward.apply(in);
    for (var hook : after) {
      out = or(hook.apply(layer, in, out), out);
    }
    return watched
        ? watched(
            out,
            g -> {
              arrived[0] = g;
              if (!in.requiresGrad()) {
                backward(layer, null, g);
              }
              return g;
            })
        : out;
  }

  /**
   * The same tensor by a node of its own, whose gradient is what passes here and nothing else that
   * is computed from it.
   */
  private static Tensor watched(Tensor tensor, UnaryOperator<Tensor> hook) {
    if (!tensor.requiresGrad()) {
      return tensor;
    }
    Tensor view = tensor.view(tensor.shape());
    view.registerHook(hook);
    return view;
  }

  private Tensor backward(Layer layer, Tensor gradInput, Tensor gradOutput) {
    Tensor gradient = gradInput;
    for (LayerHook hook : backward) {
      gradient = or(hook.apply(layer, gradient, gradOutput), gradient);
    }
    return gradient;
  }

  private static Tensor or(Tensor instead, Tensor tensor) {
    return instead == null ? tensor : instead;
  }
}
