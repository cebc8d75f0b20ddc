/**
 * The comparison of training with the original programs.
 *
 * <p>Begin with {@link gradus.bench.training.CompareTraining}. {@code Programs} says how each is
 * told to do the same, {@code ProcessMeter} what a process took, {@code Quality} how good vectors
 * are, {@code LabelledGlosses} makes a task for classifiers of WordNet, {@code TrainingTable}
 * writes it down.
 */
package gradus.bench.training;
