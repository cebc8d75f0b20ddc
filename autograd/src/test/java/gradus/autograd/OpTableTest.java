package gradus.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import gradus.optable.OpTable;
import gradus.tensor.DType;
import gradus.tensor.Node;
import gradus.tensor.Op;
import gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OpTableTest {
  static Stream<OpTable.Row> rows() {
    return OpTable.rows().stream();
  }

  private static Tensor[] leaves(OpTable.Row row) {
    return row.inputs().stream()
        .map(t -> t.detach().clone().requiresGrad(true))
        .toArray(Tensor[]::new);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void firstDerivativeEqualsFiniteDifferences(OpTable.Row row) {
    GradCheck.check(row.f(), leaves(row));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void secondDerivativeEqualsFiniteDifferences(OpTable.Row row) {
    GradCheck.checkSecond(row.f(), leaves(row));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void stridesDoNotMatter(OpTable.Row row) {
    double[] expected = row.f().apply(row.inputs()).toDoubleArray();
    assertThat(
            row.f().apply(row.inputs().stream().map(OpTableTest::spread).toList()).toDoubleArray())
        .containsExactly(expected, within(1e-12));
    Tensor[] strided =
        row.inputs().stream().map(t -> spread(t).requiresGrad(true)).toArray(Tensor[]::new);
    GradCheck.check(row.f(), strided);
  }

  /** No op makes NaN on its way to a result without NaN, forward or backward. */
  @ParameterizedTest
  @MethodSource("rows")
  void anomalyModeFindsNothing(OpTable.Row row) {
    try (var _ = Autograd.detectAnomaly()) {
      for (DType dtype : List.of(DType.FLOAT64, DType.FLOAT32)) {
        Tensor[] in =
            row.inputs().stream()
                .map(t -> t.detach().to(dtype).clone().requiresGrad(true))
                .toArray(Tensor[]::new);
        row.f().apply(List.of(in)).sum().backward();
        assertThat(Stream.of(in).filter(Tensor::hasGrad).map(Tensor::grad))
            .isNotEmpty()
            .noneMatch(g -> g.toDense().isnan().any().itemBoolean());
      }
    }
  }

  /** The same numbers, but every second one of a larger memory, dimensions in reverse order. */
  private static Tensor spread(Tensor t) {
    if (t.dim() == 0) {
      return t;
    }
    int[] reversed = new int[t.dim()];
    int[] sizes = new int[t.dim()];
    for (int d = 0; d < reversed.length; d++) {
      reversed[d] = reversed.length - 1 - d;
      sizes[d] = t.size(reversed[d]);
    }
    sizes[0] = 2 * sizes[0] + 1;
    Tensor memory = Tensor.full(sizes, Double.NaN).to(DType.FLOAT64);
    Tensor look = memory.slice(0, 1, sizes[0], 2).permute(reversed);
    look.copy_(t.detach());
    return look.detach();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void float32AgreesWithFloat64(OpTable.Row row) {
    List<Tensor> single = row.inputs().stream().map(t -> t.to(DType.FLOAT32)).toList();
    double[] wide =
        row.f().apply(single.stream().map(t -> t.to(DType.FLOAT64)).toList()).toDoubleArray();
    Tensor narrow = row.f().apply(single);
    double[] got = narrow.toDoubleArray();
    for (int i = 0; i < wide.length; i++) {
      assertThat(got[i]).isCloseTo(wide[i], within(2e-5 * Math.max(1, Math.abs(wide[i]))));
    }
    gradientsAgree(row, single);
  }

  private static void gradientsAgree(OpTable.Row row, List<Tensor> single) {
    var narrow = gradients(row, single.stream().map(t -> t.clone().requiresGrad(true)).toList());
    var wide =
        gradients(
            row, single.stream().map(t -> t.to(DType.FLOAT64).clone().requiresGrad(true)).toList());
    for (int i = 0; i < wide.size(); i++) {
      double[] a = narrow.get(i).toDoubleArray();
      double[] b = wide.get(i).toDoubleArray();
      for (int k = 0; k < b.length; k++) {
        assertThat(a[k]).isCloseTo(b[k], within(1e-4 * Math.max(1, Math.abs(b[k]))));
      }
    }
  }

  private static List<Tensor> gradients(OpTable.Row row, List<Tensor> leaves) {
    Tensor out = row.f().apply(leaves);
    if (out.dtype() == leaves.get(0).dtype() || out.requiresGrad()) {
      out.backward(Tensor.onesLike(out.detach()));
    }
    return leaves.stream().map(t -> t.hasGrad() ? t.grad() : Tensor.zerosLike(t.detach())).toList();
  }

  /** Every primitive stands in the table: an op without a row is an op without a gradient check. */
  @Test
  void everyPrimitiveHasARow() {
    var seen = new TreeSet<String>();
    for (OpTable.Row row : OpTable.rows()) {
      Tensor out = row.f().apply(List.of(leaves(row)));
      for (Node node : Backprop.of(out, Tensor.onesLike(out.detach()), true, false).order()) {
        seen.add(kind(node.op()));
      }
    }
    var missing = new ArrayList<String>();
    for (Class<?> op : primitives(Op.class)) {
      if (!seen.contains(op.getSimpleName())) {
        missing.add(op.getSimpleName());
      }
    }
    // A cast to the same dtype is no op; it is checked in CastTest.
    assertThat(missing).containsExactly("Cast");
  }

  private static String kind(Op op) {
    return op instanceof Op.Custom ? "Custom" : op.getClass().getSimpleName();
  }

  private static List<Class<?>> primitives(Class<?> type) {
    if (type.getPermittedSubclasses() == null) {
      return List.of(type);
    }
    return Arrays.stream(type.getPermittedSubclasses())
        .flatMap(c -> primitives(c).stream())
        .toList();
  }
}
