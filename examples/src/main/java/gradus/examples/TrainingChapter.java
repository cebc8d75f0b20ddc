package gradus.examples;

import gradus.examples.corpus.SmallCorpus;
import gradus.examples.picture.LinePicture;
import gradus.examples.picture.ScatterPicture;
import gradus.studio.EmbeddingWatch;
import gradus.studio.Studio;
import gradus.tensor.Tensor;
import gradus.text.corpus.Corpus;
import gradus.text.corpus.TrainingProgress;
import gradus.text.corpus.TrainingState;
import gradus.text.projection.Pca;
import gradus.text.vectors.WordVectors;
import gradus.text.word2vec.Word2Vec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

/** Chapter 6: from chance to meaning, by training on a few thousand sentences. */
final class TrainingChapter {

  private static final int EPOCHS = 20;

  private TrainingChapter() {}

  private static SequencedMap<String, List<String>> groups() {
    var groups = new LinkedHashMap<String, List<String>>();
    groups.put(
        "royalty", List.of("king", "queen", "prince", "princess", "crown", "throne", "kingdom"));
    groups.put("people", List.of("man", "woman", "boy", "girl", "father", "mother", "friend"));
    groups.put("animals", List.of("cat", "dog", "horse", "cow", "sheep", "wolf", "rabbit"));
    groups.put("food", List.of("bread", "cheese", "soup", "cake", "rice", "apple", "honey"));
    groups.put("movement", List.of("walk", "run", "swim", "climb", "ride", "travel"));
    return groups;
  }

  static void tell(Story story) {
    story.chapter("Training from scratch");
    List<List<String>> sentences = SmallCorpus.sentences();
    long count = sentences.stream().mapToLong(List::size).sum();
    story.explain(
        """
        Where do the numbers come from? From one question asked over and over: <em>which words stand
        near this one?</em> Skip-gram gives each word a vector of chance, then goes through a text. For
        each pair of neighbours it moves the two vectors a little towards each other, and away from a
        few words drawn at random. Words that keep the same company end up in the same place. No one
        ever says what a word means.""");
    story.code(
        """
        var corpus = Corpus.of(sentences);
        var model = new Word2Vec(o -> o.vectorSize(24).window(3).negative(8).epochs(20).sg(true));
        WordVectors before = model.buildVocab(corpus);   // chance
        WordVectors after = model.train(corpus);         // meaning
        """);
    story.claim(
        "our own text",
        String.format(Locale.ROOT, "%,d sentences, %,d words", sentences.size(), count));
    var model =
        new Word2Vec(
            o ->
                o.vectorSize(24)
                    .window(3)
                    .negative(8)
                    .epochs(EPOCHS)
                    .alpha(0.05)
                    .sample(0.01)
                    .sg(true));
    Corpus corpus = Corpus.of(sentences);
    WordVectors before = model.buildVocab(corpus);
    var watch = EmbeddingWatch.of(model::vectors).choose("king", "cat", "bread");
    TrainingProgress epochs = watch.progress();
    List<Double> losses = new ArrayList<>();
    var bar = new ProgressBar(story.terminal(), "training");
    WordVectors after =
        model.train(
            corpus,
            new TrainingProgress() {
              @Override
              public void at(TrainingState state) {
                epochs.at(state);
                losses.add(state.loss());
                bar.show(state.done(), String.format(Locale.ROOT, "loss %.3f", state.loss()));
              }

              @Override
              public void epochEnded(TrainingState state) {
                epochs.epochEnded(state);
              }
            });
    List<Double> smooth = new ArrayList<>(List.of(losses.getFirst()));
    smooth.addAll(smoothed(losses, EPOCHS * 4));
    story.claim(
        "loss at the start, at the end",
        String.format(Locale.ROOT, "%.2f → %.2f", losses.getFirst(), smooth.getLast()));
    story.picture(
        LinePicture.draw(
            "Loss over the training", smooth, "times through the text", EPOCHS, "loss"),
        "The loss of the first step, then the mean of every quarter of a pass. It falls steeply at first, when frequent words find their places.");
    neighbours(story, before, after);
    SequencedMap<String, List<String>> groups = groups();
    story.claim(
        "nearest word is of the same group, before → after",
        "%d → %d of %d"
            .formatted(
                sameGroup(before, groups),
                sameGroup(after, groups),
                groups.values().stream().mapToInt(List::size).sum()));
    story.claim(
        "king − man + woman, in our own vectors",
        Words.joined(after.analogy("man", "king", "woman", 3)));
    story.picture(
        map("before", before, groups), "Before: vectors of chance, the groups all mixed.");
    story.picture(map("after", after, groups), "After: the same words, arranged by their company.");
    story.studio(
        "training.html",
        "From the one to the other: the slider goes through the epochs.",
        file -> Studio.save(watch.map(), file));
    LinearSection.tell(story, Company.in(sentences), before, after);
  }

  private static List<Double> smoothed(List<Double> values, int points) {
    List<Double> result = new ArrayList<>();
    for (int i = 0; i < points; i++) {
      int from = i * values.size() / points;
      int to = Math.max(from + 1, (i + 1) * values.size() / points);
      result.add(
          values.subList(from, to).stream()
              .mapToDouble(Double::doubleValue)
              .average()
              .orElseThrow());
    }
    return result;
  }

  private static void neighbours(Story story, WordVectors before, WordVectors after) {
    var rows = new ArrayList<List<String>>();
    for (String word : List.of("king", "cat", "bread", "swim", "mother")) {
      rows.add(
          List.of(
              word,
              Words.joined(before.mostSimilar(word, 3)),
              Words.joined(after.mostSimilar(word, 3))));
    }
    story.table(List.of("word", "nearest before", "nearest after"), rows);
  }

  /** For how many words the nearest of the others is of their own group. */
  private static int sameGroup(WordVectors vectors, SequencedMap<String, List<String>> groups) {
    List<String> all = groups.values().stream().flatMap(List::stream).toList();
    WordVectors some = vectors.only(all::contains);
    int same = 0;
    for (List<String> members : groups.values()) {
      for (String word : members) {
        same += members.contains(some.mostSimilar(word, 1).getFirst().word()) ? 1 : 0;
      }
    }
    return same;
  }

  private static String map(
      String when, WordVectors vectors, SequencedMap<String, List<String>> groups) {
    List<String> all = groups.values().stream().flatMap(List::stream).toList();
    Tensor rows = vectors.getAll(all);
    float[] places = Pca.of(rows, 2).project(rows).toFloatArray();
    var picture =
        new ScatterPicture(
            "Our own word vectors %s training".formatted(when), List.copyOf(groups.keySet()));
    int at = 0;
    int group = 0;
    for (List<String> members : groups.values()) {
      for (String word : members) {
        picture.point(places[2 * at], places[2 * at + 1], word, group);
        at++;
      }
      group++;
    }
    return picture.draw();
  }
}
