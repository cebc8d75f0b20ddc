package gradus.examples;

import gradus.examples.corpus.SmallCorpus;
import gradus.examples.picture.HeatPicture;
import gradus.text.vectors.WordVectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The distributional hypothesis: words in like company have like meanings. */
final class CompanySection {

  private static final List<List<String>> GROUPS =
      List.of(
          List.of("king", "queen", "prince", "princess"),
          List.of("man", "woman", "boy", "girl"),
          List.of("cat", "dog", "horse", "sheep"),
          List.of("bread", "cheese", "soup", "cake"));

  private CompanySection() {}

  static void tell(Story story, WordVectors table) {
    story.heading("Why meaning can be learned: the company words keep");
    story.explain(
        """
        The lesson's first claim is the <em>distributional hypothesis</em>: words that appear in similar
        contexts tend to have similar meanings. It can be tried by counting alone, before any vector is
        trained. We go through a small text and count, for each word, which words stand within three
        places of it, and by how much more often than chance. That row of counts is the word's
        company. The cosine of two rows says how alike the company is.""");
    List<List<String>> sentences = SmallCorpus.sentences();
    Company company = Company.in(sentences);
    WordVectors counted = company.vectors();
    var rows = new ArrayList<List<String>>();
    for (String[] pair : new String[][] {{"king", "queen"}, {"cat", "dog"}, {"king", "bread"}}) {
      List<String> shared = company.shared(pair[0], pair[1], 5);
      rows.add(
          List.of(
              pair[0] + " – " + pair[1],
              Figures.three(counted.similarity(pair[0], pair[1])),
              Figures.three(table.similarity(pair[0], pair[1])),
              shared.isEmpty() ? "none" : String.join(", ", shared)));
    }
    story.table(
        List.of("pair", "company alike", "cosine in the table", "company they share"), rows);
    compare(story, counted, table);
    List<String> all = GROUPS.stream().flatMap(List::stream).toList();
    double[][] cosines = new double[all.size()][all.size()];
    for (int i = 0; i < all.size(); i++) {
      for (int j = 0; j < all.size(); j++) {
        cosines[i][j] = counted.similarity(all.get(i), all.get(j));
      }
    }
    story.picture(
        HeatPicture.draw("How alike the company of 16 words is", all, cosines, true),
        String.format(
            Locale.ROOT,
            "How alike the company of two words is, counted in %,d sentences. Nobody told the counts"
                + " what a word means, and yet the four groups stand out.",
            sentences.size()));
  }

  /** The company in our text against the cosines of a table that others trained on other texts. */
  private static void compare(Story story, WordVectors counted, WordVectors table) {
    List<Double> ours = new ArrayList<>();
    List<Double> theirs = new ArrayList<>();
    double[] alike = new double[2];
    int[] count = new int[2];
    for (int i = 0; i < 16; i++) {
      for (int j = 0; j < i; j++) {
        String a = GROUPS.get(i / 4).get(i % 4);
        String b = GROUPS.get(j / 4).get(j % 4);
        int same = i / 4 == j / 4 ? 0 : 1;
        ours.add(counted.similarity(a, b));
        theirs.add(table.similarity(a, b));
        alike[same] += ours.getLast();
        count[same]++;
      }
    }
    story.claim(
        "company alike: same group / different groups",
        Figures.three(alike[0] / count[0]) + " / " + Figures.three(alike[1] / count[1]));
    story.claim(
        "company in our text, cosine in the table: correlation",
        "%s over %d pairs".formatted(Figures.three(correlation(ours, theirs)), ours.size()));
    story.explain(
        """
        The table was trained by others on other texts, and yet pairs with like company in our few
        sentences tend to be pairs with like rows in it. That is the hypothesis, measured.""");
  }

  private static double correlation(List<Double> x, List<Double> y) {
    double meanX = x.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    double meanY = y.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int i = 0; i < x.size(); i++) {
      xy += (x.get(i) - meanX) * (y.get(i) - meanY);
      xx += (x.get(i) - meanX) * (x.get(i) - meanX);
      yy += (y.get(i) - meanY) * (y.get(i) - meanY);
    }
    return xy / Math.sqrt(xx * yy);
  }
}
