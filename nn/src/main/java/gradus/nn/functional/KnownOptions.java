package gradus.nn.functional;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** What was said by name, where one class of options serves several that have some of them. */
public final class KnownOptions {
  private final String owner;
  private final String[] known;

  /** Empty until something is said: most calls say nothing. */
  private Map<String, Object> values = Map.of();

  /** The options of {@code owner}, of which nothing is said yet. */
  public KnownOptions(String owner, String... known) {
    this.owner = owner;
    this.known = known;
  }

  /** Refuses an option that the owner does not have. */
  public void put(String name, Object value) {
    if (!Arrays.asList(known).contains(name)) {
      throw new IllegalArgumentException(
          "%s: there is no option %s. It has %s."
              .formatted(owner, inJava(name), inJava(String.join(", ", known))));
    }
    if (values.isEmpty()) {
      values = new LinkedHashMap<>();
    }
    values.put(name, value);
  }

  /** A copy of all that was said. */
  public Map<String, Object> given() {
    return new LinkedHashMap<>(values);
  }

  /** What was said of {@code name}, or {@code otherwise}. */
  @SuppressWarnings("unchecked")
  public <T> T get(String name, T otherwise) {
    return values.containsKey(name) ? (T) values.get(name) : otherwise;
  }

  /** PyTorch's names as they are written here: weight_decay becomes weightDecay. */
  private static String inJava(String names) {
    return Pattern.compile("_(.)")
        .matcher(names)
        .replaceAll(m -> m.group(1).toUpperCase(Locale.ROOT));
  }
}
