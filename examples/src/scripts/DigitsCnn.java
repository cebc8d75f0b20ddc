// A convolutional network reads digits; the images are made here, of dots, shifts and noise.
//
// LeCun et al. 1998, "Gradient-Based Learning Applied to Document Recognition", in the form of the
// example "mnist" of pytorch/examples. In PyTorch, line by line: digits_cnn.py
//
// Run: ./gradus examples/src/scripts/DigitsCnn.java

import module gradus.nn;

Tensor glyphs(Path path) throws IOException {
  var points = Files.readString(path).chars().filter(c -> c != '\n').map(c -> c == '#' ? 1 : 0);
  return Tensor.of(points.toArray()).toFloat().view(10, 7, 5);
}

/** Images [n, 1, 10, 8] of digits that stand anywhere in noise, and what they show. */
TensorDataset digits(Tensor glyphs, int n) {
  Tensor label = Tensor.randint(0, 10, n);
  Tensor down = Tensor.randint(0, 4, n);
  Tensor right = Tensor.randint(0, 4, n);
  Tensor images = Tensor.rand(n, 1, 10, 8).mul(0.5);
  for (int i = 0; i < n; i++) {
    int y = down.getInt(i);
    int x = right.getInt(i);
    images.addAt(glyphs.at(label.at(i)), i, 0, Index.slice(y, y + 7), Index.slice(x, x + 5));
  }
  return new TensorDataset(images.sub(images.mean()).div(images.std()), label);
}

class Net extends Layer {
  final Conv2d conv1 = new Conv2d(1, 16, 3);
  final Conv2d conv2 = new Conv2d(16, 32, 3);
  final Dropout dropout1 = new Dropout(0.25);
  final Dropout dropout2 = new Dropout(0.5);
  final Linear fc1 = new Linear(192, 64);
  final Linear fc2 = new Linear(64, 10);

  @Override
  public Tensor forward(Tensor x) {
    x = F.relu(conv1.forward(x));
    x = F.relu(conv2.forward(x));
    x = F.maxPool2d(x, 2);
    x = dropout1.forward(x);
    x = x.flatten(1);
    x = F.relu(fc1.forward(x));
    x = dropout2.forward(x);
    return F.logSoftmax(fc2.forward(x), 1);
  }
}

void main(String[] args) throws IOException {
  Tensor.manualSeed(1);
  var path = Path.of(args.length > 0 ? args[0] : "examples/src/scripts/digits.txt");
  var train = digits(glyphs(path), 1024);
  var test = digits(glyphs(path), 200);
  var model = new Net();
  var optimizer = new Adadelta(model.parameters(), 1.0);
  var scheduler = new StepLR(optimizer, 1, 0.7);
  int step = 0;
  for (int epoch = 1; epoch <= 5; epoch++) {
    model.train();
    for (var batch : new DataLoader<>(train, 32, true)) {
      optimizer.zeroGrad();
      Tensor loss = F.nllLoss(model.forward(batch.get(0)), batch.get(1));
      loss.backward();
      optimizer.step();
      if (step % 32 == 0) {
        IO.println("step %4d  loss %.5f".formatted(step, loss.item()));
      }
      step++;
    }
    scheduler.step();
    model.eval();
    int right = 0;
    try (var _ = GradMode.noGrad()) {
      for (var batch : new DataLoader<>(test, 100)) {
        right += model.forward(batch.get(0)).argmax(1).eq(batch.get(1)).sum().itemInt();
      }
    }
    IO.println("epoch %d: %d of 200 right".formatted(epoch, right));
  }
}
