// An embedding layer is a table; using it is looking up rows.
//
// In PyTorch:
//
//     embedding = nn.Embedding(50_000, 768)
//     input_tokens = torch.tensor([[1, 45, 892], [23, 1, 3345]])
//     embedded = embedding(input_tokens)
//     print(embedded.shape)                                # torch.Size([2, 3, 768])
//     print(embedding.weight.shape)                        # torch.Size([50000, 768])
//     print(torch.equal(embedded[0, 0], embedded[1, 1]))   # True: both are row 1
//
// Run: ./gradus examples/src/lessons/E01Embedding.java

import module gradus.nn;

void main() {
  var embedding = new Embedding(50_000, 768);
  var inputTokens = Tensor.of(new int[][] {{1, 45, 892}, {23, 1, 3345}});
  var embedded = embedding.forward(inputTokens);
  IO.println(embedded.shape());
  IO.println(embedding.weight.shape());
  IO.println(embedded.select(0, 0).select(0, 0).equal(embedded.select(0, 1).select(0, 1)));
}
