package gradus.tensor;

import static gradus.tensor.spi.Given.given;

import java.util.Arrays;

/** New tensors drawn at random; reached as {@code Tensor.randn(2, 3)}. */
public abstract sealed class Drawing extends Ranges permits FromNumbers {
  /**
   * Seeds the default generator, from now on PyTorch's own: the same seed gives the same numbers as
   * {@code torch.manual_seed} on a CPU. Unseeded, a faster generator is used.
   *
   * @param seed any number
   */
  public static void manualSeed(long seed) {
    Generator.standard().manualSeed(seed);
  }

  /** Uniform numbers in [0, 1), FLOAT32. PyTorch: {@code torch.rand}. */
  public static Tensor rand(int... size) {
    return rand(DType.FLOAT32, size);
  }

  /** The same from a generator of your own. PyTorch: {@code torch.rand(size, generator=g)}. */
  public static Tensor rand(Generator generator, int... size) {
    return given(generator, "generator").uniform(DType.FLOAT32, Shape.of(size), 0, 1);
  }

  /** Uniform numbers in [0, 1). */
  public static Tensor rand(DType dtype, int... size) {
    return Generator.standard().uniform(dtype, Shape.of(size), 0, 1);
  }

  /** Normal numbers of mean 0 and deviation 1, FLOAT32. PyTorch: {@code torch.randn}. */
  public static Tensor randn(int... size) {
    return randn(DType.FLOAT32, size);
  }

  /** The same from a generator of your own. PyTorch: {@code torch.randn(size, generator=g)}. */
  public static Tensor randn(Generator generator, int... size) {
    return given(generator, "generator").normal(DType.FLOAT32, Shape.of(size), 0, 1);
  }

  /** Normal numbers of mean 0 and deviation 1. */
  public static Tensor randn(DType dtype, int... size) {
    return Generator.standard().normal(dtype, Shape.of(size), 0, 1);
  }

  /**
   * Normal numbers of one mean and deviation, FLOAT32. PyTorch: {@code torch.normal(mean, std,
   * size)}.
   */
  public static Tensor normal(double mean, double std, int... size) {
    if (std < 0) {
      throw Errors.invalid(
          "normal", "std is %s. A standard deviation is 0 or more.".formatted(std));
    }
    return Generator.standard().normal(DType.FLOAT32, Shape.of(size), mean, std);
  }

  /**
   * A normal number for each mean and deviation. PyTorch: {@code torch.normal(mean, std)}.
   *
   * @param mean the means
   * @param std the deviations, 0 or more, which broadcast with the means
   * @return the common shape
   */
  public static Tensor normal(Tensor mean, Tensor std) {
    if (given(std, "std").numel() > 0 && std.detach().amin().item() < 0) {
      throw Errors.invalid(
          "normal", "std holds numbers below 0. A standard deviation is 0 or more.");
    }
    Shape shape = Shape.broadcast("normal", given(mean, "mean").shape(), std.shape());
    return randn(mean.dtype(), shape.raw()).mul(std).add(mean);
  }

  /** Normal numbers of the shape and type of another tensor. PyTorch: {@code torch.randn_like}. */
  public static Tensor randnLike(Tensor input) {
    return randn(given(input).dtype(), input.shape().raw());
  }

  /** Uniform numbers of the shape and type of another tensor. PyTorch: {@code torch.rand_like}. */
  public static Tensor randLike(Tensor input) {
    return rand(given(input).dtype(), input.shape().raw());
  }

  /** Whole numbers of the shape and type of another tensor. PyTorch: {@code torch.randint_like}. */
  public static Tensor randintLike(Tensor input, long low, long high) {
    return randint(low, high, given(input).shape().raw()).to(input.dtype());
  }

  /**
   * Whole numbers from {@code low} (included) to {@code high} (not included), INT64. PyTorch:
   * {@code torch.randint}.
   */
  public static Tensor randint(long low, long high, int... size) {
    return randint(Generator.standard(), low, high, size);
  }

  /** Whole numbers from 0 to {@code high} (not included). PyTorch: {@code randint(high, size)}. */
  public static Tensor randint(long high, Shape size) {
    return randint(0, high, given(size, "size").raw());
  }

  /** Whole numbers from 0 to {@code high} (not included). PyTorch: {@code randint(high, size)}. */
  public static Tensor randint(long high, int[] size) {
    return randint(0, high, size);
  }

  /** Whole numbers from a generator of your own. PyTorch: {@code randint(…, generator=g)}. */
  public static Tensor randint(Generator generator, long low, long high, int... size) {
    if (low >= high) {
      throw Errors.invalid("randint", "low " + low + " is not below high " + high + ".");
    }
    Tensor out = Tensor.zeros(DType.INT64, size);
    synchronized (given(generator, "generator")) {
      for (int i = 0; i < out.numel(); i++) {
        out.storage.setLong(i, low + generator.nextBelow(high - low));
      }
    }
    return out;
  }

  /** The numbers 0 to n − 1 in random order, INT64. PyTorch: {@code torch.randperm}. */
  public static Tensor randperm(int n) {
    return randperm(Generator.standard(), n);
  }

  /** The same from a generator of your own. PyTorch: {@code torch.randperm(n, generator=g)}. */
  public static Tensor randperm(Generator generator, int n) {
    if (n < 0) {
      throw Errors.invalid("randperm", "n is " + n + ". It must be 0 or more.");
    }
    long[] out = ArrayPool.room(Shape.of(n), 8, long[]::new);
    Arrays.setAll(out, i -> i);
    synchronized (given(generator, "generator")) {
      for (int i = 0; i < n - 1; i++) {
        int j = i + (int) (generator.nextInt32() % (n - i));
        long t = out[i];
        out[i] = out[j];
        out[j] = t;
      }
    }
    return Dense.of(out, DType.INT64, Shape.of(n));
  }

  /**
   * 1 with the probability each element of {@code p} names, else 0. PyTorch: {@code
   * torch.bernoulli}.
   */
  public static Tensor bernoulli(Tensor p) {
    return bernoulli(p, Generator.standard());
  }

  /** The same from a generator of your own. PyTorch: {@code torch.bernoulli(p, generator=g)}. */
  public static Tensor bernoulli(Tensor p, Generator generator) {
    return Sampling.bernoulli(given(generator, "generator"), p);
  }

  /**
   * Indices drawn with the probability of their weight. PyTorch: {@code torch.multinomial}.
   *
   * @param input weights {@code [n]} or {@code [m, n]}, non-negative
   * @param numSamples how many to draw from each row
   * @param replacement whether one index may be drawn twice
   * @return INT64 {@code [numSamples]} or {@code [m, numSamples]}
   */
  public static Tensor multinomial(Tensor input, int numSamples, boolean replacement) {
    return multinomial(input, numSamples, replacement, Generator.standard());
  }

  /** Different indices: none is drawn twice. */
  public static Tensor multinomial(Tensor input, int numSamples) {
    return multinomial(input, numSamples, false);
  }

  /** Different indices from a generator of your own. */
  public static Tensor multinomial(Tensor input, int numSamples, Generator generator) {
    return multinomial(input, numSamples, false, generator);
  }

  /** The same from a generator of your own. PyTorch: {@code multinomial(…, generator=g)}. */
  public static Tensor multinomial(
      Tensor input, int numSamples, boolean replacement, Generator generator) {
    return Sampling.multinomial(given(generator, "generator"), input, numSamples, replacement);
  }
}
