package gradus.examples;

import gradus.studio.EmbeddingMap;
import gradus.studio.Studio;
import gradus.tensor.GradMode;
import gradus.text.encoder.PretrainedModel;
import gradus.text.encoder.PretrainedTable;
import gradus.text.encoder.SentenceEncoder;

/**
 * The lesson's own material in the studio: {@code ./gradus studio}.
 *
 * <p>{@code backprop} is the small attention of chapter 9, to be edited and run again; {@code
 * words} the map of the pre-trained table, 23,695 words; {@code attention} where each head of the
 * encoder looks around "bank".
 */
public final class LessonStudio {
  private LessonStudio() {}

  /**
   * Opens it in a browser; returns when the page was closed.
   *
   * @param args what to open, the first of the three above if none
   */
  public static void main(String[] args) {
    String what = args.length == 0 ? "backprop" : args[0];
    switch (what) {
      case "backprop" -> {
        System.out.println("studio: also ./gradus studio words, ./gradus studio attention");
        var model = new SmallAttention();
        try (var _ = GradMode.traceSources()) {
          Studio.show(model::loss, model);
        }
      }
      case "words" -> Studio.show(EmbeddingMap.of(PretrainedTable.miniLm().wordVectors()));
      case "attention" ->
          Studio.show(
              SentenceEncoder.load(PretrainedModel.ALL_MINILM_L6_V2),
              Banks.SENTENCES.stream().map(Banks.Sentence::text).toArray(String[]::new));
      default -> {
        System.err.printf(
            "studio: there is no %s. Say backprop, words or attention, or name a File.java.%n",
            what);
        System.exit(1);
      }
    }
  }
}
