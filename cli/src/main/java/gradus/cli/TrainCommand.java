package gradus.cli;

import picocli.CommandLine.Command;

/** {@code gradus vectors train}: a command for each way to learn. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description = {
      "Learn word vectors from a text, or to tell labels.",
      "The text is files or folders, also gzipped: a sentence a line, words parted by blanks."
    },
    subcommands = {
      TrainWord2VecCommand.class,
      TrainFastTextCommand.class,
      TrainSupervisedCommand.class,
      TrainGloveCommand.class,
      TrainPhrasesCommand.class
    },
    footerHeading = "%nExample:%n",
    footer =
        "  gradus vectors train word2vec wiki.txt.gz -o wiki.bin --sg --vector-size 100 --sample 1e-4")
final class TrainCommand {}
