package gradus.text.word2vec;

import gradus.tensor.kernel.wordvectors.LogisticStep;
import gradus.tensor.kernel.wordvectors.RowSums;
import gradus.text.training.HuffmanTree;
import gradus.text.training.SamplingRandom;
import gradus.text.training.SentenceLearner;
import gradus.text.training.WindowSampler;

/**
 * Moves the tables along a sentence, window by window.
 *
 * <p>A word is predicted from its company: in skip-gram by each word of it alone, in CBOW by their
 * mean. It is told from words drawn at random, the same ones for all of its company; or it is found
 * by the turns down a Huffman tree. So a window is one small product of matrices: its rows stay in
 * the first cache while the window slides on, and only the drawn ones come from further away.
 *
 * <p>Sources: Mikolov and others, "Distributed Representations of Words and Phrases and their
 * Compositionality", 2013; shared negatives: Ji, Satish, Li and Dubey, "Parallelizing Word2Vec in
 * Shared and Distributed Memory", 2016.
 */
final class WindowLearner extends SentenceLearner {

  /** What all threads share and none changes. */
  record Shared(
      WordNetwork network,
      Word2VecOptions options,
      WindowSampler sampler,
      int[][] paths,
      int[][] turns) {

    static Shared of(WordNetwork network, Word2VecOptions options, long[] counts) {
      HuffmanTree tree = network.nodes == null ? null : new HuffmanTree(counts);
      return new Shared(
          network,
          options,
          new WindowSampler(
              counts, options.sample, options.nsExponent, options.window, options.shrinkWindows),
          tree == null ? null : tree.paths(),
          tree == null ? null : tree.turns());
    }

    private int longestPath() {
      int longest = 1;
      for (int i = 0; paths != null && i < paths.length; i++) {
        longest = Math.max(longest, paths[i].length);
      }
      return longest;
    }
  }

  private final Shared shared;
  private final WordNetwork network;
  private final boolean skipGram;
  private final boolean cbowMean;
  private final WindowSampler sampler;
  private final int negative;
  private final int stride;
  private final LogisticStep step;
  private final int[] company;
  private final float[] hidden;

  WindowLearner(Shared shared) {
    super(shared.sampler());
    this.shared = shared;
    this.network = shared.network();
    Word2VecOptions options = shared.options();
    this.skipGram = options.skipGram;
    this.cbowMean = options.cbowMean;
    this.sampler = shared.sampler();
    this.negative = network.out == null || network.words == 1 ? 0 : options.negative;
    this.stride = network.stride;
    int most = Math.multiplyExact(2, options.window);
    int inputs = skipGram ? most : 1;
    this.step = new LogisticStep(stride, inputs, Math.max(1 + negative, shared.longestPath()));
    this.company = new int[most];
    this.hidden = new float[stride];
  }

  @Override
  protected void window(
      int[] words, int at, int first, int last, float alpha, SamplingRandom random) {
    if (skipGram) {
      skipGram(words, at, first, last, alpha, random);
    } else {
      bagOfWords(words, at, first, last, alpha, random);
    }
  }

  private void skipGram(
      int[] words, int at, int first, int last, float alpha, SamplingRandom random) {
    int inputs = 0;
    for (int other = first; other <= last; other++) {
      if (other != at) {
        step.input(inputs++, words[other] * stride);
      }
    }
    examples += inputs;
    if (network.out != null) {
      int outputs = negatives(words[at], random);
      loss += step.move(network.in, inputs, network.out, outputs, alpha);
    }
    if (network.nodes != null) {
      int outputs = path(words[at]);
      loss += step.move(network.in, inputs, network.nodes, outputs, alpha);
    }
  }

  /** As in word2vec each word moves by the full step of the mean. */
  private void bagOfWords(
      int[] words, int at, int first, int last, float alpha, SamplingRandom random) {
    int inputs = 0;
    for (int other = first; other <= last; other++) {
      if (other != at) {
        company[inputs++] = words[other] * stride;
      }
    }
    examples++;
    step.input(0, 0);
    float share = 1f / inputs;
    if (network.out != null) {
      int outputs = negatives(words[at], random);
      bagStep(inputs, share, network.out, outputs, alpha);
    }
    if (network.nodes != null) {
      bagStep(inputs, share, network.nodes, path(words[at]), alpha);
    }
  }

  private void bagStep(int inputs, float share, float[] out, int outputs, float alpha) {
    RowSums.scaledSum(network.in, company, inputs, cbowMean ? share : 1, hidden, stride);
    loss += step.gradient(hidden, 1, out, outputs, alpha);
    RowSums.addToAll(step.gradient(), cbowMean ? 1 : share, network.in, company, inputs, stride);
  }

  /** The word itself and those it is told from. */
  private int negatives(int word, SamplingRandom random) {
    step.output(0, word * stride, 1);
    for (int i = 1; i <= negative; i++) {
      step.output(i, sampler.negative(word, random) * stride, 0);
    }
    return 1 + negative;
  }

  /**
   * The inner nodes on the way to the word; word2vec's turn to the right is the unlikely answer.
   */
  private int path(int word) {
    int[] path = shared.paths()[word];
    int[] turns = shared.turns()[word];
    for (int i = 0; i < path.length; i++) {
      step.output(i, path[i] * stride, 1 - turns[i]);
    }
    return path.length;
  }
}
