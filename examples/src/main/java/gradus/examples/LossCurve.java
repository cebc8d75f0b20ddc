package gradus.examples;

import gradus.examples.picture.LinePicture;
import gradus.text.corpus.TrainingProgress;
import gradus.text.corpus.TrainingState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Keeps the losses of a training, which may run in another thread, and draws them. */
final class LossCurve implements TrainingProgress {

  private final List<Double> losses = new ArrayList<>();
  private double done;

  @Override
  public synchronized void at(TrainingState state) {
    losses.add(state.loss());
    done = state.done();
  }

  /** Shows how far it is. */
  synchronized void show(ProgressBar bar) {
    bar.show(
        done, losses.isEmpty() ? "" : String.format(Locale.ROOT, "loss %.3f", losses.getLast()));
  }

  /** The first and the last loss, and a picture of those between. */
  synchronized void tell(Story story, String claim, int epochs) {
    List<Double> smooth = new ArrayList<>(List.of(losses.getFirst()));
    smooth.addAll(smoothed(epochs * 4));
    story.claim(
        claim, String.format(Locale.ROOT, "%.2f → %.2f", losses.getFirst(), smooth.getLast()));
    story.picture(
        LinePicture.draw(
            "Loss over the training", smooth, "times through the text", epochs, "loss"),
        "The loss of the first step, then the mean of every quarter of a pass. It falls steeply at first, when frequent words find their places.");
  }

  private List<Double> smoothed(int points) {
    List<Double> result = new ArrayList<>();
    for (int i = 0; i < points; i++) {
      int from = i * losses.size() / points;
      int to = Math.max(from + 1, (i + 1) * losses.size() / points);
      result.add(
          losses.subList(from, to).stream()
              .mapToDouble(Double::doubleValue)
              .average()
              .orElseThrow());
    }
    return result;
  }
}
