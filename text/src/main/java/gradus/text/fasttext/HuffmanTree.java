package gradus.text.fasttext;

import java.util.Arrays;

/**
 * The Huffman tree of a hierarchical softmax: a label's probability is the product of those of the
 * turns on the way to it, so that a frequent label is reached in few.
 *
 * <p>Source: Mikolov and others, "Distributed Representations of Words and Phrases and their
 * Compositionality", 2013.
 */
final class HuffmanTree {

  /** What a node weighs that is not made yet: more than all text there is. */
  private static final long NOT_MADE = 1_000_000_000_000_000L;

  private final int labels;
  private final int[] left;
  private final int[] right;

  /**
   * The tree.
   *
   * @param counts how often each label stood in the text; {@link #possible}
   */
  HuffmanTree(long[] counts) {
    labels = counts.length;
    int nodes = Math.max(2 * labels - 1, 0);
    left = new int[nodes];
    right = new int[nodes];
    long[] weights = Arrays.copyOf(counts, nodes);
    Arrays.fill(weights, labels, nodes, NOT_MADE);
    int leaf = labels - 1;
    int node = labels;
    for (int made = labels; made < nodes; made++) {
      int first = leaf >= 0 && weights[leaf] < weights[node] ? leaf-- : node++;
      int second = leaf >= 0 && weights[leaf] < weights[node] ? leaf-- : node++;
      left[made] = first;
      right[made] = second;
      weights[made] = weights[first] + weights[second];
    }
  }

  /** Whether a tree can be made of such counts: none below zero, their sum what a text can have. */
  static boolean possible(long[] counts) {
    long sum = 0;
    for (long count : counts) {
      if (count < 0 || count >= NOT_MADE - sum) {
        return false;
      }
      sum += count;
    }
    return true;
  }

  /** The logarithm of each label's probability; fastText rounds at each turn. */
  float[] logs(FastTextMatrix output, float[] hidden) {
    float[] logs = new float[left.length];
    for (int node = left.length - 1; node >= labels; node--) {
      float toRight = (float) (1.0 / (1 + (float) Math.exp(-output.dotRow(node - labels, hidden))));
      logs[left[node]] = logs[node] + FastTextLabels.log(1.0 - toRight);
      logs[right[node]] = logs[node] + FastTextLabels.log(toRight);
    }
    return Arrays.copyOf(logs, labels);
  }
}
