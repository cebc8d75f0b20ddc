// Three switches that change what a model answers: the seed, training or evaluation, and whether
// history is recorded.
//
// In PyTorch:
//
//     torch.manual_seed(1)
//     model = nn.Sequential(nn.Linear(3, 4), nn.Dropout(0.5), nn.Linear(4, 1))
//     model.train(); model(x)          # dropout is on: each call differs
//     model.eval(); model(x)           # dropout is off
//     with torch.no_grad(): model(x)   # and nothing is remembered for backward
//
// Run: ./gradus examples/src/lessons/E15SeedsAndModes.java

import module gradus.nn;

void main() {
  // The same seed draws the same numbers, as PyTorch on a CPU draws them.
  Tensor.manualSeed(1);
  Tensor first = Tensor.randn(3);
  Tensor.manualSeed(1);
  IO.println("the same numbers: " + first.equal(Tensor.randn(3)));

  Tensor.manualSeed(1);
  var model = new Sequential(new Linear(3, 4), new Dropout(0.5), new Linear(4, 1));
  Tensor x = Tensor.ones(1, 3);
  IO.println("in training: %s".formatted(answers(model, x)));
  model.eval();
  IO.println("in evaluation: %s".formatted(answers(model, x)));
  model.train();

  // What is recorded can be walked back, and takes memory until it was.
  IO.println("recorded: " + model.forward(x).requiresGrad());
  try (var _ = GradMode.noGrad()) {
    IO.println("in noGrad(): " + model.forward(x).requiresGrad());
  }
  // evaluation and noGrad() are two things: this one answers as in use, and can still be trained.
  IO.println("in evaluation: " + model.eval().forward(x).requiresGrad());
}

/** Three answers to the same question. */
String answers(Layer model, Tensor x) {
  return "%.3f %.3f %.3f"
      .formatted(model.forward(x).item(), model.forward(x).item(), model.forward(x).item());
}
