/**
 * The command line, {@code ./gradus vectors}: word vectors for who writes no Java, in the manner of
 * the fastText program.
 */
@SuppressWarnings("requires-automatic") // jackson-jr has no descriptor yet
module gradus.cli {
  requires gradus.text;
  requires info.picocli;
  requires tools.jackson.jr.ob;

  opens gradus.cli to
      info.picocli;
}
