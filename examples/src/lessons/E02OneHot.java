// A one-hot vector times the table is the looked-up row: same numbers, far more work.
//
// In PyTorch:
//
//     table = torch.tensor([[0.1, 0.2], [0.3, 0.4], [0.5, 0.6]])
//     ids = torch.tensor([2, 0])
//     one_hot = F.one_hot(ids, 3).float()
//     print(one_hot)
//     print(one_hot @ table)
//     print(F.embedding(ids, table))
//
// Run: ./gradus examples/src/lessons/E02OneHot.java

import module gradus.nn;

void main() {
  var table = Tensor.of(new double[][] {{0.1, 0.2}, {0.3, 0.4}, {0.5, 0.6}});
  var ids = Tensor.of(2, 0);
  var oneHot = F.oneHot(ids, 3).to(DType.FLOAT32);
  IO.println(oneHot);
  IO.println(oneHot.matmul(table));
  IO.println(F.embedding(ids, table));
}
