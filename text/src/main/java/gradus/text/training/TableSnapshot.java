package gradus.text.training;

import java.nio.ByteBuffer;

/** A copy of tables in a temporary file, to return to when a training goes wrong. */
public final class TableSnapshot implements AutoCloseable {

  private static final int PIECE = 1 << 18;

  private final float[][] tables;
  private final long[] places;
  private final SpillFile file = new SpillFile();
  private final ByteBuffer bytes = ByteBuffer.allocateDirect(PIECE * Float.BYTES);

  /** A copy of tables as they are; those that are null are left out. */
  public TableSnapshot(float[]... tables) {
    this.tables = tables;
    this.places = new long[tables.length];
    apart(this::write);
  }

  /**
   * In a thread of its own: a file closes under a thread that is interrupted. An interruption
   * meanwhile stays noted on the thread that waits.
   */
  private static void apart(Runnable work) {
    if (Crew.run(1, (_, _) -> work.run())) {
      Thread.currentThread().interrupt();
    }
  }

  private void write() {
    for (int i = 0; i < tables.length; i++) {
      for (int done = 0; tables[i] != null && done < tables[i].length; done += PIECE) {
        int count = Math.min(PIECE, tables[i].length - done);
        bytes.clear();
        bytes.asFloatBuffer().put(tables[i], done, count);
        long at = file.write(bytes.limit(count * Float.BYTES));
        places[i] = done == 0 ? at : places[i];
      }
    }
  }

  /** Gives the tables the values that they had. */
  public void restore() {
    apart(this::read);
  }

  private void read() {
    for (int i = 0; i < tables.length; i++) {
      for (int done = 0; tables[i] != null && done < tables[i].length; done += PIECE) {
        int count = Math.min(PIECE, tables[i].length - done);
        file.read(places[i] + (long) done * Float.BYTES, bytes.clear().limit(count * Float.BYTES));
        bytes.flip().asFloatBuffer().get(tables[i], done, count);
      }
    }
  }

  @Override
  public void close() {
    file.close();
  }
}
