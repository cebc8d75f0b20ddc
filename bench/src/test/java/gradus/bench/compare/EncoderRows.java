package gradus.bench.compare;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import gradus.nn.BertModel;
import gradus.nn.BertOutput;
import gradus.tensor.GradMode;
import gradus.tensor.Tensor;
import gradus.tensor.kernel.Parallel;
import gradus.text.PretrainedModel;
import gradus.text.SentenceEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.LongBuffer;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
    return new Row(
        "MiniLM, beside ONNX Runtime",
        "batch %d, %d tokens".formatted(batch, length),
        1,
        Work.flops(tokens * weights + attention),
        () -> {
          throw new IllegalStateException("the match prepares the row");
        },
        List.of(),
        Optional.empty(),
        Optional.of(new Match(batch, length)));
  }

  private record Match(int batch, int length) implements Row.Match {

    @Override
    public String peer() {
      return "ONNX Runtime " + OrtEnvironment.getEnvironment().getVersion();
    }

    @Override
    public Result run(Row row, Limits limits) {
      Optional<Path> jar = jar();
      if (jar.isEmpty()) {
        return Result.failed(row, limits.threads(), "the artifact with float weights is not here");
      }
      Parallel.threads(limits.threads());
      System.gc(); // what earlier rows left is not this row's to clean up
      System.setProperty(PretrainedModel.ALL_MINILM_L6_V2.property(), jar.get().toString());
      BertModel model = SentenceEncoder.load(PretrainedModel.ALL_MINILM_L6_V2).model;
      Tensor ids = Tensor.randint(1000, WORDS, batch, length);
      var mine = new Case(List.of(ids), () -> forward(model, ids));
      try (var peer = new Session(jar.get(), ids, limits.threads())) {
        return Duel.against(row, limits, mine, List.of(peer));
      }
    }

    private static List<Tensor> forward(BertModel model, Tensor ids) {
      try (var _ = GradMode.noGrad()) {
        BertOutput output = model.forward(ids, Optional.empty(), Optional.empty(), false, false);
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

  /** ONNX Runtime on the model in the jar. */
  private static final class Session implements Peer {
    private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();

    private final OrtSession session;
    private final Map<String, OnnxTensor> inputs;

    Session(Path jar, Tensor ids, int threads) {
      try (var options = new OrtSession.SessionOptions();
          FileSystem zip = FileSystems.newFileSystem(jar);
          Stream<Path> files = Files.list(zip.getPath("/"))) {
        options.setIntraOpNumThreads(threads);
        Path file = files.filter(f -> f.toString().endsWith(".onnx")).findFirst().orElseThrow();
        session = ENVIRONMENT.createSession(Files.readAllBytes(file), options);
        inputs =
            Map.of(
                "input_ids", copy(ids),
                "attention_mask", copy(Tensor.onesLike(ids)),
                "token_type_ids", copy(Tensor.zerosLike(ids)));
      } catch (OrtException e) {
        throw new IllegalStateException(e);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static OnnxTensor copy(Tensor ids) throws OrtException {
      long[] shape = {ids.size(0), ids.size(1)};
      return OnnxTensor.createTensor(ENVIRONMENT, LongBuffer.wrap(ids.toLongArray()), shape);
    }

    @Override
    public String name() {
      return "ONNX Runtime " + ENVIRONMENT.getVersion();
    }

    @Override
    public void run(int times) {
      try {
        for (int i = 0; i < times; i++) {
          session.run(inputs).close();
        }
      } catch (OrtException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public List<float[]> results() {
      try (OrtSession.Result result = session.run(inputs)) {
        List<float[]> all = new ArrayList<>();
        for (var entry : result) {
          var values = ((OnnxTensor) entry.getValue()).getFloatBuffer();
          float[] copy = new float[values.remaining()];
          values.get(copy);
          all.add(copy);
        }
        return all;
      } catch (OrtException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() {
      try {
        inputs.values().forEach(OnnxTensor::close);
        session.close();
      } catch (OrtException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
