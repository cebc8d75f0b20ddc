package consumer;

import gradus.nn.*;
import gradus.nn.optim.SGD;
import gradus.tensor.Tensor;

/** Learns that y = 2x. */
public class Main {
  /** Prints the slope that was learned. */
  public static void main(String[] args) {
    Tensor.manualSeed(0);
    var model = new Linear(1, 1, false);
    var optimizer = new SGD(model.parameters(), 0.1);
    Tensor x = Tensor.of(new double[][] {{1}, {2}});
    for (int step = 0; step < 50; step++) {
      optimizer.zeroGrad();
      F.mseLoss(model.forward(x), x.mul(2)).backward();
      optimizer.step();
    }
    System.out.printf("slope %.3f%n", model.weight.get(0, 0));
  }
}
