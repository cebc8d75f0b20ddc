/** What the tensor module finds when it asks for a backward pass. */
package gradus.autograd.engine;
