package gradus.examples;

import gradus.examples.picture.HeatPicture;
import gradus.examples.picture.ScatterPicture;
import gradus.studio.Studio;
import gradus.tensor.Tensor;
import gradus.text.encoder.SentenceEncoder;
import gradus.text.projection.Pca;
import gradus.text.vectors.WordVectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Chapter 8: the same word in a real transformer, layer by layer. */
final class TransformerChapter {

  private TransformerChapter() {}

  static void tell(Story story, SentenceEncoder encoder, WordVectors words) {
    story.chapter("“bank” in a real transformer");
    story.explain(
        """
        The table of chapters 2 to 5 is the ground floor of all-MiniLM-L6-v2. Above it stand layers of
        attention like the one of the last chapter, each with several heads, trained on a billion pairs
        of sentences. Here are eight sentences, four about money and four about rivers; after every
        layer we look at the vector of <em>bank</em>.""");
    story.code(
        """
        SentenceEncoder encoder = SentenceEncoder.load(PretrainedModel.ALL_MINILM_L6_V2);
        TokenVectors inside = encoder.inspect("We sat on the bank of the river and fished.", true);

        inside.tokens();                 // [CLS], we, sat, on, the, bank, of, ...
        inside.word("bank", 3);          // its vector after layer 3: [384]
        inside.attentions().get(0);      // layer 1, who looks at whom: [12 heads, 13, 13]
        """);
    Banks banks = Banks.readBy(encoder);
    int heads = encoder.model.config().numAttentionHeads();
    long numbers = encoder.model.parameters().stream().mapToLong(Tensor::numel).sum();
    story.claim("layers × heads in each", banks.layers() + " × " + heads);
    story.claim("numbers learned", String.format(Locale.ROOT, "%,d", numbers));
    layers(story, banks);
    int layer = banks.clearestLayer();
    neighbours(story, banks, layer, words);
    map(story, banks, layer);
    HeadSection.tell(story, banks);
    story.studio(
        "attention.html",
        "Every head of every layer, in two of the sentences: choose the token that looks.",
        file ->
            Studio.save(
                encoder, file, Banks.SENTENCES.get(2).text(), Banks.SENTENCES.get(4).text()));
    FeatureSection.tell(story, banks, encoder, words);
  }

  private static void layers(Story story, Banks banks) {
    story.heading("Static against contextual, layer by layer");
    story.explain(
        """
        Cosines between the eight vectors: pairs of one sense, pairs across senses, and each with the
        row of the table. <em>Table</em> is that row, the same for all; into the first layer
        (<em>0</em>) goes the row plus a vector of its place in the sentence, so that words at the same
        place are still equal. <em>Apart</em> says whether the least alike pair of one sense stands
        above every pair across senses.""");
    var rows = new ArrayList<List<String>>();
    double own = Figures.cosine(banks.row(), banks.row());
    rows.add(row("table", new Banks.Likeness(Range.of(own), Range.of(own), own, 0), "none nearer"));
    var apart = new ArrayList<String>();
    var same = new ArrayList<Range>();
    var across = new ArrayList<Range>();
    for (int layer = 0; layer <= banks.layers(); layer++) {
      Banks.Likeness likeness = banks.likeness(layer);
      String nearest = likeness.nearest() + " of " + banks.inside().size();
      rows.add(row(Integer.toString(layer), likeness, nearest));
      same.add(likeness.same());
      across.add(likeness.across());
      if (likeness.gap() > 0) {
        apart.add(Integer.toString(layer));
      }
    }
    story.table(
        List.of(
            "layer",
            "one sense",
            "lowest",
            "across",
            "highest",
            "to the row",
            "apart",
            "nearest has its sense"),
        rows);
    story.claim("layers that keep the senses apart, pair by pair", String.join(", ", apart));
    story.claim(
        "the last layer, lowest of one sense, highest across",
        Figures.three(same.getLast().low()) + ", " + Figures.three(across.getLast().high()));
    List<String> steps =
        IntStream.rangeClosed(0, banks.layers()).mapToObj(Integer::toString).toList();
    story.picture(
        new BandPicture("Cosines of bank by layer", steps)
            .line("one sense", same)
            .line("across senses", across)
            .draw("layer", "cosine"),
        "Mean cosine of the pairs, with the band from the lowest to the highest. Where the bands do not touch, every pair is told apart.");
    story.explain(
        """
        The last layer is made for the meaning of the whole sentence, not of one word in it: look for
        the sense of a word further down.""");
  }

  private static List<String> row(String name, Banks.Likeness likeness, String nearest) {
    return List.of(
        name,
        Figures.three(likeness.same().mean()),
        Figures.three(likeness.same().low()),
        Figures.three(likeness.across().mean()),
        Figures.three(likeness.across().high()),
        Figures.three(likeness.toRow()),
        likeness.gap() > 0 ? "yes" : "no",
        nearest);
  }

  private static void neighbours(Story story, Banks banks, int layer, WordVectors words) {
    story.heading("The nearest other bank");
    story.claim("the layer that keeps them furthest apart", Integer.toString(layer));
    double[][] cosines = banks.cosines(layer);
    var rows = new ArrayList<List<String>>();
    int unmoved = 0;
    for (int i = 0; i < cosines.length; i++) {
      int nearest = Banks.nearest(cosines, i);
      rows.add(
          List.of(
              numbered(i),
              Banks.SENTENCES.get(i).money() ? "money" : "river",
              Integer.toString(nearest + 1),
              Figures.three(cosines[i][nearest]),
              Banks.sameSense(i, nearest) ? "yes" : "no"));
      String first = words.similarByVector(banks.vector(i, layer), 1).getFirst().word();
      unmoved += first.equals(Banks.WORD) ? 1 : 0;
    }
    story.table(List.of("sentence", "sense", "nearest", "cosine", "same sense"), rows);
    story.claim(
        "nearest other bank has the same sense",
        banks.likeness(layer).nearest() + " of " + banks.inside().size());
    story.claim(
        "nearest row of the table is that of bank itself",
        unmoved + " of " + banks.inside().size());
    story.explain(
        """
        The second figure is a warning: compared with the rows of the table, the word stays what it
        was. Its sense is a shift on top of that, and shows when contextual vectors of one layer are
        compared with one another.""");
    List<String> names = Banks.indices().mapToObj(TransformerChapter::numbered).toList();
    List<String> numbers = Banks.indices().mapToObj(i -> Integer.toString(i + 1)).toList();
    double lowest =
        Range.of(
                IntStream.range(0, cosines.length)
                    .mapToDouble(i -> Range.of(cosines[i]).low())
                    .toArray())
            .low();
    story.picture(
        HeatPicture.draw("Cosines of bank", names, numbers, cosines, true, lowest),
        "Cosines after layer %d. The tint begins at the lowest of them, %s, not at zero."
            .formatted(layer, Figures.three(lowest)));
  }

  private static String numbered(int i) {
    return "%d. %s".formatted(i + 1, Banks.SENTENCES.get(i).text());
  }

  private static void map(Story story, Banks banks, int layer) {
    story.heading("From the row of the table to eight contexts");
    List<Tensor> points =
        new ArrayList<>(Banks.indices().mapToObj(i -> banks.vector(i, layer)).toList());
    points.add(banks.row());
    Tensor vectors = Tensor.stack(points, 0);
    Tensor unit = Figures.unit(vectors);
    Pca pca = Pca.of(unit, 2);
    Tensor places = pca.project(unit);
    var picture =
        new ScatterPicture(
            "From static to contextual", List.of("money", "river", "the row of the table"));
    String row = "bank, from the table";
    for (int i = 0; i < banks.inside().size(); i++) {
      String name = "%d  %s".formatted(i + 1, Banks.SENTENCES.get(i).name());
      int group = Banks.SENTENCES.get(i).money() ? 0 : 1;
      picture.point(places.get(i, 0), places.get(i, 1), name, group).arrow(row, name, group);
    }
    int last = banks.inside().size();
    picture.point(places.get(last, 0), places.get(last, 1), row, 2);
    story.picture(
        picture.draw(),
        "The row of “bank” and its eight vectors after layer %d, each brought to length one (PCA)."
            .formatted(layer));
    story.claim("share of the spread that the two axes keep", pca.shares());
  }
}
