/**
 * The commands of {@code ./gradus vectors}. {@link gradus.cli.Main} is where they begin; a command
 * is a class: {@code QueryCommand}, {@code EvalCommand}. What ask a model word by word share {@code
 * Asking}, and how a model is named and loaded {@code ModelFile}.
 */
package gradus.cli;
