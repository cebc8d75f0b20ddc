package gradus.studio.window;

import gradus.studio.Explain;
import gradus.studio.Studio;
import gradus.tensor.Tensor;
import gradus.tensor.spi.LossWindow;

/** What {@code loss.explain()} and {@code ./gradus studio File.java} call. */
public final class StudioWindow implements LossWindow {
  /** For {@link java.util.ServiceLoader}. */
  public StudioWindow() {}

  @Override
  public void explain(Tensor loss) {
    Explain.of(loss).show();
  }

  @Override
  public void show(Tensor loss) {
    Studio.show(loss);
  }
}
