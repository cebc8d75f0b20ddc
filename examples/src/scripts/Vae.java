// A network that draws: each image becomes a place in six dimensions, and each place an image.
//
// Kingma and Welling 2014, "Auto-Encoding Variational Bayes", the example "vae" of
// pytorch/examples. In PyTorch, line by line: vae.py
//
// Run: ./gradus examples/src/scripts/Vae.java

import module gradus.nn;

Tensor glyphs(Path path) throws IOException {
  var points = Files.readString(path).chars().filter(c -> c != '\n').map(c -> c == '#' ? 1 : 0);
  return Tensor.of(points.toArray()).toFloat().view(10, 7, 5);
}

/** [n, 48]: digits that stand anywhere in 8 x 6 points. */
Tensor digits(Tensor glyphs, int n) {
  Tensor label = Tensor.randint(0, 10, n);
  Tensor down = Tensor.randint(0, 2, n);
  Tensor right = Tensor.randint(0, 2, n);
  Tensor images = Tensor.zeros(n, 8, 6);
  for (int i = 0; i < n; i++) {
    int y = down.getInt(i);
    int x = right.getInt(i);
    images.set(glyphs.at(label.at(i)), i, Index.slice(y, y + 7), Index.slice(x, x + 5));
  }
  return images.flatten(1);
}

record Code(Tensor mean, Tensor logvar) {}

record Seen(Tensor image, Code code) {}

class Model extends Layer {
  final Linear hidden = new Linear(48, 100);
  final Linear mean = new Linear(100, 6);
  final Linear logvar = new Linear(100, 6);
  final Linear hidden2 = new Linear(6, 100);
  final Linear out = new Linear(100, 48);

  Code encode(Tensor x) {
    Tensor h = F.relu(hidden.forward(x));
    return new Code(mean.forward(h), logvar.forward(h));
  }

  Tensor decode(Tensor z) {
    return out.forward(F.relu(hidden2.forward(z))).sigmoid();
  }

  Seen see(Tensor x) {
    var code = encode(x);
    Tensor noise = Tensor.randnLike(code.mean);
    Tensor z = code.mean.add(noise.mul(code.logvar.mul(0.5).exp()));
    return new Seen(decode(z), code);
  }
}

Tensor lossOf(Seen seen, Tensor x) {
  Tensor mean = seen.code.mean;
  Tensor logvar = seen.code.logvar;
  Tensor error = F.binaryCrossEntropy(seen.image, x, Reduction.SUM);
  Tensor kl = logvar.add(1).sub(mean.square()).sub(logvar.exp()).sum().mul(-0.5);
  return error.add(kl).div(x.size(0));
}

void show(Tensor images) {
  for (int row = 0; row < 8; row++) {
    var line = new StringJoiner("  ");
    for (Tensor image : images) {
      var text = new StringBuilder();
      for (double c : image.at(row).toDoubleArray()) {
        text.append(c > 0.5 ? '#' : '.');
      }
      line.add(text);
    }
    IO.println(line);
  }
}

void main(String[] args) throws IOException {
  Tensor.manualSeed(1);
  var path = Path.of(args.length > 0 ? args[0] : "examples/src/scripts/digits.txt");
  Tensor x = digits(glyphs(path), 512);
  var model = new Model();
  var optimizer = new Adam(model.parameters(), 0.01);
  int step = 0;
  for (int epoch = 0; epoch < 25; epoch++) {
    for (Tensor batch : x.at(Tensor.randperm(x.size(0))).split(64)) {
      Tensor loss = lossOf(model.see(batch), batch);
      optimizer.zeroGrad();
      loss.backward();
      optimizer.step();
      if (step % 40 == 0) {
        IO.println("step %4d  loss %.5f".formatted(step, loss.item()));
      }
      step++;
    }
  }

  try (var _ = GradMode.noGrad()) {
    IO.println("seen, and made again:");
    show(x.at(":6").view(6, 8, 6));
    IO.println();
    show(model.decode(model.encode(x.at(":6")).mean).view(6, 8, 6));
    IO.println("made from nothing but random numbers:");
    show(model.decode(Tensor.randn(6, 6)).view(6, 8, 6));
  }
}
