package gradus.bench.compare;

import gradus.nn.Embedding;
import gradus.nn.F;
import gradus.nn.Layer;
import gradus.nn.Linear;
import gradus.nn.TransformerEncoderLayer;
import gradus.nn.optim.Adam;
import gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A step of training a small language model with Adam: words and positions, encoder layers of width
 * 4·{@code width} inside, scores for all words, cross-entropy.
 *
 * @param layers how many encoder layers
 * @param width of the vectors
 * @param heads of the attention
 * @param length of a text
 * @param batch how many texts
 * @param words in the vocabulary
 */
record TransformerStep(int layers, int width, int heads, int length, int batch, int words) {

  private static final int PARAMETERS_A_LAYER = 12;
  private static final int OTHER_PARAMETERS = 4;

  Row row() {
    double tokens = (double) batch * length;
    double weights = 12.0 * layers * width * width + (double) width * words;
    double attention = 6.0 * layers * 2 * batch * length * length * width;
    return new Row(
        "transformer step, Adam",
        "%d layers, d %d, %d heads, T %d, B %d, vocab %d"
            .formatted(layers, width, heads, length, batch, words),
        1.6,
        Work.flops(6 * tokens * weights + attention),
        this::prepare,
        List.of(script()));
  }

  private Case prepare() {
    var table = new Embedding(words, width);
    var positions = new Embedding(length, width);
    var head = new Linear(width, words);
    List<TransformerEncoderLayer> encoder = Stream.generate(this::layer).limit(layers).toList();
    List<Tensor> parameters = new ArrayList<>();
    parameters.addAll(List.of(table.weight, positions.weight));
    parameters.addAll(List.of(head.weight, head.bias.orElseThrow()));
    encoder.forEach(layer -> parameters.addAll(parameters(layer)));
    var adam = new Adam(parameters);
    Tensor text = Tensor.randint(0, words, batch, length);
    Tensor targets = Tensor.randint(0, words, batch * length);
    List<Tensor> inputs = new ArrayList<>(parameters);
    inputs.addAll(TrainingRows.adamState(parameters));
    inputs.addAll(List.of(text, targets));
    return new Case(
        inputs,
        () -> {
          Tensor h = table.forward(text).add(positions.weight);
          for (Layer layer : encoder) {
            h = layer.forward(h);
          }
          Tensor scores = head.forward(h).reshape(batch * length, words);
          return Case.train(F.crossEntropy(scores, targets), adam);
        });
  }

  private TransformerEncoderLayer layer() {
    return new TransformerEncoderLayer(
        width, heads, o -> o.dimFeedforward(4 * width).dropout(0).batchFirst(true));
  }

  private static List<Tensor> parameters(TransformerEncoderLayer layer) {
    return List.of(
        layer.selfAttn.inProjWeight.orElseThrow(),
        layer.selfAttn.inProjBias.orElseThrow(),
        layer.selfAttn.outProj.weight,
        layer.selfAttn.outProj.bias.orElseThrow(),
        layer.linear1.weight,
        layer.linear1.bias.orElseThrow(),
        layer.linear2.weight,
        layer.linear2.bias.orElseThrow(),
        layer.norm1.weight.orElseThrow(),
        layer.norm1.bias.orElseThrow(),
        layer.norm2.weight.orElseThrow(),
        layer.norm2.bias.orElseThrow());
  }

  private String script() {
    int count = OTHER_PARAMETERS + PARAMETERS_A_LAYER * layers;
    String forward =
        """
        h = torch.add(torch.embedding(x[0], x[%1$d]), x[1])
        for k in range(%2$d):
          w = x[4 + 12 * k:16 + 12 * k]
          qkv = torch.reshape(torch.linear(h, w[0], w[1]), [%3$d, %4$d, 3, %5$d, %6$d])
          heads = torch.permute(qkv, [2, 0, 3, 1, 4])
          mix = torch.scaled_dot_product_attention(heads[0], heads[1], heads[2])
          mixed = torch.reshape(torch.transpose(mix, 1, 2), [%3$d, %4$d, %7$d])
          h1 = torch.add(h, torch.linear(mixed, w[2], w[3]))
          h2 = torch.layer_norm(h1, [%7$d], w[8], w[9])
          wide = torch.relu(torch.linear(h2, w[4], w[5]))
          h3 = torch.add(h2, torch.linear(wide, w[6], w[7]))
          h = torch.layer_norm(h3, [%7$d], w[10], w[11])
        scores = torch.reshape(torch.linear(h, x[2], x[3]), [%8$d, %9$d])
        loss = torch.cross_entropy_loss(scores, x[%10$d])
        g = torch.grad([loss], x[0:%11$d])
        """
            .formatted(
                3 * count + 1,
                layers,
                batch,
                length,
                heads,
                width / heads,
                width,
                batch * length,
                words,
                3 * count + 2,
                count);
    return forward + TrainingRows.adamScript(count) + "r = [loss]";
  }
}
