package gradus.text.training;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * The Huffman tree of a hierarchical softmax: a label's probability is the product of those of the
 * turns on the way to it, so that a frequent label is reached in few.
 *
 * <p>Source: Mikolov and others, "Distributed Representations of Words and Phrases and their
 * Compositionality", 2013.
 */
public final class HuffmanTree {

  /** What a node weighs that is not made yet: more than all text there is. */
  private static final long NOT_MADE = 1_000_000_000_000_000L;

  private final int leaves;
  private final int[] left;
  private final int[] right;
  private final int[] parents;

  /**
   * The tree.
   *
   * @param counts how often each label stood in the text; {@link #possible}
   */
  public HuffmanTree(long[] counts) {
    leaves = counts.length;
    int nodes = Math.max(2 * leaves - 1, 0);
    left = new int[nodes];
    right = new int[nodes];
    parents = new int[nodes];
    long[] weights = Arrays.copyOf(counts, nodes);
    Arrays.fill(weights, leaves, nodes, NOT_MADE);
    int leaf = leaves - 1;
    int node = leaves;
    for (int made = leaves; made < nodes; made++) {
      int first = leaf >= 0 && weights[leaf] < weights[node] ? leaf-- : node++;
      int second = leaf >= 0 && weights[leaf] < weights[node] ? leaf-- : node++;
      left[made] = first;
      right[made] = second;
      parents[first] = made;
      parents[second] = made;
      weights[made] = weights[first] + weights[second];
    }
  }

  /** Whether a tree can be made of such counts: none below zero, their sum what a text can have. */
  public static boolean possible(long[] counts) {
    long sum = 0;
    for (long count : counts) {
      if (count < 0 || count >= NOT_MADE - sum) {
        return false;
      }
      sum += count;
    }
    return true;
  }

  /** How many leaves there are. */
  public int leaves() {
    return leaves;
  }

  /** All nodes: the leaves first, the root last. */
  public int nodes() {
    return left.length;
  }

  /** Where the left turn leads from an inner node. */
  public int left(int node) {
    return left[node];
  }

  /** Where the right turn leads. */
  public int right(int node) {
    return right[node];
  }

  /** The inner nodes on the way to each leaf, from the root on, counted from 0. */
  public int[][] paths() {
    return ways(node -> parent(node) - leaves);
  }

  /** The turns on the way to each leaf, from the root on: 1 to the right, 0 to the left. */
  public int[][] turns() {
    return ways(node -> right[parent(node)] == node ? 1 : 0);
  }

  private int parent(int node) {
    return parents[node];
  }

  private int[][] ways(IntUnaryOperator step) {
    int[][] ways = new int[leaves][];
    int[] way = new int[leaves];
    for (int leaf = 0; leaf < leaves; leaf++) {
      int length = 0;
      for (int node = leaf; node < left.length - 1; node = parent(node)) {
        way[length++] = step.applyAsInt(node);
      }
      ways[leaf] = new int[length];
      for (int i = 0; i < length; i++) {
        ways[leaf][i] = way[length - 1 - i];
      }
    }
    return ways;
  }
}
