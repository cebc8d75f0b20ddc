/**
 * The studio: step through backprop of one's own program. {@link gradus.studio.Recording} keeps
 * what happened, everything else shows it.
 */
module gradus.studio {
  requires jdk.httpserver;
  requires transitive gradus.text;

  exports gradus.studio;
}
