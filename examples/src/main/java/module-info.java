/**
 * The lesson: a walk from the embedding layer to attention, with every figure computed on the way.
 */
module gradus.examples {
  requires gradus.text;

  opens gradus.examples to
      gradus.nn;
}
