/**
 * ONNX models as weights by name. Not exported: users load them by {@code StateDict.load}, which
 * finds {@link gradus.text.onnx.OnnxFormat} among the formats of tensors.
 *
 * <p>Begin with {@link gradus.text.onnx.OnnxInitializers}, which reads the file; one weight is an
 * {@code OnnxTensor}, one that was rounded to bytes becomes floats in {@code Dequantising}. The
 * nodes of the graph ({@code OnnxNode}) are looked at only for the names that PyTorch's export has
 * dropped: {@code OnnxStateDict} gives them back.
 *
 * <p>It imports {@code gradus.text.io}, no other package of this module.
 */
package gradus.text.onnx;
