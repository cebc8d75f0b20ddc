package gradus.bench.compare;

import gradus.tensor.Memory;
import gradus.tensor.Tensor;
import gradus.tensor.kernel.Parallel;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Runs a row: same inputs, results compared, warmed up, then timed in turns. */
final class Duel {

  private static final double TOLERANCE = 2e-4;
  private static final double SAMPLE_NANOS = 2e7;
  private static final double PAIRS_NANOS = 1.5e9;

  /** Quartiles further apart than this part of the median: neighbours disturb, take more pairs. */
  private static final double SPREAD = 0.08;

  /** So many times the pairs at most: a disturbance lasts for seconds. */
  private static final int ROUNDS = 3;

  private static final double WARM_UP_NANOS = 2e9;
  private static final double PEER_WARM_UP_NANOS = 0.3e9;
  private static final double WARM_UP_AT_MOST_NANOS = 25e9;

  private static final int OTHER_PAIRS = 9;

  private static volatile Object sink;

  private Duel() {}

  /** A contender's step, done so many times. */
  private interface Steps {
    void run(int times);
  }

  /** What a row gives on the limits' number of threads. */
  static Result run(Row row, Limits limits) {
    Parallel.threads(limits.threads());
    Libtorch.threads(limits.threads());
    sink = null;
    System.gc(); // what earlier rows left is not this row's to clean up
    Tensor.manualSeed(1);
    Case mine = row.setup().get();
    List<Libtorch> peers = row.scripts().stream().map(s -> new Libtorch(s, mine.inputs())).toList();
    try {
      Result result = against(row, limits, mine, peers);
      Steps scoped = times -> repeat(mine.step(), times);
      return result.note().isEmpty()
          ? result.with(others(row, mine, scoped, limits.threads(), result.gradus()))
          : result;
    } finally {
      peers.forEach(Libtorch::close);
    }
  }

  /** What a case gives beside the quickest of some peers, if all results are the same. */
  static Result against(Row row, Limits limits, Case mine, List<? extends Peer> peers) {
    List<float[]> expected = secondResults(mine);
    for (Peer peer : peers) {
      peer.run(1);
      String difference = difference(expected, peer.results());
      if (!difference.isEmpty()) {
        return Result.failed(row, limits.threads(), "results differ: " + difference);
      }
    }
    Steps scoped = times -> repeat(mine.step(), times);
    return time(row, limits, scoped, times -> repeatUnscoped(mine.step(), times), quickest(peers));
  }

  private static List<Result.Other> others(
      Row row, Case mine, Steps scoped, int threads, double micros) {
    if (threads < Math.min(2, Runtime.getRuntime().availableProcessors())) {
      return List.of();
    }
    Map<String, Peer.Maker> makers = new LinkedHashMap<>();
    row.onnx().ifPresent(m -> makers.put("ONNX Runtime", in -> new OnnxRuntime(m, in, threads)));
    Python.maker(row.scripts().getLast(), threads).ifPresent(m -> makers.put("Python", m));
    String wanted = System.getProperty("peers", "");
    List<Result.Other> others = new ArrayList<>();
    makers.forEach(
        (name, maker) -> {
          if (wanted.isEmpty() || wanted.contains(name)) {
            others.add(beside(name, maker, mine, scoped, micros));
          }
        });
    return others;
  }

  /** A shorter match: the peer may refuse a script that it does not know. */
  private static Result.Other beside(
      String name, Peer.Maker maker, Case mine, Steps scoped, double micros) {
    List<float[]> expected =
        Case.results(mine.step().get()).stream().map(t -> t.toFloat().toFloatArray()).toList();
    try (Peer peer = maker.on(mine.inputs())) {
      String difference = mine.repeatable() ? difference(expected, peer.results()) : "";
      if (!difference.isEmpty()) {
        return new Result.Other(peer.name(), Double.NaN, Double.NaN, "differs: " + difference);
      }
      double step = warmUp(peer::run, PEER_WARM_UP_NANOS);
      int theirTimes = (int) Math.clamp(SAMPLE_NANOS / step, 1, 1_000_000);
      int myTimes = (int) Math.clamp(SAMPLE_NANOS / 1e3 / micros, 1, 1_000_000);
      double[] their = new double[OTHER_PAIRS];
      double[] ratios = new double[OTHER_PAIRS];
      for (int i = 0; i < OTHER_PAIRS; i++) {
        their[i] = sample(peer::run, theirTimes);
        ratios[i] = their[i] / sample(scoped, myTimes);
      }
      return new Result.Other(peer.name(), quantile(their, 0.5) / 1e3, quantile(ratios, 0.5), "");
    } catch (RuntimeException e) {
      String reason = e.toString().lines().findFirst().orElse("");
      return new Result.Other(name, Double.NaN, Double.NaN, reason);
    }
  }

  /** As a training loop does, which says when the results of a step are dead. */
  private static void repeat(Supplier<?> step, int times) {
    for (int i = 0; i < times; i++) {
      try (var _ = Memory.scope()) {
        sink = step.get();
      }
    }
  }

  /** Where nobody says so, and the garbage collector has to find out. */
  private static void repeatUnscoped(Supplier<?> step, int times) {
    for (int i = 0; i < times; i++) {
      sink = step.get();
    }
  }

  // ---- the same numbers

  /** The results of the second step: it shows an update made by the first. */
  private static List<float[]> secondResults(Case mine) {
    mine.step().get();
    return Case.results(mine.step().get()).stream().map(t -> t.toFloat().toFloatArray()).toList();
  }

  private static String difference(List<float[]> expected, List<float[]> theirs) {
    if (theirs.size() != expected.size()) {
      return expected.size() + " results, the peer has " + theirs.size();
    }
    for (int i = 0; i < theirs.size(); i++) {
      String difference = difference(expected.get(i), theirs.get(i));
      if (!difference.isEmpty()) {
        return "result " + i + ": " + difference;
      }
    }
    return "";
  }

  private static String difference(float[] mine, float[] theirs) {
    if (mine.length != theirs.length) {
      return mine.length + " elements, the peer has " + theirs.length;
    }
    double scale = 1e-6;
    for (float value : theirs) {
      scale = Math.max(scale, Math.abs(value));
    }
    for (int i = 0; i < mine.length; i++) {
      if (!(Math.abs(mine[i] - theirs[i]) <= TOLERANCE * scale)) {
        return "element " + i + " is " + mine[i] + ", the peer has " + theirs[i];
      }
    }
    return "";
  }

  // ---- the times

  private static Steps quickest(List<? extends Peer> peers) {
    if (peers.size() == 1) {
      return peers.getFirst()::run;
    }
    return peers.stream()
        .min(Comparator.comparingDouble(peer -> warmUp(peer::run, PEER_WARM_UP_NANOS)))
        .<Steps>map(peer -> peer::run)
        .orElseThrow();
  }

  private static Result time(Row row, Limits limits, Steps mine, Steps mineUnscoped, Steps theirs) {
    int myTimes = (int) Math.clamp(SAMPLE_NANOS / warmUp(mine, WARM_UP_NANOS), 1, 1_000_000);
    double theirNanos = warmUp(theirs, PEER_WARM_UP_NANOS);
    int theirTimes = (int) Math.clamp(SAMPLE_NANOS / theirNanos, 1, 1_000_000);
    double pairNanos = nanos(mine, myTimes) * myTimes + theirNanos * theirTimes;
    int pairs = (int) Math.clamp(PAIRS_NANOS / pairNanos, 7, 101);
    double[] my = {};
    double[] their = {};
    double[] ratios = {};
    for (int round = 0; round < ROUNDS && (round == 0 || spread(ratios) > SPREAD); round++) {
      int done = my.length;
      my = Arrays.copyOf(my, done + pairs);
      their = Arrays.copyOf(their, done + pairs);
      for (int i = done; i < my.length; i++) {
        if (i % 2 == 0) {
          my[i] = sample(mine, myTimes);
          their[i] = sample(theirs, theirTimes);
        } else {
          their[i] = sample(theirs, theirTimes);
          my[i] = sample(mine, myTimes);
        }
      }
      ratios = ratios(their, my);
    }
    double micros = quantile(my, 0.5) / 1e3;
    double heap = allocated(mine, myTimes);
    mineUnscoped.run(myTimes);
    double[] unscoped = new double[Math.clamp(pairs / 4, 3, 15)];
    Arrays.setAll(unscoped, _ -> sample(mineUnscoped, myTimes));
    return new Result(
        row,
        limits.threads(),
        micros,
        quantile(their, 0.5) / 1e3,
        quantile(ratios, 0.5),
        quantile(ratios, 0.25),
        quantile(ratios, 0.75),
        quantile(their, 0) / quantile(my, 0),
        100 * limits.micros(row.work()) / micros,
        quantile(unscoped, 0.5) / 1e3,
        heap / 1024,
        List.of(),
        "");
  }

  private static double[] ratios(double[] their, double[] my) {
    return IntStream.range(0, my.length).mapToDouble(i -> their[i] / my[i]).toArray();
  }

  /** How far apart the quartiles lie, as a part of the median. */
  private static double spread(double[] values) {
    return (quantile(values, 0.75) - quantile(values, 0.25)) / quantile(values, 0.5);
  }

  /**
   * Repeats until no stretch was the quickest for some time, and gives the time of a step: the
   * compiler works beside a program for several seconds, and takes a processor from it meanwhile.
   */
  private static double warmUp(Steps steps, double least) {
    long start = System.nanoTime();
    int times = 1;
    double best = Double.POSITIVE_INFINITY;
    double bestAt = 0;
    while (true) {
      double step = nanos(steps, times);
      double elapsed = System.nanoTime() - start;
      if (step < 0.97 * best) {
        best = step;
        bestAt = elapsed;
      }
      if (elapsed > WARM_UP_AT_MOST_NANOS || (elapsed > least && elapsed > bestAt + least / 2)) {
        return step;
      }
      if (step * times < least / 10) {
        times = (int) Math.max(times, Math.min(2.0 * times, least / 5 / step));
      }
    }
  }

  /** The time of a step, when all is quiet and the threads have been woken. */
  private static double sample(Steps steps, int times) {
    Quiet.await();
    if (times > 1) {
      steps.run(1);
    }
    return nanos(steps, times);
  }

  private static double nanos(Steps steps, int times) {
    long start = System.nanoTime();
    steps.run(times);
    return (double) (System.nanoTime() - start) / times;
  }

  /** What this thread allocates in a step, in bytes. */
  private static double allocated(Steps steps, int times) {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    steps.run(times);
    return (double) (threads.getCurrentThreadAllocatedBytes() - before) / times;
  }

  private static double quantile(double[] values, double part) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.round(part * (sorted.length - 1))];
  }
}
