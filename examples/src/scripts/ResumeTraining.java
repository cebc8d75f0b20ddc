// A training that is stopped goes on from its file: model, optimizer, schedule and epoch.
//
// The idea of PyTorch's recipe "Saving and Loading a General Checkpoint", on three arms of a spiral
// as in Stanford's course CS231n. Either language reads the file of the other. In PyTorch, line by
// line: resume_training.py
//
// Run: ./gradus examples/src/scripts/ResumeTraining.java

import module gradus.nn;

class Training {
  final Layer model =
      new Sequential(
          new Linear(2, 32),
          new Tanh(),
          new Dropout(0.1),
          new Linear(32, 32),
          new Tanh(),
          new Linear(32, 3));
  final AdamW optimizer = new AdamW(model.parameters(), 0.02);
  final CosineAnnealingLR scheduler = new CosineAnnealingLR(optimizer, 12);
  long epoch = 0;

  void run(TensorDataset data, int until) {
    while (epoch < until) {
      epoch++;
      Tensor.manualSeed(epoch); // the same order and dropout, resumed or not
      double total = 0;
      for (var batch : new DataLoader<>(data, 30, true)) {
        Tensor loss = F.crossEntropy(model.forward(batch.get(0)), batch.get(1));
        optimizer.zeroGrad();
        loss.backward();
        optimizer.step();
        total += loss.item() * batch.get(0).size(0) / data.size();
      }
      double lr = scheduler.getLastLr().getFirst();
      IO.println("epoch %2d  lr %.6f  loss %.5f".formatted(epoch, lr, total));
      scheduler.step();
    }
  }

  void save(Path path) {
    TorchFile.save(
        Map.of(
            "epoch", epoch,
            "model", model.stateDict(),
            "optimizer", optimizer.stateDict().toMap(),
            "scheduler", scheduler.stateDict()),
        path);
  }

  void load(Path path) {
    TorchMap checkpoint = TorchFile.loadMap(path);
    epoch = checkpoint.getLong("epoch");
    model.loadStateDict(checkpoint.getMap("model"));
    optimizer.loadStateDict(checkpoint.getMap("optimizer"));
    scheduler.loadStateDict(checkpoint.getMap("scheduler"));
  }
}

void main() throws IOException {
  // Three arms of a spiral.
  Tensor.manualSeed(1);
  Tensor y = Tensor.arange(300).remainder(3);
  Tensor radius = Tensor.rand(300);
  Tensor angle = radius.mul(4).add(y.mul(2.1)).add(Tensor.randn(300).mul(0.2));
  var data =
      new TensorDataset(Tensor.stack(1, radius.mul(angle.sin()), radius.mul(angle.cos())), y);
  var path = Files.createTempFile("training", ".pt");

  var through = new Training();
  through.run(data, 6);
  through.save(path);
  through.run(data, 12);

  IO.println("again, from the file:");
  var resumed = new Training(); // with other weights, until they are loaded
  resumed.load(path);
  resumed.run(data, 12);

  var weights = resumed.model.stateDict();
  boolean same =
      through.model.stateDict().entrySet().stream()
          .allMatch(entry -> entry.getValue().equal(weights.get(entry.getKey())));
  IO.println("the same weights, bit for bit: " + (same ? "yes" : "no"));
  Tensor guess = resumed.model.eval().forward(data.tensors().get(0)).argmax(1);
  IO.println("right: %d of 300".formatted(guess.eq(y).sum().itemInt()));
  Files.delete(path);
}
