// An op of your own is one class: how it computes, and what its gradient is.
//
// In PyTorch:
//
//     class Cube(torch.autograd.Function):
//       @staticmethod
//       def forward(ctx, x):
//         ctx.save_for_backward(x)
//         return x ** 3
//       @staticmethod
//       def backward(ctx, gradient):
//         x, = ctx.saved_tensors
//         return gradient * 3 * x ** 2
//
//     x = torch.tensor([1.0, 2.0, -3.0], requires_grad=True)
//     y = Cube.apply(x)
//     y.sum().backward()
//     print(x.grad)
//     torch.autograd.gradcheck(Cube.apply, x.detach().double().requires_grad_())
//
// Run: ./gradus examples/src/lessons/E06YourOwnOp.java

import module gradus.nn;

static class Cube extends Op.Custom {
  public Tensor forward(Tensor... inputs) {
    return inputs[0].mul(inputs[0]).mul(inputs[0]);
  }

  public List<Tensor> backward(Tensor gradient, List<Tensor> inputs, Tensor output) {
    return List.of(gradient.mul(3).mul(inputs.getFirst().square()));
  }
}

void main() {
  var x = Tensor.of(1.0, 2.0, -3.0).requiresGrad(true);
  var y = new Cube().apply(x);
  IO.println(y.detach());
  y.sum().backward();
  IO.println(x.grad());

  // Nudge every input and compare; throws if the gradient is wrong.
  var precise = x.detach().to(DType.FLOAT64).requiresGrad(true);
  GradCheck.check(in -> new Cube().apply(in.getFirst()), precise);
  GradCheck.checkSecond(in -> new Cube().apply(in.getFirst()), precise);
  IO.println("gradient checked, and the gradient of the gradient");
}
