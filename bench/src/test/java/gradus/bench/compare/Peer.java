package gradus.bench.compare;

import gradus.tensor.Tensor;
import java.util.List;

/** Another program that does a row's step on copies of the same inputs. */
interface Peer extends AutoCloseable {

  /** Its name and version. */
  String name();

  /** Does the step so many times in a row. */
  void run(int times);

  /** Does the step once and gives its results. */
  List<float[]> results();

  @Override
  void close();

  /** Starts a peer on copies of the inputs. */
  interface Maker {
    /** The peer, ready to run. */
    Peer on(List<Tensor> inputs);
  }
}
