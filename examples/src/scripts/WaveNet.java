// Eight letters guess the next one, two by two, as in a tree: dilated convolutions with gates.
//
// Van den Oord et al. 2016, "WaveNet: A Generative Model for Raw Audio", on letters as in Andrej
// Karpathy's "makemore", part 5. In PyTorch, line by line: wave_net.py
//
// Run: ./gradus examples/src/scripts/WaveNet.java

import module gradus.nn;

static final String LETTERS = ".abcdefghijklmnopqrstuvwxyz";
static final int BLOCK = 8;

/** Two letters that are `dilation` apart become one vector; the last ones go past it. */
class Gated extends Layer {
  final Conv1d conv;
  final BatchNorm1d norm;

  Gated(int channels, int dilation) {
    conv = new Conv1d(channels, 2 * channels, 2, o -> o.dilation(dilation));
    norm = new BatchNorm1d(2 * channels);
  }

  @Override
  public Tensor forward(Tensor x) {
    var halves = norm.forward(conv.forward(x)).chunk(2, 1);
    Tensor y = halves.get(0).tanh().mul(halves.get(1).sigmoid());
    return y.add(x.at(":", ":", -y.size(2) + ":"));
  }
}

class Model extends Layer {
  final Embedding embedding;
  final Sequential layers;
  final Linear head;

  Model(int channels) {
    embedding = new Embedding(27, channels);
    layers = new Sequential(Stream.of(1, 2, 4).map(d -> new Gated(channels, d)).toList());
    head = new Linear(channels, 27);
  }

  @Override
  public Tensor forward(Tensor ids) {
    Tensor x = embedding.forward(ids).transpose(1, 2);
    return head.forward(layers.forward(x).squeeze(2));
  }
}

void main(String[] args) throws IOException {
  Tensor.manualSeed(1);
  var path = Path.of(args.length > 0 ? args[0] : "examples/src/scripts/names.txt");
  var words = Files.readAllLines(path).stream().map(line -> line.split(" ")[0]).toList();

  var xs = new ArrayList<List<Integer>>();
  var ys = new ArrayList<Integer>();
  for (String word : words) {
    var context = start();
    for (char letter : (word + ".").toCharArray()) {
      xs.add(List.copyOf(context));
      ys.add(LETTERS.indexOf(letter));
      context.removeFirst();
      context.add(ys.getLast());
    }
  }
  Tensor x = Tensor.of(xs);
  Tensor y = Tensor.of(ys);

  var model = new Model(24);
  IO.println("%d parameters, %d examples".formatted(model.numel(), x.size(0)));
  var optimizer = new AdamW(model.parameters(), 0.01);
  for (int step = 0; step <= 200; step++) {
    Tensor batch = Tensor.randint(0, x.size(0), 64);
    Tensor loss = F.crossEntropy(model.forward(x.at(batch)), y.at(batch));
    optimizer.zeroGrad();
    loss.backward();
    optimizer.step();
    if (step % 40 == 0) {
      IO.println("step %4d  loss %.5f".formatted(step, loss.item()));
    }
  }

  model.eval();
  try (var _ = GradMode.noGrad()) {
    IO.println("all        loss %.5f".formatted(F.crossEntropy(model.forward(x), y).item()));
    for (int i = 0; i < 5; i++) {
      IO.println("           " + generate(model));
    }
  }
}

List<Integer> start() {
  return new ArrayList<>(Collections.nCopies(BLOCK, 0));
}

String generate(Layer model) {
  var name = new StringBuilder();
  var context = start();
  while (true) {
    Tensor p = model.forward(Tensor.of(List.of(context))).softmax(1);
    int letter = Tensor.multinomial(p, 1).itemInt();
    if (letter == 0) {
      return name.toString();
    }
    name.append(LETTERS.charAt(letter));
    context.removeFirst();
    context.add(letter);
  }
}
