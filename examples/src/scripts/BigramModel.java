// A letter guesses the next one: counted first, then learned by gradient descent, which comes to
// the same.
//
// The idea of Andrej Karpathy's "makemore", part 1; counting letters goes back to A. A. Markov
// (1913) and C. E. Shannon (1948). In PyTorch, line by line: bigram_model.py
//
// Run: ./gradus examples/src/scripts/BigramModel.java

import module gradus.nn;

static final String LETTERS = ".abcdefghijklmnopqrstuvwxyz";

void main(String[] args) throws IOException {
  Tensor.manualSeed(1);
  var path = Path.of(args.length > 0 ? args[0] : "examples/src/scripts/names.txt");
  var words =
      Files.readAllLines(path).stream().map(line -> "." + line.split(" ")[0] + ".").toList();

  // 1. Count which letter follows which.
  var counts = Tensor.zeros(27, 27);
  var xs = new ArrayList<Integer>();
  var ys = new ArrayList<Integer>();
  for (String word : words) {
    for (int i = 1; i < word.length(); i++) {
      xs.add(LETTERS.indexOf(word.charAt(i - 1)));
      ys.add(LETTERS.indexOf(word.charAt(i)));
      counts.addAt(1, xs.getLast(), ys.getLast());
    }
  }
  Tensor x = Tensor.of(xs);
  Tensor y = Tensor.of(ys);
  Tensor counted = counts.add(1).div(counts.add(1).sum(1, true));
  IO.println("counted:   loss %.5f".formatted(-counted.at(x, y).log().mean().item()));
  IO.println("           " + names(counted));

  // 2. Learn the same numbers by gradient descent.
  Tensor w = Tensor.randn(27, 27).requiresGrad(true);
  Tensor hot = F.oneHot(x, 27).toFloat();
  for (int step = 0; step <= 100; step++) {
    Tensor logits = hot.matmul(w);
    Tensor p = logits.exp().div(logits.exp().sum(1, true));
    Tensor right = p.at(Tensor.arange(x.numel()), y);
    Tensor loss = right.log().mean().neg().add(w.square().mean().mul(0.001));
    w.zeroGrad();
    loss.backward();
    w.data().add_(w.grad(), -50);
    if (step % 20 == 0) {
      IO.println("step %4d  loss %.5f".formatted(step, loss.item()));
    }
  }
  IO.println("           " + names(w.detach().softmax(1)));
}

String names(Tensor p) {
  return Stream.generate(() -> generate(p)).limit(5).collect(Collectors.joining(" "));
}

String generate(Tensor p) {
  var name = new StringBuilder();
  int letter = 0;
  while (true) {
    letter = Tensor.multinomial(p.at(letter), 1).itemInt();
    if (letter == 0) {
      return name.toString();
    }
    name.append(LETTERS.charAt(letter));
  }
}
