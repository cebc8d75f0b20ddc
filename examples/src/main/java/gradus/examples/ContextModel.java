package gradus.examples;

import gradus.nn.Attended;
import gradus.nn.Attention;
import gradus.nn.Embedding;
import gradus.nn.F;
import gradus.nn.Layer;
import gradus.nn.Linear;
import gradus.nn.optim.Adam;
import gradus.tensor.GradMode;
import gradus.tensor.Memory;
import gradus.tensor.Tensor;
import gradus.text.vectors.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

/**
 * The smallest model that gives a word a vector for its context: an embedding, one attention head,
 * and a layer that guesses words.
 *
 * <p>What it is trained for: one word of a sentence is hidden, and <em>every other word</em> has to
 * guess it from its own contextual vector. A word such as "bank", which says little by itself, can
 * only do so by looking at its neighbours. Nobody tells the model that "bank" has two meanings.
 */
final class ContextModel extends Layer {

  private static final String HIDDEN = "[hidden]";
  private static final int BATCH = 32;

  final Embedding embedding;
  final Attention attention;
  final Linear guess;

  private final Vocabulary vocabulary;
  private final double[] rarity;
  private final Random random;

  ContextModel(List<List<String>> sentences, int dim, long seed) {
    var words = new TreeSet<String>();
    sentences.forEach(words::addAll);
    var all = new ArrayList<>(List.of(HIDDEN));
    all.addAll(words);
    this.vocabulary = Vocabulary.of(all);
    this.rarity = new double[all.size()];
    for (List<String> sentence : sentences) {
      sentence.forEach(word -> rarity[vocabulary.indexOf(word)]++);
    }
    Arrays.setAll(rarity, word -> 1 / rarity[word]);
    this.random = new Random(seed);
    Tensor.manualSeed(seed);
    this.embedding = new Embedding(all.size(), dim);
    this.attention = new Attention(dim);
    this.guess = new Linear(dim, all.size());
  }

  /** From contextual vectors to a score for each word: [..., dim] to [..., words]. */
  @Override
  public Tensor forward(Tensor input) {
    return guess.forward(contextual(input));
  }

  /** The contextual vectors of a sentence: what attention gathered. */
  private Tensor contextual(Tensor ids) {
    return attention.attend(embedding.forward(ids)).output();
  }

  /** The vector of a word by itself, straight from the table: [dim]. */
  Tensor staticVector(String word) {
    return embedding.weight.detach().select(0, vocabulary.indexOf(word));
  }

  /** The contextual vectors of a sentence and the attention behind them. */
  Attended read(List<String> sentence) {
    try (var _ = GradMode.noGrad()) {
      return attention.attend(embedding.forward(Tensor.of(ids(sentence))));
    }
  }

  /** How likely a word of a sentence finds every word to be the hidden one: [words]. */
  Tensor guesses(List<String> sentence, String word) {
    try (var _ = GradMode.noGrad()) {
      return forward(Tensor.of(ids(sentence))).select(0, sentence.indexOf(word)).softmax(0);
    }
  }

  /** A word by its number. */
  String word(int id) {
    return vocabulary.words().get(id);
  }

  /** What is told during the training. */
  interface Listener {
    void at(double done, double loss);
  }

  /** Goes through the sentences again and again, a batch of equal length at a time. */
  void fit(List<List<String>> sentences, int epochs, double rate, Listener listener) {
    Map<Integer, List<long[]>> byLength = new LinkedHashMap<>();
    for (List<String> sentence : sentences) {
      byLength.computeIfAbsent(sentence.size(), _ -> new ArrayList<>()).add(ids(sentence));
    }
    var optimizer = new Adam(parameters(), rate);
    for (int epoch = 0; epoch < epochs; epoch++) {
      List<List<long[]>> batches = new ArrayList<>();
      for (List<long[]> same : byLength.values()) {
        Collections.shuffle(same, random);
        for (int from = 0; from < same.size(); from += BATCH) {
          batches.add(same.subList(from, Math.min(from + BATCH, same.size())));
        }
      }
      Collections.shuffle(batches, random);
      for (int i = 0; i < batches.size(); i++) {
        try (var _ = Memory.scope()) {
          optimizer.zeroGrad();
          Tensor loss = loss(batches.get(i));
          loss.backward();
          optimizer.step();
          listener.at((epoch + (i + 1.0) / batches.size()) / epochs, loss.item());
        }
      }
    }
  }

  /** Hides one word of each sentence and lets all others guess it. */
  private Tensor loss(List<long[]> sentences) {
    int count = sentences.size();
    int length = sentences.getFirst().length;
    long[][] shown = new long[count][];
    long[] wanted = new long[count * length];
    for (int row = 0; row < count; row++) {
      shown[row] = sentences.get(row).clone();
      int hidden = hiddenPlace(shown[row]);
      for (int column = 0; column < length; column++) {
        wanted[row * length + column] = column == hidden ? -100 : shown[row][hidden];
      }
      shown[row][hidden] = 0;
    }
    Tensor scores = forward(Tensor.of(shown)).reshape(count * length, vocabulary.size());
    return F.crossEntropy(scores, Tensor.of(wanted));
  }

  /** A place in the sentence; rare words, which say more, are hidden more often. */
  private int hiddenPlace(long[] ids) {
    double left =
        random.nextDouble() * Arrays.stream(ids).mapToDouble(id -> rarity[(int) id]).sum();
    for (int place = 0; place < ids.length - 1; place++) {
      left -= rarity[(int) ids[place]];
      if (left < 0) {
        return place;
      }
    }
    return ids.length - 1;
  }

  private long[] ids(List<String> sentence) {
    return sentence.stream().mapToLong(vocabulary::indexOf).toArray();
  }
}
