// Skip-gram with negative sampling: a word guesses its neighbours, and is told from words that are
// none. That is all of word2vec, and meaning appears.
//
// In PyTorch:
//
//     class SkipGram(nn.Module):
//       def __init__(self, words, size):
//         super().__init__()
//         self.center = nn.Embedding(words, size, sparse=True)
//         self.context = nn.Embedding(words, size, sparse=True)
//         nn.init.uniform_(self.center.weight, -0.5 / size, 0.5 / size)
//         nn.init.zeros_(self.context.weight)
//       def forward(self, centers, neighbours, negatives):
//         center = self.center(centers).unsqueeze(2)                       # [batch, size, 1]
//         right = self.context(neighbours).unsqueeze(1).bmm(center)        # [batch, 1, 1]
//         wrong = self.context(negatives).bmm(center)                      # [batch, 8, 1]
//         return -(F.logsigmoid(right).sum() + F.logsigmoid(-wrong).sum()) / len(centers)
//
//     optimizer = torch.optim.SparseAdam(model.parameters(), lr=0.01)
//     noise = counts ** 0.75
//     for epoch in range(4):
//       for centers, neighbours in DataLoader(TensorDataset(x, y), 512, shuffle=True):
//         negatives = torch.multinomial(noise, len(centers) * 8, replacement=True)
//         optimizer.zero_grad()
//         loss = model(centers, neighbours, negatives.view(-1, 8))
//         loss.backward()
//         optimizer.step()
//
// Source: Mikolov et al., "Distributed Representations of Words and Phrases and their
// Compositionality" (2013). The fast form of the same is gradus.text.word2vec.Word2Vec.
//
// Run: ./gradus examples/src/lessons/E17SkipGram.java

import module gradus.examples;

class SkipGram extends Layer {
  final Embedding center;
  final Embedding context;

  SkipGram(int words, int size) {
    center = new Embedding(words, size, o -> o.sparse(true));
    context = new Embedding(words, size, o -> o.sparse(true));
    Init.uniform_(center.weight, -0.5 / size, 0.5 / size);
    Init.zeros_(context.weight);
  }

  /** The loss of a batch: centers [batch], their neighbours [batch], negatives [batch, 8]. */
  Tensor loss(Tensor centers, Tensor neighbours, Tensor negatives) {
    Tensor center = this.center.forward(centers).unsqueeze(2); // [batch, size, 1]
    Tensor right = context.forward(neighbours).unsqueeze(1).bmm(center); // [batch, 1, 1]
    Tensor wrong = context.forward(negatives).bmm(center); // [batch, 8, 1]
    Tensor likelihood = F.logsigmoid(right).sum().add(F.logsigmoid(wrong.neg()).sum());
    return likelihood.neg().div(centers.size(0));
  }
}

void main() {
  Tensor.manualSeed(1);
  var sentences = SmallCorpus.sentences();
  var vocab = Vocab.of(sentences);
  Tensor counts = Tensor.of(vocab.words().stream().mapToDouble(vocab::count).toArray());
  Tensor noise = counts.pow(0.75); // frequent words are drawn less often than they occur

  // Every word with each of the three to its left and right. Of the most frequent words most are
  // left out first: they stand beside everything, and so say little.
  Tensor share = counts.div(counts.sum());
  Tensor kept = share.reciprocal().mul(0.01).sqrt();
  var pairs = new ArrayList<long[]>();
  for (var sentence : sentences) {
    Tensor ids = vocab.ids(sentence);
    ids = ids.at(Tensor.rand(ids.size(0)).lt(kept.indexSelect(0, ids)));
    long[] words = ids.toLongArray();
    for (int i = 0; i < words.length; i++) {
      for (int j = Math.max(0, i - 3); j < Math.min(words.length, i + 4); j++) {
        if (i != j) {
          pairs.add(new long[] {words[i], words[j]});
        }
      }
    }
  }
  Tensor x = Tensor.of(pairs.stream().mapToLong(pair -> pair[0]).toArray());
  Tensor y = Tensor.of(pairs.stream().mapToLong(pair -> pair[1]).toArray());
  IO.println("%d pairs of %d words".formatted(pairs.size(), vocab.size()));

  var model = new SkipGram(vocab.size(), 24);
  show("before", vocab, model);
  var optimizer = new SparseAdam(model.parameters(), 0.01);
  var loader = new DataLoader<>(new TensorDataset(x, y), 512, true);
  for (int epoch = 1; epoch <= 4; epoch++) {
    double sum = 0;
    for (var batch : loader) {
      try (var _ = Memory.scope()) {
        Tensor centers = batch.get(0);
        int size = centers.size(0);
        Tensor negatives = Tensor.multinomial(noise, size * 8, true).view(size, 8);
        optimizer.zeroGrad();
        Tensor loss = model.loss(centers, batch.get(1), negatives);
        loss.backward();
        optimizer.step();
        sum += loss.item() * size;
      }
    }
    IO.println("epoch %d: loss %.2f".formatted(epoch, sum / pairs.size()));
  }
  show("after", vocab, model);
}

void show(String when, Vocab vocab, SkipGram model) {
  var vectors = WordVectors.of(vocab.words(), model.center.weight);
  for (String word : List.of("king", "cat", "bread")) {
    var near = vectors.mostSimilar(word, 4).stream().map(ScoredWord::word).toList();
    IO.println("%s: %s is near %s".formatted(when, word, String.join(", ", near)));
  }
}
