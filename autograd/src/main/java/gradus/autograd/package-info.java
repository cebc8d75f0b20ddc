/**
 * Reverse-mode differentiation: the memory of tensors, read backwards.
 *
 * <p>Where to look: the derivative of any op is one line of {@code Derivatives}; {@link
 * gradus.autograd.Backprop} is the walk, step by step; {@link gradus.autograd.Autograd#grad}
 * returns gradients; {@link gradus.autograd.Functional} Jacobians, Hessians and their products with
 * vectors; {@link gradus.autograd.Checkpoint} trades memory for time; {@link
 * gradus.autograd.GradCheck} compares them with finite differences; {@link gradus.autograd.Graph}
 * draws them.
 *
 * <p>Derivatives too long for a line stand by the ops they derive: {@code ActivationGrads}, {@code
 * ReductionGrads}, {@code ViewGrads}, {@code ProductGrads}. {@code GradientStore} holds gradients
 * on their way. Imports tensors and what they open to it, nothing else.
 */
package gradus.autograd;
