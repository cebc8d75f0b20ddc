package gradus.cli;

import gradus.tensor.Tensor;
import gradus.text.fasttext.FastText;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gradus vectors query}: fastText's {@code print-word-vectors} and its kin. */
@Command(
    name = "query",
    mixinStandardHelpOptions = true,
    description = {
      "Print the vectors of words, a word and its numbers a line.",
      "Without words it reads them from the input. A model of fastText has a vector for any word."
    },
    footerHeading = "%nExample:%n",
    footer = "  gradus vectors query cc.en.300.bin unforgettableness > vectors.txt")
final class QueryCommand extends Asking {

  @Parameters(index = "1..*", arity = "0..*", paramLabel = "WORD", description = "The words.")
  private List<String> words = List.of();

  @Option(
      names = "--sentences",
      description =
          "Each line of the input is a text, whose vector is printed (models of fastText).")
  private boolean sentences;

  @Override
  List<String> given() {
    return sentences && !words.isEmpty() ? List.of(String.join(" ", words)) : words;
  }

  @Override
  String prompt() {
    return sentences ? "Text? " : "Word? ";
  }

  @Override
  void answer(Model model, String question, PrintWriter out) {
    if (sentences) {
      FastText fastText =
          model
              .fastText()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "query: --sentences needs a model of fastText, .bin or .ftz. Give one, or"
                              + " ask for words."));
      print(out, question, fastText.sentenceVector(question));
      return;
    }
    for (String word : words(question)) {
      print(out, word, model.vector(word));
    }
  }

  private static void print(PrintWriter out, String text, Tensor vector) {
    var line = new StringBuilder(text);
    for (float number : vector.toFloatArray()) {
      line.append(' ').append(number);
    }
    out.println(line);
  }
}
