/**
 * Optimizers and schedules for their learning rates.
 *
 * <p>Start with {@link gradus.nn.optim.SGD}, read its base {@link gradus.nn.optim.Optimizer}, then
 * {@link gradus.nn.optim.Adam}. {@link gradus.nn.optim.LRScheduler} changes rates over time, {@link
 * gradus.nn.optim.ClipGrad} keeps gradients from exploding. PyTorch: {@code torch.optim}.
 */
package gradus.nn.optim;
