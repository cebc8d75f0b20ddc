package gradus.cli;

import gradus.text.vectors.AnalogyMethod;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code gradus vectors analogies}: word2vec's {@code word-analogy}, fastText's {@code analogies}.
 */
@Command(
    name = "analogies",
    mixinStandardHelpOptions = true,
    description = {
      "Print the words that complete \"A is to B as C is to ...\", best first.",
      "Without words it reads three a line from the input."
    },
    footerHeading = "%nExample:%n",
    footer = "  gradus vectors analogies glove.6B.100d.txt man king woman")
final class AnalogiesCommand extends Asking {

  @Spec private CommandSpec spec;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "A B C",
      description = "Three words, or several times three.")
  private List<String> words = List.of();

  @Option(
      names = "-k",
      paramLabel = "K",
      defaultValue = "10",
      description = "How many answers (default: 10).")
  private int k;

  @Option(
      names = "--multiply",
      description = "Multiply the cosines (3CosMul) instead of adding (3CosAdd).")
  private boolean multiply;

  @Override
  List<String> given() {
    if (words.size() % 3 != 0) {
      throw new ParameterException(
          spec.commandLine(), "analogies: %d words. Give three: A B C.".formatted(words.size()));
    }
    return IntStream.range(0, words.size() / 3)
        .mapToObj(i -> String.join(" ", words.subList(3 * i, 3 * i + 3)))
        .toList();
  }

  @Override
  String prompt() {
    return "A is to B as C is to? A B C: ";
  }

  @Override
  void answer(Model model, String question, PrintWriter out) {
    List<String> asked = words(question);
    if (asked.size() != 3) {
      throw new IllegalArgumentException(
          "analogies: \"%s\" has %d words. Give three: A B C.".formatted(question, asked.size()));
    }
    AnalogyMethod method = multiply ? AnalogyMethod.COS_MUL : AnalogyMethod.COS_ADD;
    if (words.size() > 3) {
      out.println(question + ":");
    }
    model.analogies(asked.get(0), asked.get(1), asked.get(2), k, method).forEach(out::println);
  }
}
