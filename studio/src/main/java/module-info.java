/**
 * The studio: step through backprop of one's own program. {@link gradus.studio.Recording} keeps
 * what happened, everything else shows it.
 */
@SuppressWarnings("requires-automatic") // jline and jackson-jr have no descriptor yet
module gradus.studio {
  requires jdk.httpserver;
  requires transitive gradus.text;
  requires org.jline;
  requires tools.jackson.jr.ob;

  exports gradus.studio;

  provides gradus.tensor.spi.LossWindow with
      gradus.studio.window.StudioWindow;
}
