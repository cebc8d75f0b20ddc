package gradus.studio;

import static gradus.tensor.spi.Given.given;

import gradus.nn.Layer;
import gradus.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * What a program computed and how its gradients came to be, kept for looking at: every node
 * forward, every step backward, formulas, numbers, lines of the source.
 *
 * <p>Numbers are copied, so nothing that happens later changes the past. The program is not changed
 * either: its history stays, and no leaf gets a gradient. Lines are known if they were traced:
 * {@code GradMode.traceSources()} or {@code -Dgradus.trace=true}. The texts of the files are looked
 * for in the places of {@code -Dgradus.sources} (files and folders, divided as a class path is);
 * without it, in the working directory and in Maven's folders in it.
 *
 * <pre>{@code
 * Recording recording = Recording.of(loss, model);
 * recording.steps().forEach(s -> IO.println(s.node() + " gets " + s.incoming()));
 * }</pre>
 *
 * @param title what it is a recording of
 * @param sources the texts of the files that nodes point to, those that were found
 * @param nodes all nodes in the order in which they came to be; a node's number is its place
 * @param steps the walk back
 */
public record Recording(
    String title, Map<String, String> sources, List<RecordedNode> nodes, List<RecordedStep> steps) {
  /**
   * The recording of a loss.
   *
   * @param loss a scalar that requires gradients and whose history was not freed
   * @throws IllegalStateException as {@code loss.backward()} would
   */
  public static Recording of(Tensor loss) {
    return new Recorder(Map.of()).record(given(loss, "loss"));
  }

  /**
   * The recording of a loss, its parameters named as those of a layer, its nodes put into groups by
   * the layers that they belong to.
   *
   * @param loss a scalar that requires gradients and whose history was not freed
   * @param layer the model
   * @throws IllegalStateException as {@code loss.backward()} would
   */
  public static Recording of(Tensor loss, Layer layer) {
    var named = given(layer, "layer").namedParameters();
    return new Recorder(named).record(given(loss, "loss"));
  }

  /**
   * The inputs of a node, in order.
   *
   * @param node one of this recording
   */
  public List<RecordedNode> inputs(RecordedNode node) {
    return node.inputs().stream().map(nodes::get).toList();
  }
}
