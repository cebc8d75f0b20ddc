package gradus.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.tensor.DType;
import gradus.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bags whose offsets make no sense are refused, and no bags are no trouble. */
class BagEdgesTest { // pytorch #175368, #55549, #175370 (PR #187104), #190044
  private static final Tensor TABLE = Tensor.of(new double[][] {{1, 1}, {2, 2}, {3, 4}});
  private static final Tensor IDS = Tensor.of(0L, 1L, 2L);

  private static Tensor bag(Tensor ids, Tensor offsets, String mode, boolean last) {
    return F.embeddingBag(ids, TABLE, o -> o.offsets(offsets).mode(mode).includeLastOffset(last));
  }

  private static void refused(Tensor ids, Tensor offsets, boolean last, String text) {
    for (String mode : List.of("sum", "mean", "max")) {
      assertThatThrownBy(() -> bag(ids, offsets, mode, last))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("embeddingBag: ")
          .hasMessageContaining(text);
    }
  }

  @Test
  void offsetsOutsideOrFalling() {
    refused(IDS, Tensor.of(0L, 9L, 3L), false, "offset 1 is 9, beyond the 3 ids.");
    refused(IDS, Tensor.of(0L, -1L), false, "offset 1 is -1 after 0.");
    refused(IDS, Tensor.of(0L, 2L, 1L), false, "offset 2 is 1 after 2.");
    refused(IDS, Tensor.of(1L, 2L), false, "offsets[0] has to be 0");
    refused(IDS, Tensor.of(0L, 4L), true, "offset 1 is 4, beyond the 3 ids.");
    refused(IDS, Tensor.zeros(DType.INT64, 0), true, "offsets are empty.");
    refused(IDS, null, true, "without offsets");
    refused(IDS, Tensor.zeros(DType.INT64, 1, 1), false, "offsets has to be a 1D Tensor");
    refused(IDS, Tensor.of(0.0, 1.0), false, "offsets must be INT64 but is FLOAT32.");
    refused(Tensor.of(0.0, 1.0), Tensor.of(0L), false, "input must be INT64 but is FLOAT32.");
  }

  @Test
  void noBagsAreNoRows() {
    for (String mode : List.of("sum", "mean", "max")) {
      Tensor none = Tensor.zeros(DType.INT64, 0, 3);
      assertThat(bag(none, null, mode, false).shape().toArray()).containsExactly(0, 2);
      Tensor start = Tensor.zeros(DType.INT64, 0);
      assertThat(bag(IDS, start, mode, false).shape().toArray()).containsExactly(0, 2);
      assertThat(bag(IDS, Tensor.of(0L), mode, true).shape().toArray()).containsExactly(0, 2);
      assertThat(bag(IDS, Tensor.of(0L, 0L, 3L), mode, true).select(0, 0).toFloatArray())
          .containsExactly(0, 0);
    }
  }

  @Test
  void maxNormShortensThePaddingRowToo() {
    Tensor table = TABLE.clone();
    Tensor out =
        F.embeddingBag(
            Tensor.of(new long[][] {{1, 2}}), table, o -> o.maxNorm(1).mode("sum").paddingIdx(2));
    Tensor lengths = table.norm(2, 1);
    assertThat(lengths.get(0)).isGreaterThan(1.4);
    assertThat(lengths.get(1)).isBetween(0.99999, 1.0);
    assertThat(lengths.get(2)).isBetween(0.99999, 1.0);
    assertThat(out.allclose(table.narrow(0, 1, 1))).isTrue();
  }

  @Test
  void aLookUpThatFailsShortensNothing() {
    Tensor table = TABLE.clone();
    for (long wrong : new long[] {-1, 3}) {
      assertThatThrownBy(() -> F.embedding(Tensor.of(2L, wrong), table, o -> o.maxNorm(1)))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThat(table.equal(TABLE)).isTrue();
    }
  }
}
