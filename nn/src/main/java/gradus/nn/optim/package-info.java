/**
 * Optimizers: what moves parameters along their gradients.
 *
 * <p>Start with {@link gradus.nn.optim.SGD}, read its base {@link gradus.nn.optim.Optimizer}, then
 * {@link gradus.nn.optim.Adam}. Parameters come in groups ({@link gradus.nn.optim.ParamGroup}) with
 * options of their own; {@link gradus.nn.optim.ClipGrad} keeps gradients from exploding. Schedules
 * for learning rates are next door, in {@code gradus.nn.optim.lrscheduler}. PyTorch: {@code
 * torch.optim}.
 *
 * <p>Imports tensors, autograd and {@code kernel.optimizer}, whose steps take one pass.
 */
package gradus.nn.optim;
