package gradus.tensor.io;

import java.nio.file.Path;

/** What follows the data in a file: Python, NumPy and PyTorch leave it alone, and so do we. */
final class Rest {
  private static final System.Logger LOG = System.getLogger(Rest.class.getName());

  private Rest() {}

  /** Says so, if there is any. */
  static void leftOut(Path file, String place, long bytes, String behind) {
    if (bytes > 0) {
      LOG.log(
          System.Logger.Level.WARNING,
          "{0}, {1}: {2} bytes behind {3} are left out.",
          FileErrors.name(file),
          place,
          bytes,
          behind);
    }
  }
}
