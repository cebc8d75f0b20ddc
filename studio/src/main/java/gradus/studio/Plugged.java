package gradus.studio;

import static gradus.studio.Numbers.text;

import gradus.studio.Term.Factor;
import java.util.List;
import java.util.stream.Collectors;

/** Terms as a line of text, once in letters and once in numbers. */
final class Plugged {
  private Plugged() {}

  /** Such as {@code A[0, 1] · B[1, 0] - D[0] = 0.3 · (-1.2) - 0.5}. */
  static String line(Terms terms) {
    if (terms.shown().isEmpty()) {
      return "0"; // it depends on nothing
    }
    String letters = sum(terms, Factor::toString);
    if (terms.shown().size() == 1 && terms.shown().getFirst().factors().size() == 1) {
      return letters; // the number comes next, as what it is equal to
    }
    String numbers = sum(terms, f -> f.value() < 0 ? "(" + text(f.value()) + ")" : text(f.value()));
    return letters + " = " + numbers;
  }

  private interface Part {
    String of(Factor factor);
  }

  private static String sum(Terms terms, Part part) {
    var out = new StringBuilder();
    for (Term term : terms.shown()) {
      List<Factor> factors = term.factors();
      boolean minus = factors.size() > 1 && factors.getFirst().letter().equals("-1");
      if (!out.isEmpty()) {
        out.append(minus ? " - " : " + ");
      } else if (minus) {
        out.append("-");
      }
      out.append(
          factors.stream().skip(minus ? 1 : 0).map(part::of).collect(Collectors.joining(" · ")));
    }
    if (terms.more() > 0) {
      out.append(" + %s more, together %s".formatted(terms.more(), text(terms.rest())));
    }
    return out.toString();
  }
}
