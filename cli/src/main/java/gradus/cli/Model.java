package gradus.cli;

import gradus.tensor.Tensor;
import gradus.tensor.io.LoadProgress;
import gradus.text.fasttext.FastText;
import gradus.text.vectors.AnalogyMethod;
import gradus.text.vectors.ScoredWord;
import gradus.text.vectors.UnicodeErrors;
import gradus.text.vectors.WordVectors;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A table of words; of fastText also the vectors of words that are not in it. */
final class Model {

  private final Optional<FastText> fastText;

  /** Of fastText it is worked out when it is first asked: a query needs the rows of its words. */
  private Optional<WordVectors> table;

  private Model(Optional<FastText> fastText, Optional<WordVectors> table) {
    this.fastText = fastText;
    this.table = table;
  }

  static Model of(FastText fastText) {
    return new Model(Optional.of(fastText), Optional.empty());
  }

  static Model of(WordVectors table) {
    return new Model(Optional.empty(), Optional.of(table));
  }

  static WordVectors table(Path path, Integer limit, UnicodeErrors errors) {
    return WordVectors.load(
        path, limit == null ? Integer.MAX_VALUE : limit, errors, LoadProgress.console());
  }

  /** The words of the file. */
  WordVectors table() {
    if (table.isEmpty()) {
      table = fastText.map(FastText::wordVectors);
    }
    return table.orElseThrow();
  }

  /** The fastText model, where it is one. */
  Optional<FastText> fastText() {
    return fastText;
  }

  /** The vector of a word; of fastText also of an unseen one. */
  Tensor vector(String word) {
    return fastText.isPresent() ? fastText.get().get(word) : table().get(word);
  }

  /** The nearest words by cosine, without the word itself. */
  List<ScoredWord> neighbors(String word, int k) {
    return fastText.isEmpty() || table().contains(word)
        ? table().mostSimilar(word, k)
        : table().similarByVector(vector(word), k);
  }

  /** What completes "a is to b as c is to". */
  List<ScoredWord> analogies(String a, String b, String c, int k, AnalogyMethod method) {
    List<String> asked = List.of(a, b, c);
    if (fastText.isEmpty()
        || method != AnalogyMethod.COS_ADD
        || asked.stream().allMatch(table()::contains)) {
      return table().analogy(a, b, c, k, method);
    }
    Tensor direction = unit(vector(b)).sub(unit(vector(a))).add(unit(vector(c)));
    return table().similarByVector(direction, (int) Math.min(table().size(), k + 3L)).stream()
        .filter(found -> !asked.contains(found.word()))
        .limit(k)
        .toList();
  }

  private static Tensor unit(Tensor vector) {
    double length = Math.sqrt(vector.square().sum().item());
    return length == 0 ? vector : vector.div(length);
  }
}
