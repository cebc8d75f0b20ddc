package gradus.tensor;

import gradus.tensor.spi.BackwardEngine;
import java.util.ServiceLoader;

/** The only hook upward: autograd, bound when backward is first asked for. */
final class BackwardHook {
  private static volatile BackwardEngine engine;

  private BackwardHook() {}

  static BackwardEngine get() {
    if (engine == null) {
      engine =
          ServiceLoader.load(BackwardEngine.class, Tensor.class.getClassLoader())
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalStateException(
                          "backward: the module gradus.autograd is not there. It holds the derivatives. Add it to the"
                              + " module path (--add-modules gradus.autograd)."));
    }
    return engine;
  }
}
