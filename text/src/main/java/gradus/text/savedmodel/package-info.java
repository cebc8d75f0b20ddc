/**
 * The variables of TensorFlow's SavedModel. Not exported: users load them by {@code
 * StateDict.load}, which finds {@link gradus.text.savedmodel.SavedModelFormat} among the formats of
 * tensors.
 *
 * <p>Begin with {@link gradus.text.savedmodel.SavedModel}, which reads the variables out of the
 * data files. Where each of them lies says the index ({@code TensorBundleIndex}), a table as
 * LevelDB writes it ({@code LevelDbTable}); whether all of that is a folder, an archive or an
 * archive in an archive, only {@code SavedModelFiles} knows.
 *
 * <p>It imports {@code gradus.text.io}, and {@code gradus.text.tokenizer} for the vocabulary that
 * lies beside the variables.
 */
package gradus.text.savedmodel;
