package gradus.examples.picture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What {@link PageStyle} says of pictures, for one that stands by itself: on light ground, with
 * colours instead of variables, which viewers other than browsers do not know.
 */
final class SvgStyle {
  private static final Pattern VARIABLE = Pattern.compile("--(\\w+): (#\\w+);");
  private static final Pattern RULE = Pattern.compile("(svg [.t][^{}]*)\\{([^}]*)}");

  private record Rule(List<String> selectors, Map<String, String> properties) {
    /** A selector is the name of an element, or classes that it must bear. */
    boolean fits(String element, Set<String> classes) {
      return selectors.stream()
          .anyMatch(
              s ->
                  s.startsWith(".")
                      ? classes.containsAll(List.of(s.substring(1).split("\\.")))
                      : s.equals(element));
    }
  }

  private static final String CSS = css();
  private static final List<Rule> RULES = rules();

  private SvgStyle() {}

  /** The style sheet. */
  static String sheet() {
    return CSS;
  }

  /** The properties of an element with these classes. */
  static Map<String, String> of(String element, String classes) {
    var properties = new HashMap<>(Map.of("fill", "#000000", "stroke", "none"));
    Set<String> all = Set.of(classes.split(" "));
    for (Rule rule : RULES) {
      if (rule.fits(element, all)) {
        properties.putAll(rule.properties());
      }
    }
    return properties;
  }

  private static String css() {
    String css =
        RULE.matcher(PageStyle.CSS)
            .results()
            .map(MatchResult::group)
            .collect(Collectors.joining("\n"))
            .replace("svg ", "")
            .concat("\n.ground { fill: var(--ground); }");
    Map<String, String> light = new HashMap<>();
    VARIABLE
        .matcher(PageStyle.CSS)
        .results()
        .forEach(m -> light.putIfAbsent(m.group(1), m.group(2)));
    for (var colour : light.entrySet()) {
      css = css.replace("var(--" + colour.getKey() + ")", colour.getValue());
    }
    return css;
  }

  private static List<Rule> rules() {
    List<Rule> rules = new ArrayList<>();
    for (String line : CSS.lines().toList()) {
      int brace = line.indexOf('{');
      var properties = new HashMap<String, String>();
      for (String property : line.substring(brace + 1, line.indexOf('}')).split(";")) {
        String[] pair = property.split(":", 2);
        if (pair.length == 2) {
          properties.put(pair[0].strip(), pair[1].strip());
        }
      }
      rules.add(new Rule(List.of(line.substring(0, brace).strip().split(",\\s*")), properties));
    }
    return rules;
  }
}
