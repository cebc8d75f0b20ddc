package gradus.studio;

import gradus.tensor.Node;
import gradus.tensor.Op;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * A tensor of the program and how it came to be.
 *
 * @param id its number in the recording
 * @param op what made it; a leaf if nothing did
 * @param kind whether an op made it, or it stood at the beginning
 * @param name what the program calls it, if that is known
 * @param value its numbers
 * @param inputs the numbers of the nodes it was computed from
 * @param source the line that made it, if sources were traced
 * @param group the layer that it belongs to, by dotted name; empty for none
 * @param copy the op on copies of its tensors; only if all of them are small enough to be whole
 */
public record RecordedNode(
    int id,
    Op op,
    Kind kind,
    Optional<String> name,
    Value value,
    List<Integer> inputs,
    Optional<SourceLine> source,
    String group,
    Optional<Node> copy) {
  /** What a node is. */
  public enum Kind {
    /** The result of an op through which gradients flow. */
    OP,
    /** A leaf that gets a gradient. */
    PARAMETER,
    /** What gets no gradient: data, ids, masks, constants. */
    DATA
  }

  /** Whether a gradient comes here. */
  public boolean getsGradient() {
    return kind != Kind.DATA;
  }

  /** The op's parameters as text, such as {@code dim = 1}; empty if it has none. */
  public String params() {
    var text = new StringJoiner(", ");
    if (op instanceof Record) {
      for (RecordComponent part : op.getClass().getRecordComponents()) {
        try {
          text.add(part.getName() + " = " + part.getAccessor().invoke(op));
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException(e); // ops are public records of an exported package
        }
      }
    }
    return text.toString();
  }

  /** What to call it: its name, or op and number. */
  public String label() {
    return name.orElseGet(
        () ->
            switch (kind) {
              case OP -> op.name() + " #" + id;
              case PARAMETER -> "leaf #" + id;
              case DATA -> "data #" + id;
            });
  }

  @Override
  public String toString() {
    return label() + " " + value.shape();
  }
}
