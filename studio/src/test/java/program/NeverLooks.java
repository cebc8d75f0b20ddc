package program;

import gradus.tensor.Tensor;

/** A program that has the studio on its path and never asks for it. */
public final class NeverLooks {
  private NeverLooks() {}

  /** Trains a number. */
  public static void main(String[] args) {
    Tensor w = Tensor.of(new double[] {1, 2}).requiresGrad(true);
    for (int i = 0; i < 3; i++) {
      w.square().sum().backward();
    }
    System.out.println("trained " + w.grad());
  }
}
