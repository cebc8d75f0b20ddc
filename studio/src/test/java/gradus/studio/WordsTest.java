package gradus.studio;

import static org.assertj.core.api.Assertions.assertThat;

import gradus.optable.OpTable;
import gradus.tensor.DType;
import gradus.tensor.Op;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WordsTest {
  /** Of every op of the table: whole sentences in plain signs, and letters that the op has. */
  @Test
  void everyOpIsToldInWholeSentences() {
    var ops = new TreeMap<String, Op>();
    var arity = new TreeMap<String, Integer>();
    for (OpTable.Row row : OpTable.rows()) {
      for (RecordedNode node : TermsTest.record(row, DType.FLOAT64).nodes()) {
        ops.put(node.op().name(), node.op());
        arity.merge(node.op().name(), node.inputs().size(), Math::max);
      }
    }
    assertThat(ops).hasSizeGreaterThan(120);
    ops.forEach(
        (name, op) -> {
          Words words = Words.of(op);
          for (String text : new String[] {words.forward(), words.backward()}) {
            assertThat(text)
                .as(name)
                .matches("\\p{Lu}.*\\.")
                .doesNotContain("—", "–", "  ", "%s", "Infinity");
            if (arity.get(name) < 2) {
              assertThat(text).as(name).doesNotContainPattern("\\bB\\b");
            }
            if (arity.get(name) < 3) {
              assertThat(text).as(name).doesNotContainPattern("\\bD\\b");
            }
          }
        });
  }

  @Test
  void parametersAreSaid() {
    assertThat(Words.of(new Op.Clamp(0, Double.POSITIVE_INFINITY)).forward())
        .isEqualTo("Numbers of A from 0 on pass unchanged; elsewhere C is the nearest border.");
    assertThat(Words.of(new Op.PowScalar(3)).backward()).contains("The slope is 3 · A^2.");
    assertThat(Words.of(new Op.PowScalar(0.5)).backward()).contains("The slope is 0.5 · A^-0.5.");
  }
}
