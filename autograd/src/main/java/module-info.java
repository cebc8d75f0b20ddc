/** Reverse-mode differentiation: derivatives, backprop as an iterator of steps, gradient checks. */
module gradus.autograd {
  requires transitive gradus.tensor;

  exports gradus.autograd;

  provides gradus.tensor.spi.BackwardEngine with
      gradus.autograd.engine.Engine;
}
