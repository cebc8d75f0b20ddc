// A transformer writes on, letter by letter: causal attention, one table for reading and writing.
//
// Radford et al. 2019, "Language Models are Unsupervised Multitask Learners" (GPT-2), as small as
// in Andrej Karpathy's "nanoGPT"; tied weights: Press and Wolf 2017. In PyTorch, line by line:
// small_gpt.py
//
// Run: ./gradus examples/src/scripts/SmallGpt.java

import module gradus.nn;

static final int BLOCK = 32;

class CausalAttention extends Layer {
  final int heads;
  final Linear qkv;
  final Linear out;
  @RegisterBuffer final Tensor later;

  CausalAttention(int width, int heads) {
    this.heads = heads;
    qkv = new Linear(width, 3 * width);
    out = new Linear(width, width);
    later = Tensor.ones(BLOCK, BLOCK).triu(1).toBool();
  }

  @Override
  public Tensor forward(Tensor x) {
    int n = x.size(0), t = x.size(1), width = x.size(2);
    Tensor parts = qkv.forward(x).view(n, t, 3 * heads, -1).transpose(1, 2);
    var three = parts.chunk(3, 1);
    Tensor q = three.get(0), k = three.get(1), v = three.get(2);
    Tensor weights = q.matmul(k.transpose(2, 3)).div(Math.sqrt(q.size(3)));
    weights = weights.maskedFill(later.at(":" + t, ":" + t), Double.NEGATIVE_INFINITY).softmax(3);
    return out.forward(weights.matmul(v).transpose(1, 2).reshape(n, t, width));
  }
}

class Block extends Layer {
  final LayerNorm norm1;
  final CausalAttention attention;
  final LayerNorm norm2;
  final Sequential mlp;

  Block(int width, int heads) {
    norm1 = new LayerNorm(width);
    attention = new CausalAttention(width, heads);
    norm2 = new LayerNorm(width);
    mlp =
        new Sequential(
            new Linear(width, 4 * width),
            new GELU(),
            new Linear(4 * width, width),
            new Dropout(0.1));
  }

  @Override
  public Tensor forward(Tensor input) {
    Tensor x = input.add(attention.forward(norm1.forward(input)));
    return x.add(mlp.forward(norm2.forward(x)));
  }
}

class Gpt extends Layer {
  final Embedding token;
  final Embedding position;
  final Sequential blocks;
  final LayerNorm norm;
  final Linear head;

  Gpt(int letters, int width, int heads, int layers) {
    token = new Embedding(letters, width);
    position = new Embedding(BLOCK, width);
    var made = Stream.generate(() -> new Block(width, heads)).limit(layers);
    blocks = new Sequential(made.toList());
    norm = new LayerNorm(width);
    head = new Linear(token.weight); // what is read is what is written
    apply(Gpt::init);
  }

  static void init(Layer layer) {
    if (layer instanceof Linear linear) {
      Init.normal_(linear.weight, 0, 0.05);
      linear.bias.ifPresent(Init::zeros_);
    }
    if (layer instanceof Embedding embedding) {
      Init.normal_(embedding.weight, 0, 0.05);
    }
  }

  @Override
  public Tensor forward(Tensor ids) {
    Tensor x = token.forward(ids).add(position.forward(Tensor.arange(ids.size(1))));
    return head.forward(norm.forward(blocks.forward(x)));
  }
}

void main(String[] args) throws IOException {
  Tensor.manualSeed(1);
  var path = Path.of(args.length > 0 ? args[0] : "examples/src/scripts/story.txt");
  String text = Files.readString(path);
  var letters =
      text.chars().distinct().sorted().mapToObj(Character::toString).collect(Collectors.joining());

  Tensor data = Tensor.of(text.chars().map(letters::indexOf).toArray());
  Tensor windows = data.unfold(0, BLOCK + 1, 1);
  var model = new Gpt(letters.length(), 48, 4, 2);
  IO.println("%d letters, %d parameters".formatted(letters.length(), model.numel()));
  var optimizer = new AdamW(model.parameters(), o -> o.lr(0.005).betas(0.9, 0.95));
  for (int step = 0; step <= 200; step++) {
    Tensor batch = windows.at(Tensor.randint(0, windows.size(0), 12));
    Tensor logits = model.forward(batch.at(":", ":-1"));
    Tensor loss = F.crossEntropy(logits.flatten(0, 1), batch.at(":", "1:").flatten());
    optimizer.zeroGrad();
    loss.backward();
    ClipGrad.clipGradNorm(model.parameters(), 1.0);
    optimizer.step();
    if (step % 40 == 0) {
      IO.println("step %4d  loss %.5f".formatted(step, loss.item()));
    }
  }

  model.eval();
  IO.println(generate(model, letters, "The cat ", 120));
}

String generate(Gpt model, String letters, String start, int length) {
  try (var _ = GradMode.noGrad()) {
    Tensor ids = Tensor.of(start.chars().map(letters::indexOf).toArray()).unsqueeze(0);
    for (int i = 0; i < length; i++) {
      Tensor logits = model.forward(ids.at(":", -BLOCK + ":")).at(":", -1).div(0.7);
      Tensor following = Tensor.multinomial(logits.softmax(1), 1);
      ids = Tensor.cat(1, ids, following);
    }
    var out = new StringBuilder();
    for (int id : ids.toIntArray()) {
      out.append(letters.charAt(id));
    }
    return out.toString();
  }
}
