package gradus.studio;

import java.util.List;

/**
 * One step backward: a node whose gradient is complete hands on shares of it.
 *
 * @param node the node
 * @param incoming its gradient, dC
 * @param arrived whether anything came; if not, nobody handed the node a share, and dC is zeros
 * @param shares what its inputs get, those that get something
 */
public record RecordedStep(RecordedNode node, Value incoming, boolean arrived, List<Share> shares) {
  /**
   * What one input gets.
   *
   * @param input which input of the node
   * @param to the number of the node that gets it
   * @param letter A, B, D, E …
   * @param formula how it is computed, such as {@code dC · Bᵀ}
   * @param value the share
   * @param sum what has arrived at the receiving node so far, this share included
   */
  public record Share(int input, int to, String letter, String formula, Value value, Value sum) {}
}
