/** The tensor: storage, shape, strides, the primitives and their kernels. */
@SuppressWarnings("module") // the modules it opens up to are compiled after it
module gradus.tensor {
  requires jdk.incubator.vector;

  exports gradus.tensor;
  exports gradus.tensor.io;
  exports gradus.tensor.spi to
      gradus.autograd,
      gradus.nn,
      gradus.studio;
  exports gradus.tensor.kernel to
      gradus.bench,
      gradus.nn;
  exports gradus.tensor.kernel.math to
      gradus.bench;
  exports gradus.tensor.kernel.op to
      gradus.bench;
  exports gradus.tensor.kernel.pointwise to
      gradus.bench;
  exports gradus.tensor.kernel.reduce to
      gradus.bench;
  exports gradus.tensor.kernel.matmul to
      gradus.bench;
  exports gradus.tensor.kernel.table to
      gradus.bench;
  exports gradus.tensor.kernel.attention to
      gradus.bench;
  exports gradus.tensor.kernel.conv to
      gradus.bench;
  exports gradus.tensor.kernel.rows to
      gradus.bench;
  exports gradus.tensor.kernel.order to
      gradus.bench;
  exports gradus.tensor.kernel.optimizer to
      gradus.bench,
      gradus.nn;
  exports gradus.tensor.kernel.wordvectors to
      gradus.bench,
      gradus.text;

  uses gradus.tensor.io.TensorFormat;
  uses gradus.tensor.spi.BackwardEngine;
  uses gradus.tensor.spi.LossWindow;
}
