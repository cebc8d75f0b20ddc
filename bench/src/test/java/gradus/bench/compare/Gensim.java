package gradus.bench.compare;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** gensim in a Python process of its own, which loads the files it is told and times itself. */
final class Gensim implements AutoCloseable {

  private static final String PROGRAM =
      """
      import sys, time, hashlib, gensim
      from gensim.models import KeyedVectors
      print(gensim.__version__, flush=True)
      for line in sys.stdin:
        binary, path = line.rstrip('\\n').split(' ', 1)
        start = time.perf_counter()
        kv = KeyedVectors.load_word2vec_format(path, binary=binary == 'true')
        seconds = time.perf_counter() - start
        digest = hashlib.md5('\\n'.join(kv.index_to_key).encode())
        digest.update(kv.vectors.astype('<f4').tobytes())
        print(seconds, digest.hexdigest(), flush=True)
        del kv
      """;

  private static final Optional<String> INTERPRETER =
      Stream.of(System.getProperty("python", "python3"), "/usr/bin/python3")
          .filter(python -> Python.can(python, "import gensim"))
          .findFirst();

  private final Process process;
  private final Writer to;
  private final BufferedReader from;
  private final String version;

  /**
   * What came of loading a file.
   *
   * @param seconds how long it took
   * @param digest of the words, a line each, and the numbers, little-endian
   */
  record Loaded(double seconds, String digest) {}

  private Gensim(String interpreter) throws IOException {
    process =
        new ProcessBuilder(interpreter, "-c", PROGRAM)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    to = process.outputWriter(StandardCharsets.UTF_8);
    from = new BufferedReader(new InputStreamReader(process.getInputStream()));
    version = from.readLine();
  }

  /** A fresh process, where there is a Python with gensim. */
  static Optional<Gensim> start() {
    return INTERPRETER.map(
        interpreter -> {
          try {
            return new Gensim(interpreter);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  String version() {
    return version;
  }

  /** Loads a word2vec file. */
  Loaded load(Path file, boolean binary) {
    try {
      to.write(binary + " " + file + "\n");
      to.flush();
      String answer = from.readLine();
      if (answer == null) {
        throw new IllegalStateException("gensim could not load " + file);
      }
      String[] fields = answer.split(" ");
      return new Loaded(Double.parseDouble(fields[0]), fields[1]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
