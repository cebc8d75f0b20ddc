package gradus.examples;

import gradus.examples.corpus.Glosses;
import gradus.text.corpus.Corpus;
import gradus.text.vectors.WordVectors;
import gradus.text.word2vec.Word2Vec;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The same training on a text that nobody wrote for it: the definitions of a dictionary. */
final class GlossSection {

  private static final int EPOCHS = 4;

  /** What a training has made of the text. */
  private record Trained(int glosses, long words, WordVectors before, WordVectors after) {}

  private final LossCurve losses = new LossCurve();
  private final FutureTask<Trained> training = new FutureTask<>(this::train);

  private GlossSection() {}

  /** Begins to train in a thread of its own, so that the chapter can be told meanwhile. */
  static GlossSection begin() {
    var section = new GlossSection();
    Thread.ofPlatform().daemon().name("glosses").start(section.training);
    return section;
  }

  private Trained train() {
    List<List<String>> glosses = Glosses.sentences();
    Corpus corpus = Corpus.of(glosses);
    var model =
        new Word2Vec(
            o -> o.vectorSize(64).minCount(10).alpha(0.06).sample(3e-4).epochs(EPOCHS).sg(true));
    WordVectors before = model.buildVocab(corpus);
    long words = glosses.stream().mapToLong(List::size).sum();
    return new Trained(glosses.size(), words, before, model.train(corpus, losses));
  }

  private Trained await(ProgressBar bar) {
    try {
      while (true) {
        try {
          Trained trained = training.get(100, TimeUnit.MILLISECONDS);
          losses.show(bar);
          return trained;
        } catch (TimeoutException _) {
          losses.show(bar);
        }
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException told ? told : new IllegalStateException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("the lesson was interrupted", e);
    }
  }

  void tell(Story story) {
    story.heading("The same with a text that was not made for it");
    story.explain(
        """
        Our own text is made of a few patterns, and one might say that the order was put in by hand. So
        once more, with a dictionary: the definitions and examples of WordNet, of “entity” as of “bread”.
        They were written for people who look something up. Nothing is told about them: words, one after
        the other, are all there is.""");
    story.code(
        """
        var corpus = Corpus.of(Glosses.sentences());
        var model = new Word2Vec(
            o -> o.vectorSize(64).minCount(10).alpha(0.06).sample(3e-4).epochs(4).sg(true));
        WordVectors before = model.buildVocab(corpus);
        WordVectors after = model.train(corpus);
        """);
    Trained trained = await(new ProgressBar(story.terminal(), "training"));
    WordVectors before = trained.before();
    WordVectors after = trained.after();
    story.claim(
        "WordNet's definitions",
        String.format(Locale.ROOT, "%,d of them, %,d words", trained.glosses(), trained.words()));
    story.claim("words that occur ten times", String.format(Locale.ROOT, "%,d", before.size()));
    losses.tell(story, "loss on the dictionary at the start, at the end", EPOCHS);
    WordGroups groups = WordGroups.OF_THE_LESSON;
    groups.neighbours(story, before, after, "king", "cat", "bread", "mother", "music");
    story.claim(
        "from the dictionary: nearest of the group, before → after",
        "%d → %d of %d".formatted(groups.together(before), groups.together(after), groups.size()));
    story.explain(
        """
        Which king it is shows what stands in a dictionary: those of history, by name and number. For an
        analogy so few words hardly do; the vectors of chapter 2 come from a thousand times as many.""");
    story.claim(
        "king − man + woman, from the dictionary",
        Words.joined(after.analogy("man", "king", "woman", 3)));
    story.picture(
        groups.map("Word vectors of the dictionary before training", before),
        "Before: the same words as above, and again by chance.");
    story.picture(
        groups.map("Word vectors of the dictionary after training", after),
        "After: the groups part, though no definition was written to part them.");
  }
}
