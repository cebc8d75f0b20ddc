/**
 * The lesson, a walk from the embedding layer to attention with every figure computed on the way;
 * and for files of your own pictures, {@link gradus.examples.plot.Plot}, and a small text, {@link
 * gradus.examples.corpus.SmallCorpus}.
 */
module gradus.examples {
  requires transitive gradus.studio;
  requires java.desktop;

  exports gradus.examples.corpus;
  exports gradus.examples.plot;

  opens gradus.examples to
      gradus.nn;
}
