package gradus.examples;

import gradus.examples.picture.HeatPicture;
import gradus.examples.picture.ScatterPicture;
import gradus.nn.Attended;
import gradus.tensor.Tensor;
import gradus.text.projection.Pca;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Chapter 7: one table row for "bank", but two meanings; attention tells them apart. */
final class ContextChapter {

  private static final int EPOCHS = 40;
  private static final int DIM = 16;

  /** Sentences that are not among those trained on. */
  private static final List<String> MONEY =
      List.of(
          "she went to the bank and borrowed the cash",
          "the teller at the bank counted the wages",
          "he met the manager at the bank and paid the interest");

  private static final List<String> RIVER =
      List.of(
          "she went to the bank and watched the frogs",
          "the otter at the bank chased the fish",
          "he met the boatman at the bank and fed the swans");

  private ContextChapter() {}

  static void tell(Story story) {
    story.chapter("From static to contextual");
    story.explain(
        """
        A table has one row for <em>bank</em>, whether money or a river stands beside it. Attention
        changes that: each word asks a question (<em>query</em>), every word offers a description
        (<em>key</em>) and something to pass on (<em>value</em>). How well question and description
        match decides how much is passed on. The result is a vector of the word <em>in this
        sentence</em>.""");
    story.explain(
        """
        The model below is trained with one aim only: a word of the sentence is hidden, and each other
        word must guess it from its contextual vector. Nothing says that <em>bank</em> has two
        meanings, and the sentences shown here were not among those trained on.""");
    story.code(
        """
        var embedding = new Embedding(words, 16);
        var attention = new Attention(16);            // one head
        var guess     = new Linear(16, words);

        Tensor contextual = attention.forward(embedding.forward(ids));   // [batch, length, 16]
        Tensor loss = F.crossEntropy(guess.forward(contextual), hiddenWord);
        """);
    List<List<String>> sentences = Sentences.of("bank.txt");
    var model = new ContextModel(sentences, DIM, 2);
    double before = Figures.cosine(bank(model, MONEY.getFirst()), bank(model, RIVER.getFirst()));
    double cosineBefore = Figures.cosine(bank(model, MONEY.get(1)), bank(model, RIVER.get(1)));
    List<Double> losses = new ArrayList<>();
    var bar = new ProgressBar(story.terminal(), "training");
    model.fit(
        sentences,
        EPOCHS,
        0.01,
        (done, loss) -> {
          losses.add(loss);
          bar.show(done, String.format(Locale.ROOT, "loss %.3f", loss));
        });
    Tensor row = model.staticVector("bank");
    story.claim(
        "static cosine of bank (money) and bank (river)", Figures.three(Figures.cosine(row, row)));
    story.claim("contextual, before training", Figures.three(before));
    story.claim(
        "contextual, after training",
        Figures.three(
            Figures.cosine(bank(model, MONEY.getFirst()), bank(model, RIVER.getFirst()))));
    List<String> all = new ArrayList<>(MONEY);
    all.addAll(RIVER);
    List<Tensor> banks = all.stream().map(sentence -> bank(model, sentence)).toList();
    summary(story, banks);
    attention(story, model);
    pictures(story, model, all, banks);
    FourSteps.tell(story, model, MONEY.get(1), RIVER.get(1), cosineBefore, losses, EPOCHS);
    story.explain(
        """
        That is the step from word vectors to language models: the table stays, and above it layers
        of attention give each word the meaning it has here.""");
  }

  private static void summary(Story story, List<Tensor> banks) {
    double same = 0;
    double across = 0;
    for (int i = 0; i < banks.size(); i++) {
      for (int j = 0; j < i; j++) {
        double cosine = Figures.cosine(banks.get(i), banks.get(j));
        if (i < MONEY.size() == j < MONEY.size()) {
          same += cosine / 6;
        } else {
          across += cosine / 9;
        }
      }
    }
    story.claim("bank in new sentences: same sense, mean cosine", Figures.three(same));
    story.claim("bank in new sentences: different sense", Figures.three(across));
  }

  private static void attention(Story story, ContextModel model) {
    story.heading("Where does bank look?");
    for (String text : List.of(MONEY.get(1), RIVER.get(1))) {
      List<String> words = List.of(text.split(" "));
      int at = words.indexOf("bank");
      float[] weights = model.read(words).weights().select(0, at).toFloatArray();
      double[] shares = new double[weights.length];
      var line = new StringBuilder();
      for (int i = 0; i < shares.length; i++) {
        shares[i] = weights[i];
        line.append(String.format(Locale.ROOT, "%s %.0f %%  ", words.get(i), 100 * shares[i]));
      }
      story.line(line.toString().strip());
      story.picture(
          ArcPicture.draw(words, at, shares, MONEY.contains(text) ? 1 : 2),
          "The attention of “bank” in “%s”.".formatted(text));
    }
  }

  private static void pictures(
      Story story, ContextModel model, List<String> sentences, List<Tensor> banks) {
    List<String> names = new ArrayList<>();
    double[][] cosines = new double[banks.size()][banks.size()];
    for (int i = 0; i < banks.size(); i++) {
      names.add(sentences.get(i));
      for (int j = 0; j < banks.size(); j++) {
        cosines[i][j] = Figures.cosine(banks.get(i), banks.get(j));
      }
    }
    List<String> numbers = List.of("1", "2", "3", "4", "5", "6");
    List<String> numbered = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      numbered.add((i + 1) + ". " + names.get(i));
    }
    story.picture(
        HeatPicture.draw("Cosines of bank in six sentences", numbered, numbers, cosines, true),
        "Cosines between the contextual vectors of “bank”: three sentences of money, three of rivers.");
    List<Tensor> points = new ArrayList<>(banks);
    points.add(model.staticVector("bank"));
    Tensor stacked = Tensor.stack(points, 0);
    float[] places = Pca.of(stacked, 2).project(stacked).toFloatArray();
    var picture =
        new ScatterPicture("Bank moves with its context", List.of("money", "river", "static bank"));
    for (int i = 0; i < banks.size(); i++) {
      String name = ending(sentences.get(i));
      picture.point(places[2 * i], places[2 * i + 1], name, i < MONEY.size() ? 0 : 1);
      picture.arrow("bank, from the table", name, i < MONEY.size() ? 0 : 1);
    }
    int last = banks.size();
    picture.point(places[2 * last], places[2 * last + 1], "bank, from the table", 2);
    story.picture(
        picture.draw(),
        "From the one row of the table, context carries “bank” to one of two places (PCA).");
  }

  /** The last three words, enough to know the sentence by. */
  private static String ending(String sentence) {
    List<String> words = List.of(sentence.split(" "));
    return "… " + String.join(" ", words.subList(words.size() - 3, words.size()));
  }

  /** The contextual vector of "bank" in a sentence: [dim]. */
  private static Tensor bank(ContextModel model, String sentence) {
    List<String> words = List.of(sentence.split(" "));
    Attended attended = model.read(words);
    return attended.output().select(0, words.indexOf("bank"));
  }
}
