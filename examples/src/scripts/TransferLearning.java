// Fine-tuning: what was learned of five digits helps with five others, of which there are few.
//
// The idea of Sasank Chilamkurthy's PyTorch tutorial "Transfer Learning for Computer Vision";
// Yosinski et al. 2014, "How transferable are features in deep neural networks?". In PyTorch, line
// by line: transfer_learning.py
//
// Run: ./gradus examples/src/scripts/TransferLearning.java

import module gradus.nn;

Tensor glyphs(Path path) throws IOException {
  var points = Files.readString(path).chars().filter(c -> c != '\n').map(c -> c == '#' ? 1 : 0);
  return Tensor.of(points.toArray()).toFloat().view(10, 7, 5);
}

/** Images [n, 1, 10, 8] of five digits, and which of them each is. */
TensorDataset digits(Tensor glyphs, int n) {
  Tensor label = Tensor.randint(0, 5, n);
  Tensor down = Tensor.randint(0, 4, n);
  Tensor right = Tensor.randint(0, 4, n);
  Tensor images = Tensor.rand(n, 1, 10, 8).mul(0.5);
  for (int i = 0; i < n; i++) {
    int y = down.getInt(i);
    int x = right.getInt(i);
    images.addAt(glyphs.at(label.at(i)), i, 0, Index.slice(y, y + 7), Index.slice(x, x + 5));
  }
  return new TensorDataset(images, label);
}

class Net extends Layer {
  final Sequential features =
      new Sequential(
          new Conv2d(1, 16, 3),
          new ReLU(),
          new Conv2d(16, 32, 3),
          new ReLU(),
          new MaxPool2d(2),
          new Flatten(),
          new Linear(192, 64),
          new ReLU());
  Linear head = new Linear(64, 5);

  @Override
  public Tensor forward(Tensor x) {
    return head.forward(features.forward(x));
  }
}

void train(Layer model, Optimizer optimizer, TensorDataset data, int epochs) {
  var loader = new DataLoader<>(data, 32, true);
  for (int epoch = 1; epoch <= epochs; epoch++) {
    double total = 0;
    for (var batch : loader) {
      Tensor loss = F.crossEntropy(model.forward(batch.get(0)), batch.get(1));
      optimizer.zeroGrad();
      loss.backward();
      optimizer.step();
      total += loss.item();
    }
    IO.println("  epoch %d  loss %.5f".formatted(epoch, total / loader.size()));
  }
}

int right(Layer model, TensorDataset data) {
  try (var _ = GradMode.noGrad()) {
    Tensor guess = model.forward(data.tensors().get(0)).argmax(1);
    return guess.eq(data.tensors().get(1)).sum().itemInt();
  }
}

void main(String[] args) throws IOException {
  Tensor.manualSeed(1);
  var path = Path.of(args.length > 0 ? args[0] : "examples/src/scripts/digits.txt");
  Tensor glyphs = glyphs(path);
  var many = digits(glyphs.at(":5"), 1024);
  var few = digits(glyphs.at("5:"), 96);
  var unseen = digits(glyphs.at("5:"), 200);
  IO.println("from nothing, 96 images of 5 to 9:");
  var nothing = new Net();
  train(nothing, new AdamW(nothing.parameters(), 0.002), few, 8);
  IO.println("  %d of 200 new ones right".formatted(right(nothing, unseen)));

  IO.println("another model, 1024 images of 0 to 4:");
  var model = new Net();
  train(model, new AdamW(model.parameters(), 0.002), many, 4);

  IO.println("its features stay, a new head for 5 to 9 learns:");
  model.features.requiresGrad_(false);
  model.head = new Linear(64, 5);
  train(model, new AdamW(model.head.parameters(), 0.01), few, 4);
  IO.println("  %d of 200 new ones right".formatted(right(model, unseen)));

  IO.println("all of it learns, the features in small steps:");
  model.features.requiresGrad_(true);
  var optimizer =
      new AdamW(
          model.features.parameters(),
          o -> o.lr(0.001).group(model.head.parameters(), g -> g.lr(0.002)));
  train(model, optimizer, few, 8);
  IO.println("  %d of 200 new ones right".formatted(right(model, unseen)));
}
