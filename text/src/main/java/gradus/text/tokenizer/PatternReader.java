package gradus.text.tokenizer;

import gradus.text.files.Quoted;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Reads patterns: {@code {"String": " "}} or {@code {"Regex": "\\s+"}}, the latter of Oniguruma.
 */
final class PatternReader {

  private static final int LONGEST = 10_000;

  // Oniguruma, which the files are written for: Unicode's classes, ^ and $ at every line, a line
  // ends at \n only.
  private static final int FLAGS =
      Pattern.UNICODE_CHARACTER_CLASS | Pattern.MULTILINE | Pattern.UNIX_LINES;

  private static final String WORD =
      "\u00b2\u00b3\u00b9\u00bc-\u00be\\p{IsAlphabetic}\\p{M}\\p{Nd}\\p{Pc}";

  private PatternReader() {}

  static TextPattern read(Json json) {
    if (json.isMap() && !json.get("Regex").isNull()) {
      return regex(json.get("Regex"));
    }
    String text = json.isMap() ? json.get("String").string() : json.string();
    if (text.codePointCount(0, text.length()) == 1) {
      int only = text.codePointAt(0);
      return TextPattern.each(c -> c == only);
    }
    return TextPattern.regex(Pattern.compile(Pattern.quote(text)));
  }

  private static TextPattern regex(Json json) {
    String regex = json.string();
    if (regex.equals(ByteLevel.GPT2)) {
      return ByteLevel::gpt2;
    }
    if (regex.length() > LONGEST || regex.contains("[[:") || regex.contains("\\h")) {
      throw json.wrong("patterns such as \"%s\" are not supported.".formatted(Quoted.of(regex)));
    }
    try {
      return TextPattern.regex(Pattern.compile(wordClasses(regex), FLAGS));
    } catch (PatternSyntaxException e) {
      throw json.wrong("\"%s\" is no pattern: %s.".formatted(Quoted.of(regex), e.getDescription()));
    } catch (StackOverflowError e) {
      throw json.wrong("the pattern \"%s\" is nested too deeply.".formatted(Quoted.of(regex)));
    }
  }

  /** Oniguruma's {@code \\w} does not hold the joiners that Java's does, but ² and ½. */
  private static String wordClasses(String regex) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < regex.length(); i++) {
      char c = regex.charAt(i);
      char escaped = c == '\\' && i + 1 < regex.length() ? regex.charAt(i + 1) : 0;
      switch (escaped) {
        case 'w' -> out.append("[").append(WORD).append("]");
        case 'W' -> out.append("[^").append(WORD).append("]");
        case 0 -> out.append(c);
        default -> out.append(c).append(escaped);
      }
      i += escaped == 0 ? 0 : 1;
    }
    return out.toString();
  }

  static SplitBehavior behavior(Json json) {
    return switch (json.string().toLowerCase(Locale.ROOT).replace("_", "")) {
      case "removed" -> SplitBehavior.REMOVED;
      case "isolated" -> SplitBehavior.ISOLATED;
      case "mergedwithprevious" -> SplitBehavior.MERGED_WITH_PREVIOUS;
      case "mergedwithnext" -> SplitBehavior.MERGED_WITH_NEXT;
      case "contiguous" -> SplitBehavior.CONTIGUOUS;
      default -> throw json.wrong("\"%s\" is no way to split.".formatted(Quoted.of(json.string())));
    };
  }
}
