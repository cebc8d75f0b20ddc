package gradus.nn;

/** The functions of {@link F} that take the mean or the maximum of windows. */
public abstract sealed class PoolingFunctions extends NormFunctions permits AttentionFunctions {}
