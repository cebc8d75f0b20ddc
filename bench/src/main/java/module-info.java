/**
 * Benchmarks; they run on the class path, this file only lets them see the kernels when compiled.
 */
open module gradus.bench {
  requires gradus.nn;
  requires jdk.incubator.vector;
  requires jmh.core;
  requires java.management;
  requires jdk.management;
  requires jdk.unsupported;
}
