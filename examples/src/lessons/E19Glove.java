// GloVe: first count which words stand together, then find vectors whose products are the
// logarithms
// of the counts.
//
// In PyTorch:
//
//     class Glove(nn.Module):
//       def __init__(self, words, size):
//         super().__init__()
//         self.word = nn.Embedding(words, size, sparse=True)
//         self.context = nn.Embedding(words, size, sparse=True)
//         self.word_bias = nn.Embedding(words, 1, sparse=True)
//         self.context_bias = nn.Embedding(words, 1, sparse=True)
//         for weight in self.parameters():
//           nn.init.uniform_(weight, -0.5 / size, 0.5 / size)
//       def forward(self, i, j, count):
//         weight = (count / 20).pow(0.75).clamp(max=1)
//         product = (self.word(i) * self.context(j)).sum(1)
//         biases = self.word_bias(i) + self.context_bias(j)
//         return (weight * (product + biases.squeeze(1) - count.log()) ** 2).mean()
//
//     optimizer = torch.optim.Adagrad(model.parameters(), lr=0.1)
//     ...
//     vectors = model.word.weight + model.context.weight
//
// Source: Pennington, Socher and Manning, "GloVe: Global Vectors for Word Representation" (2014).
//
// Run: ./gradus examples/src/lessons/E19Glove.java

import module gradus.examples;

class GloveModel extends Layer {
  final Embedding word;
  final Embedding context;
  final Embedding wordBias;
  final Embedding contextBias;

  GloveModel(int words, int size) {
    word = new Embedding(words, size, o -> o.sparse(true));
    context = new Embedding(words, size, o -> o.sparse(true));
    wordBias = new Embedding(words, 1, o -> o.sparse(true));
    contextBias = new Embedding(words, 1, o -> o.sparse(true));
    for (Tensor weight : parameters()) {
      Init.uniform_(weight, -0.5 / size, 0.5 / size);
    }
  }

  /** The loss of a batch: how often word i [batch] stood near word j [batch]: count [batch]. */
  Tensor loss(Tensor i, Tensor j, Tensor count) {
    Tensor weight = count.div(20).pow(0.75).clamp(0, 1); // rare pairs say less
    Tensor product = word.forward(i).mul(context.forward(j)).sum(1);
    Tensor biases = wordBias.forward(i).add(contextBias.forward(j)).squeeze(1);
    return weight.mul(product.add(biases).sub(count.log()).square()).mean();
  }
}

void main() {
  Tensor.manualSeed(1);
  var sentences = SmallCorpus.sentences();
  var vocab = Vocab.of(sentences);

  // How often two words stand within five places of each other; a pair counts less the farther
  // apart its words are.
  int n = vocab.size();
  double[][] counts = new double[n][n];
  for (var sentence : sentences) {
    long[] ids = vocab.ids(sentence).toLongArray();
    for (int i = 0; i < ids.length; i++) {
      for (int j = Math.max(0, i - 5); j < i; j++) {
        counts[(int) ids[i]][(int) ids[j]] += 1.0 / (i - j);
        counts[(int) ids[j]][(int) ids[i]] += 1.0 / (i - j);
      }
    }
  }
  Tensor table = Tensor.of(counts).to(DType.FLOAT32);
  Tensor pairs = table.nonzero(); // [pairs, 2]
  Tensor i = pairs.select(1, 0);
  Tensor j = pairs.select(1, 1);
  Tensor count = table.at(table.gt(0));
  IO.println("%d pairs of %d words stand together".formatted(pairs.size(0), n));

  var model = new GloveModel(n, 24);
  show("before", vocab, model);
  var optimizer = new Adagrad(model.parameters(), 0.1);
  var loader = new DataLoader<>(new TensorDataset(i, j, count), 256, true);
  for (int epoch = 1; epoch <= 10; epoch++) {
    double sum = 0;
    for (var batch : loader) {
      try (var _ = Memory.scope()) {
        optimizer.zeroGrad();
        Tensor loss = model.loss(batch.get(0), batch.get(1), batch.get(2));
        loss.backward();
        optimizer.step();
        sum += loss.item() * batch.get(0).size(0);
      }
    }
    if (epoch % 2 == 0) {
      IO.println("epoch %d: loss %.3f".formatted(epoch, sum / pairs.size(0)));
    }
  }
  show("after", vocab, model);
}

/** Words and contexts have learnt the same thing twice: their sum is what GloVe gives. */
void show(String when, Vocab vocab, GloveModel model) {
  var vectors = WordVectors.of(vocab.words(), model.word.weight.add(model.context.weight));
  for (String word : List.of("king", "cat", "bread")) {
    var near = vectors.mostSimilar(word, 4).stream().map(ScoredWord::word).toList();
    IO.println("%s: %s is near %s".formatted(when, word, String.join(", ", near)));
  }
}
