// The training loop: guess, measure, go back, move a little downhill.
//
// In PyTorch:
//
//     x = torch.linspace(-1, 1, 21).unsqueeze(1)
//     y = 3 * x - 0.5
//     model = nn.Linear(1, 1)
//     optimizer = torch.optim.SGD(model.parameters(), lr=0.3)
//     for step in range(100):
//       optimizer.zero_grad()
//       loss = F.mse_loss(model(x), y)
//       loss.backward()
//       optimizer.step()
//     print(model.weight, model.bias)
//
// Run: ./gradus examples/src/lessons/E08Training.java

import module gradus.nn;

void main() {
  var x = Tensor.linspace(-1, 1, 21).unsqueeze(1);
  var y = x.mul(3).sub(0.5);
  var model = new Linear(1, 1);
  var optimizer = new SGD(model.parameters(), 0.3);
  for (int step = 0; step < 100; step++) {
    optimizer.zeroGrad();
    var loss = F.mseLoss(model.forward(x), y);
    loss.backward();
    optimizer.step();
  }
  IO.println(model);
  IO.println("weight %.3f, bias %.3f".formatted(model.weight.item(), model.bias.get().item()));
}
