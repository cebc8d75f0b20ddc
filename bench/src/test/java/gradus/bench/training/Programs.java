package gradus.bench.training;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Gradus's command line and the original programs, each told to do the same. */
final class Programs {

  private static final String GENSIM =
      """
      import sys
      from gensim.models import Word2Vec
      corpus, out, sg, alpha, epochs, seed = sys.argv[1:]
      model = Word2Vec(corpus_file=corpus, sg=int(sg), alpha=float(alpha), epochs=int(epochs),
          seed=int(seed), vector_size=100, window=5, negative=5, min_count=5, sample=1e-4, workers=2)
      model.wv.save_word2vec_format(out, binary=True)
      """;

  /** As {@code ./gradus vectors} starts its JVM. */
  private static final List<String> FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-Xms24m",
          "-Xmn8m",
          "-XX:+UseTransparentHugePages",
          "--add-modules",
          "jdk.incubator.vector");

  private final Path corpus;
  private final int epochs;
  private final String python;

  /**
   * The programs.
   *
   * @param corpus a plain text, which all of them read
   * @param epochs passes over it
   * @param python an interpreter that has gensim
   */
  Programs(Path corpus, int epochs, String python) {
    this.corpus = corpus;
    this.epochs = epochs;
    this.python = python;
  }

  private static List<String> gradus(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.addAll(
        List.of(
            "-classpath",
            System.getProperty("java.class.path"),
            "gradus.cli.Main",
            "vectors",
            "train"));
    command.addAll(List.of(arguments));
    return command;
  }

  /** Whether a program is on the path. */
  static boolean has(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  Contender word2Vec(boolean skipGram, double alpha) {
    return new Contender(
        "Gradus",
        (seed, folder) -> {
          List<String> command =
              gradus(
                  "word2vec",
                  corpus.toString(),
                  "-o",
                  folder.resolve("vectors.bin").toString(),
                  "--sample",
                  "1e-4",
                  "--alpha",
                  "" + alpha,
                  "--epochs",
                  "" + epochs,
                  "--workers",
                  "2",
                  "--seed",
                  "" + seed);
          if (skipGram) {
            command.add("--sg");
          }
          return command;
        },
        "vectors.bin");
  }

  Contender gensim(boolean skipGram, double alpha) {
    return new Contender(
        "gensim",
        (seed, folder) ->
            List.of(
                python,
                "-c",
                GENSIM,
                corpus.toString(),
                folder.resolve("vectors.bin").toString(),
                skipGram ? "1" : "0",
                "" + alpha,
                "" + epochs,
                "" + seed),
        "vectors.bin");
  }

  Contender glove() {
    return new Contender(
        "Gradus",
        (seed, folder) ->
            gradus(
                "glove",
                corpus.toString(),
                "-o",
                folder.resolve("vectors.bin").toString(),
                "--vector-size",
                "100",
                "--window",
                "10",
                "--x-max",
                "10",
                "--epochs",
                "" + 3 * epochs,
                "--workers",
                "2",
                "--seed",
                "" + seed),
        "vectors.bin");
  }

  Contender fastTextOfGradus() {
    return new Contender(
        "Gradus",
        (seed, folder) -> {
          List<String> command = gradus("fasttext");
          command.addAll(fastTextArguments(folder));
          command.addAll(List.of("-seed", "" + seed));
          return command;
        },
        "vectors.bin");
  }

  Contender fastText() {
    return new Contender(
        "fastText",
        (_, folder) -> {
          List<String> command = new ArrayList<>(List.of("fasttext", "skipgram"));
          command.addAll(fastTextArguments(folder));
          return command;
        },
        "vectors.bin");
  }

  private List<String> fastTextArguments(Path folder) {
    return List.of(
        "-input",
        corpus.toString(),
        "-output",
        folder.resolve("vectors").toString(),
        "-epoch",
        "" + epochs,
        "-thread",
        "2");
  }

  Contender labelsOfGradus(Path texts) {
    return new Contender(
        "Gradus",
        (seed, folder) -> {
          List<String> command = gradus("supervised");
          command.addAll(labelArguments(texts, folder));
          command.addAll(List.of("-seed", "" + seed));
          return command;
        },
        "labels.bin");
  }

  Contender labels(Path texts) {
    return new Contender(
        "fastText",
        (_, folder) -> {
          List<String> command = new ArrayList<>(List.of("fasttext", "supervised"));
          command.addAll(labelArguments(texts, folder));
          return command;
        },
        "labels.bin");
  }

  private static List<String> labelArguments(Path texts, Path folder) {
    return List.of(
        "-input",
        texts.resolve("train.txt").toString(),
        "-output",
        folder.resolve("labels").toString(),
        "-epoch",
        "25",
        "-lr",
        "0.5",
        "-wordNgrams",
        "2",
        "-thread",
        "2");
  }
}
