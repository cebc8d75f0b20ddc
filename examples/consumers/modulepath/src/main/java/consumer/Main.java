package consumer;

import module gradus.nn;

/** Learns that y = 2x, with a layer of its own. */
public class Main {
  /** {@code y = wx}; its parameter is found because the module opens the package. */
  static final class Slope extends Layer {
    final Tensor w = parameter(Tensor.ones(1, 1));

    @Override
    public Tensor forward(Tensor x) {
      return x.matmul(w);
    }
  }

  /** Prints the slope that was learned. */
  public static void main(String[] args) {
    var model = new Slope();
    var optimizer = new SGD(model.parameters(), 0.1);
    Tensor x = Tensor.of(new double[][] {{1}, {2}});
    for (int step = 0; step < 50; step++) {
      optimizer.zeroGrad();
      F.mseLoss(model.forward(x), x.mul(2)).backward();
      optimizer.step();
    }
    System.out.printf("slope %.3f%n", model.w.get(0, 0));
  }
}
