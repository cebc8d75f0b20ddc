package gradus.studio;

/**
 * A line of the program.
 *
 * @param file the file, with the folders of its package: {@code app/Main.java}
 * @param line from 1
 */
public record SourceLine(String file, int line) {
  static SourceLine of(StackTraceElement frame) {
    String type = frame.getClassName();
    int dot = type.lastIndexOf('.');
    String folder = dot < 0 ? "" : type.substring(0, dot + 1).replace('.', '/');
    return new SourceLine(folder + frame.getFileName(), frame.getLineNumber());
  }

  /** The file without its folders, and the line: {@code Main.java:7}. */
  @Override
  public String toString() {
    return file.substring(file.lastIndexOf('/') + 1) + ":" + line;
  }
}
