package gradus.text.tokenizer;

import gradus.tensor.io.Quoted;
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

  // Oniguruma asks two tables: of one character, where those of Latin-1 are its own, and of ranges,
  // for classes in brackets. Neither holds the joiners that Java's \\w does.
  private static final String WORD_IN_CLASS = "\\p{IsAlphabetic}\\p{M}\\p{Nd}\\p{Pc}";
  private static final String WORD = "\u00b2\u00b3\u00b9\u00bc-\u00be" + WORD_IN_CLASS;
  private static final String BEFORE = "(?<=[" + WORD + "])";
  private static final String NOT_BEFORE = "(?<![" + WORD + "])";
  private static final String AFTER = "(?=[" + WORD + "])";
  private static final String NOT_AFTER = "(?![" + WORD + "])";

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

  /** What words are made of, as Oniguruma has it. */
  private static String wordClasses(String regex) {
    StringBuilder out = new StringBuilder();
    int depth = 0; // of classes in brackets
    for (int i = 0; i < regex.length(); i++) {
      char c = regex.charAt(i);
      char escaped = c == '\\' && i + 1 < regex.length() ? regex.charAt(++i) : 0;
      switch (escaped) {
        case 'w' -> out.append(depth > 0 ? WORD_IN_CLASS : "[" + WORD + "]");
        case 'W' -> out.append("[^").append(depth > 0 ? WORD_IN_CLASS : WORD).append("]");
        case 0 -> {
          depth += c == '[' ? 1 : c == ']' && depth > 0 ? -1 : 0;
          out.append(c);
        }
        default -> {
          if (depth == 0 && escaped == 'b') {
            either(out, BEFORE + NOT_AFTER, NOT_BEFORE + AFTER);
          } else if (depth == 0 && escaped == 'B') {
            either(out, BEFORE + AFTER, NOT_BEFORE + NOT_AFTER);
          } else {
            out.append(c).append(escaped);
          }
        }
      }
    }
    return out.toString();
  }

  private static void either(StringBuilder out, String first, String second) {
    out.append("(?:").append(first).append('|').append(second).append(')');
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
