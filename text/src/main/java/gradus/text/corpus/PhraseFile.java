package gradus.text.corpus;

import gradus.text.io.NewFile;
import gradus.text.training.WordTable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Phrases as a text file: what it is, a line per option, then the entries, a figure, a tab and the
 * word or phrase in each line. In words a line break, a tab and a backslash are written {@code \n},
 * {@code \t} and {@code \\}; all other bytes stand as they are.
 */
final class PhraseFile {

  private static final String COUNTS = "gradus phrases";
  private static final String FROZEN = "gradus frozen phrases";

  private PhraseFile() {}

  static void save(
      Path path, PhrasesOptions options, WordTable vocabulary, long words, long minReduce) {
    NewFile.write(
        path,
        out -> {
          head(out, COUNTS, options);
          line(out, "maxVocabSize\t" + options.maxVocabSize);
          line(out, "corpusWords\t" + words);
          line(out, "minReduce\t" + minReduce);
          line(out, "entries\t" + vocabulary.size());
          for (int i = 0; i < vocabulary.size(); i++) {
            entry(out, Long.toString(vocabulary.count(i)), vocabulary.bytes(i));
          }
        });
  }

  static void save(Path path, PhrasesOptions options, WordTable phrases, ScoreList scores) {
    NewFile.write(
        path,
        out -> {
          head(out, FROZEN, options);
          line(out, "entries\t" + phrases.size());
          for (int i = 0; i < phrases.size(); i++) {
            entry(out, Double.toString(scores.get(i)), phrases.bytes(i));
          }
        });
  }

  private static void head(OutputStream out, String kind, PhrasesOptions options)
      throws IOException {
    line(out, kind);
    line(out, "minCount\t" + options.minCount);
    line(out, "threshold\t" + options.threshold);
    line(out, "scoring\t" + options.scoring);
    entry(out, "delimiter", options.delimiter.getBytes(StandardCharsets.UTF_8));
    line(out, "connectorWords\t" + options.connectorWords.size());
    for (String word : options.connectorWords.stream().sorted().toList()) {
      entry(out, "connector", word.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void line(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.write('\n');
  }

  private static void entry(OutputStream out, String name, byte[] word) throws IOException {
    out.write(name.getBytes(StandardCharsets.UTF_8));
    out.write('\t');
    for (byte b : word) {
      switch (b) {
        case '\n' -> out.write(new byte[] {'\\', 'n'});
        case '\t' -> out.write(new byte[] {'\\', 't'});
        case '\\' -> out.write(new byte[] {'\\', '\\'});
        default -> out.write(b);
      }
    }
    out.write('\n');
  }

  static Phrases load(Path path) {
    try (var in = new PhraseLines(path)) {
      PhrasesOptions options = head(in, COUNTS);
      in.set(() -> options.maxVocabSize(Math.toIntExact(in.number("maxVocabSize"))));
      long words = in.number("corpusWords");
      long minReduce = in.number("minReduce");
      long entries = in.number("entries");
      var vocabulary = new WordTable();
      for (long i = 0; i < entries; i++) {
        in.entry();
        in.add(vocabulary, in.parsed(Long::parseLong, in.name()), i);
      }
      in.end();
      return new Phrases(options, vocabulary, words, minReduce);
    }
  }

  static FrozenPhrases loadFrozen(Path path) {
    try (var in = new PhraseLines(path)) {
      PhrasesOptions options = head(in, FROZEN);
      long entries = in.number("entries");
      var phrases = new WordTable();
      var scores = new ScoreList();
      for (long i = 0; i < entries; i++) {
        in.entry();
        double score = in.parsed(Double::parseDouble, in.name());
        scores.set(in.add(phrases, 1, i), score);
      }
      in.end();
      return new FrozenPhrases(options, phrases, scores);
    }
  }

  private static PhrasesOptions head(PhraseLines in, String kind) {
    String first = in.line();
    if (!first.equals(kind)) {
      throw in.error("it is not \"%s\", with which such files begin.".formatted(kind));
    }
    var options = new PhrasesOptions();
    in.set(() -> options.minCount(Math.toIntExact(in.number("minCount"))));
    options.threshold(in.parsed(Double::parseDouble, in.text("threshold")));
    in.set(() -> options.scoring(in.text("scoring")));
    in.set(() -> options.delimiter(in.text("delimiter")));
    List<String> connectors = new ArrayList<>();
    long count = in.number("connectorWords");
    for (long i = 0; i < count; i++) {
      connectors.add(in.text("connector"));
    }
    options.connectorWords(connectors);
    in.set(options::check);
    return options;
  }
}
