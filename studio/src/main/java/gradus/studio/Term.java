package gradus.studio;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One product of numbers; an element of a tensor is the sum of some of these.
 *
 * @param factors what is multiplied
 */
public record Term(List<Factor> factors) {
  /**
   * A number and where it comes from.
   *
   * @param letter the tensor or expression, as in formulas: {@code dC}, {@code B}, {@code (1 - C²)}
   * @param index the place in it; empty for a scalar or a constant
   * @param value the number
   */
  public record Factor(String letter, List<Integer> index, double value) {
    /** Such as {@code dC[1, 0]}. */
    @Override
    public String toString() {
      return index.isEmpty() ? letter : letter + index;
    }
  }

  static Term of(Factor... factors) {
    return new Term(List.of(factors));
  }

  /** The product. */
  public double value() {
    return factors.stream().mapToDouble(Factor::value).reduce(1, (a, b) -> a * b);
  }

  /** Such as {@code dC[1, 0] · B[0, 2]}. */
  @Override
  public String toString() {
    return factors.stream().map(Factor::toString).collect(Collectors.joining(" · "));
  }
}
