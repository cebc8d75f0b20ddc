/**
 * The lesson "Embeddings in Detail", a chapter per class, with the small tools it draws its page
 * with.
 *
 * <p>{@link gradus.examples.Lesson} runs it. The numbered files in {@code src/lessons} show one
 * idea each, those in {@code src/scripts} are well-known scripts beside their twins in PyTorch;
 * both need none of this.
 */
package gradus.examples;
