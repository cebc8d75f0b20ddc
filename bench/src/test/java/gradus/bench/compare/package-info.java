/**
 * The comparison with libtorch: {@code mvn -q -Pcompare}, one command, one process.
 *
 * <p>{@link gradus.bench.compare.Rows} lists what is compared, one record a row; a row says what
 * Gradus does in Java and what libtorch does in TorchScript. {@link gradus.bench.compare.Libtorch}
 * runs such text through DJL without Python; {@link gradus.bench.compare.Duel} checks that both
 * give the same numbers and times them in turns.
 *
 * <p>The package is only compiled in the profile {@code compare}, which brings the peer's
 * libraries.
 */
package gradus.bench.compare;
