package gradus.examples;

import gradus.nn.Embedding;
import gradus.tensor.Tensor;
import java.util.List;
import java.util.Locale;

/** Chapter 1: an embedding layer is a table of numbers, and using it is looking up rows. */
final class EmbeddingLayerChapter {

  private static final int VOCABULARY = 50_000;
  private static final int DIM = 768;

  private EmbeddingLayerChapter() {}

  static void tell(Story story) {
    story.chapter("The embedding layer");
    story.explain(
        """
        A model cannot calculate with words, only with numbers. So every word gets an id, and every
        id gets a row of numbers in one large table. That table is the <em>embedding layer</em>. Its
        rows begin as chance and are changed by training, like all other weights.""");
    story.code(
        """
        import module gradus.nn;

        var embedding = new Embedding(50_000, 768);           // 50,000 words, 768 numbers each
        var inputTokens = Tensor.of(new int[][] {{1, 45, 892}, {23, 1, 3345}});
        var embedded = embedding.forward(inputTokens);
        """);
    Tensor.manualSeed(0);
    var embedding = new Embedding(VOCABULARY, DIM);
    var inputTokens = Tensor.of(new int[][] {{1, 45, 892}, {23, 1, 3345}});
    var embedded = embedding.forward(inputTokens);
    story.claim("2 sentences of 3 tokens, one vector per token", embedded.shape().toString());
    story.claim("the table: a row for each word", embedding.weight.shape().toString());
    story.claim(
        "numbers in the table, all of them trained",
        String.format(Locale.ROOT, "%,d", embedding.weight.numel()));
    sameRow(story, embedded);
    oneHot(story, embedding, inputTokens, embedded);
    story.picture(
        lookupPicture(), "The ids pick rows of the table; each row is copied out unchanged.");
  }

  private static void sameRow(Story story, Tensor embedded) {
    Tensor first = embedded.select(0, 0).select(0, 0);
    Tensor second = embedded.select(0, 1).select(0, 1);
    story.claim(
        "token 1 stands in both sentences: same row, difference",
        plain(first.sub(second).abs().max().item()));
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
        "one-hot × table less looked-up rows", plain(product.sub(embedded).abs().max().item()));
    story.claim(
        "time: multiplying / looking up",
        String.format(Locale.ROOT, "%.1f ms / %.2f ms", multiply, lookUp));
  }

  private static String plain(double value) {
    return value == 0 ? "0" : String.format(Locale.ROOT, "%.1e", value);
  }

  private static String lookupPicture() {
    var svg = new Svg(760, 190, "Token ids pick rows of the embedding table");
    List<String> ids = List.of("1", "45", "892");
    svg.text(55, 18, "middle", "legend", "token ids");
    svg.text(350, 18, "middle", "legend", "the table [50000, 768]");
    svg.text(645, 18, "middle", "legend", "embedded [3, 768]");
    for (int row = 0; row < 9; row++) {
      cells(svg, 260, 32 + 17 * row, row % 3 == 1 ? "fill" + (row / 3 + 1) : "", row + 1);
    }
    for (int token = 0; token < 3; token++) {
      double y = 50 + 51 * token;
      String stroke = "arrow stroke" + (token + 1);
      svg.rect(30, y - 12, 50, 26, 4, "box").text(55, y + 5, "middle", "strong", ids.get(token));
      svg.arrow(84, y + 1, 252, 32 + 17 * (3 * token + 1) + 6, stroke);
      svg.arrow(446, 32 + 17 * (3 * token + 1) + 6, 548, y + 1, stroke);
      cells(svg, 555, y - 6, "fill" + (token + 1), 3 * token + 2);
    }
    return svg.toString();
  }

  /** A row of twelve cells, tinted as if by numbers. */
  private static void cells(Svg svg, double x, double y, String style, int seed) {
    for (int cell = 0; cell < 12; cell++) {
      double share = 0.15 + 0.8 * ((seed * 37 + cell * 53 + seed * cell * 17) % 23) / 23;
      svg.rect(x + 15 * cell, y, 14, 14, 2, "frame");
      if (!style.isEmpty()) {
        svg.tint(x + 15 * cell, y, 14, 14, style, share);
      }
    }
  }
}
