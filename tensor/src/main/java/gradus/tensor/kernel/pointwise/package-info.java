/**
 * Ops done to whole arrays, strides and all.
 *
 * <p>Begin with {@link gradus.tensor.kernel.pointwise.Pointwise}, which asks {@link
 * gradus.tensor.kernel.pointwise.LoopTemplates} for the loop of an op; {@link
 * gradus.tensor.kernel.pointwise.StridedLoop} takes it through any layout, {@link
 * gradus.tensor.kernel.pointwise.FusedProgram} runs several ops while their numbers are in the
 * cache. Comparisons and choices by a mask have loops of their own. {@code WarmUpLoop} lets plain
 * loops work until vectors are compiled; an op whose forms differ in bits is not in its list.
 *
 * <p>Imports the ground floor, {@code math} and {@code op}.
 */
package gradus.tensor.kernel.pointwise;
