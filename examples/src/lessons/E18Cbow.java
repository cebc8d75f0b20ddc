// Continuous bag of words: the neighbours together guess the word in their midst. The reverse of
// skip-gram, and one guess a word instead of six.
//
// In PyTorch:
//
//     class Cbow(nn.Module):
//       def __init__(self, words, size):
//         super().__init__()
//         self.context = nn.EmbeddingBag(words, size, mode="mean", padding_idx=0, sparse=True)
//         self.center = nn.Embedding(words, size, sparse=True)
//         nn.init.zeros_(self.center.weight)
//       def forward(self, neighbours, centers, negatives):
//         bag = self.context(neighbours).unsqueeze(2)                      # [batch, size, 1]
//         candidates = torch.cat([centers.unsqueeze(1), negatives], 1)     # [batch, 1 + 8]
//         scores = self.center(candidates).bmm(bag).squeeze(2)             # [batch, 1 + 8]
//         truth = torch.zeros_like(scores)
//         truth[:, 0] = 1
//         return F.binary_cross_entropy_with_logits(scores, truth, reduction="sum") / len(centers)
//
//     optimizer = torch.optim.SparseAdam(model.parameters(), lr=0.03)
//
// Source: Mikolov, Chen, Corrado and Dean, "Efficient Estimation of Word Representations in Vector
// Space" (2013). The fast form of the same is gradus.text.word2vec.Word2Vec.
//
// Run: ./gradus examples/src/lessons/E18Cbow.java

import module gradus.examples;

class Cbow extends Layer {
  final EmbeddingBag context;
  final Embedding center;

  Cbow(int words, int size) {
    context = new EmbeddingBag(words, size, o -> o.mode("mean").paddingIdx(0).sparse(true));
    center = new Embedding(words, size, o -> o.sparse(true));
    Init.zeros_(center.weight);
  }

  /**
   * The loss of a batch: neighbours [batch, 6], the words amid them [batch], negatives [batch, 8].
   */
  Tensor loss(Tensor neighbours, Tensor centers, Tensor negatives) {
    Tensor bag = context.forward(neighbours).unsqueeze(2); // [batch, size, 1]
    Tensor candidates = Tensor.cat(1, centers.unsqueeze(1), negatives); // [batch, 1 + 8]
    Tensor scores = center.forward(candidates).bmm(bag).squeeze(2); // [batch, 1 + 8]
    Tensor truth = Tensor.zerosLike(scores);
    truth.select(1, 0).fill_(1);
    return F.binaryCrossEntropyWithLogits(scores, truth, Reduction.SUM).div(centers.size(0));
  }
}

void main() {
  Tensor.manualSeed(1);
  var sentences = SmallCorpus.sentences();
  var vocab = Vocab.of(sentences, o -> o.specials("<pad>"));
  Tensor counts = Tensor.of(vocab.words().stream().mapToDouble(vocab::count).toArray());
  Tensor noise = counts.pow(0.75); // the count of <pad> is 0: it is never drawn

  // Every word with the three to its left and right; where the sentence ends, <pad> stands.
  var bags = new ArrayList<long[]>();
  var words = new ArrayList<Long>();
  for (var sentence : sentences) {
    long[] ids = vocab.ids(sentence).toLongArray();
    for (int i = 0; i < ids.length; i++) {
      long[] bag = new long[6];
      for (int j = 0; j < 6; j++) {
        int place = i + (j < 3 ? j - 3 : j - 2);
        bag[j] = place >= 0 && place < ids.length ? ids[place] : 0;
      }
      bags.add(bag);
      words.add(ids[i]);
    }
  }
  Tensor x = Tensor.of(bags.toArray(long[][]::new));
  Tensor y = Tensor.of(words.stream().mapToLong(Long::longValue).toArray());
  IO.println("%d bags of %d words".formatted(bags.size(), vocab.size() - 1));

  var model = new Cbow(vocab.size(), 24);
  show("before", vocab, model);
  var optimizer = new SparseAdam(model.parameters(), 0.03);
  var loader = new DataLoader<>(new TensorDataset(x, y), 512, true);
  for (int epoch = 1; epoch <= 5; epoch++) {
    double sum = 0;
    for (var batch : loader) {
      try (var _ = Memory.scope()) {
        int size = batch.get(1).size(0);
        Tensor negatives = Tensor.multinomial(noise, size * 8, true).view(size, 8);
        optimizer.zeroGrad();
        Tensor loss = model.loss(batch.get(0), batch.get(1), negatives);
        loss.backward();
        optimizer.step();
        sum += loss.item() * size;
      }
    }
    IO.println("epoch %d: loss %.2f".formatted(epoch, sum / bags.size()));
  }
  show("after", vocab, model);
}

void show(String when, Vocab vocab, Cbow model) {
  var vectors = WordVectors.of(vocab.words(), model.context.weight).only(w -> !w.equals("<pad>"));
  for (String word : List.of("king", "cat", "bread")) {
    var near = vectors.mostSimilar(word, 4).stream().map(ScoredWord::word).toList();
    IO.println("%s: %s is near %s".formatted(when, word, String.join(", ", near)));
  }
}
