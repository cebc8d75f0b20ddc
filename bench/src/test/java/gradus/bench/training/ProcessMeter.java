package gradus.bench.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end, and says what the whole process took. */
final class ProcessMeter {

  private static final long SAMPLE_MILLIS = 50;

  /**
   * What a process took.
   *
   * @param seconds from its start to its end
   * @param cpuSeconds of all its threads
   * @param peakMegabytes the most memory it had at a time; 0 where the system does not say
   */
  record Taken(double seconds, double cpuSeconds, long peakMegabytes) {}

  private ProcessMeter() {}

  /**
   * Runs a program.
   *
   * @param log where its output goes
   * @throws IllegalStateException if it fails
   */
  static Taken run(List<String> command, Path log) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    process.getOutputStream().close();
    double cpu = 0;
    long peak = 0;
    do {
      cpu = Math.max(cpu, cpuSeconds(process));
      peak = Math.max(peak, peakMegabytes(process));
    } while (!process.waitFor(SAMPLE_MILLIS, TimeUnit.MILLISECONDS));
    double seconds = (System.nanoTime() - start) / 1e9;
    if (process.exitValue() != 0) {
      throw new IllegalStateException(
          "%s ended with %d:%n%s"
              .formatted(String.join(" ", command), process.exitValue(), Files.readString(log)));
    }
    return new Taken(seconds, cpu, peak);
  }

  private static double cpuSeconds(Process process) {
    Optional<Duration> taken = process.info().totalCpuDuration();
    return taken.map(Duration::toMillis).orElse(0L) / 1e3;
  }

  private static long peakMegabytes(Process process) throws IOException {
    try {
      for (String line : Files.readAllLines(Path.of("/proc", process.pid() + "", "status"))) {
        if (line.startsWith("VmHWM:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
        }
      }
    } catch (NoSuchFileException e) {
      // It has just ended, or the system has no such files.
    }
    return 0;
  }
}
