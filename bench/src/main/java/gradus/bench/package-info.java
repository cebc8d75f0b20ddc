/**
 * Benchmarks: what the kernels reach, beside what the machine allows.
 *
 * <p>{@link gradus.bench.MatMulPeak} compares the matrix product with the multiply-add peak of the
 * same run; the classes named {@code ...Benchmark} are JMH benchmarks. How to run them stands at
 * the end of each file. The comparison with libtorch, {@code mvn -q -Pcompare}, lies among the test
 * sources in {@code gradus.bench.compare}, because only its profile brings the peer's libraries.
 */
package gradus.bench;
