/**
 * Word vectors: load them, train them, ask them, examine them; and vectors of words and sentences
 * in context, from a real transformer.
 *
 * <p>A tour:
 *
 * <ol>
 *   <li>{@link gradus.text.encoder.PretrainedTable} finds the embedding table of a real model and
 *       hands it over as words and a tensor.
 *   <li>{@link gradus.text.vectors.WordVectors} reads the files people have, of word2vec, GloVe and
 *       fastText, and answers questions about them, in gensim's words; {@link
 *       gradus.text.fasttext.FastText} has vectors for unseen words too.
 *   <li>{@link gradus.text.word2vec.Word2Vec} and {@link gradus.text.glove.Glove} train such a
 *       table from a text ({@link gradus.text.corpus.Corpus}).
 *   <li>{@link gradus.text.encoder.SentenceEncoder} makes vectors of texts, and {@link
 *       gradus.text.encoder.FillMask} guesses words. What cuts the texts is in {@link
 *       gradus.text.tokenizer}.
 *   <li>{@link gradus.text.projection.Pca} and {@link gradus.text.projection.Tsne} draw the vectors
 *       on a flat map.
 *   <li>With this module, {@link gradus.nn.StateDict#load(java.nio.file.Path)} also reads the
 *       weights of ONNX models and the variables of TensorFlow's SavedModel.
 * </ol>
 *
 * <p>One import brings in this module, the layers and the tensors: {@code import module
 * gradus.text;}
 */
@SuppressWarnings("requires-automatic")
module gradus.text {
  requires transitive gradus.nn;
  requires com.google.protobuf;
  requires tools.jackson.jr.ob;

  exports gradus.text.corpus;
  exports gradus.text.encoder;
  exports gradus.text.fasttext;
  exports gradus.text.glove;
  exports gradus.text.projection;
  exports gradus.text.tokenizer;
  exports gradus.text.vectors;
  exports gradus.text.word2vec;

  provides gradus.tensor.io.TensorFormat with
      gradus.text.onnx.OnnxFormat,
      gradus.text.savedmodel.SavedModelFormat;
}
