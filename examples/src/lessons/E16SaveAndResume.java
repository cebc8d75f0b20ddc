// A training that is stopped goes on from its file as if nothing had been.
//
// In PyTorch:
//
//     torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(),
//                 "scheduler": scheduler.state_dict(), "epoch": epoch}, path)
//     checkpoint = torch.load(path)
//     model.load_state_dict(checkpoint["model"])
//     optimizer.load_state_dict(checkpoint["optimizer"])
//     scheduler.load_state_dict(checkpoint["scheduler"])
//
// Run: ./gradus examples/src/lessons/E16SaveAndResume.java

import module gradus.nn;

/** What belongs to a training, made anew each time the program starts. */
class Training {
  final Linear model = new Linear(4, 1);
  final AdamW optimizer = new AdamW(model.parameters(), 0.1);
  final StepLR scheduler = new StepLR(optimizer, 2, 0.5);

  void epoch(Tensor x, Tensor y) {
    optimizer.zeroGrad();
    F.mseLoss(model.forward(x), y).backward();
    optimizer.step();
    scheduler.step();
  }

  void save(Path path, int epoch) {
    TorchFile.save(
        Map.of(
            "model", model.stateDict(),
            "optimizer", optimizer.stateDict().toMap(),
            "scheduler", scheduler.stateDict(),
            "epoch", epoch),
        path);
  }

  long load(Path path) {
    TorchMap checkpoint = TorchFile.loadMap(path);
    model.loadStateDict(checkpoint.getMap("model"));
    optimizer.loadStateDict(checkpoint.getMap("optimizer"));
    scheduler.loadStateDict(checkpoint.getMap("scheduler"));
    return checkpoint.getLong("epoch");
  }
}

void main() throws IOException {
  Tensor.manualSeed(3);
  Tensor x = Tensor.randn(20, 4);
  Tensor y = x.sum(1).unsqueeze(1);
  Path file = Files.createTempFile("training", ".pt");

  var through = new Training();
  for (int epoch = 1; epoch <= 3; epoch++) {
    through.epoch(x, y);
  }
  through.save(file, 3);
  for (int epoch = 4; epoch <= 6; epoch++) {
    through.epoch(x, y);
  }

  var resumed = new Training(); // with other weights, until they are loaded
  long done = resumed.load(file);
  IO.println("goes on after epoch " + done + " at rate " + resumed.scheduler.getLastLr());
  for (long epoch = done + 1; epoch <= 6; epoch++) {
    resumed.epoch(x, y);
  }
  IO.println("the same weights: " + through.model.weight.equal(resumed.model.weight));
  Files.delete(file);
}
