/** What the tensor module shares with autograd, and with nobody else. */
package gradus.tensor.spi;
