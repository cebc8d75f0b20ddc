package gradus.nn.data;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.Generator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A dataset in mini-batches; each pass over it is a new order, if shuffled.
 *
 * <pre>{@code
 * var loader = new DataLoader<>(new TensorDataset(x, y), o -> o.batchSize(32).shuffle(true));
 * for (int epoch = 0; epoch < 10; epoch++) {
 *   for (List<Tensor> batch : loader) {
 *     ...
 *   }
 * }
 * }</pre>
 *
 * <p>After the same seed it gives PyTorch's batches in PyTorch's order, and takes as many numbers
 * from the standard generator as PyTorch does. PyTorch: {@code torch.utils.data.DataLoader}.
 *
 * @param <B> what a batch is
 */
public final class DataLoader<B> implements Iterable<B> {
  private final Function<int[], B> fetch;
  private final Options options;
  private final Sampler sampler;
  private final int size;

  /**
   * Batches in the order of the dataset.
   *
   * @param dataset tensors, lists of tensors or maps to tensors, which are stacked
   * @param batchSize elements a batch; the last one may have fewer
   */
  public DataLoader(Dataset<B> dataset, int batchSize) {
    this(dataset, batchSize, false);
  }

  /** The same, shuffled anew for each pass if wanted. */
  public DataLoader(Dataset<B> dataset, int batchSize, boolean shuffle) {
    this(dataset, o -> o.batchSize(batchSize).shuffle(shuffle));
  }

  /** The same with options. */
  @SuppressWarnings("unchecked") // such a dataset says what its batches are
  public DataLoader(Dataset<B> dataset, Consumer<Options> options) {
    this(
        given(dataset, "dataset").size(),
        options,
        dataset instanceof Batches<?> batches
            ? indices -> (B) batches.batch(indices)
            : indices -> Collate.stack(elements(dataset, indices)));
  }

  private DataLoader(int size, Consumer<Options> options, Function<int[], B> fetch) {
    this.options = new Options();
    given(options, "options").accept(this.options);
    this.size = size;
    this.fetch = fetch;
    this.sampler = this.options.sampler(size);
  }

  /**
   * Batches made by a function of your own. PyTorch: {@code DataLoader(dataset,
   * collate_fn=collate)}.
   *
   * <pre>{@code
   * DataLoader.of(Dataset.of(sentences), rows -> Tensor.padded(rows, 0), o -> o.batchSize(8));
   * }</pre>
   *
   * @param dataset any elements
   * @param collate makes one batch of several elements
   * @param options how they come
   * @return the loader
   */
  public static <T, B> DataLoader<B> of(
      Dataset<T> dataset,
      Function<? super List<T>, ? extends B> collate,
      Consumer<Options> options) {
    given(collate, "collate");
    return new DataLoader<>(
        given(dataset, "dataset").size(),
        options,
        indices -> collate.apply(elements(dataset, indices)));
  }

  private static <T> List<T> elements(Dataset<T> dataset, int[] indices) {
    var out = new ArrayList<T>(indices.length);
    for (int index : indices) {
      out.add(dataset.get(index));
    }
    return out;
  }

  /**
   * How many batches a pass has; with a sampler of your own, as if it drew all. PyTorch: {@code
   * len(loader)}.
   */
  public int size() {
    return options.dropLast ? size / options.batchSize : Math.ceilDiv(size, options.batchSize);
  }

  @Override
  public Iterator<B> iterator() {
    // PyTorch draws a seed for its workers, whether there are any or not.
    (options.generator != null ? options.generator : Generator.standard()).random();
    int[] order = sampler.indices();
    int whole = options.dropLast ? order.length - order.length % options.batchSize : order.length;
    return new Pass(Arrays.copyOf(order, whole));
  }

  /** One pass; the next few batches may be on their way. */
  private final class Pass implements Iterator<B> {
    private final int[] order;
    private final ArrayDeque<FutureTask<B>> ahead = new ArrayDeque<>();
    private int asked;

    Pass(int[] order) {
      this.order = order;
    }

    @Override
    public boolean hasNext() {
      return asked < order.length || !ahead.isEmpty();
    }

    @Override
    public B next() {
      if (!hasNext()) {
        throw new NoSuchElementException("The loader has given all of its batches.");
      }
      if (options.prefetch == 0) {
        return fetch.apply(take());
      }
      while (asked < order.length && ahead.size() < options.prefetch) {
        int[] indices = take();
        var batch = new FutureTask<>(() -> fetch.apply(indices));
        ahead.add(batch);
        Thread.startVirtualThread(batch);
      }
      return arrived(ahead.remove());
    }

    private int[] take() {
      int from = asked;
      asked = Math.min(order.length, from + options.batchSize);
      return Arrays.copyOfRange(order, from, asked);
    }

    private B arrived(FutureTask<B> batch) {
      try {
        return batch.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("DataLoader: interrupted while a batch was fetched.", e);
      } catch (ExecutionException e) {
        switch (e.getCause()) {
          case RuntimeException cause -> throw cause;
          case Error cause -> throw cause;
          case Throwable cause -> throw new CompletionException(cause);
        }
      }
    }
  }

  /** How batches come. */
  public static final class Options {
    private int batchSize = 1;
    private boolean shuffle;
    private boolean dropLast;
    private int prefetch;
    private Sampler sampler;
    private Generator generator;

    private Options() {}

    /** Elements a batch, 1 or more; 1 if not said. */
    public Options batchSize(int batchSize) {
      if (batchSize < 1) {
        throw new IllegalArgumentException(
            "DataLoader: batchSize is " + batchSize + ". It must be 1 or more.");
      }
      this.batchSize = batchSize;
      return this;
    }

    /** Whether the order is drawn anew for each pass. */
    public Options shuffle(boolean shuffle) {
      this.shuffle = shuffle;
      return this;
    }

    /** Whether a last batch that is not full is left out. */
    public Options dropLast(boolean dropLast) {
      this.dropLast = dropLast;
      return this;
    }

    /** The order of your own. */
    public Options sampler(Sampler sampler) {
      this.sampler = given(sampler, "sampler");
      return this;
    }

    /** What the order is drawn from; the standard generator seeds one if not said. */
    public Options generator(Generator generator) {
      this.generator = given(generator, "generator");
      return this;
    }

    /**
     * How many batches are fetched ahead, each on a virtual thread of its own: for datasets that
     * read files or the net. PyTorch: {@code num_workers · prefetch_factor}.
     */
    public Options prefetch(int batches) {
      if (batches < 0) {
        throw new IllegalArgumentException(
            "DataLoader: prefetch is " + batches + ". It must be 0 or more.");
      }
      this.prefetch = batches;
      return this;
    }

    private Sampler sampler(int size) {
      if (sampler != null && shuffle) {
        throw new IllegalArgumentException(
            "DataLoader: sampler option is mutually exclusive with shuffle. Leave one of them out.");
      }
      if (sampler != null) {
        return sampler;
      }
      return shuffle ? Sampler.random(size, generator) : Sampler.sequential(size);
    }
  }
}
