package gradus.text.tokenizer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Cuts a text into the words that the model sees one by one. */
@FunctionalInterface
interface PreTokenizer {

  /** The splits, cut further; those that are tokens already stay. */
  List<Split> split(List<Split> splits);

  /** Cuts each part by itself; empty parts vanish. */
  static PreTokenizer each(BiConsumer<NormalizedString, List<NormalizedString>> cut) {
    return splits -> {
      List<Split> result = new ArrayList<>();
      List<NormalizedString> parts = new ArrayList<>();
      for (Split split : splits) {
        if (split.isToken()) {
          result.add(split);
          continue;
        }
        parts.clear();
        cut.accept(split.text(), parts);
        for (NormalizedString part : parts) {
          if (!part.isEmpty()) {
            result.add(new Split(part));
          }
        }
      }
      return result;
    };
  }

  static PreTokenizer at(TextPattern pattern, SplitBehavior behavior) {
    return each((text, out) -> behavior.split(text, pattern, out));
  }

  static PreTokenizer sequence(List<PreTokenizer> parts) {
    return splits -> {
      List<Split> result = splits;
      for (PreTokenizer part : parts) {
        result = part.split(result);
      }
      return result;
    };
  }
}
