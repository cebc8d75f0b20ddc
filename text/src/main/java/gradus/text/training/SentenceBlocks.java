package gradus.text.training;

import gradus.text.io.Given;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Sentences that a program gives as lists of words. */
public final class SentenceBlocks implements TextBlocks {

  private static final int WORDS = 10_000;

  private final Iterator<? extends List<String>> sentences;

  public SentenceBlocks(Iterable<? extends List<String>> sentences) {
    this.sentences = sentences.iterator();
  }

  @Override
  public Block next() {
    if (!sentences.hasNext()) {
      return null;
    }
    List<List<String>> some = new ArrayList<>();
    for (int words = 0; words < WORDS && sentences.hasNext(); ) {
      List<String> sentence = Given.notNull("corpus", "a sentence", sentences.next());
      some.add(sentence);
      words += sentence.size() + 1;
    }
    return sink -> {
      for (List<String> sentence : some) {
        for (String word : sentence) {
          byte[] bytes =
              Given.notNull("corpus", "a word of the sentences", word)
                  .getBytes(StandardCharsets.UTF_8);
          sink.word(bytes, 0, bytes.length, WordTable.hash(bytes, 0, bytes.length));
        }
        sink.endOfLine();
      }
    };
  }

  @Override
  public void close() {}
}
