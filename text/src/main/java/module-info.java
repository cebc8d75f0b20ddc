/** Word vectors: loading, training, querying and evaluating them; tokenizers. */
@SuppressWarnings("requires-automatic")
module gradus.text {
  requires transitive gradus.nn;
  requires com.google.protobuf;
  requires tools.jackson.jr.ob;

  exports gradus.text;
  exports gradus.text.fasttext;
  exports gradus.text.tokenizer;
  exports gradus.text.vectors;

  provides gradus.tensor.io.TensorFormat with
      gradus.text.onnx.OnnxFormat,
      gradus.text.savedmodel.SavedModelFormat;
}
