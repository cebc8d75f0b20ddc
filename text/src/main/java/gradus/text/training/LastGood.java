package gradus.text.training;

import gradus.text.training.TrainingRun.Model;
import gradus.text.training.TrainingRun.Position;

/**
 * What a training can return to: a copy of its tables when the numbers diverge, and a checkpoint
 * when it is interrupted. Both cost the writing of all tables, so that short trainings do without:
 * they begin anew, or are saved when they are interrupted; longer ones write some minutes apart.
 */
public final class LastGood implements AutoCloseable {

  private static final long NANOS_APART = 600_000_000_000L;

  private final Model model;
  private final boolean fresh;
  private TableSnapshot snapshot;
  private int pass;
  private long kept = System.nanoTime();
  private long saved = kept;

  /** For a training that begins now. */
  public LastGood(Model model) {
    this.model = model;
    this.fresh = model.isFresh();
  }

  /** Notes the tables before a pass. */
  public void keep(int beforePass) {
    if ((fresh || snapshot != null) && System.nanoTime() - kept < NANOS_APART) {
      return;
    }
    close();
    snapshot = new TableSnapshot(model.tables());
    pass = beforePass;
    kept = System.nanoTime();
  }

  /** Gives the tables what was noted last, and says what that is. */
  public String restore() {
    if (snapshot == null) {
      model.draw();
      return "it began with";
    }
    snapshot.restore();
    return "before pass " + (pass + 1);
  }

  /**
   * Tells the model how far it is, in a thread of its own: a channel closes under a thread that is
   * interrupted.
   *
   * @param interrupted whether this thread was interrupted while the others trained
   * @param last whether the training has come to its end; an interrupt then stays noted on this
   *     thread
   * @return whether the training is to end here, because this thread was interrupted meanwhile
   */
  public boolean reached(Position position, boolean interrupted, boolean last) {
    boolean stopped = interrupted | Thread.interrupted();
    boolean written = tell(position, stopped && !last);
    while (Thread.interrupted()) {
      stopped = true;
      written = written || last || tell(position, true);
    }
    if (stopped && last) {
      Thread.currentThread().interrupt();
    }
    return stopped && !last;
  }

  /** Whether it was time to save. An interrupt meanwhile stays noted on this thread. */
  private boolean tell(Position position, boolean stopped) {
    boolean due = stopped || System.nanoTime() - saved > NANOS_APART;
    saved = due ? System.nanoTime() : saved;
    if (Crew.run(1, (_, _) -> model.reached(position, due))) {
      Thread.currentThread().interrupt();
    }
    return due;
  }

  @Override
  public void close() {
    if (snapshot != null) {
      snapshot.close();
      snapshot = null;
    }
  }
}
