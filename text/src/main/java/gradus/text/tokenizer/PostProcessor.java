package gradus.text.tokenizer;

import java.util.List;

/** Puts the special tokens around one text or two. */
interface PostProcessor {

  int addedTokens(boolean pair);

  /**
   * The parts in their final order, special tokens among them.
   *
   * @param texts one encoding or two
   * @param addSpecialTokens whether special tokens are wanted
   */
  List<Encoding> process(List<Encoding> texts, boolean addSpecialTokens);

  PostProcessor NONE =
      new PostProcessor() {
        @Override
        public int addedTokens(boolean pair) {
          return 0;
        }

        @Override
        public List<Encoding> process(List<Encoding> texts, boolean addSpecialTokens) {
          return texts;
        }
      };
}
