/** Texts to train on that come with the examples. */
package gradus.examples.corpus;
