package gradus.cli;

import picocli.CommandLine.Command;

/** {@code gradus vectors}: all there is for word vectors. */
@Command(
    name = "vectors",
    mixinStandardHelpOptions = true,
    versionProvider = VectorsCommand.Version.class,
    description = "Train word vectors, ask them, examine them, convert them.",
    subcommands = {
      TrainCommand.class,
      QueryCommand.class,
      NeighborsCommand.class,
      AnalogiesCommand.class,
      PredictCommand.class,
      EvalCommand.class,
      ConvertCommand.class,
      CompletionCommand.class
    },
    footerHeading = "%n",
    footer = {
      "MODEL is a file of word2vec (text or binary), GloVe or fastText (.vec, .bin, .ftz), also"
          + " gzipped: its content tells.",
      "The program ends with 0 if all went well, 1 if something could not be done, 2 if it was not"
          + " called as it must be."
    })
final class VectorsCommand {

  /** The version of the module. */
  static final class Version implements picocli.CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      var descriptor = Main.class.getModule().getDescriptor();
      return new String[] {
        "Gradus " + (descriptor == null ? "" : descriptor.rawVersion().orElse(""))
      };
    }
  }
}
