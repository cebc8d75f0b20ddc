/**
 * What the lesson's page and {@link gradus.examples.plot.Plot} draw with: {@link
 * gradus.examples.picture.Svg}, and the pictures that both need. {@link
 * gradus.examples.picture.SvgFile} writes one as a file of its own. Not exported.
 */
package gradus.examples.picture;
