/** A program in a module of its own; gradus.nn may look into its layers. */
module consumer {
  requires gradus.nn;

  opens consumer to
      gradus.nn;
}
