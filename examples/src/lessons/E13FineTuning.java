// Fine-tuning: a model that others have trained learns one thing more, from sixty sentences.
//
// Who has it in the end, Anna or Tom? "Anna gave the book to Tom" and "Tom gave the book to Anna"
// are made of the same words: no average of word vectors can tell them apart, and no model that
// looks for what a text is about needs to.
//
// In PyTorch, with sentence-transformers:
//
//     encoder = SentenceTransformer("all-MiniLM-L6-v2")
//     head = nn.Linear(384, 2)
//     optimizer = torch.optim.AdamW([
//         {"params": encoder.parameters(), "lr": 5e-5}, {"params": head.parameters(), "lr": 1e-2}])
//     for texts, labels in batches:
//       optimizer.zero_grad()
//       vectors = encoder(encoder.tokenize(texts))["sentence_embedding"]
//       F.cross_entropy(head(vectors), labels).backward()
//       optimizer.step()
//     encoder.save_pretrained("tuned")
//
// Run: ./gradus examples/src/lessons/E13FineTuning.java

import module gradus.text;

void main() throws IOException {
  Tensor.manualSeed(1);
  var encoder = SentenceEncoder.load(PretrainedModel.ALL_MINILM_L6_V2);
  var head = new Linear(encoder.dimension(), 2);
  IO.println("%-24s %10s %10s".formatted("right of", "60 learnt", "30 new"));
  report("nothing trained", encoder, head);

  // 1. The encoder stays as it is: each sentence is encoded once, and only the head learns.
  Tensor vectors = encoder.encode(texts(TRAINING));
  Tensor labels = labels(TRAINING);
  var headOnly = new AdamW(head.parameters(), 0.05);
  for (int step = 0; step < 100; step++) {
    headOnly.zeroGrad();
    F.crossEntropy(head.forward(vectors), labels).backward();
    headOnly.step();
  }
  report("head", encoder, head);

  // 2. Gradients flow through all of it, down to the table of words: small steps there, larger ones
  // in the head. The encoder stays in evaluation mode: three rounds are too few to need dropout.
  var optimizer =
      new AdamW(encoder.parameters(), o -> o.lr(5e-5).group(head.parameters(), g -> g.lr(1e-2)));
  for (int epoch = 1; epoch <= 3; epoch++) {
    for (int i = 0; i < TRAINING.size(); i += 6) {
      var batch = TRAINING.subList(i, i + 6);
      try (var _ = Memory.scope()) {
        optimizer.zeroGrad();
        Tensor scores = head.forward(encoder.forward(texts(batch)));
        F.crossEntropy(scores, labels(batch)).backward();
        optimizer.step();
      }
    }
    report("encoder and head, " + epoch + "x", encoder, head);
  }

  // 3. A folder laid out as sentence-transformers does it. What comes back is the same, bit for
  // bit.
  Path folder = Files.createTempDirectory("tuned");
  encoder.save(folder);
  head.stateDict().save(folder.resolve("head.safetensors"));
  var encoderAgain = SentenceEncoder.load(folder);
  var headAgain = new Linear(encoder.dimension(), 2);
  headAgain.loadStateDict(StateDict.load(folder.resolve("head.safetensors")));
  IO.println("parameters are the same: " + (same(encoder, encoderAgain) && same(head, headAgain)));
  IO.println(
      "answers are the same: "
          + sameBits(answers(encoder, head, HELD_OUT), answers(encoderAgain, headAgain, HELD_OUT)));
  try (var files = Files.walk(folder)) {
    files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
  }
}

void report(String trained, SentenceEncoder encoder, Linear head) {
  IO.println(
      "%-24s %10d %10d"
          .formatted(trained, right(encoder, head, TRAINING), right(encoder, head, HELD_OUT)));
}

long right(SentenceEncoder encoder, Linear head, List<String> sentences) {
  return answers(encoder, head, sentences).argmax(1).eq(labels(sentences)).sum().itemLong();
}

Tensor answers(SentenceEncoder encoder, Linear head, List<String> sentences) {
  return head.forward(encoder.encode(texts(sentences))).detach();
}

boolean same(Layer a, Layer b) {
  return a.stateDict().keySet().equals(b.stateDict().keySet())
      && a.stateDict().keySet().stream()
          .allMatch(name -> sameBits(a.stateDict().get(name), b.stateDict().get(name)));
}

boolean sameBits(Tensor a, Tensor b) {
  return Arrays.equals(a.toFloatArray(), b.toFloatArray());
}

/** Each sentence twice: Anna first, then Tom first. */
List<String> texts(List<String> sentences) {
  return sentences.stream()
      .map(line -> line.substring(2))
      .flatMap(s -> Stream.of(s.formatted("Anna", "Tom"), s.formatted("Tom", "Anna")))
      .toList();
}

/** Who has it in the end: 0 for Anna, 1 for Tom. */
Tensor labels(List<String> sentences) {
  return Tensor.of(
      sentences.stream()
          .flatMapToLong(line -> line.startsWith("1") ? LongStream.of(0, 1) : LongStream.of(1, 0))
          .toArray());
}

/** 1: who is named first has it in the end; 2: who is named second. */
static final List<String> TRAINING =
    """
    2 %s gave the book to %s.
    1 %s took the ball from %s.
    2 %s sold the house to %s.
    1 %s bought a car from %s.
    2 %s handed the keys over to %s.
    1 %s got a letter from %s.
    2 %s lent an umbrella to %s.
    1 %s borrowed a pen from %s.
    2 %s sent a parcel to %s.
    1 %s received a prize from %s.
    2 %s passed the salt to %s.
    1 %s stole the bicycle of %s.
    2 %s left the farm to %s.
    1 %s inherited the ring from %s.
    2 %s threw the apple to %s.
    1 %s caught the apple that came from %s.
    2 %s brought the newspaper to %s.
    1 %s won the money of %s at cards.
    2 %s returned the hammer to %s.
    1 %s snatched the map from %s.
    2 %s dropped the coin into the hand of %s.
    1 %s accepted the gift of %s.
    2 %s delivered the flowers to %s.
    1 %s collected the rent from %s.
    2 %s paid ten dollars to %s.
    1 %s earned ten dollars from %s.
    2 %s lost the crown to %s.
    1 %s keeps the dog that %s had.
    2 %s let the seat go to %s.
    1 %s picked up the coat that %s threw away.
    """
        .lines()
        .toList();

static final List<String> HELD_OUT =
    """
    2 %s presented a watch to %s.
    1 %s grabbed the bag from %s.
    2 %s donated a piano to %s.
    1 %s obtained the recipe from %s.
    2 %s posted a card to %s.
    1 %s hired a boat from %s.
    2 %s gave the ticket back to %s.
    1 %s took over the shop from %s.
    2 %s mailed the photographs to %s.
    1 %s bought the painting from %s.
    2 %s kicked the ball to %s.
    1 %s fetched the ladder from %s.
    2 %s rented the flat to %s.
    1 %s pocketed the wallet of %s.
    2 %s surrendered the sword to %s.
    """
        .lines()
        .toList();
