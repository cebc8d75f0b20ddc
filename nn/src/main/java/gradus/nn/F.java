package gradus.nn;

/**
 * The functions behind the layers, without state: {@code F.relu(x)}, {@code F.crossEntropy(logits,
 * target)}.
 *
 * <p>They live by family in the classes this one extends, and are all called as {@code
 * F.name(...)}:
 *
 * <ul>
 *   <li>{@link ActivationFunctions} relu, gelu, elu, softplus…
 *   <li>{@link GatingFunctions} softmax, logSoftmax, glu, prelu, normalize
 *   <li>{@link LayerFunctions} linear, bilinear, layerNorm, dropout, oneHot
 *   <li>{@link EmbeddingFunctions} embedding, embeddingBag
 *   <li>{@link PaddingFunctions} pad
 *   <li>{@link DropoutFunctions} dropout2d, alphaDropout…
 *   <li>{@link ShuffleFunctions} pixelShuffle, channelShuffle…
 *   <li>{@link ConvolutionFunctions} conv2d, convTranspose2d, unfold, fold…
 *   <li>{@link MaxPoolFunctions} maxPool2d, adaptiveMaxPool2d, maxUnpool2d…
 *   <li>{@link AveragePoolFunctions} avgPool2d, adaptiveAvgPool2d, lpPool2d…
 *   <li>{@link NormFunctions} batchNorm, groupNorm, instanceNorm, rmsNorm…
 *   <li>{@link AttentionFunctions} scaledDotProductAttention
 *   <li>{@link DistanceFunctions} cosineSimilarity, pairwiseDistance, pdist
 *   <li>{@link RegressionLosses} mseLoss, l1Loss, huberLoss…
 *   <li>{@link BinaryLosses} binaryCrossEntropy, klDiv…
 *   <li>{@link ClassLosses} crossEntropy, nllLoss
 *   <li>{@link MarginLosses} cosineEmbeddingLoss, tripletMarginLoss…
 *   <li>{@link ClassMarginLosses} multiMarginLoss, multilabelMarginLoss
 * </ul>
 *
 * <p>PyTorch: {@code torch.nn.functional}.
 */
public final class F extends ClassMarginLosses {
  private F() {}
}
