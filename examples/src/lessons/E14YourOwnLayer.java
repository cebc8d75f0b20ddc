// A layer of your own is a class with fields and a forward; a data set is gone through in
// mini-batches.
//
// In PyTorch:
//
//     class TwoMoons(nn.Module):
//       def __init__(self, hidden):
//         super().__init__()
//         self.hidden = nn.Linear(2, hidden)
//         self.scale = nn.Parameter(torch.ones(hidden))
//         self.out = nn.Linear(hidden, 2)
//       def forward(self, x):
//         return self.out(torch.tanh(self.hidden(x)) * self.scale)
//
//     for epoch in range(20):
//       for batch in torch.randperm(len(x)).split(32):
//         optimizer.zero_grad()
//         F.cross_entropy(model(x[batch]), y[batch]).backward()
//         optimizer.step()
//
// Run: ./gradus examples/src/lessons/E14YourOwnLayer.java

import module gradus.nn;

/** Nothing to register: what stands in a field is found there, by its name. */
class TwoMoons extends Layer {
  final Linear hidden;
  final Tensor scale;
  final Linear out;

  TwoMoons(int size) {
    hidden = new Linear(2, size);
    scale = parameter(Tensor.ones(size));
    out = new Linear(size, 2);
  }

  @Override
  public Tensor forward(Tensor x) {
    return out.forward(hidden.forward(x).tanh().mul(scale));
  }
}

void main() {
  Tensor.manualSeed(0);
  // Two half circles that reach into each other.
  Tensor turn = Tensor.rand(400).mul(Math.PI);
  Tensor y = Tensor.arange(400).remainder(2);
  Tensor side = y.mul(-2).add(1);
  Tensor left = turn.cos().add(y);
  Tensor up = turn.sin().mul(side).add(y.mul(0.5));
  Tensor x = Tensor.stack(1, left, up).add(Tensor.randn(400, 2).mul(0.1));

  var model = new TwoMoons(16);
  IO.println(model);
  IO.println(model.namedParameters().keySet());
  var optimizer = new AdamW(model.parameters(), 0.02);
  for (int epoch = 1; epoch <= 20; epoch++) {
    for (Tensor batch : Tensor.randperm(400).split(32, 0)) {
      try (var _ = Memory.scope()) {
        optimizer.zeroGrad();
        F.crossEntropy(model.forward(x.indexSelect(0, batch)), y.indexSelect(0, batch)).backward();
        optimizer.step();
      }
    }
    if (epoch % 5 == 0) {
      IO.println("epoch %d: %.0f of 400 right".formatted(epoch, right(model, x, y)));
    }
  }
}

double right(Layer model, Tensor x, Tensor y) {
  try (var _ = GradMode.noGrad()) {
    return model.forward(x).argmax(1).eq(y).sum().item();
  }
}
