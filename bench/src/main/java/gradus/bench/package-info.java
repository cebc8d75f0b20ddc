/**
 * Benchmarks: what the kernels reach, beside what the machine allows.
 *
 * <p>{@link gradus.bench.MatMulPeak} compares the matrix product with the multiply-add peak of the
 * same run; the classes named {@code ...Benchmark} are JMH benchmarks. How to run them stands at
 * the end of each file.
 */
package gradus.bench;
