/**
 * Recurrent layers over all steps of a sequence: begin with {@link
 * gradus.tensor.kernel.recurrent.Recurrence}, which walks the steps; {@code LstmSteps}, {@code
 * GruSteps} and {@code RnnSteps} say what happens to the gates in one of them.
 */
package gradus.tensor.kernel.recurrent;
