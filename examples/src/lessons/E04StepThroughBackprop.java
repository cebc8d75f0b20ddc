// Backprop is an iterator of steps: look at each one, with its formula and its source line.
//
// In PyTorch one sees the result only:
//
//     x = torch.tensor([[1.0, 2.0]])
//     w = torch.tensor([[0.5], [-1.0]], requires_grad=True)
//     y = x @ w
//     loss = (y - 1).square().mean()
//     loss.backward()
//     print(w.grad)
//
// Run: ./gradus examples/src/lessons/E04StepThroughBackprop.java

import module gradus.nn;

void main() {
  var x = Tensor.of(new double[][] {{1, 2}});
  var w = Tensor.of(new double[][] {{0.5}, {-1}}).requiresGrad(true);
  var y = x.matmul(w);
  var loss = y.sub(1).square().mean();
  for (Step step : Backprop.of(loss)) {
    IO.println(step);
  }
  IO.println(w.grad());
}
