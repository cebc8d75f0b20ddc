/**
 * Pictures of what a training has made: {@link gradus.examples.plot.Plot} draws a heat map, lines
 * and points, as a file or as text in a terminal.
 */
package gradus.examples.plot;
