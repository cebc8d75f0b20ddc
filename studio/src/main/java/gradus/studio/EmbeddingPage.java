package gradus.studio;

import static java.util.Map.entry;

import gradus.studio.EmbeddingMap.Moment;
import gradus.tensor.Tensor;
import gradus.text.projection.Tsne;
import gradus.text.vectors.ScoredWord;
import gradus.text.vectors.WordVectors;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import tools.jackson.core.JacksonException;
import tools.jackson.jr.ob.JSON;

/**
 * The page of a map: its data, and what the page asks while the program is there.
 *
 * <p>A saved page holds the vectors themselves as FLOAT32, four million numbers at most (21 MB of
 * text): of more moments it keeps some, evenly, and of more words the first. A page that is served
 * asks for everything, so that all words are searched, whatever their number.
 */
final class EmbeddingPage {
  static final int MOST_NUMBERS = 4_000_000;

  /** As many words stay, whatever the number of moments. */
  private static final int LEAST_WORDS = 200;

  private static final int TSNE_ITERATIONS = 1000;

  private final EmbeddingMap map;
  private PageServer server;

  /** The axes, and of which moment they are. */
  private MapAxes places;

  private int placesOf = -1;

  /** One t-SNE at a time. */
  private final Object one = new Object();

  private Thread running;
  private volatile Tensor tsne;

  EmbeddingPage(EmbeddingMap map) {
    this.map = map;
    this.tsne = map.tsne().orElse(null);
  }

  /** A page that needs nobody. */
  static String saved(EmbeddingMap map) {
    List<Moment> all = map.moments();
    int dim = map.last().vectors().vectorSize();
    int fits = MOST_NUMBERS / dim;
    int words =
        Math.min(map.size(), Math.max(1, Math.max(Math.min(LEAST_WORDS, fits), fits / all.size())));
    int count = Math.max(1, Math.min(all.size(), fits / words));
    List<Moment> kept =
        IntStream.range(0, count)
            .mapToObj(i -> all.get(all.size() - 1 - (int) ((long) i * all.size() / count)))
            .toList()
            .reversed();
    var data = data(map, kept, words);
    var places = MapAxes.of(map.last().vectors().vectors(), MapAxes.MOST_AXES);
    data.put("explained", places.explained());
    data.put("moments_of", all.size());
    data.put("vectors", kept.stream().map(m -> text(rows(m, words))).toList());
    data.put("places", kept.stream().map(m -> text(places.of(rows(m, words)))).toList());
    map.tsne().ifPresent(t -> data.put("tsne", text(t.narrow(0, 0, words))));
    return page(data, false);
  }

  private static Tensor rows(Moment moment, int words) {
    return moment.vectors().vectors().narrow(0, 0, words);
  }

  private static String text(Tensor floats) {
    return Base64.getEncoder().encodeToString(MapAxes.bytes(floats));
  }

  private static Map<String, Object> data(EmbeddingMap map, List<Moment> moments, int words) {
    var data = new LinkedHashMap<String, Object>();
    data.put("title", map.title());
    data.put("dim", map.last().vectors().vectorSize());
    data.put("words", map.words().subList(0, words));
    data.put("words_of", map.size());
    data.put(
        "columns",
        map.columns().stream()
            .map(c -> Map.of("name", c.name(), "values", c.values().subList(0, words)))
            .toList());
    data.put("arrows", map.arrows().stream().filter(a -> a[0] < words && a[1] < words).toList());
    data.put("chosen", map.chosen().stream().filter(row -> row < words).toList());
    data.put("moments", moments.stream().map(EmbeddingPage::told).toList());
    return data;
  }

  private static Map<String, Object> told(Moment moment) {
    var numbers = new LinkedHashMap<String, Object>();
    moment
        .numbers()
        .forEach((name, x) -> numbers.put(name, Double.isFinite(x) ? x : String.valueOf(x)));
    return Map.of("name", moment.name(), "numbers", numbers);
  }

  private static String page(Map<String, Object> data, boolean live) {
    try {
      return PageTemplate.of("map", JSON.std.asString(data), live);
    } catch (JacksonException e) {
      throw new IllegalStateException(e); // maps, lists, strings and numbers can be written
    }
  }

  /** Serves the page; its axes are looked for meanwhile. */
  PageServer serve() {
    Thread.ofPlatform().daemon().name("studio-axes").start(this::axes);
    var data = data(map, map.moments(), map.size());
    if (tsne != null) {
      data.put("tsne", text(tsne));
    }
    server =
        PageServer.start(
            page(data, true),
            Map.ofEntries(
                entry("near", this::near),
                entry("sum", this::sum),
                entry("apart", this::apart),
                entry("moved", this::moved),
                entry("along", this::along),
                entry("column", asked -> column(vectors(asked), whole(asked, "j"))),
                entry("places", asked -> MapAxes.bytes(axes().of(vectors(asked).vectors()))),
                entry("some", this::some),
                entry("moments", _ -> moments()),
                entry("tsne", this::tsne),
                entry("tsnePlaces", _ -> MapAxes.bytes(tsne)),
                entry("tsneStop", _ -> stopTsne())));
    return server;
  }

  /** Tells every open page of the newest moment. */
  void moved() {
    if (server != null) {
      server.send("moment", Map.of("count", map.moments().size()));
    }
  }

  /** Tells every open page that no more moments come. */
  void ended() {
    if (server != null) {
      server.send("trained", Map.of("count", map.moments().size()));
    }
  }

  private Map<String, Object> moments() {
    return Map.of(
        "moments",
        map.moments().stream().map(EmbeddingPage::told).toList(),
        "explained",
        axes().explained());
  }

  /** The axes of the newest moment. */
  private synchronized MapAxes axes() {
    int newest = map.moments().size() - 1;
    if (placesOf != newest) {
      places = MapAxes.of(map.moments().get(newest).vectors().vectors(), MapAxes.MOST_AXES);
      placesOf = newest;
    }
    return places;
  }

  private static int whole(Map<String, Object> asked, String name) {
    if (asked.get(name) instanceof Integer number) {
      return number;
    }
    throw new IllegalArgumentException(
        "%s is %s. It must be a whole number.".formatted(name, asked.get(name)));
  }

  private WordVectors vectors(Map<String, Object> asked) {
    int moment = whole(asked, "moment");
    if (moment < 0 || moment >= map.moments().size()) {
      throw new IllegalArgumentException(
          "moment is %d. There are moments 0 to %d.".formatted(moment, map.moments().size() - 1));
    }
    return map.moments().get(moment).vectors();
  }

  private String word(Object row) {
    if (row instanceof Integer at && at >= 0 && at < map.size()) {
      return map.words().get(at);
    }
    throw new IllegalArgumentException(
        "word %s: there are words 0 to %d.".formatted(row, map.size() - 1));
  }

  private List<String> words(Object rows) {
    var words = new ArrayList<String>();
    for (Object row : rows instanceof List<?> list ? list : List.of()) {
      words.add(word(row));
    }
    return words;
  }

  private Object near(Map<String, Object> asked) {
    WordVectors vectors = vectors(asked);
    String word = word(asked.get("row"));
    int k = whole(asked, "k");
    return found(
        vectors,
        euclidean(asked) ? vectors.nearestByDistance(word, k) : vectors.mostSimilar(word, k));
  }

  private static boolean euclidean(Map<String, Object> asked) {
    return "euclidean".equals(asked.get("metric"));
  }

  private Object sum(Map<String, Object> asked) {
    WordVectors vectors = vectors(asked);
    return found(
        vectors,
        vectors.mostSimilar(
            words(asked.get("plus")), words(asked.get("minus")), whole(asked, "k")));
  }

  private static Object found(WordVectors vectors, List<ScoredWord> words) {
    return Map.of(
        "rows",
        words.stream().map(w -> vectors.vocabulary().indexOf(w.word())).toList(),
        "scores",
        words.stream().map(ScoredWord::score).toList());
  }

  /** How far each arrow goes. */
  private Object apart(Map<String, Object> asked) {
    WordVectors vectors = vectors(asked);
    return Map.of(
        "scores",
        map.arrows().stream()
            .map(
                arrow -> {
                  String from = map.words().get(arrow[0]);
                  String to = map.words().get(arrow[1]);
                  return euclidean(asked)
                      ? vectors.euclideanDistance(from, to)
                      : vectors.distance(from, to);
                })
            .toList());
  }

  /** The words that are farthest from where they were in the first moment. */
  private Object moved(Map<String, Object> asked) {
    Tensor before = map.moments().getFirst().vectors().vectors();
    Tensor now = vectors(asked).vectors();
    Tensor far =
        euclidean(asked)
            ? now.sub(before).norm(2, 1)
            : now.mul(before)
                .sum(1)
                .div(now.norm(2, 1).mul(before.norm(2, 1)).clampMin(1e-12))
                .neg()
                .add(1);
    var most = far.topk(Math.clamp(whole(asked, "k"), 1, map.size()));
    return Map.of("rows", most.indices().toLongArray(), "scores", most.values().toFloatArray());
  }

  /** How far each word lies along the step from one word to another. */
  private Object along(Map<String, Object> asked) {
    WordVectors vectors = vectors(asked);
    Tensor from = vectors.get(word(asked.get("from")));
    Tensor to = vectors.get(word(asked.get("to")));
    Tensor table = vectors.vectors();
    if (euclidean(asked)) {
      Tensor step = to.sub(from);
      return MapAxes.bytes(table.mv(unit(step)));
    }
    Tensor step = unit(to).sub(unit(from));
    return MapAxes.bytes(table.mv(unit(step)).div(table.norm(2, 1).clampMin(1e-12)));
  }

  /** At length one; nothing stays nothing. */
  private static Tensor unit(Tensor vector) {
    return vector.div(vector.norm().clampMin(1e-12));
  }

  private static Object column(WordVectors vectors, int j) {
    if (j < 0 || j >= vectors.vectorSize()) {
      throw new IllegalArgumentException(
          "column %d: there are columns 0 to %d.".formatted(j, vectors.vectorSize() - 1));
    }
    return MapAxes.bytes(vectors.vectors().select(1, j).contiguous());
  }

  private Tensor first(Map<String, Object> asked) {
    WordVectors vectors = vectors(asked);
    int count = Math.clamp(whole(asked, "count"), 2, vectors.size());
    return vectors.vectors().narrow(0, 0, count);
  }

  /** The first words' vectors, brought down to 50 numbers; or as they are. */
  private Object some(Map<String, Object> asked) {
    Tensor first = first(asked);
    if (asked.get("brief") == Boolean.TRUE) {
      return MapAxes.bytes(EmbeddingMap.brief(first));
    }
    if ((long) first.size(0) * first.size(1) > MOST_NUMBERS) {
      throw new IllegalArgumentException(
          "%,d words of %d numbers are too many for the page. Use map.saveTsv(folder)."
              .formatted(first.size(0), first.size(1)));
    }
    return MapAxes.bytes(first);
  }

  private Object tsne(Map<String, Object> asked) {
    Tensor first = first(asked);
    var settings = new Tsne().perplexity(whole(asked, "perplexity")).nIter(TSNE_ITERATIONS);
    synchronized (one) {
      stopTsne();
      running = Thread.ofPlatform().daemon().name("studio-tsne").start(() -> run(settings, first));
    }
    return Map.of("words", first.size(0));
  }

  private void run(Tsne settings, Tensor first) {
    try {
      settings.fitTransform(
          EmbeddingMap.brief(first),
          (iteration, kl, map) -> {
            if (Thread.currentThread().isInterrupted()) {
              throw new CancellationException();
            }
            tsne = map;
            server.send("tsne", Map.of("iteration", iteration, "of", TSNE_ITERATIONS, "kl", kl));
          });
    } catch (CancellationException e) {
      server.send("tsne", Map.of("stopped", true));
    } catch (RuntimeException | OutOfMemoryError e) {
      server.send("tsne", Map.of("error", e.getMessage() == null ? e.toString() : e.getMessage()));
    }
  }

  private Object stopTsne() {
    synchronized (one) {
      if (running != null) {
        running.interrupt();
        try {
          running.join();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        running = null;
      }
    }
    return Map.of();
  }
}
