package gradus.studio;

import gradus.autograd.Step;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.jr.ob.JSON;

/**
 * A recording as the page reads it.
 *
 * <p>The page stays under two megabytes where it can: terms are told for small tensors until their
 * part of that is used up, first those of the walk back; and where numbers alone are too many, ever
 * smaller tensors are told as summaries. Numbers are FLOAT32. One that is no number in JSON is a
 * string, such as {@code "NaN"}.
 */
final class RecordingJson {
  private static final int MOST_CHARACTERS = 1_750_000;
  private static final int MOST_WITH_TERMS = 64;
  private static final int[] MOST_ELEMENTS = {Value.MOST_ELEMENTS, 1024, 256, 64, 16};

  private final Recording recording;
  private final int mostElements;

  /** How many more factors may be told, a factor being some 40 characters. */
  private int factors = MOST_CHARACTERS / 3 / 40;

  private RecordingJson(Recording recording, int mostElements) {
    this.recording = recording;
    this.mostElements = mostElements;
  }

  static String of(Recording recording) {
    String json = "";
    for (int most : MOST_ELEMENTS) {
      json = text(new RecordingJson(recording, most).map());
      if (json.length() < MOST_CHARACTERS) {
        return json;
      }
    }
    return json;
  }

  /** Two recordings and how many nodes they have in common, as the page compares them. */
  static String of(Comparison comparison) {
    return "{\"before\":%s,%s".formatted(of(comparison.before()), after(comparison).substring(1));
  }

  /** The second of two recordings, where the page has the first. */
  static String after(Comparison comparison) {
    return "{\"after\":%s,\"same\":%s}".formatted(of(comparison.after()), comparison.same());
  }

  /** A JSON object. */
  static String text(Map<String, ?> map) {
    try {
      return JSON.std.asString(map);
    } catch (JacksonException e) {
      throw new IllegalStateException(e); // maps, lists, strings and numbers can be written
    }
  }

  private Map<String, Object> map() {
    var all = new LinkedHashMap<String, Object>();
    all.put("title", recording.title());
    all.put("sources", recording.sources());
    List<Map<String, Object>> steps = recording.steps().stream().map(this::step).toList();
    all.put("nodes", recording.nodes().stream().map(this::node).toList());
    all.put("order", recording.nodes().stream().map(RecordedNode::id).toList());
    all.put("steps", steps);
    if (recording.program().isPresent()) {
      all.put("function", true);
    }
    return all;
  }

  private Map<String, Object> node(RecordedNode node) {
    boolean data = node.kind() == RecordedNode.Kind.DATA;
    var map = new LinkedHashMap<String, Object>();
    map.put("id", node.id());
    map.put("op", data ? "Data" : node.op().name());
    map.put("kind", node.kind().name().toLowerCase(Locale.ROOT));
    map.put("name", node.name().orElse(null));
    map.put("params", node.params());
    map.put("shape", node.value().shape().toArray());
    map.put("dtype", node.value().dtype().name());
    map.put("inputs", node.inputs());
    map.put("grad", node.getsGradient());
    map.put(
        "source", node.source().map(s -> Map.of("file", s.file(), "line", s.line())).orElse(null));
    map.put("group", node.group());
    map.put("words", data ? Words.DATA : Words.of(node.op()).forward());
    map.put("value", value(node.value()));
    terms(node.value(), () -> Terms.forward(node)).ifPresent(t -> map.put("terms", t));
    return map;
  }

  private Map<String, Object> step(RecordedStep step) {
    var map = new LinkedHashMap<String, Object>();
    map.put("node", step.node().id());
    map.put("words", Words.of(step.node().op()).backward());
    map.put("incoming", value(step.incoming()));
    map.put("arrived", step.arrived());
    map.put("edges", step.shares().stream().map(share -> edge(step, share)).toList());
    return map;
  }

  private Map<String, Object> edge(RecordedStep step, RecordedStep.Share share) {
    var map = new LinkedHashMap<String, Object>();
    map.put("input", share.input());
    map.put("to", share.to());
    map.put("name", "d" + Step.inputName(share.input()));
    map.put("formula", share.formula());
    map.put("share", value(share.value()));
    map.put("sum", value(share.sum()));
    terms(share.value(), () -> Terms.backward(step, share.input()))
        .ifPresent(t -> map.put("terms", t));
    return map;
  }

  // ---- values

  private Map<String, Object> value(Value value) {
    var map = new LinkedHashMap<String, Object>();
    map.put("shape", value.shape().toArray());
    map.put("dtype", value.dtype().name());
    switch (value) {
      case Value.Whole whole when whole.data().length <= mostElements ->
          map.put("data", base64(whole.data()));
      case Value.Whole whole -> map.put("summary", summary(Value.summary(whole)));
      case Value.Summary summary -> map.put("summary", summary(summary));
      case Value.Overwritten _ -> map.put("overwritten", true);
    }
    return map;
  }

  private static String base64(double[] data) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * data.length).order(ByteOrder.LITTLE_ENDIAN);
    for (double x : data) {
      bytes.putFloat((float) x);
    }
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  private static Map<String, Object> summary(Value.Summary s) {
    var map = new LinkedHashMap<String, Object>();
    map.put("corners", s.corners().stream().map(RecordingJson::rows).toList());
    map.put("min", number(s.min()));
    map.put("max", number(s.max()));
    map.put("mean", number(s.mean()));
    map.put("std", number(s.std()));
    map.put("histogram", s.histogram());
    return map;
  }

  private static List<List<Object>> rows(double[][] corner) {
    return Arrays.stream(corner)
        .map(row -> Arrays.stream(row).mapToObj(RecordingJson::number).toList())
        .toList();
  }

  static Object number(double x) {
    float narrow = (float) x;
    return Float.isFinite(narrow) ? (Object) narrow : String.valueOf(narrow);
  }

  // ---- terms

  private Optional<List<Object>> terms(Value value, Supplier<Optional<List<Terms>>> all) {
    if (factors <= 0
        || !(value instanceof Value.Whole whole)
        || whole.data().length > MOST_WITH_TERMS) {
      return Optional.empty();
    }
    return all.get().map(list -> list.stream().map(this::element).toList());
  }

  private Object element(Terms terms) {
    var list = new ArrayList<Object>();
    for (Term term : terms.shown()) {
      factors -= term.factors().size();
      list.add(
          Map.of(
              "factors", term.factors().stream().map(RecordingJson::factor).toList(),
              "value", number(term.value())));
    }
    var map = new LinkedHashMap<String, Object>();
    map.put("terms", list);
    if (terms.more() > 0) {
      map.put("more", List.of(terms.more(), number(terms.rest())));
    }
    return map;
  }

  private static List<Object> factor(Term.Factor factor) {
    return List.of(factor.letter(), factor.index(), number(factor.value()));
  }
}
