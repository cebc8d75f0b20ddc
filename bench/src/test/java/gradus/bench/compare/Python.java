package gradus.bench.compare;

import gradus.tensor.DType;
import gradus.tensor.Tensor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * PyTorch as its users have it, where a Python with torch is installed: the same scripts, run by
 * the interpreter in a process of its own, which is told through a pipe how often to do a step.
 */
final class Python implements Peer {

  /** {@code torch.x} of a script is torch.x, or the function of that name further inside. */
  private static final String PRELUDE =
      """
      import sys, numpy
      import torch as real
      from typing import List, Optional
      Tensor = real.Tensor
      annotate = lambda kind, value: value
      unchecked_cast = lambda kind, value: value
      class Torch:
        def __getattr__(self, name):
          for place in (real, real._C._nn, real.ops.aten):
            if hasattr(place, name):
              found = getattr(place, name)
              setattr(self, name, found)
              return found
      torch = Torch()
      torch.grad = lambda ys, xs, gs=None: real.autograd.grad(ys, xs, gs)
      torch.cross_entropy_loss = real.nn.functional.cross_entropy
      real.set_num_threads(int(sys.argv[1]))
      folder = sys.argv[2]
      x = []
      for line in open(folder + '/inputs'):
        name, kind, grad, *shape = line.split()
        data = numpy.fromfile(folder + '/' + name, dtype=kind)
        t = real.from_numpy(data).reshape([int(n) for n in shape]).clone()
        x.append(t.requires_grad_(grad == 'true'))
      %s
      def step(times):
        for i in range(times):
      %s
        return r
      print(real.__version__, flush=True)
      for line in sys.stdin:
        command, times = line.split()
        results = step(int(times))
        if command == 'results':
          for i, t in enumerate(results):
            t.detach().to(real.float32).contiguous().numpy().tofile(folder + '/r' + str(i))
        print(len(results), flush=True)
      """;

  private static final Optional<String> INTERPRETER =
      Stream.of(System.getProperty("python", "python3"), "/usr/bin/python3")
          .filter(python -> can(python, "import torch, numpy"))
          .findFirst();

  private final Path folder;
  private final Process process;
  private final Writer to;
  private final BufferedReader from;
  private final String version;

  private Python(String interpreter, String script, List<Tensor> inputs, int threads)
      throws IOException {
    folder = Files.createTempDirectory("gradus-compare");
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < inputs.size(); i++) {
      write(inputs.get(i), i);
      names.append(i < 6 ? Row.letter(i) + " = x[" + i + "]\n" : "");
    }
    Path program = folder.resolve("program.py");
    String globals = letters(inputs.size());
    String body = (globals.isEmpty() ? "" : "global " + globals + "\n") + script;
    Files.writeString(program, PRELUDE.formatted(names, nested(body)));
    process =
        new ProcessBuilder(interpreter, program.toString(), "" + threads, folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    to = process.outputWriter(StandardCharsets.UTF_8);
    from = new BufferedReader(new InputStreamReader(process.getInputStream()));
    version = from.readLine();
    if (version == null) {
      throw new IOException("python ended at the start of: " + script);
    }
  }

  /** The peer for a script, where there is a Python with torch. */
  static Optional<Peer.Maker> maker(String script, int threads) {
    return INTERPRETER.map(
        interpreter ->
            inputs -> {
              try {
                return new Python(interpreter, script, inputs, threads);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  /** Whether a Python can do an import. */
  static boolean can(String interpreter, String imports) {
    try {
      Process process =
          new ProcessBuilder(interpreter, "-c", imports)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static String letters(int inputs) {
    return Stream.iterate(0, i -> i + 1)
        .limit(Math.min(inputs, 6))
        .map(Row::letter)
        .collect(Collectors.joining(", "));
  }

  private static String nested(String statements) {
    return statements.lines().map(line -> "    " + line).collect(Collectors.joining("\n"));
  }

  /** The elements as a file, its shape and dtype as a line of the list. */
  private void write(Tensor tensor, int index) throws IOException {
    boolean whole = tensor.dtype() == DType.INT64;
    int n = tensor.numel();
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(n, whole ? 8 : 4)).order(ByteOrder.LITTLE_ENDIAN);
    if (whole) {
      bytes.asLongBuffer().put(tensor.toLongArray());
    } else {
      bytes.asFloatBuffer().put(tensor.toFloatArray());
    }
    try (FileChannel file =
        FileChannel.open(
            folder.resolve("x" + index), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
    }
    String shape = Stream.of(tensor.shape().toArray()).map(Python::spaced).findFirst().orElse("");
    String line =
        "x%d %s %s %s%n".formatted(index, whole ? "<i8" : "<f4", tensor.requiresGrad(), shape);
    Files.writeString(
        folder.resolve("inputs"), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static String spaced(int[] shape) {
    return java.util.Arrays.stream(shape)
        .mapToObj(String::valueOf)
        .collect(Collectors.joining(" "));
  }

  private int tell(String command, int times) {
    try {
      to.write(command + " " + times + "\n");
      to.flush();
      String answer = from.readLine();
      if (answer == null) {
        throw new IllegalStateException("python could not do the step");
      }
      return Integer.parseInt(answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String name() {
    return "PyTorch " + version + " in Python";
  }

  @Override
  public void run(int times) {
    tell("run", times);
  }

  @Override
  public List<float[]> results() {
    int count = tell("results", 1);
    List<float[]> results = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(folder.resolve("r" + i)));
        float[] values = new float[bytes.capacity() / 4];
        bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        results.add(values);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return results;
  }

  @Override
  public void close() {
    process.destroy();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
