package gradus.fuzz;

import gradus.nn.Layer;
import gradus.nn.Linear;
import gradus.nn.Reduction;
import gradus.nn.optim.Optimizer;
import gradus.nn.optim.SGD;
import gradus.tensor.DType;
import gradus.tensor.Index;
import gradus.tensor.Shape;
import gradus.tensor.Tensor;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Random arguments: mostly such that something comes out, and often enough such that nothing can.
 *
 * <p>Tensors are small, of every dtype, contiguous or looking at a larger memory, and tend to have
 * the shape of one made before, or one that broadcasts to it.
 */
final class Arguments {
  private static final String[] STRINGS = {
    "mean",
    "sum",
    "none",
    "max",
    "prod",
    "amax",
    "amin",
    "floor",
    "trunc",
    "constant",
    "reflect",
    "replicate",
    "circular",
    "linear",
    "nearest",
    "lower",
    "fro",
    "nuc",
    "tanh",
    "none",
    "ij",
    "xy",
    "ij,jk->ik",
    "i,i->",
    "ii->i",
    "fan_in",
    "fan_out",
    "relu",
    "leaky_relu",
    "left",
    "right",
    "batchmean",
    "",
    "?"
  };
  private static final int[] LARGE = {
    Integer.MAX_VALUE, Integer.MIN_VALUE, Integer.MAX_VALUE - 5, -100
  };
  private static final double[] DOUBLES = {
    0, 1, -1, 0.5, 2, 3, 1e-8, -0.25, 100, Double.NaN, Double.POSITIVE_INFINITY, -1e5
  };

  private final Random random;
  private Shape last = Shape.of(2, 3);

  Arguments(Random random) {
    this.random = random;
  }

  /** Whether there is any argument of this type. */
  static boolean knows(Class<?> type) {
    return new Arguments(new Random(0)).of(type) != null;
  }

  /** A random value of the type; null if there is none. */
  Object of(Class<?> type) {
    if (type == Tensor.class) {
      return tensor();
    } else if (type == int.class || type == Integer.class) {
      return integer();
    } else if (type == long.class || type == Long.class) {
      return random.nextInt(30) == 0 ? random.nextLong() : (long) integer();
    } else if (type == double.class || type == Double.class) {
      return real();
    } else if (type == float.class) {
      return (float) real();
    } else if (type == boolean.class) {
      return random.nextBoolean();
    } else if (type == Number.class) {
      return random.nextInt(3) == 0 ? (Number) integer() : (Number) real();
    } else if (type == String.class) {
      return STRINGS[random.nextInt(STRINGS.length)];
    } else if (type == DType.class) {
      return DType.values()[random.nextInt(DType.values().length)];
    } else if (type == Reduction.class) {
      return Reduction.values()[random.nextInt(Reduction.values().length)];
    } else if (type == Shape.class) {
      return shape();
    } else if (type == Object[].class) {
      return brackets();
    } else if (type.isArray()) {
      Object array = Array.newInstance(type.getComponentType(), random.nextInt(4));
      for (int i = 0; i < Array.getLength(array); i++) {
        boolean missing = !type.getComponentType().isPrimitive() && random.nextInt(60) == 0;
        Array.set(array, i, missing ? null : of(type.getComponentType()));
      }
      return array;
    } else if (type == List.class) {
      var list = new ArrayList<Tensor>();
      for (int i = random.nextInt(4); i > 0; i--) {
        list.add(random.nextInt(60) == 0 ? null : tensor());
      }
      return list;
    } else if (type == Optional.class) {
      return random.nextBoolean() ? Optional.empty() : Optional.of(tensor());
    } else if (type == OptionalDouble.class) {
      return random.nextBoolean() ? OptionalDouble.empty() : OptionalDouble.of(real());
    } else if (type == OptionalInt.class) {
      return random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(integer());
    } else if (type == OptionalLong.class) {
      return random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(integer());
    } else if (type == UnaryOperator.class) {
      return (UnaryOperator<Tensor>) x -> x;
    } else if (type == BinaryOperator.class) {
      return (BinaryOperator<Tensor>) (x, _) -> x;
    } else if (type == Consumer.class) {
      return (Consumer<Object>) _ -> {};
    } else if (type == Object.class) {
      return random.nextInt(3) == 0 ? "text" : tensor();
    } else if (type == Layer.class) {
      return new Linear(3, 3);
    } else if (type == Optimizer.class) {
      return new SGD(List.of(Tensor.ones(2).requiresGrad(true)), 0.1);
    }
    return null;
  }

  private int integer() {
    return random.nextInt(40) == 0
        ? LARGE[random.nextInt(LARGE.length)]
        : random.nextInt(5) == 0 ? random.nextInt(9) - 4 : random.nextInt(3);
  }

  private double real() {
    return random.nextInt(3) == 0
        ? DOUBLES[random.nextInt(DOUBLES.length)]
        : Math.round(random.nextDouble() * 100) / 100.0;
  }

  private Object[] brackets() {
    Object[] index = new Object[random.nextInt(4)];
    for (int i = 0; i < index.length; i++) {
      index[i] =
          switch (random.nextInt(60) == 0 ? -1 : random.nextInt(7)) {
            case -1 -> null;
            case 0 -> Index.ELLIPSIS;
            case 1 -> Index.NEW_AXIS;
            case 2 -> tensor();
            case 3 -> (long) integer();
            case 4 -> random.nextBoolean();
            default -> integer();
          };
    }
    return index;
  }

  private Shape shape() {
    int kind = random.nextInt(10);
    if (kind < 5) {
      return last;
    }
    int[] sizes = last.toArray();
    if (kind < 7 && sizes.length > 0) {
      sizes = Arrays.copyOfRange(sizes, random.nextInt(sizes.length), sizes.length);
    } else if (kind == 7 && sizes.length > 0) {
      sizes[random.nextInt(sizes.length)] = 1;
    } else {
      sizes = new int[random.nextInt(5)];
      for (int d = 0; d < sizes.length; d++) {
        sizes[d] = random.nextInt(12) == 0 ? 0 : 1 + random.nextInt(3);
      }
    }
    return Shape.of(sizes);
  }

  Tensor tensor() {
    last = shape();
    int n = last.numel();
    double[] values = new double[n];
    int kind = random.nextInt(20);
    DType dtype =
        kind < 11
            ? DType.FLOAT32
            : kind < 13
                ? DType.FLOAT64
                : kind < 17 ? DType.INT64 : kind < 18 ? DType.INT32 : DType.BOOL;
    boolean wild = random.nextInt(4) == 0;
    for (int i = 0; i < n; i++) {
      values[i] =
          dtype.isFloatingPoint()
              ? (wild ? random.nextGaussian() * 3 : 0.05 + 0.9 * random.nextDouble())
              : wild ? random.nextInt(7) - 3 : random.nextInt(3);
    }
    Tensor x = Tensor.fromArray(values, last.toArray()).to(dtype);
    return switch (random.nextInt(6)) {
      case 0 -> spread(x);
      case 1 -> x.dim() > 1 ? x.transpose(0, -1).contiguous().transpose(0, -1) : x;
      case 2 -> expanded(x);
      default -> x;
    };
  }

  /** The same elements, each with another one behind it in memory. */
  static Tensor spread(Tensor x) {
    return Tensor.stack(List.of(x, Tensor.onesLike(x)), x.dim()).select(x.dim(), 0).detach();
  }

  /** The first slice of a dimension, seen again and again. */
  private Tensor expanded(Tensor x) {
    if (x.dim() == 0 || x.numel() == 0) {
      return x;
    }
    return x.narrow(random.nextInt(x.dim()), 0, 1).expand(x.shape().toArray());
  }
}
