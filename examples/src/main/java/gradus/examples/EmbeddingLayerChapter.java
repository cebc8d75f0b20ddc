package gradus.examples;

import gradus.nn.Embedding;
import gradus.tensor.Tensor;
import java.util.List;
import java.util.Locale;

/** Chapter 1: an embedding layer is a table of numbers, and using it is looking up rows. */
final class EmbeddingLayerChapter {

  private static final int VOCABULARY = 50_000;
  private static final int DIM = 768;
  private static final long[][] IDS = {{1, 45, 892}, {23, 1, 3345}};

  private EmbeddingLayerChapter() {}

  static void tell(Story story) {
    story.chapter("The embedding layer");
    story.explain(
        """
        A model cannot calculate with words, only with numbers. So every word gets an id, and every
        id gets a row of numbers in one large table. That table is the <em>embedding layer</em>. Its
        rows begin as chance and are changed by training, like all other weights.""");
    story.beside(
        "PyTorch",
        """
        import torch
        import torch.nn as nn

        embedding = nn.Embedding(50000, 768)
        input_tokens = torch.tensor(
            [[1, 45, 892], [23, 1, 3345]])
        embedded = embedding(input_tokens)

        embedded.shape          # [2, 3, 768]
        embedding.weight.shape  # [50000, 768]
        """,
        "Gradus",
        """
        import module gradus.nn;

        var embedding = new Embedding(50_000, 768);
        var inputTokens = Tensor.of(
            new int[][] {{1, 45, 892}, {23, 1, 3345}});
        var embedded = embedding.forward(inputTokens);

        embedded.shape();         // [2, 3, 768]
        embedding.weight.shape(); // [50000, 768]
        """);
    Tensor.manualSeed(0);
    var embedding = new Embedding(VOCABULARY, DIM);
    var inputTokens = Tensor.of(IDS);
    var embedded = embedding.forward(inputTokens);
    story.table(
        List.of("what", "the lesson", "computed"),
        List.of(
            List.of("2 sentences of 3 tokens, one vector each", "[2, 3, 768]", shape(embedded)),
            List.of("the table: a row for each word", "[50000, 768]", shape(embedding.weight))));
    story.claim(
        "numbers in the table, all of them trained",
        String.format(Locale.ROOT, "%,d", embedding.weight.numel()));
    sameRow(story, embedded);
    oneHot(story, embedding, inputTokens, embedded);
    story.picture(
        LookupPicture.draw(IDS, embedding.weight.detach(), embedded.detach()),
        "Each id picks its row of the table, and the row is copied out unchanged. Shown are the first"
            + " 12 of the 768 numbers: blue above zero, orange below. Id 1 stands in both sentences"
            + " and picks the same row twice.");
  }

  private static void sameRow(Story story, Tensor embedded) {
    Tensor first = embedded.select(0, 0).select(0, 0);
    Tensor second = embedded.select(0, 1).select(0, 1);
    story.claim(
        "token 1 stands in both sentences: same row, difference",
        Figures.error(first.sub(second).abs().max().item()));
  }

  /**
   * Looking up a row is the same as multiplying a one-hot vector with the table, but far cheaper.
   */
  private static void oneHot(Story story, Embedding embedding, Tensor ids, Tensor embedded) {
    story.explain(
        """
        In formulas one reads that a word is a <em>one-hot</em> vector, all zeros but a single one,
        which is multiplied with the table. That is the same thing: the zeros strike out every row
        but one. Nobody does it that way, because nearly all of the work is multiplying by zero.""");
    float[] ones = new float[6 * VOCABULARY];
    long[] flat = ids.reshape(6).toLongArray();
    for (int token = 0; token < flat.length; token++) {
      ones[token * VOCABULARY + (int) flat[token]] = 1;
    }
    Tensor oneHot = Tensor.fromArray(ones, 2, 3, VOCABULARY);
    Tensor table = embedding.weight.detach();
    long start = System.nanoTime();
    Tensor product = oneHot.matmul(table);
    double multiply = (System.nanoTime() - start) / 1e6;
    start = System.nanoTime();
    embedding.forward(ids);
    double lookUp = (System.nanoTime() - start) / 1e6;
    story.claim(
        "one-hot × table less looked-up rows",
        Figures.error(product.sub(embedded).abs().max().item()));
    story.claim(
        "time: multiplying / looking up",
        String.format(Locale.ROOT, "%.1f ms / %.2f ms", multiply, lookUp));
  }

  private static String shape(Tensor tensor) {
    return tensor.shape().toString();
  }
}
