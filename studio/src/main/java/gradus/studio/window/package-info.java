/**
 * What the tensor module finds when a tensor asks for the studio.
 *
 * <p>One class, in a package of its own because the service loader wants a public one: {@link
 * gradus.studio.window.StudioWindow} hands the calls on to {@link gradus.studio.Explain} and {@link
 * gradus.studio.Studio}.
 */
package gradus.studio.window;
