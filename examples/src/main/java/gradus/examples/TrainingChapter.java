package gradus.examples;

import gradus.examples.corpus.SmallCorpus;
import gradus.studio.EmbeddingWatch;
import gradus.studio.Studio;
import gradus.text.corpus.Corpus;
import gradus.text.corpus.TrainingProgress;
import gradus.text.corpus.TrainingState;
import gradus.text.vectors.WordVectors;
import gradus.text.word2vec.Word2Vec;
import java.util.List;
import java.util.Locale;

/** Chapter 6: from chance to meaning, by training on a few thousand sentences. */
final class TrainingChapter {

  private static final int EPOCHS = 20;

  private TrainingChapter() {}

  static void tell(Story story) {
    GlossSection glosses = GlossSection.begin();
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
    TrainingProgress watching = watch.progress();
    var losses = new LossCurve();
    var bar = new ProgressBar(story.terminal(), "training");
    WordVectors after =
        model.train(
            corpus,
            new TrainingProgress() {
              @Override
              public void at(TrainingState state) {
                watching.at(state);
                losses.at(state);
                losses.show(bar);
              }

              @Override
              public void epochEnded(TrainingState state) {
                watching.epochEnded(state);
              }
            });
    losses.tell(story, "loss at the start, at the end", EPOCHS);
    WordGroups groups = WordGroups.OF_THE_LESSON;
    groups.neighbours(story, before, after, "king", "cat", "bread", "swim", "mother");
    story.claim(
        "nearest word is of the same group, before → after",
        "%d → %d of %d".formatted(groups.together(before), groups.together(after), groups.size()));
    story.claim(
        "king − man + woman, in our own vectors",
        Words.joined(after.analogy("man", "king", "woman", 3)));
    story.picture(
        groups.map("Our own word vectors before training", before),
        "Before: vectors of chance, the groups all mixed.");
    story.picture(
        groups.map("Our own word vectors after training", after),
        "After: the same words, arranged by their company.");
    story.studio(
        "training.html",
        "From the one to the other: the slider goes through the epochs.",
        file -> Studio.save(watch.map(), file));
    LinearSection.tell(story, Company.in(sentences), before, after);
    glosses.tell(story);
  }
}
