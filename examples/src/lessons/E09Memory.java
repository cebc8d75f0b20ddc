// Nothing has to be closed; but a training loop may say that a step is over.
//
// In PyTorch a tensor is freed by its reference count, the moment nobody holds it. Java's collector
// comes later, and a
// fresh array costs more than most operations do with it. backward() hands back every gradient it
// has passed on;
// Memory.scope() does the same for all results of a step. What should outlive it is kept.
//
// Run: ./gradus examples/src/lessons/E09Memory.java

import module gradus.nn;

void main() {
  Tensor.manualSeed(0);
  var model = new Sequential(new Linear(64, 256), new ReLU(), new Linear(256, 1));
  var optimizer = new Adam(model.parameters(), 0.01);
  var x = Tensor.randn(128, 64);
  var y = x.mul(x).sum(1, true);
  var last = y;
  long warm = 0;
  for (int step = 1; step <= 200; step++) {
    try (var memory = Memory.scope()) {
      optimizer.zeroGrad();
      var prediction = model.forward(x);
      var loss = F.mseLoss(prediction, y);
      loss.backward();
      optimizer.step();
      last = memory.keep(prediction.detach());
      if (step % 100 == 0) {
        IO.println("step %d: loss %.1f".formatted(step, loss.item()));
      }
    }
    warm = step == 10 ? Memory.stats().fresh() : warm;
  }
  IO.println("fresh arrays since step 10: " + (Memory.stats().fresh() - warm));
  IO.println(last.shape());
  Tensor gone;
  try (var memory = Memory.scope()) {
    gone = x.add(1);
  }
  try {
    gone.sum();
  } catch (IllegalStateException e) {
    IO.println(e.getMessage());
  }
}
