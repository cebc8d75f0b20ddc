package gradus.studio;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the page of a function asks of the program: to run again with something edited ({@code
 * again}), and to nudge a number ({@code check}).
 */
final class LiveRecording {
  private final Recording first;
  private Recording last;

  private LiveRecording(Recording recording) {
    first = recording;
    last = recording;
  }

  /** What the page may ask. */
  static Map<String, PageServer.Call> calls(Recording recording) {
    var live = new LiveRecording(recording);
    return Map.of("again", live::again, "check", live::check);
  }

  /** Starts to serve the page of a recorded function. */
  static PageServer serve(Recording recording) {
    String json = RecordingJson.of(recording);
    String page = json.substring(0, json.length() - 1) + ",\"live\":" + about(recording) + "}";
    return PageServer.start(PageTemplate.of("page", page, true), calls(recording));
  }

  /** What only the page of a running program is told: a saved file is for others, too. */
  private static String about(Recording recording) {
    Program program = recording.program().orElseThrow();
    var paths = new TreeMap<String, String>();
    for (String file : recording.sources().keySet()) {
      SourceFiles.place(file).ifPresent(path -> paths.put(file, path.toString()));
    }
    return RecordingJson.text(
        Map.of(
            "editable",
            program.editable().stream().sorted().toList(),
            "draws",
            program.draws(),
            "paths",
            paths));
  }

  private byte[] again(Map<String, Object> asked) {
    return RecordingJson.after(first.compare(with(asked))).getBytes(UTF_8);
  }

  private Map<String, Object> check(Map<String, Object> asked) {
    Recording recording = with(asked);
    int node = whole(asked, "node");
    List<Integer> index = index(asked);
    Nudge nudge =
        asked.get("eps") == null
            ? recording.check(node, index)
            : recording.check(node, index, number(asked, "eps"));
    var told = new HashMap<String, Object>();
    told.put("eps", RecordingJson.number(nudge.eps()));
    told.put("lower", RecordingJson.number(nudge.lower()));
    told.put("upper", RecordingJson.number(nudge.upper()));
    told.put("numeric", RecordingJson.number(nudge.numeric()));
    told.put("gradient", RecordingJson.number(nudge.gradient()));
    told.put("error", RecordingJson.number(nudge.relativeError()));
    told.put("agrees", nudge.agrees());
    return told;
  }

  /** The recording with the edits that are asked for: mostly the last one. */
  private synchronized Recording with(Map<String, Object> asked) {
    List<Edit> edits = list(asked, "edits").stream().map(LiveRecording::edit).toList();
    if (!edits.equals(last.edits())) {
      last = edits.isEmpty() ? first : first.again(edits);
    }
    return last;
  }

  private static Edit edit(Object asked) {
    if (!(asked instanceof Map<?, ?> map)) {
      throw wrong("edits", asked);
    }
    return switch (String.valueOf(map.get("kind"))) {
      case "number" -> new Edit.Number(whole(map, "node"), index(map), number(map, "value"));
      case "gradient" -> new Edit.Gradient(whole(map, "node"), index(map), number(map, "value"));
      case "zero" -> new Edit.ZeroGradient(whole(map, "node"));
      case "cut" -> new Edit.Cut(whole(map, "node"), whole(map, "input"));
      case "seed" -> new Edit.Seed(seed(map));
      default -> throw wrong("kind", map.get("kind"));
    };
  }

  private static List<Integer> index(Map<?, ?> map) {
    return list(map, "index").stream().map(i -> whole(Map.of("index", i), "index")).toList();
  }

  private static List<?> list(Map<?, ?> map, String name) {
    return switch (map.get(name)) {
      case List<?> list when list.stream().allMatch(x -> x != null) -> list;
      case null -> List.of();
      case Object other -> throw wrong(name, other);
    };
  }

  private static int whole(Map<?, ?> map, String name) {
    double x = number(map, name);
    if (x != (int) x) {
      throw wrong(name, x);
    }
    return (int) x;
  }

  private static long seed(Map<?, ?> map) {
    return switch (map.get("seed")) {
      case Integer x -> x;
      case Long x -> x;
      case null, default -> throw wrong("seed", map.get("seed"));
    };
  }

  private static double number(Map<?, ?> map, String name) {
    return switch (map.get(name)) {
      case Number x -> x.doubleValue();
      case String x when x.matches("NaN|-?Infinity") -> Double.parseDouble(x);
      case null, default -> throw wrong(name, map.get(name));
    };
  }

  private static IllegalArgumentException wrong(String name, Object is) {
    return new IllegalArgumentException("%s: this cannot be %s.".formatted(name, is));
  }
}
