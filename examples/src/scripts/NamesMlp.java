// Three letters guess the next one: each letter is a vector, learned along with the network.
//
// Bengio, Ducharme, Vincent and Jauvin 2003, "A Neural Probabilistic Language Model", on letters as
// in Andrej Karpathy's "makemore", parts 2 and 3. In PyTorch, line by line: names_mlp.py
//
// Run: ./gradus examples/src/scripts/NamesMlp.java

import module gradus.nn;

static final String LETTERS = ".abcdefghijklmnopqrstuvwxyz";
static final int BLOCK = 3;

final Generator g = new Generator().manualSeed(1);
final Tensor C = Tensor.randn(g, 27, 10);
final Tensor W1 = Tensor.randn(g, BLOCK * 10, 100).mul(5.0 / 3).div(Math.sqrt(BLOCK * 10));
final Tensor b1 = Tensor.randn(g, 100).mul(0.01);
final Tensor W2 = Tensor.randn(g, 100, 27).mul(0.01);
final Tensor b2 = Tensor.zeros(27);
final List<Tensor> parameters = List.of(C, W1, b1, W2, b2);

Tensor forward(Tensor x) {
  Tensor h = C.at(x).view(-1, BLOCK * 10).matmul(W1).add(b1).tanh();
  return h.matmul(W2).add(b2);
}

void main(String[] args) throws IOException {
  var path = Path.of(args.length > 0 ? args[0] : "examples/src/scripts/names.txt");
  var words = Files.readAllLines(path).stream().map(line -> line.split(" ")[0]).toList();
  parameters.forEach(p -> p.requiresGrad(true));

  int[] order = Tensor.randperm(g, words.size()).toIntArray();
  var learnt = dataset(Arrays.stream(order, 0, 400).mapToObj(words::get).toList());
  var unseen = dataset(Arrays.stream(order, 400, order.length).mapToObj(words::get).toList());
  int numel = parameters.stream().mapToInt(Tensor::numel).sum();
  int size = learnt.x.size(0);
  IO.println("%d parameters, %d examples".formatted(numel, size));

  for (int step = 0; step <= 1000; step++) {
    Tensor batch = Tensor.randint(g, 0, size, 32);
    Tensor loss = F.crossEntropy(forward(learnt.x.at(batch)), learnt.y.at(batch));
    parameters.forEach(Tensor::zeroGrad);
    loss.backward();
    double lr = step < 700 ? 0.1 : 0.01;
    parameters.forEach(p -> p.data().add_(p.grad(), -lr));
    if (step % 200 == 0) {
      IO.println("step %4d  loss %.5f".formatted(step, loss.item()));
    }
  }

  try (var _ = GradMode.noGrad()) {
    IO.println("learnt     loss %.5f".formatted(loss(learnt)));
    IO.println("new        loss %.5f".formatted(loss(unseen)));
    for (int i = 0; i < 5; i++) {
      IO.println("           " + generate());
    }
  }
}

record Examples(Tensor x, Tensor y) {}

Examples dataset(List<String> words) {
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
  return new Examples(Tensor.of(xs), Tensor.of(ys));
}

List<Integer> start() {
  return new ArrayList<>(Collections.nCopies(BLOCK, 0));
}

double loss(Examples examples) {
  return F.crossEntropy(forward(examples.x), examples.y).item();
}

String generate() {
  var name = new StringBuilder();
  var context = start();
  while (true) {
    Tensor p = forward(Tensor.of(List.of(context))).softmax(1);
    int letter = Tensor.multinomial(p, 1, g).itemInt();
    if (letter == 0) {
      return name.toString();
    }
    name.append(LETTERS.charAt(letter));
    context.removeFirst();
    context.add(letter);
  }
}
