package gradus.cli;

import gradus.text.vectors.ScoredWord;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gradus vectors neighbors}: fastText's {@code nn}. */
@Command(
    name = "neighbors",
    mixinStandardHelpOptions = true,
    description = {
      "Print the words nearest to a word, and the cosine of the angle between them.",
      "Without words it reads them from the input, one after the other."
    },
    footerHeading = "%nExample:%n",
    footer = "  gradus vectors neighbors glove.6B.100d.txt king -k 5")
final class NeighborsCommand extends Asking {

  @Parameters(index = "1..*", arity = "0..*", paramLabel = "WORD", description = "The words.")
  private List<String> words = List.of();

  @Option(
      names = "-k",
      paramLabel = "K",
      defaultValue = "10",
      description = "How many neighbours (default: 10).")
  private int k;

  @Override
  List<String> given() {
    return words;
  }

  @Override
  String prompt() {
    return "Word? ";
  }

  @Override
  void answer(Model model, String question, PrintWriter out) {
    List<String> asked = words(question);
    for (String word : asked) {
      List<ScoredWord> found = model.neighbors(word, k);
      if (asked.size() > 1 || words.size() > 1) {
        out.println(word + ":");
      }
      found.forEach(out::println);
    }
  }
}
