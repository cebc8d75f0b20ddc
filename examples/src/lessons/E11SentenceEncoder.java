// A vector for a whole sentence: near in meaning is near in direction, whatever words are used.
//
// In PyTorch, with sentence-transformers:
//
//     model = SentenceTransformer("sentence-transformers/all-MiniLM-L6-v2")
//     vectors = model.encode(sentences, convert_to_tensor=True)
//     print(vectors.shape)                                     # torch.Size([12, 384])
//     print(util.cos_sim(vectors[0], vectors[1]))
//     query = model.encode("How do I raise a young dog?", convert_to_tensor=True)
//     print(util.semantic_search(query, vectors, top_k=3))
//
// Run: ./gradus examples/src/lessons/E11SentenceEncoder.java

import module gradus.text;

static final List<String> SENTENCES =
    List.of(
        "The cat sleeps on the sofa.",
        "A kitten is napping on the couch.",
        "Puppies need training and patience.",
        "Feed your parrot fresh fruit every day.",
        "The train to the coast leaves at noon.",
        "Our flight was delayed by four hours.",
        "Knead the dough and let it rise overnight.",
        "This soup needs more salt.",
        "The orchestra played until midnight.",
        "She practises the violin every morning.",
        "Share prices fell for the third day.",
        "The committee put off its decision.");

void main() {
  var encoder = SentenceEncoder.load(PretrainedModel.ALL_MINILM_L6_V2);
  var vectors = encoder.encode(SENTENCES);
  IO.println(vectors.shape());

  // No word in common but "the" and "on", and yet. (At length one the dot is the cosine.)
  var cat = vectors.select(0, 0);
  IO.println("cat, kitten: %.2f".formatted(cat.dot(vectors.select(0, 1)).item()));
  IO.println("cat, soup: %.2f".formatted(cat.dot(vectors.select(0, 7)).item()));

  // Search is the same question asked of all rows at once.
  var index = FlatIndex.of(vectors, Metric.COSINE);
  for (String query : List.of("How do I raise a young dog?", "travelling", "a concert")) {
    IO.println(query);
    var near = index.search(encoder.encode(query), 3);
    for (int i = 0; i < 3; i++) {
      int row = (int) near.indices().get(i);
      IO.println("  %.2f  %s".formatted(near.values().get(i), SENTENCES.get(row)));
    }
  }
}
