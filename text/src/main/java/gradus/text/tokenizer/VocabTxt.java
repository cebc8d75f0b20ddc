package gradus.text.tokenizer;

import gradus.tensor.io.FormatException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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

  static final List<String> SPECIAL = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");

  private VocabTxt() {}

  static Tokenizer read(Path file, byte[] bytes) {
    String[] tokens = tokens(text(file, bytes));
    Map<String, Integer> ids = new HashMap<>();
    for (int i = 0; i < tokens.length; i++) {
      ids.put(tokens[i], i);
    }
    var source = TokenizerSource.of(bytes, false);
    return tokenizer(file, new ModelVocabulary(ids, tokens), isLowercase(tokens), source);
  }

  static String[] tokens(String text) {
    String[] lines = text.split("\n", -1);
    int count = lines[lines.length - 1].isEmpty() ? lines.length - 1 : lines.length;
    return Arrays.stream(lines, 0, count).map(String::stripTrailing).toArray(String[]::new);
  }

  static boolean isLowercase(String[] tokens) {
    return Arrays.stream(tokens)
        .filter(token -> !isSpecial(token))
        .allMatch(token -> token.chars().noneMatch(c -> c >= 'A' && c <= 'Z'));
  }

  private static Tokenizer tokenizer(
      Path file, ModelVocabulary vocabulary, boolean lowercase, TokenizerSource source) {
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
    return new Tokenizer(pipeline, Optional.empty(), Optional.empty(), source);
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
