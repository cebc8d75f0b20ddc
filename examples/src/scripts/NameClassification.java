// What language is a name from? A recurrent network reads it letter by letter.
//
// The idea of Sean Robertson's PyTorch tutorial "Classifying Names with a Character-Level RNN", on
// packed batches; the network is J. Elman's (1990). In PyTorch, line by line:
// name_classification.py
//
// Run: ./gradus examples/src/scripts/NameClassification.java
// With a file of names and a name such as confusion.svg behind it, the table is drawn there too.

import module gradus.examples;

static final String LETTERS = ".abcdefghijklmnopqrstuvwxyz";

Tensor ids(String name) {
  return Tensor.of(name.chars().map(LETTERS::indexOf).toArray());
}

class Classifier extends Layer {
  final Embedding embedding;
  final RNN rnn;
  final Linear out;

  Classifier(int languages) {
    embedding = new Embedding(27, 16);
    rnn = new RNN(16, 64, o -> o.batchFirst(true));
    out = new Linear(64, languages);
  }

  Tensor forward(Tensor x, Tensor lengths) {
    var packed = RnnUtils.packPaddedSequence(embedding.forward(x), lengths, true, false);
    Tensor hidden = rnn.forward(packed).hidden();
    return out.forward(hidden.at(0));
  }
}

void main(String[] args) throws IOException {
  Tensor.manualSeed(1);
  var path = Path.of(args.length > 0 ? args[0] : "examples/src/scripts/names.txt");
  var lines = Files.readAllLines(path).stream().map(line -> line.split(" ")).toList();
  var languages = lines.stream().map(line -> line[1]).distinct().sorted().toList();

  Tensor x = Tensor.padded(lines.stream().map(line -> ids(line[0])).toList(), 0);
  Tensor lengths = Tensor.of(lines.stream().map(line -> line[0].length()).toList());
  Tensor y = Tensor.of(lines.stream().map(line -> languages.indexOf(line[1])).toList());
  Tensor order = Tensor.randperm(lines.size());
  Tensor learnt = order.at(":400");
  Tensor unseen = order.at("400:");

  var model = new Classifier(languages.size());
  var optimizer = new Adam(model.parameters(), 0.005);
  int step = 0;
  for (int epoch = 0; epoch < 8; epoch++) {
    for (Tensor batch : learnt.at(Tensor.randperm(400)).split(32)) {
      Tensor loss = F.crossEntropy(model.forward(x.at(batch), lengths.at(batch)), y.at(batch));
      optimizer.zeroGrad();
      loss.backward();
      optimizer.step();
      if (step % 20 == 0) {
        IO.println("step %4d  loss %.5f".formatted(step, loss.item()));
      }
      step++;
    }
  }

  try (var _ = GradMode.noGrad()) {
    Tensor guess = model.forward(x.at(unseen), lengths.at(unseen)).argmax(1);
    int right = guess.eq(y.at(unseen)).sum().itemInt();
    IO.println("right: %d of %d new names".formatted(right, unseen.size(0)));
    Tensor confusion = Tensor.zeros(languages.size(), languages.size());
    for (int i = 0; i < unseen.size(0); i++) {
      confusion.addAt(1, y.at(unseen).getInt(i), guess.getInt(i));
    }
    for (int i = 0; i < languages.size(); i++) {
      var row = new StringBuilder("%10s".formatted(languages.get(i)));
      for (double count : confusion.at(i).toDoubleArray()) {
        row.append("%4.0f".formatted(count));
      }
      IO.println(row);
    }
    if (args.length > 1) {
      Plot.heatMap(confusion, languages, languages).save(Path.of(args[1]));
    }
    for (String name : List.of("takahiro", "stanislawa", "giovannina", "gottlieb")) {
      Tensor p = model.forward(ids(name).unsqueeze(0), Tensor.of(name.length())).softmax(1).at(0);
      var best = p.max(0);
      String language = languages.get(best.indices().itemInt());
      IO.println("%10s: %s %.3f".formatted(name, language, best.values().item()));
    }
  }
}
