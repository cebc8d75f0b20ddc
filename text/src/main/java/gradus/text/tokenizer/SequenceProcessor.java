package gradus.text.tokenizer;

import java.util.List;

/**
 * One after the other.
 *
 * @param parts what is done, in this order
 */
record SequenceProcessor(List<PostProcessor> parts) implements PostProcessor {

  @Override
  public int addedTokens(boolean pair) {
    return parts.stream().mapToInt(part -> part.addedTokens(pair)).sum();
  }

  @Override
  public List<Encoding> process(List<Encoding> texts, boolean addSpecialTokens) {
    List<Encoding> result = texts;
    for (PostProcessor part : parts) {
      result = part.process(result, addSpecialTokens);
    }
    return result;
  }
}
