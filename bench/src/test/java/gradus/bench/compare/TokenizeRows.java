package gradus.bench.compare;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import gradus.text.tokenizer.Encoding;
import gradus.text.tokenizer.Span;
import gradus.text.tokenizer.Tokenizer;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/**
 * BERT's WordPiece beside Hugging Face's own library called from Java, one thread each.
 *
 * <p>Both read the same tokenizer.json (the vocabulary of MiniLM). A step is one text: the numbers
 * of its tokens, the tokens as strings, and where in the text each stands, all looked at. Gradus
 * keeps no results between texts.
 */
final class TokenizeRows {

  private static final Path SHARED =
      Path.of(System.getProperty("gradus.shared", "../../shared"), "data");
  private static final int TEXTS = 200;
  private static final int TURNS = 15;

  static final List<Row> ROWS =
      List.of(
          row("Wikipedia paragraphs, small letters", UnaryOperator.identity()),
          row("the same with capitals and signs", TokenizeRows::written));

  private static volatile long sink;

  private TokenizeRows() {}

  private static Row row(String texts, UnaryOperator<String> form) {
    return Row.of("tokenize, WordPiece", texts + ", one thread", 2, Work.NONE, new Match(form));
  }

  /** Capitals after full stops, some names, commas, brackets, apostrophes, accents. */
  private static String written(String text) {
    String[] words = text.split(" +");
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < words.length; i++) {
      boolean capital = i % 12 == 0 || i % 5 == 3;
      String word = words[i];
      out.append(capital ? word.substring(0, 1).toUpperCase() + word.substring(1) : word)
          .append(i % 31 == 5 ? "'s" : i % 41 == 9 ? " café" : "")
          .append(i % 12 == 11 ? ". " : i % 7 == 6 ? ", " : i % 23 == 8 ? " (" + i + ") " : " ");
    }
    return out.toString();
  }

  private record Match(UnaryOperator<String> form) implements Row.Match {

    @Override
    public String peer() {
      return "Hugging Face tokenizers";
    }

    @Override
    public Result run(Row row, Limits limits) {
      if (!Files.exists(SHARED)) {
        return Result.failed(row, limits.threads(), "there is no " + SHARED.toAbsolutePath());
      }
      byte[] json = tokenizerJson();
      Map<String, String> plain = Map.of("truncation", "false", "padding", "false");
      try (var peer = HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), plain)) {
        Tokenizer mine = Tokenizer.read(new ByteArrayInputStream(json), "tokenizer.json");
        List<String> texts = texts().stream().map(form).toList();
        for (String text : texts) {
          if (!Arrays.equals(numbers(mine.encode(text)), numbers(peer.encode(text)))) {
            return Result.failed(row, limits.threads(), "results differ: " + text);
          }
        }
        return match(
            row,
            limits.threads(),
            () -> pass(texts, text -> numbers(mine.encode(text))),
            () -> pass(texts, text -> numbers(peer.encode(text))));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static Result match(Row row, int threads, Runnable mine, Runnable theirs) {
    IntStream.range(0, 100).forEach(i -> mine.run());
    IntStream.range(0, 10).forEach(i -> theirs.run());
    double[] my = new double[TURNS];
    double[] their = new double[TURNS];
    for (int i = 0; i < TURNS; i++) {
      my[i] = micros(mine, 20);
      their[i] = micros(theirs, 2);
    }
    double[] ratios = IntStream.range(0, TURNS).mapToDouble(i -> their[i] / my[i]).toArray();
    for (double[] values : List.of(ratios, my, their)) {
      Arrays.sort(values);
    }
    double none = Double.NaN;
    return new Result(
        row,
        threads,
        my[TURNS / 2],
        their[TURNS / 2],
        ratios[TURNS / 2],
        ratios[TURNS / 4],
        ratios[TURNS - 1 - TURNS / 4],
        their[0] / my[0],
        none,
        none,
        none,
        List.of(),
        "");
  }

  /** How long a text takes. */
  private static double micros(Runnable pass, int times) {
    Quiet.await();
    long start = System.nanoTime();
    IntStream.range(0, times).forEach(i -> pass.run());
    return (System.nanoTime() - start) / 1e3 / times / TEXTS;
  }

  private static void pass(List<String> texts, Function<String, long[]> step) {
    for (String text : texts) {
      sink = step.apply(text)[0];
    }
  }

  /** Numbers, tokens and places, each read once; those of {@code [CLS]} and {@code [SEP]} are 0. */
  private static long[] numbers(Encoding encoding) {
    int[] ids = encoding.ids();
    List<String> tokens = encoding.tokens();
    List<Span> spans = encoding.offsets();
    long[] all = new long[ids.length];
    for (int i = 0; i < all.length; i++) {
      Span span = spans.get(i);
      all[i] = number(ids[i], tokens.get(i), span.start(), span.end());
    }
    return all;
  }

  private static long[] numbers(ai.djl.huggingface.tokenizers.Encoding encoding) {
    long[] ids = encoding.getIds();
    String[] tokens = encoding.getTokens();
    CharSpan[] spans = encoding.getCharTokenSpans();
    long[] all = new long[ids.length];
    for (int i = 0; i < all.length; i++) {
      CharSpan span = spans[i];
      all[i] =
          number(
              ids[i],
              tokens[i],
              span == null ? 0 : span.getStart(),
              span == null ? 0 : span.getEnd());
    }
    return all;
  }

  private static long number(long id, String token, int start, int end) {
    return ((id * 31 + token.length()) * 100_003 + start) * 100_003 + end;
  }

  private static List<String> texts() throws IOException {
    Path file = SHARED.resolve("corpus/wiki17m.txt.gz");
    try (var in = new GZIPInputStream(Files.newInputStream(file));
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return lines.lines().filter(line -> line.length() > 200).limit(TEXTS).toList();
    }
  }

  /** What MiniLM's tokenizer.json says, without its truncation and padding. */
  private static byte[] tokenizerJson() {
    try {
      List<String> tokens = Files.readAllLines(SHARED.resolve("minilm_golden/vocab.txt"));
      String vocabulary =
          IntStream.range(0, tokens.size())
              .mapToObj(id -> quoted(tokens.get(id)) + ":" + id)
              .collect(Collectors.joining(","));
      String json =
          """
          {"version": "1.0", "truncation": null, "padding": null,
           "added_tokens": [%s],
           "normalizer": {"type": "BertNormalizer", "clean_text": true,
             "handle_chinese_chars": true, "strip_accents": null, "lowercase": true},
           "pre_tokenizer": {"type": "BertPreTokenizer"},
           "post_processor": {"type": "BertProcessing", "sep": ["[SEP]", 102], "cls": ["[CLS]", 101]},
           "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": true},
           "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
             "max_input_chars_per_word": 100, "vocab": {%s}}}"""
              .formatted(added(tokens), vocabulary);
      return json.getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String added(List<String> tokens) {
    return IntStream.of(0, 100, 101, 102, 103)
        .mapToObj(
            id ->
                """
                {"id": %d, "content": "%s", "single_word": false, "lstrip": false, "rstrip": false,
                 "normalized": false, "special": true}"""
                    .formatted(id, tokens.get(id)))
        .collect(Collectors.joining(","));
  }

  private static String quoted(String token) {
    return "\"" + token.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
