package gradus.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import gradus.optable.OpTable;
import gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The numbers plugged in, in a real browser, for random cells over the whole table of ops. */
class EveryOpPageTest extends BrowserTest {
  private static final int ROWS = 24;
  private static final int MOMENTS = 25;

  @Test
  void whatIsPluggedInIsWhatIsShown() {
    List<OpTable.Row> rows = OpTable.rows();
    var random = new Random(8);
    var ops = new HashSet<String>();
    int checked = 0;
    for (int from = 0; from < rows.size(); from += ROWS) {
      Recording recording = record(rows.subList(from, Math.min(rows.size(), from + ROWS)));
      browser.open(Studio.save(recording, folder.resolve("ops" + from + ".html")).toUri());
      int last =
          Integer.parseInt(browser.all("input[type=range]").getFirst().getDomAttribute("max"));
      for (Object told : (List<?>) plugged(random.ints(MOMENTS, 1, last + 1).boxed().toList())) {
        var cell = (List<?>) told;
        String text = (String) cell.get(2);
        double value = Double.parseDouble((String) cell.get(1));
        Plugged plugged = Plugged.of(text);
        assertThat(plugged.value)
            .as("%s: %s", cell.get(0), text)
            .isCloseTo(value, within(plugged.rounding + 1e-3 * Math.abs(value) + 1e-6));
        ops.add((String) cell.get(0));
        checked++;
      }
      browser.quiet();
    }
    assertThat(checked).isGreaterThan(200);
    assertThat(ops).hasSizeGreaterThan(60);
  }

  private static Recording record(List<OpTable.Row> rows) {
    Tensor loss = Tensor.scalar(0f);
    for (OpTable.Row row : rows) {
      Tensor[] in =
          row.inputs().stream()
              .map(t -> t.detach().toFloat().clone().requiresGrad(true))
              .toArray(Tensor[]::new);
      loss = loss.add(row.f().apply(List.of(in)).sum());
    }
    return Recording.of(loss);
  }

  /** Goes to each moment and points at a cell there: [title, number, the number plugged in]. */
  private static Object plugged(List<Integer> moments) {
    return browser.script(
        """
        const slider = document.querySelector('input[type=range]');
        const told = [];
        for (const moment of arguments[0]) {
          slider.value = moment;
          slider.dispatchEvent(new Event('input'));
          const cells = [...document.querySelectorAll('td[tabindex]')];
          const cell = cells[(moment * 7) % cells.length];
          if (!cell) continue;
          cell.focus();
          const chosen = document.querySelector('td.chosen');
          const line = document.querySelector('.plugged .numbers');
          if (chosen && line) told.push([document.querySelector('h2').firstChild.textContent + (document.querySelector('h2').childNodes[1]?.textContent ?? ''), chosen.dataset.x, line.textContent]);
          document.activeElement.blur();
        }
        return told;
        """,
        moments);
  }

  /** A sum of products as the page writes it, and how far off it may be because of rounding. */
  private record Plugged(double value, double rounding) {
    static Plugged of(String text) {
      String plain =
          text.replace(" − ", " + −")
              .replaceAll(" … and \\d+ more, together ", " + ")
              .replace("∞", "Infinity");
      double value = 0;
      double rounding = 0;
      for (String product : plain.split(" \\+ ")) {
        if (!product.isBlank()) {
          Plugged term = product(product);
          value += term.value;
          rounding += term.rounding;
        }
      }
      return new Plugged(value, rounding);
    }

    private static Plugged product(String text) {
      var factors = new ArrayList<Plugged>();
      for (String factor : text.split(" · ")) {
        factors.add(number(factor.replaceAll("[()\\s]", "").replace('−', '-').replace("--", "")));
      }
      double value = factors.stream().mapToDouble(Plugged::value).reduce(1, (a, b) -> a * b);
      double most = 1;
      double least = 1;
      for (Plugged f : factors) {
        most *= Math.abs(f.value) + f.rounding;
        least *= Math.abs(f.value);
      }
      return new Plugged(value, most - least);
    }

    /** Written with as many digits as the page gives to a number of that size. */
    private static Plugged number(String text) {
      double x = Double.parseDouble(text);
      double a = Math.abs(x);
      double digit = text.contains("e") ? 0.05 * a : a >= 100 ? 0.5 : a >= 10 ? 0.05 : 0.0005;
      return new Plugged(x, digit);
    }
  }
}
