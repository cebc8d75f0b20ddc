package gradus.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Square brackets as Python writes them, and indices in Java's own collections. */
class IndexTextTest {
  private static final Tensor X = Tensor.arange(60).view(3, 4, 5);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "':'|3, 4, 5|0",
        "':, 0::2'|3, 2, 5|0",
        "'..., -1'|3, 4|4",
        "'1'|4, 5|20",
        "'-1, 1:3'|2, 5|45",
        "'None, 0'|1, 4, 5|0",
        "':2, :, ::3'|2, 4, 2|0",
        "' 1 : , -2 '|2, 5|30",
        "'..., 1:2:1'|3, 4, 1|1"
      })
  void textIsReadAsPythonReadsIt(String text, String sizes, long first) {
    Tensor part = X.at(text);
    assertThat(part.shape()).hasToString("[" + sizes + "]");
    assertThat(part.flatten().getLong(0)).isEqualTo(first);
    assertThat(part.isView()).isTrue();
    Object[] pieces = text.split(",");
    for (int i = 0; i < pieces.length; i++) {
      pieces[i] = ((String) pieces[i]).strip();
    }
    assertThat(X.at(pieces).equal(part)).isTrue();
  }

  @Test
  void textMixesWithOtherEntries() {
    assertThat(X.at(1, ":", List.of(4, 0)).equal(X.at(1, Index.ALL, Tensor.of(4, 0)))).isTrue();
    assertThat(X.at("...", new int[] {1}).equal(X.at(Index.ELLIPSIS, Tensor.of(1)))).isTrue();
    assertThat(X.at(new boolean[] {true, false, true}).shape()).isEqualTo(Shape.of(2, 4, 5));
    assertThat(X.at(List.of()).shape()).isEqualTo(Shape.of(0, 4, 5));
    assertThat(X.at(Index.from(1), Index.to(2)).shape()).isEqualTo(Shape.of(2, 2, 5));
    Tensor copy = X.clone().set(7, ":", 0).set(Tensor.of(1, 2, 3, 4), 0, ":", "-1");
    assertThat(copy.at(":", 0).eq(7).at(Index.ALL, Index.to(4)).sum().item()).isEqualTo(12);
    assertThat(copy.at("0, :, -1")).hasToString("tensor([1, 2, 3, 4])");
  }

  @Test
  void aScalarTensorIsAnIndexAsANumberIs() {
    Tensor copy = X.clone();
    Tensor row = copy.at(Tensor.scalar(2));
    assertThat(row.isView()).isTrue();
    assertThat(row.shape()).isEqualTo(Shape.of(4, 5));
    row.zero_();
    assertThat(copy.select(0, 2).sum().item()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"a", "'1:2:3:4'", "''", "'1 2'", "'99999999999'"})
  void whatPythonWouldNotReadIsRefused(String text) {
    assertThatThrownBy(() -> X.at(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("at: cannot read \"");
  }
}
