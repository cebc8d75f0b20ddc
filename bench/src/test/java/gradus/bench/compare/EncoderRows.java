package gradus.bench.compare;

import gradus.nn.bert.BertModel;
import gradus.nn.bert.BertOutput;
import gradus.tensor.GradMode;
import gradus.tensor.Tensor;
import gradus.tensor.kernel.Parallel;
import gradus.text.encoder.PretrainedModel;
import gradus.text.encoder.SentenceEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * all-MiniLM-L6-v2 with float weights: a batch of texts without padding to the vectors of all
 * tokens and of the texts, beside ONNX Runtime as it comes, on the same file.
 */
final class EncoderRows {

  private static final int LAYERS = 6;
  private static final int WIDTH = 384;
  private static final int WORDS = 30_522;

  static final List<Row> ROWS =
      Stream.of(new int[] {1, 32}, new int[] {1, 128}, new int[] {32, 32}, new int[] {32, 128})
          .map(sizes -> row(sizes[0], sizes[1]))
          .toList();

  private EncoderRows() {}

  private static Row row(int batch, int length) {
    double tokens = (double) batch * length;
    double weights = 24.0 * LAYERS * WIDTH * WIDTH;
    double attention = 4.0 * LAYERS * tokens * length * WIDTH;
    return Row.of(
        "MiniLM, beside ONNX Runtime",
        "batch %d, %d tokens".formatted(batch, length),
        1,
        Work.flops(tokens * weights + attention),
        new Match(batch, length));
  }

  private record Match(int batch, int length) implements Row.Match {

    @Override
    public String peer() {
      return OnnxRuntime.version();
    }

    @Override
    public Result run(Row row, Limits limits) {
      Optional<Path> jar = jar();
      if (jar.isEmpty()) {
        return Result.failed(row, limits.threads(), "the artifact with float weights is not here");
      }
      Parallel.threads(limits.threads());
      System.gc(); // what earlier rows left is not this row's to clean up
      BertModel model = SentenceEncoder.load(PretrainedModel.ALL_MINILM_L6_V2, jar.get()).model;
      Tensor ids = Tensor.randint(1000, WORDS, batch, length);
      var mine = new Case(List.of(ids), () -> forward(model, ids));
      try (var peer = onnxRuntime(jar.get(), ids, limits.threads())) {
        return Duel.against(row, limits, mine, List.of(peer));
      }
    }

    private static List<Tensor> forward(BertModel model, Tensor ids) {
      try (var _ = GradMode.noGrad()) {
        BertOutput output = model.forward(ids, null, null, false, false);
        return List.of(output.lastHiddenState(), output.poolerOutput().orElseThrow());
      }
    }
  }

  /** The jar with float weights, from the class path. */
  private static Optional<Path> jar() {
    return Stream.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
        .filter(entry -> entry.matches(".*-all-minilm-l6-v2-\\d[^/\\\\]*\\.jar"))
        .map(Path::of)
        .findFirst();
  }

  private static OnnxRuntime onnxRuntime(Path jar, Tensor ids, int threads) {
    Map<String, Tensor> inputs =
        Map.of(
            "input_ids", ids,
            "attention_mask", Tensor.onesLike(ids),
            "token_type_ids", Tensor.zerosLike(ids));
    try (FileSystem zip = FileSystems.newFileSystem(jar);
        Stream<Path> files = Files.list(zip.getPath("/"))) {
      Path file = files.filter(f -> f.toString().endsWith(".onnx")).findFirst().orElseThrow();
      return new OnnxRuntime(Files.readAllBytes(file), inputs, threads, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
