package gradus.bench.training;

import java.nio.file.Path;
import java.util.List;

/**
 * A program that trains.
 *
 * @param name what the table calls it
 * @param command how it is started with a seed, to write its result to a file
 * @param result the name of the file it then writes
 */
record Contender(String name, Command command, String result) {

  /** How a program is started. */
  @FunctionalInterface
  interface Command {
    /**
     * The command.
     *
     * @param seed of the run
     * @param folder where it may write
     */
    List<String> of(int seed, Path folder);
  }
}
