package gradus.tensor;

import gradus.tensor.spi.BackwardEngine;
import gradus.tensor.spi.LossWindow;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicBoolean;

/** The only hooks upward: autograd and the studio, bound when they are first asked for. */
final class BackwardHook {
  private static volatile BackwardEngine engine;

  private BackwardHook() {}

  static BackwardEngine get() {
    if (engine == null) {
      BackwardEngine found =
          first(BackwardEngine.class)
              .orElseThrow(
                  () ->
                      new IllegalStateException(
                          "backward: the module gradus.autograd is not there. It holds the derivatives. Add it to the"
                              + " module path (--add-modules gradus.autograd)."));
      engine = Boolean.getBoolean("gradus.studio") ? opening(found) : found;
    }
    return engine;
  }

  static LossWindow window(String method) {
    return first(LossWindow.class)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "%s: the module gradus.studio is not there. It tells how a loss came to be. Add it to the module path (--add-modules gradus.studio)."
                        .formatted(method)));
  }

  /** Opens the first loss in the studio before walking back from it: -Dgradus.studio=true. */
  private static BackwardEngine opening(BackwardEngine engine) {
    LossWindow window = window("backward");
    var opened = new AtomicBoolean();
    return (root, gradient, retainGraph, createGraph) -> {
      if (gradient == null
          && root.numel() == 1
          && root.requiresGrad()
          && opened.compareAndSet(false, true)) {
        window.show(root);
      }
      engine.backward(root, gradient, retainGraph, createGraph);
    };
  }

  private static <T> Optional<T> first(Class<T> service) {
    return ServiceLoader.load(service, Tensor.class.getClassLoader()).findFirst();
  }
}
