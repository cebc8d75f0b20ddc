/**
 * The lesson, a walk from the embedding layer to attention with every figure computed on the way;
 * and pictures for files of your own, {@link gradus.examples.plot.Plot}.
 */
module gradus.examples {
  requires transitive gradus.studio;
  requires java.desktop;

  exports gradus.examples.plot;

  opens gradus.examples to
      gradus.nn;
}
