package gradus.bench.training;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * A task for classifiers that a Maven artifact brings: WordNet's definitions, each labelled with
 * the lexicographers' file it stands in, such as the file of animals or of verbs of motion; 45
 * labels, nine of ten definitions to learn from and the tenth to be tested with.
 */
final class LabelledGlosses {

  private static final String FOLDER = "/net/sf/extjwnl/data/wordnet/wn31/";

  private LabelledGlosses() {}

  /** Writes {@code train.txt} and {@code test.txt} into a folder. */
  static void write(Path folder) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String part : List.of("noun", "verb", "adj", "adv")) {
      InputStream data = LabelledGlosses.class.getResourceAsStream(FOLDER + "data." + part);
      if (data == null) {
        throw new IllegalStateException("WordNet is not on the class path: " + FOLDER + part);
      }
      try (var in = new BufferedReader(new InputStreamReader(data, StandardCharsets.UTF_8))) {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          int bar = line.indexOf('|');
          if (!line.startsWith(" ") && bar > 0) {
            String words =
                line.substring(bar + 1).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", " ");
            lines.add("__label__" + line.split(" ")[1] + " " + words.strip());
          }
        }
      }
    }
    Collections.shuffle(lines, new Random(1));
    int train = lines.size() * 9 / 10;
    Files.write(folder.resolve("train.txt"), lines.subList(0, train));
    Files.write(folder.resolve("test.txt"), lines.subList(train, lines.size()));
  }
}
