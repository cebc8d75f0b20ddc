package gradus.examples;

import gradus.autograd.Backprop;
import gradus.autograd.Step;
import gradus.studio.Recording;
import gradus.studio.Studio;
import gradus.tensor.GradMode;
import gradus.tensor.Node;
import gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Chapter 9: backprop through an embedding and an attention head, one step at a time. */
final class BackpropChapter {

  private static final float NUDGE = 1e-2f;

  private BackpropChapter() {}

  static void tell(Story story) {
    story.chapter("Stepping through backprop");
    story.explain(
        """
        How does a table learn? The loss is computed by a chain of small operations, and each of them
        knows how its result changes with its inputs. Backprop walks the chain from the loss back to
        the weights and multiplies these changes: the chain rule. Here is that walk for an embedding
        and an attention head with two words of two numbers, each step with its formula and its
        numbers. In the formulas A, B are the inputs of a step, C is its result, and dC, the change of
        the loss with C, comes from the step before.""");
    var model = new SmallAttention();
    Tensor loss;
    try (var _ = GradMode.traceSources()) {
      loss = model.loss();
    }
    List<String> source = Sentences.lines("SmallAttention.java");
    story.explain(
        """
        The file as it stands, with the numbers of its lines: what is learned and what is wanted, then
        the chain of operations. Below, every step says which line made it.""");
    int from = lineWith(source, "final Tensor table");
    int to = lineWith(source, "return loss");
    story.listing(
        source.subList(from, to).stream().map(BackpropChapter::outdented).toList(), from + 1);
    story.code("for (Step step : Backprop.of(loss)) {\n  IO.println(step);\n}");
    Recording recording = Recording.of(loss, model);
    Backprop walk = Backprop.of(loss, Tensor.onesLike(loss), true, false);
    Map<Node, String> names = names(walk, model);
    List<Step> steps = new ArrayList<>();
    for (Step step : walk) {
      steps.add(step);
    }
    for (int i = 0; i < steps.size(); i++) {
      story.line(String.format(Locale.ROOT, "%2d  %s", i + 1, line(steps.get(i), names)));
    }
    story.claim("loss", String.format(Locale.ROOT, "%.4f", loss.item()));
    story.claim("steps from the loss to the weights", String.valueOf(steps.size()));
    story.studio(
        "backprop.html",
        "The same walk, there and back: press → and ←, and point at a number to see what it is made of.",
        file -> Studio.save(recording, file));
    check(story, model);
    update(story, model, loss.item());
  }

  /** The place of the first line that holds a text. */
  private static int lineWith(List<String> source, String text) {
    return IntStream.range(0, source.size())
        .filter(i -> source.get(i).contains(text))
        .findFirst()
        .orElseThrow();
  }

  private static String outdented(String line) {
    return line.startsWith("  ") ? line.substring(2) : line;
  }

  private static Map<Node, String> names(Backprop walk, SmallAttention model) {
    Map<Node, String> names = new IdentityHashMap<>();
    for (Node node : walk.order()) {
      names.put(node, node.op().name());
      model
          .namedParameters()
          .forEach(
              (name, leaf) -> {
                if (node.value().filter(value -> value == leaf).isPresent()) {
                  names.put(node, name);
                }
              });
    }
    return names;
  }

  private static String line(Step step, Map<Node, String> names) {
    if (step.isLeaf()) {
      return names.get(step.node()) + ": the gradient stays here, " + step.gradient().shape();
    }
    return "%s: %s%s".formatted(step.op(), step.formula(), where(step));
  }

  private static String where(Step step) {
    return step.source()
        .map(source -> "   (%s:%d)".formatted(source.getFileName(), source.getLineNumber()))
        .orElse("");
  }

  /** Nudges every weight and compares the change of the loss with what the chain rule says. */
  private static void check(Story story, SmallAttention model) {
    double worst = 0;
    int count = 0;
    for (Tensor leaf : model.namedParameters().values()) {
      float[] gradient = leaf.grad().toFloatArray();
      float[] values = leaf.detach().toFloatArray();
      for (int i = 0; i < values.length; i++) {
        double up = lossWith(model, leaf, values, i, NUDGE);
        double down = lossWith(model, leaf, values, i, -NUDGE);
        worst = Math.max(worst, Math.abs((up - down) / (2 * NUDGE) - gradient[i]));
        count++;
      }
    }
    story.explain(
        """
        Is it true? Move one weight a little to either side, compute the loss again, and divide: that
        is what the gradient claims to be. Here for every weight of the model.""");
    story.claim(
        "chain rule against nudging, %d weights, largest difference".formatted(count),
        String.format(Locale.ROOT, "%.1e", worst));
  }

  private static double lossWith(
      SmallAttention model, Tensor leaf, float[] values, int at, float nudge) {
    float[] moved = values.clone();
    moved[at] += nudge;
    try (var _ = GradMode.noGrad()) {
      leaf.copy_(Tensor.fromArray(moved, leaf.shape().toArray()));
      double loss = model.loss().item();
      leaf.copy_(Tensor.fromArray(values, leaf.shape().toArray()));
      return loss;
    }
  }

  private static void update(Story story, SmallAttention model, double before) {
    try (var _ = GradMode.noGrad()) {
      for (Tensor leaf : model.namedParameters().values()) {
        leaf.sub_(leaf.grad().mul(0.1));
      }
      story.claim(
          "loss after one step downhill, rate 0.1",
          String.format(Locale.ROOT, "%.4f → %.4f", before, model.loss().item()));
    }
    story.explain(
        """
        Row 1 of the table got no gradient: its word was not looked up. In a real table of 50,000 rows
        all but a few rows are like this in every step, which is why <code>sparse = true</code> keeps
        only the rows that were used.""");
  }
}
