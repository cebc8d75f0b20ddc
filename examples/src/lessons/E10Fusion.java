// A chain of elementwise ops in one pass over memory, and so are its gradients.
//
// In PyTorch:
//
//     @torch.compile
//     def gelu(x):
//       return 0.5 * x * (1 + torch.erf(x / math.sqrt(2)))
//
//     x = torch.tensor([-1.0, 0.0, 2.0], requires_grad=True)
//     y = gelu(x)
//     y.sum().backward()
//     print(y, x.grad)
//
// Run: ./gradus examples/src/lessons/E10Fusion.java

import module gradus.nn;

static final Fused GELU = Fused.of(x -> x.mul(0.5).mul(x.div(Math.sqrt(2)).erf().add(1)));

void main() {
  // What the function does to its argument was written down once, as a formula.
  IO.println(GELU);

  var x = Tensor.of(-1.0, 0.0, 2.0).requiresGrad(true);
  var y = GELU.apply(x);
  IO.println(y.detach());
  y.sum().backward();
  IO.println(x.grad());

  // The gradient is a formula too, derived from the first: of x, and of the gradient that arrives.
  IO.println(GELU.gradient(0));
}
