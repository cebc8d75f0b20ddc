// One sequence into another: "3 mar 1987" is written 1987-03-03, and for each letter the network
// shows where it looked.
//
// Bahdanau, Cho and Bengio 2015, "Neural Machine Translation by Jointly Learning to Align and
// Translate", known from Sean Robertson's PyTorch tutorial on translation. In PyTorch, line by
// line: seq2seq_attention.py
//
// Run: ./gradus examples/src/scripts/Seq2SeqAttention.java
// With a name such as attention.png behind it, where it looked is drawn there as well.

import module gradus.examples;

static final String LETTERS = " 0123456789-abcdefghijklmnopqrstuvwxyz";
static final String[] MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");

Tensor ids(List<String> texts) {
  var rows = texts.stream().map(text -> text.chars().map(LETTERS::indexOf).toArray()).toList();
  return Tensor.padded(rows, 0);
}

record Dates(List<String> spoken, List<String> written) {}

Dates dates(int n) {
  Tensor day = Tensor.randint(1, 29, n);
  Tensor month = Tensor.randint(1, 13, n);
  Tensor year = Tensor.randint(1900, 2100, n);
  var spoken = new ArrayList<String>();
  var written = new ArrayList<String>();
  for (int i = 0; i < n; i++) {
    int d = day.getInt(i);
    int m = month.getInt(i);
    int y = year.getInt(i);
    spoken.add("%d %s %d".formatted(d, MONTHS[m - 1], y));
    written.add("%d-%02d-%02d".formatted(y, m, d));
  }
  return new Dates(spoken, written);
}

class Encoder extends Layer {
  final Embedding embedding;
  final GRU gru;

  Encoder(int width) {
    embedding = new Embedding(LETTERS.length(), width);
    gru = new GRU(width, width, o -> o.batchFirst(true).bidirectional(true));
  }

  @Override
  public Tensor forward(Tensor source) {
    return gru.forward(embedding.forward(source));
  }
}

record Decoded(Tensor logits, Tensor attention) {}

class Decoder extends Layer {
  final int width;
  final Embedding embedding;
  final Linear query;
  final Linear key;
  final Linear score;
  final GRUCell cell;
  final Linear out;

  Decoder(int width) {
    this.width = width;
    embedding = new Embedding(LETTERS.length(), width);
    query = new Linear(width, width);
    key = new Linear(2 * width, width);
    score = new Linear(width, 1);
    cell = new GRUCell(3 * width, width);
    out = new Linear(3 * width, LETTERS.length());
  }

  /** Without a target each letter follows what was written before it. */
  Decoded decode(Tensor encoded, int length, Tensor target) {
    Tensor keys = key.forward(encoded);
    Tensor hidden = Tensor.zeros(encoded.size(0), width);
    Tensor letter = Tensor.zeros(DType.INT64, encoded.size(0));
    var logits = new ArrayList<Tensor>();
    var attentions = new ArrayList<Tensor>();
    for (int i = 0; i < length; i++) {
      // How well does each letter of the source fit to what is to be written?
      Tensor scores = score.forward(query.forward(hidden).unsqueeze(1).add(keys).tanh());
      Tensor attention = scores.softmax(1);
      Tensor context = attention.mul(encoded).sum(1);
      hidden = cell.forward(Tensor.cat(1, embedding.forward(letter), context), hidden);
      logits.add(out.forward(Tensor.cat(1, hidden, context)));
      attentions.add(attention.squeeze(2));
      letter = target == null ? logits.get(i).argmax(1) : target.at(":", i);
    }
    return new Decoded(Tensor.stack(logits, 1), Tensor.stack(attentions, 1));
  }
}

void main(String[] args) {
  Tensor.manualSeed(1);
  var encoder = new Encoder(32);
  var decoder = new Decoder(32);
  var optimizer = new Adam(new LayerList(encoder, decoder).parameters(), 0.01);
  for (int step = 0; step <= 120; step++) {
    var dates = dates(48);
    Tensor target = ids(dates.written);
    var decoded = decoder.decode(encoder.forward(ids(dates.spoken)), 10, target);
    Tensor loss = F.crossEntropy(decoded.logits.flatten(0, 1), target.flatten());
    optimizer.zeroGrad();
    loss.backward();
    optimizer.step();
    if (step % 20 == 0) {
      IO.println("step %4d  loss %.5f".formatted(step, loss.item()));
    }
  }

  try (var _ = GradMode.noGrad()) {
    var dates = dates(100);
    var decoded = decoder.decode(encoder.forward(ids(dates.spoken)), 10, null);
    var guesses = new ArrayList<String>();
    for (Tensor row : decoded.logits.argmax(2)) {
      guesses.add(text(row));
    }
    long right =
        IntStream.range(0, 100).filter(i -> guesses.get(i).equals(dates.written.get(i))).count();
    IO.println("right: %d of 100 new dates".formatted(right));
    String spoken = dates.spoken.getFirst();
    String guess = guesses.getFirst();
    IO.println("%s is %s; in percent, what each letter was read from:".formatted(spoken, guess));
    var head = new StringBuilder("   ");
    for (char letter : spoken.toCharArray()) {
      head.append("%4s".formatted(letter));
    }
    IO.println(head);
    for (int i = 0; i < guess.length(); i++) {
      var row = new StringBuilder("  " + guess.charAt(i));
      for (int j = 0; j < spoken.length(); j++) {
        row.append("%4.0f".formatted(100 * decoded.attention.get(0, i, j)));
      }
      IO.println(row);
    }
    if (args.length > 0) {
      Tensor attention = decoded.attention.at(0, ":", ":" + spoken.length());
      Plot.heatMap(attention, letters(guess), letters(spoken)).save(Path.of(args[0]));
    }
  }
}

List<String> letters(String text) {
  return List.of(text.split(""));
}

String text(Tensor ids) {
  return Arrays.stream(ids.toIntArray())
      .mapToObj(i -> "" + LETTERS.charAt(i))
      .collect(Collectors.joining());
}
