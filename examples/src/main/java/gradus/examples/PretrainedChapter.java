package gradus.examples;

import gradus.tensor.Tensor;
import gradus.tensor.io.LoadProgress;
import gradus.text.encoder.PretrainedModel;
import gradus.text.encoder.SentenceEncoder;
import gradus.text.vectors.WordVectorFormat;
import gradus.text.vectors.WordVectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Chapter 10: which vectors of others to take, and how they load. */
final class PretrainedChapter {

  /** So many words go through each kind of file. */
  private static final int TRIED = 200;

  /** A kind of file, and how it is written to be tried. */
  private record Kind(String choice, String file, String call, WordVectorFormat format) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind(
              "word2vec, text",
              "vectors.txt(.gz)",
              "WordVectors.load(path)",
              WordVectorFormat.WORD2VEC_C_TEXT),
          new Kind(
              "word2vec, binary",
              "GoogleNews-vectors-negative300.bin.gz",
              "WordVectors.load(path, 500_000)",
              WordVectorFormat.WORD2VEC_C_BINARY),
          new Kind(
              "GloVe", "glove.6B.100d.txt", "WordVectors.load(path)", WordVectorFormat.GLOVE_TEXT),
          new Kind(
              "fastText, words",
              "cc.en.300.vec",
              "WordVectors.load(path)",
              WordVectorFormat.FASTTEXT_VEC));

  private PretrainedChapter() {}

  static void tell(Story story, SentenceEncoder encoder, WordVectors words) throws IOException {
    story.chapter("Pre-trained vectors: which to take");
    story.explain(
        """
        The lesson ends: you don't always need to train from scratch. These are the popular choices, and
        the call that loads each. <em>Static</em> ones give a word one vector, in every sentence the
        same; a <em>sentence model</em> gives a vector for a whole text, and inside it one for each word
        in its context.""");
    story.table(
        List.of("choice", "what it gives", "format", "file, for example", "call"),
        List.of(
            row(0, "static; the classic", "a line of counts, then a word a line"),
            row(1, "static; words and phrases", "the numbers as bytes"),
            row(2, "static; from counts of company", "a word a line"),
            row(3, "static; many languages", "as word2vec text"),
            List.of(
                "fastText, model",
                "static; any word, from its pieces",
                "fastText's own, .ftz quantised",
                "cc.en.300.bin",
                "FastText.load(path)"),
            List.of(
                "a table inside a model",
                "static; chapters 2 to 5",
                "ONNX and a list of words",
                "the jar of all-MiniLM-L6-v2",
                "PretrainedTable.miniLm().wordVectors()"),
            List.of(
                "sentence model, known",
                "a text; words in context",
                "ONNX or SavedModel, in a jar",
                "the Maven artifacts below",
                "SentenceEncoder.load(PretrainedModel.…)"),
            List.of(
                "sentence model, any BERT",
                "a text; words in context",
                "safetensors or ONNX, tokenizer.json",
                "a folder of sentence-transformers",
                "SentenceEncoder.load(folder)")));
    story.explain(
        """
        Which one? To compare <em>words</em>, GloVe or word2vec; if rare and misspelled words matter,
        fastText, which builds a word from its pieces; to compare <em>texts</em>, or where a word's
        sense matters, a sentence model. To put loaded vectors into a model of one's own, and train
        them further or not:""");
    story.code(
        """
        var embedding = Embedding.fromPretrained(words.vectors());         // frozen
        var tuned     = Embedding.fromPretrained(words.vectors(), false);  // learns on
        """);
    knownModels(story);
    roundTrips(story, words);
    story.claim(
        "the sentence model of this run",
        "%d numbers for a text, up to %d tokens"
            .formatted(encoder.dimension(), encoder.maxLength()));
  }

  private static List<String> row(int kind, String gives, String format) {
    Kind it = KINDS.get(kind);
    return List.of(it.choice(), gives, format, it.file(), it.call());
  }

  private static void knownModels(Story story) {
    story.heading("Models known by name");
    var rows = new ArrayList<List<String>>();
    for (PretrainedModel model : PretrainedModel.values()) {
      rows.add(
          List.of(
              model.name(),
              model.coordinates(),
              model.pooling().name().toLowerCase(Locale.ROOT),
              Integer.toString(model.maxLength())));
    }
    story.table(List.of("PretrainedModel", "Maven artifact", "pooling", "tokens at most"), rows);
  }

  /** Writes some words in each kind of file, loads them again and compares. */
  private static void roundTrips(Story story, WordVectors words) throws IOException {
    story.heading("Tried: written and loaded again");
    List<String> kept = words.vocabulary().words().subList(words.size() - TRIED, words.size());
    WordVectors some = WordVectors.of(List.copyOf(kept), words.getAll(kept));
    Path file = Files.createTempFile("lesson", ".vectors");
    try {
      var rows = new ArrayList<List<String>>();
      for (Kind kind : KINDS) {
        some.save(file, kind.format());
        WordVectors again = WordVectors.load(file, LoadProgress.silent());
        Tensor difference = again.vectors().sub(some.vectors()).abs().max();
        rows.add(
            List.of(
                kind.choice(),
                String.format(Locale.ROOT, "%,d", Files.size(file)),
                again.vocabulary().words().equals(kept) ? "the same" : "different",
                Figures.error(difference.item())));
      }
      story.table(
          List.of(
              "kind",
              String.format(Locale.ROOT, "bytes of %,d words", TRIED),
              "words",
              "largest difference"),
          rows);
    } finally {
      Files.delete(file);
    }
    story.explain(
        """
        Binary files and files of shortest decimals give back the same numbers; word2vec's own text
        keeps six decimals.""");
  }
}
