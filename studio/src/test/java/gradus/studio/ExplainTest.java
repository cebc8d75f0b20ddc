package gradus.studio;

import static org.assertj.core.api.Assertions.assertThat;

import gradus.optable.OpTable;
import gradus.tensor.DType;
import gradus.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.Test;

class ExplainTest {
  @Test
  void tellsTheWholeOfASmallProgram() {
    Explain told = Explain.of(RecordingTest.doubledTwice(Tensor.scalar(0.75).requiresGrad(true)));
    assertThat(told.toString().replaceAll("RecordingTest.java:\\d+", "Program.java"))
        .isEqualTo(
"""
[1/6] forward   a [], gets a gradient
  a = 0.75

[2/6] forward   b = Add(A = a, B = a) -> []   // Program.java
  Each number of C is the sum of the numbers of A and B in the same place.
  C = A + B = 0.75 + 0.75 = 1.5

[3/6] forward   c = Add(A = b, B = b) -> []   // Program.java
  Each number of C is the sum of the numbers of A and B in the same place.
  C = A + B = 1.5 + 1.5 = 3

[4/6] backward  c = Add(A = b, B = b) -> []   // Program.java
  Push A up by a little, and C goes up by exactly as much. The same holds for B. So both get dC as
  it is: a plus sign copies the gradient.
  dC = 1
  dA = dC [], for b
    dA = dC = 1
    so far at b = 1
  dB = dC [], for b
    dB = dC = 1
    so far at b = 2

[5/6] backward  b = Add(A = a, B = a) -> []   // Program.java
  Push A up by a little, and C goes up by exactly as much. The same holds for B. So both get dC as
  it is: a plus sign copies the gradient.
  dC = 2
  dA = dC [], for a
    dA = dC = 2
    so far at a = 2
  dB = dC [], for a
    dB = dC = 2
    so far at a = 4

[6/6] backward  a [] has its gradient
  The walk ends here. All shares have arrived and were added up: this is the gradient. Each number
  says how much the loss changes when that number grows a little. To make the loss smaller, take a
  small step the other way.
  da = 4
""");
  }

  @Test
  void largeTensorsAreToldByOneElement() {
    Tensor.manualSeed(4);
    Tensor a = Tensor.randn(20, 30).requiresGrad(true);
    Tensor b = Tensor.randn(30, 10);
    String told = Explain.of(a.matmul(b).sum()).toString();
    assertThat(told)
        .contains("C = 200 numbers from ")
        .contains(" + 26 more, together ")
        .contains("dA = dC · Bᵀ [20, 30], for leaf #0");
  }

  /** Nothing that the op table can meet leaves a gap or fails. */
  @Test
  void everyOpIsTold() {
    for (OpTable.Row row : OpTable.rows()) {
      for (String page : Explain.of(TermsTest.record(row, DType.FLOAT32)).pages()) {
        assertThat(page).as(row.name()).doesNotContain("null", "%", "Optional").endsWith("\n");
      }
    }
  }

  @Test
  void commandsLeadToPages() {
    assertThat(Walk.next(3, "", 9)).isEqualTo(4);
    assertThat(Walk.next(3, " b ", 9)).isEqualTo(2);
    assertThat(Walk.next(0, "b", 9)).isZero();
    assertThat(Walk.next(3, "g 8", 9)).isEqualTo(7);
    assertThat(Walk.next(3, "g100", 9)).isEqualTo(8);
    assertThat(Walk.next(3, "g 0", 9)).isZero();
    assertThat(Walk.next(3, "q", 9)).isEqualTo(-1);
    assertThat(Walk.next(3, "what", 9)).isEqualTo(3);
  }

  @Test
  void walksThroughATerminal() throws IOException {
    assertThat(typed("\nb\ng 3\nq\n")).containsSubsequence("one", "two", "one", "three");
    assertThat(typed("g 3\n\nunread\n")).containsSubsequence("one", "three").doesNotContain("two");
    assertThat(typed("")).contains("one").doesNotContain("two");
  }

  private static String typed(String keys) throws IOException {
    var out = new ByteArrayOutputStream();
    var in = new ByteArrayInputStream(keys.getBytes(StandardCharsets.UTF_8));
    try (Terminal terminal =
        new DumbTerminal("test", Terminal.TYPE_DUMB, in, out, StandardCharsets.UTF_8)) {
      Walk.run(List.of("one", "two", "three"), terminal);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void whereNothingComesNothingIsExplained() {
    Tensor a = Tensor.of(new double[] {1, 2}).requiresGrad(true);
    Recording cut = Recording.of(() -> a.exp().sum()).again(new Edit.Cut(2, 0));
    List<String> pages = Explain.of(cut).pages();
    assertThat(pages.get(pages.size() - 1)).contains("backward  a [2]: no gradient comes here");
  }
}
