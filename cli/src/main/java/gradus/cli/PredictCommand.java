package gradus.cli;

import gradus.text.fasttext.FastText;
import gradus.text.vectors.ScoredWord;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gradus vectors predict}: fastText's {@code predict} and {@code predict-prob}. */
@Command(
    name = "predict",
    mixinStandardHelpOptions = true,
    description = {
      "Print the labels of a text, best first, by a model of fastText that was trained with labels.",
      "Without words it reads a text a line from the input, and prints a line for each."
    },
    footerHeading = "%nExample:%n",
    footer = "  gradus vectors predict lid.176.ftz Bonjour tout le monde --prob")
final class PredictCommand extends Asking {

  private static final MathContext SIX_DIGITS = new MathContext(6);

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "WORD",
      description = "The words of one text.")
  private List<String> words = List.of();

  @Option(
      names = "-k",
      paramLabel = "K",
      defaultValue = "1",
      description = "How many labels at most (default: 1).")
  private int k;

  @Option(
      names = "--threshold",
      paramLabel = "P",
      defaultValue = "0",
      description = "Leave out labels that are less probable (default: 0).")
  private double threshold;

  @Option(names = "--prob", description = "Print the probabilities too.")
  private boolean prob;

  @Override
  List<String> given() {
    return words.isEmpty() ? List.of() : List.of(String.join(" ", words));
  }

  @Override
  String prompt() {
    return "Text? ";
  }

  /** A line is printed for a line without words too, so that both files stay side by side. */
  @Override
  boolean takesBlank() {
    return true;
  }

  @Override
  void answer(Model model, String question, PrintWriter out) {
    FastText fastText =
        model
            .fastText()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "predict: the model is a table of words. Give one of fastText, .bin or"
                            + " .ftz, that was trained with labels."));
    out.println(
        fastText.predict(question, k, threshold).stream()
            .map(label -> prob ? label.word() + " " + digits(label) : label.word())
            .collect(Collectors.joining(" ")));
  }

  private static String digits(ScoredWord label) {
    return new BigDecimal(label.score()).round(SIX_DIGITS).stripTrailingZeros().toPlainString();
  }
}
