package gradus.examples;

import static org.assertj.core.api.Assertions.assertThat;

import gradus.text.encoder.PretrainedModel;
import gradus.text.encoder.PretrainedTable;
import gradus.text.encoder.SentenceEncoder;
import gradus.text.vectors.WordVectors;
import java.io.IOException;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

/** Told again, the lesson has the same figures and the same pictures. */
class LessonDeterminismTest {

  @Test
  void measuredAgainTheChaptersAreTheSame() throws IOException {
    SentenceEncoder encoder = SentenceEncoder.load(PretrainedModel.ALL_MINILM_L6_V2);
    String first = told(encoder);
    assertThat(told(encoder)).isEqualTo(first);
    assertThat(first).contains("king – queen", "Reason 3", "gender as an arrow", "GloVe");
  }

  private static String told(SentenceEncoder encoder) throws IOException {
    var story = new Story(new PrintStream(PrintStream.nullOutputStream()));
    WordVectors words =
        new PretrainedTable(
                encoder.tokenizer().tokens(),
                encoder.model.embeddings.wordEmbeddings.weight.detach())
            .wordVectors();
    var pairs = LessonPairs.measured(encoder);
    SimilarityChapter.tell(story, words, pairs);
    DistanceChapter.tell(story, words, pairs);
    MapChapter.tell(story, words, encoder);
    TransformerChapter.tell(story, encoder, words);
    PretrainedChapter.tell(story, encoder, words);
    return story.page();
  }
}
