// Attention: each word asks, all words answer, and takes from each as much as it matters.
//
// In PyTorch:
//
//     x = torch.tensor([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
//     scores = x @ x.T / math.sqrt(2)
//     weights = scores.softmax(-1)
//     print(weights)
//     print(weights @ x)
//     print(F.scaled_dot_product_attention(x[None], x[None], x[None], is_causal=True)[0])
//
// Run: ./gradus examples/src/lessons/E05Attention.java

import module gradus.nn;

void main() {
  var x = Tensor.of(new double[][] {{1, 0}, {0, 1}, {1, 1}});
  var scores = x.matmul(x.transpose(0, 1)).div(Math.sqrt(2));
  var weights = scores.softmax(-1);
  IO.println(weights);
  IO.println(weights.matmul(x));

  // The same in one call; causal: no word sees those after it.
  var batch = x.unsqueeze(0);
  IO.println(F.scaledDotProductAttention(batch, batch, batch, true).squeeze(0));
}
