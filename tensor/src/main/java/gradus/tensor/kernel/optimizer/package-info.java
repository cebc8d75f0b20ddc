/**
 * Steps of optimizers in one pass over memory.
 *
 * <p>Begin with {@link gradus.tensor.kernel.optimizer.OptimizerSteps}. The only kernels that {@code
 * nn} calls directly.
 *
 * <p>Imports only the ground floor.
 */
package gradus.tensor.kernel.optimizer;
