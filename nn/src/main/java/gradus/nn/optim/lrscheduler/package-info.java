/**
 * Schedules: how learning rates change over time. PyTorch: {@code torch.optim.lr_scheduler}.
 *
 * <p>Start with {@link gradus.nn.optim.lrscheduler.StepLR}, then its base {@link
 * gradus.nn.optim.lrscheduler.LRScheduler}, which tells how to write your own; {@link
 * gradus.nn.optim.lrscheduler.SequentialLR} runs several in turn, {@link
 * gradus.nn.optim.lrscheduler.ReduceLROnPlateau} looks at the loss instead of the clock.
 *
 * <p>Imports the optimizers; they know nothing of it.
 */
package gradus.nn.optim.lrscheduler;
