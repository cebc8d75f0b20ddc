// Calculating with meanings, in the embedding table of a real model.
//
// With gensim:
//
//     vectors = gensim.downloader.load("glove-wiki-gigaword-100")
//     print(vectors.most_similar("king", topn=3))
//     print(vectors.most_similar(positive=["king", "woman"], negative=["man"], topn=3))
//     print(vectors.doesnt_match(["breakfast", "cereal", "dinner", "lunch"]))
//
// Run: ./gradus examples/src/lessons/E07Analogies.java

import module gradus.text;

void main() {
  WordVectors vectors = PretrainedTable.miniLm().wordVectors();
  IO.println(vectors.mostSimilar("king", 3));
  IO.println(vectors.mostSimilar(List.of("king", "woman"), List.of("man"), 3));
  IO.println(vectors.doesntMatch(List.of("breakfast", "cereal", "dinner", "lunch")));
}
