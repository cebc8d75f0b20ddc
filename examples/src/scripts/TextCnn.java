// Is a sentence praise or blame? Convolutions find the two, three and four words that tell.
//
// Yoon Kim 2014, "Convolutional Neural Networks for Sentence Classification". In PyTorch, line by
// line: text_cnn.py
//
// Run: ./gradus examples/src/scripts/TextCnn.java

import module gradus.text;

class Model extends Layer {
  final Embedding embedding;
  final List<Conv1d> convs;
  final Dropout dropout;
  final Linear out;

  Model(int words) {
    embedding = new Embedding(words, 24, 0);
    convs = Stream.of(2, 3, 4).map(size -> new Conv1d(24, 16, size)).toList();
    dropout = new Dropout(0.5);
    out = new Linear(3 * 16, 2);
  }

  @Override
  public Tensor forward(Tensor ids) {
    Tensor x = embedding.forward(ids).transpose(1, 2);
    var found = convs.stream().map(conv -> F.relu(conv.forward(x)).amax(2)).toList();
    return out.forward(dropout.forward(Tensor.cat(found, 1)));
  }
}

void main(String[] args) throws IOException {
  Tensor.manualSeed(1);
  var path = Path.of(args.length > 0 ? args[0] : "examples/src/scripts/reviews.txt");
  var lines = Files.readAllLines(path).stream().map(line -> List.of(line.split(" "))).toList();
  var sentences = lines.stream().map(line -> line.subList(1, line.size())).toList();
  Tensor y = Tensor.of(lines.stream().map(line -> Integer.valueOf(line.getFirst())).toList());
  var vocab = Vocab.of(sentences, o -> o.specials("<pad>", "<unk>"));

  Tensor x = vocab.ids(sentences, 12);
  var model = new Model(vocab.size());
  IO.println("%d words, %d parameters".formatted(vocab.size(), model.numel()));
  var optimizer = new Adam(model.parameters(), 0.005);
  for (int step = 0; step <= 60; step++) {
    Tensor loss = F.crossEntropy(model.forward(x), y);
    optimizer.zeroGrad();
    loss.backward();
    optimizer.step();
    if (step % 10 == 0) {
      IO.println("step %4d  loss %.5f".formatted(step, loss.item()));
    }
  }

  model.eval();
  var unseen =
      List.of(
          "a wonderful film with a perfect ending",
          "a terrible film with a silly ending",
          "never boring and never too long",
          "the worst evening of this year",
          "not a good film");
  var split = unseen.stream().map(text -> List.of(text.split(" "))).toList();
  try (var _ = GradMode.noGrad()) {
    Tensor p = model.forward(vocab.ids(split, 12)).softmax(1);
    for (int i = 0; i < unseen.size(); i++) {
      IO.println("%.3f  %s".formatted(p.get(i, 1), unseen.get(i)));
    }
  }
}
