package gradus.examples;

import gradus.text.encoder.PretrainedModel;
import gradus.text.encoder.PretrainedTable;
import gradus.text.encoder.SentenceEncoder;
import gradus.text.vectors.WordVectors;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The lesson "Embeddings in Detail", from the embedding layer to attention and backprop.
 *
 * <p>It prints what the lesson claims beside the figure it just computed, and writes the same, with
 * explanations and pictures, to {@code target/lesson/index.html}.
 */
public final class Lesson {

  private static final Path PAGE = Path.of("target", "lesson", "index.html");

  private Lesson() {}

  /**
   * Runs the lesson.
   *
   * @param args at most one: the file to write instead of {@code target/lesson/index.html}
   * @throws IOException if the page cannot be written
   */
  public static void main(String[] args) throws IOException {
    long start = System.nanoTime();
    var out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    Path page = args.length == 0 ? PAGE : Path.of(args[0]);
    tell(new Story(out), page);
    out.printf(Locale.ROOT, "%n  The lesson with its pictures: %s%n", page.toAbsolutePath());
    out.printf(Locale.ROOT, "  %.1f s%n", (System.nanoTime() - start) / 1e9);
  }

  static void tell(Story story, Path page) throws IOException {
    EmbeddingLayerChapter.tell(story);
    SentenceEncoder encoder = SentenceEncoder.load(PretrainedModel.ALL_MINILM_L6_V2);
    WordVectors words =
        new PretrainedTable(
                encoder.tokenizer().tokens(),
                encoder.model.embeddings.wordEmbeddings.weight.detach())
            .wordVectors();
    var pairs = LessonPairs.measured(encoder);
    SimilarityChapter.tell(story, words, pairs);
    AnalogyChapter.tell(story, words);
    DistanceChapter.tell(story, words, pairs);
    MapChapter.tell(story, words, encoder);
    TrainingChapter.tell(story);
    ContextChapter.tell(story);
    TransformerChapter.tell(story, encoder, words);
    BackpropChapter.tell(story);
    PretrainedChapter.tell(story, encoder, words);
    story.save(page);
  }
}
