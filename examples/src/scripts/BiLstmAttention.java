// Is a sentence praise or blame? A network reads it in both directions, and says which words it
// looked at.
//
// Zhou et al. 2016, "Attention-Based Bidirectional Long Short-Term Memory Networks for Relation
// Classification", a script known from graykode's nlp-tutorial. In PyTorch, line by line:
// bi_lstm_attention.py
//
// Run: ./gradus examples/src/scripts/BiLstmAttention.java

import module gradus.text;

record Answer(Tensor logits, Tensor attention) {}

class Model extends Layer {
  final Embedding embedding;
  final LSTM lstm;
  final Linear score;
  final Linear out;

  Model(int words) {
    embedding = new Embedding(words, 24, 0);
    lstm = new LSTM(24, 24, o -> o.batchFirst(true).bidirectional(true));
    score = new Linear(48, 1, false);
    out = new Linear(48, 2);
  }

  Answer answer(Tensor ids) {
    Tensor output = lstm.forward(embedding.forward(ids));
    Tensor scores = score.forward(output.tanh()).squeeze(2);
    Tensor attention = scores.maskedFill(ids.eq(0), Double.NEGATIVE_INFINITY).softmax(1);
    Tensor context = attention.unsqueeze(2).mul(output).sum(1);
    return new Answer(out.forward(context.tanh()), attention);
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
  var optimizer = new Adam(model.parameters(), 0.004);
  for (int step = 0; step <= 40; step++) {
    Tensor loss = F.crossEntropy(model.answer(x).logits, y);
    optimizer.zeroGrad();
    loss.backward();
    optimizer.step();
    if (step % 10 == 0) {
      IO.println("step %4d  loss %.5f".formatted(step, loss.item()));
    }
  }

  var unseen = List.of("a wonderful story and never boring", "a stupid story and never funny");
  var split = unseen.stream().map(text -> List.of(text.split(" "))).toList();
  try (var _ = GradMode.noGrad()) {
    var answer = model.answer(vocab.ids(split, 12));
    for (int i = 0; i < unseen.size(); i++) {
      double liked = answer.logits.softmax(1).get(i, 1);
      IO.println("%.3f  %s".formatted(liked, unseen.get(i)));
      for (int j = 0; j < split.get(i).size(); j++) {
        double looked = 100 * answer.attention.get(i, j);
        IO.println("  %-10s %5.1f %%".formatted(split.get(i).get(j), looked));
      }
    }
  }
}
