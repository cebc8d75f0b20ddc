package gradus.text.tokenizer;

import gradus.tensor.io.FormatException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * BERT's {@code vocab.txt}: a token a line, its number is that of the line, from 0 on.
 *
 * <p>The file does not say whether the model wants small letters. One without a single capital of A
 * to Z outside of special tokens is taken to.
 */
final class VocabTxt {

  private static final List<String> SPECIAL = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");

  private VocabTxt() {}

  static Tokenizer read(Path file, byte[] bytes) {
    String[] lines = text(file, bytes).split("\n", -1);
    int count = lines[lines.length - 1].isEmpty() ? lines.length - 1 : lines.length;
    String[] tokens = new String[count];
    Map<String, Integer> ids = new HashMap<>();
    boolean lowercase = true;
    for (int i = 0; i < count; i++) {
      tokens[i] = lines[i].stripTrailing();
      ids.put(tokens[i], i);
      lowercase &= isSpecial(tokens[i]) || tokens[i].chars().noneMatch(c -> c >= 'A' && c <= 'Z');
    }
    return tokenizer(file, new ModelVocabulary(ids, tokens), lowercase);
  }

  private static Tokenizer tokenizer(Path file, ModelVocabulary vocabulary, boolean lowercase) {
    for (String token : List.of("[UNK]", "[CLS]", "[SEP]")) {
      if (vocabulary.id(token) < 0) {
        throw new FormatException(
            file,
            "its lines",
            "none is the token %s. A vocab.txt of BERT has one token a line, this one too."
                .formatted(token));
      }
    }
    List<AddedToken> added = new ArrayList<>();
    for (String token : SPECIAL) {
      if (vocabulary.id(token) >= 0) {
        added.add(AddedToken.special(vocabulary.id(token), token));
      }
    }
    Tokens tokens = new Tokens(vocabulary, added);
    Pipeline pipeline =
        Pipeline.of(
            tokens,
            new BertNormalizer(true, true, lowercase, lowercase),
            PreTokenizers.BERT,
            new WordPiece(vocabulary, "[UNK]", "##", 100),
            TemplateProcessing.bert(
                tokens,
                TemplateProcessing.Piece.special(vocabulary.id("[CLS]"), "[CLS]", 0),
                TemplateProcessing.Piece.special(vocabulary.id("[SEP]"), "[SEP]", 0)),
            Decoders.wordPiece("##", true));
    return new Tokenizer(pipeline, Optional.empty(), Optional.empty());
  }

  private static boolean isSpecial(String token) {
    return token.startsWith("[") && token.endsWith("]");
  }

  private static String text(Path file, byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(in).toString();
    } catch (CharacterCodingException e) {
      throw new FormatException(
          file, "byte " + in.position(), "no UTF-8. A vocab.txt is text in UTF-8.", e);
    }
  }
}
