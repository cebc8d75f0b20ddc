// backward() fills in the gradients, and adds to those already there.
//
// In PyTorch:
//
//     w = torch.tensor([1.0, -2.0, 3.0], requires_grad=True)
//     loss = (w * w).sum()
//     loss.backward()
//     print(w.grad)              # 2w
//     (w * w).sum().backward()
//     print(w.grad)              # added: 4w
//     w.grad.zero_()
//     (w * w).sum().backward()
//     print(w.grad)              # 2w again
//
// Run: ./gradus examples/src/lessons/E03Backward.java

import module gradus.nn;

void main() {
  var w = Tensor.of(1.0, -2.0, 3.0).requiresGrad(true);
  var loss = w.mul(w).sum();
  IO.println(loss);
  loss.backward();
  IO.println(w.grad());
  w.mul(w).sum().backward();
  IO.println(w.grad());
  w.zeroGrad();
  w.mul(w).sum().backward();
  IO.println(w.grad());
}
