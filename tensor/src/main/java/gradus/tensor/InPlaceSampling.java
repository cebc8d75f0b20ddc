package gradus.tensor;

import static gradus.tensor.spi.Given.given;

/**
 * Random numbers drawn into a tensor, marked by an underscore as in PyTorch: the same after the
 * same seed. They return the tensor; see {@link InPlace}.
 */
public sealed interface InPlaceSampling permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /** Uniform numbers in {@code [from, to)}. PyTorch: {@code x.uniform_(from, to)}. */
  default Tensor uniform_(double from, double to) {
    return uniform_(from, to, Generator.standard());
  }

  /** The same from a generator of your own. PyTorch: {@code x.uniform_(from, to, generator=g)}. */
  default Tensor uniform_(double from, double to, Generator generator) {
    given(generator, "generator");
    return InPlaceOps.filling(
        self(),
        "uniform_",
        (array, at, n) -> generator.uniform(array, at, n, from, to),
        x -> Tensor.record(new Op.Fill(), generator.uniform(x, from, to), x));
  }

  /** Normal numbers. PyTorch: {@code x.normal_(mean, std)}. */
  default Tensor normal_(double mean, double std) {
    return normal_(mean, std, Generator.standard());
  }

  /** The same from a generator of your own. PyTorch: {@code x.normal_(mean, std, generator=g)}. */
  default Tensor normal_(double mean, double std, Generator generator) {
    if (std < 0) {
      throw Errors.invalid("normal_", "std is " + std + ". A standard deviation is 0 or more.");
    }
    given(generator, "generator");
    return InPlaceOps.filling(
        self(),
        "normal_",
        (array, at, n) -> generator.normal(array, at, n, mean, std),
        x -> Tensor.record(new Op.Fill(), generator.normal(x, mean, std), x));
  }

  /** 1 with probability {@code p}, else 0. PyTorch: {@code x.bernoulli_(p)}. */
  default Tensor bernoulli_(double p) {
    return bernoulli_(p, Generator.standard());
  }

  /** The same from a generator of your own. PyTorch: {@code x.bernoulli_(p, generator=g)}. */
  default Tensor bernoulli_(double p, Generator generator) {
    given(generator, "generator");
    return InPlaceOps.with(
        self(),
        "bernoulli_",
        x -> Tensor.record(new Op.Fill(), Sampling.bernoulli(generator, x, p), x));
  }

  /**
   * Numbers with density λe^(−λx). PyTorch: {@code x.exponential_(lambd)}.
   *
   * @param lambd one over their mean, above 0
   */
  default Tensor exponential_(double lambd) {
    return exponential_(lambd, Generator.standard());
  }

  /** The same from a generator of your own. */
  default Tensor exponential_(double lambd, Generator generator) {
    Sampling.positive("exponential_", "lambd", lambd);
    return Sampling.transformed(
        self(), "exponential_", generator, u -> -1 / lambd * Math.log1p(-u));
  }

  /** Numbers with density 1/(1 + x²)π. PyTorch: {@code x.cauchy_()}. */
  default Tensor cauchy_() {
    return cauchy_(0, 1);
  }

  /** The same around {@code median}, as wide as {@code sigma} says. */
  default Tensor cauchy_(double median, double sigma) {
    return cauchy_(median, sigma, Generator.standard());
  }

  /** The same from a generator of your own. */
  default Tensor cauchy_(double median, double sigma, Generator generator) {
    Sampling.positive("cauchy_", "sigma", sigma);
    return Sampling.transformed(
        self(), "cauchy_", generator, u -> median + sigma * Math.tan(Math.PI * (u - 0.5)));
  }

  /**
   * How often one tries until something of probability {@code p} happens. PyTorch: {@code
   * x.geometric_(p)}.
   *
   * @param p above 0 and below 1
   */
  default Tensor geometric_(double p) {
    return geometric_(p, Generator.standard());
  }

  /** The same from a generator of your own. */
  default Tensor geometric_(double p, Generator generator) {
    if (!(p > 0 && p < 1)) {
      throw Errors.invalid(
          "geometric_", "p is %s. A probability between 0 and 1 is expected.".formatted(p));
    }
    return Sampling.transformed(
        self(), "geometric_", generator, u -> Math.ceil(Math.log(u) / Math.log(1 - p)));
  }

  /**
   * Whole numbers from {@code from} to below {@code to}. PyTorch: {@code x.random_(from, to)}.
   *
   * @param from the least
   * @param to one more than the greatest
   */
  default Tensor random_(long from, long to) {
    return random_(from, to, Generator.standard());
  }

  /** The same from a generator of your own. */
  default Tensor random_(long from, long to, Generator generator) {
    return InPlaceOps.with(
        self(),
        "random_",
        x ->
            Tensor.record(
                new Op.Fill(),
                Tensor.randint(generator, from, to, x.shape().raw()).to(x.dtype()),
                x));
  }
}
