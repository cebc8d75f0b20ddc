package gradus.tensor;

import static gradus.tensor.spi.Given.given;

import gradus.tensor.kernel.conv.Convolution;
import gradus.tensor.kernel.conv.Geometry;
import gradus.tensor.kernel.conv.ReferenceConvolution;
import java.util.Arrays;
import java.util.List;

/**
 * Convolution, and the two ops it is differentiated by. Of input, weight and output any two give
 * what belongs to the third, and each of the three ways has the other two for its derivatives.
 */
final class ConvolutionOps {
  private ConvolutionOps() {}

  /** The output of an input and a weight. */
  static Tensor output(Tensor x, Tensor weight, Tensor bias, Op.Slide slide) {
    check("input", x, weight, slide, x.dim() < 2 ? 0 : x.size(1), weight.size(1) * slide.groups());
    checkBias(bias, x, weight);
    int[] sizes = x.shape().toArray();
    sizes[1] = weight.size(0);
    for (int d = 2; d < sizes.length; d++) {
      long room = sizes[d] + 2L * slide.padding().get(d - 2);
      long extent = (long) slide.dilation().get(d - 2) * (weight.size(d) - 1) + 1;
      if (extent > room) {
        throw Errors.invalid(
            "convolution",
            ("kernel size can't be greater than actual input size: weight %s and input %s in"
                    + " dimension %s, which is %s with its padding. Pad more, or use a smaller"
                    + " kernel.")
                .formatted(weight.shape(), x.shape(), d, room));
      }
      sizes[d] = inside((room - extent) / slide.stride().get(d - 2) + 1, x);
    }
    Shape shape = Shape.of(sizes);
    Tensor out = output(x, weight, bias, geometry(x.shape(), weight.shape(), shape, slide), shape);
    Op op = new Op.Convolution(slide);
    return bias == null
        ? Tensor.record(op, out, x, weight)
        : Tensor.record(op, out, x, weight, bias);
  }

  private static int inside(long size, Tensor x) {
    if (size > Integer.MAX_VALUE) {
      throw Errors.invalid(
          "convolution",
          "an output of size %s from the input %s is too large. Pad less."
              .formatted(size, x.shape()));
    }
    return (int) size;
  }

  private static Tensor output(Tensor x, Tensor w, Tensor bias, Geometry g, Shape shape) {
    if (x.dtype() == DType.FLOAT32) {
      Tensor in = Dense.packed(x);
      Tensor by = Dense.packed(w);
      Tensor plus = bias == null ? null : Dense.packed(bias);
      float[] start = plus == null ? null : Dense.array(plus);
      float[] out = ArrayPool.floats(shape);
      new Convolution(g)
          .forward(
              Dense.array(in),
              in.offset,
              Dense.array(by),
              by.offset,
              start,
              plus == null ? 0 : plus.offset,
              out);
      return Dense.of(out, shape);
    }
    Tensor product = reference(Role.OUTPUT, x, w, g, shape);
    if (bias == null) {
      return product;
    }
    int[] along = new int[shape.rank()];
    Arrays.fill(along, 1);
    along[1] = bias.size(0);
    try (var _ = GradMode.noGrad()) {
      return product.add(bias.detach().reshape(along)).detach();
    }
  }

  /** What an output of this gradient, or a transposed convolution, gives the input. */
  static Tensor input(Tensor y, Tensor weight, Op.Slide slide, Shape shape) {
    check("input", y, weight, slide, y.dim() < 2 ? 0 : y.size(1), weight.size(0));
    Geometry g = geometry(shape, weight.shape(), y.shape(), slide);
    Tensor out;
    if (y.dtype() == DType.FLOAT32) {
      Tensor from = Dense.packed(y);
      Tensor by = Dense.packed(weight);
      float[] array = ArrayPool.floats(shape);
      new Convolution(g).input(Dense.array(from), from.offset, Dense.array(by), by.offset, array);
      out = Dense.of(array, shape);
    } else {
      out = reference(Role.INPUT, y, weight, g, shape);
    }
    return Tensor.record(new Op.ConvolutionInput(slide, shape), out, y, weight);
  }

  /** What an input and the gradient of its output give the weight. */
  static Tensor weight(Tensor x, Tensor y, Op.Slide slide, Shape shape) {
    Geometry g = geometry(x.shape(), shape, y.shape(), slide);
    Tensor out;
    if (x.dtype() == DType.FLOAT32) {
      Tensor in = Dense.packed(x);
      Tensor from = Dense.packed(y);
      float[] array = ArrayPool.floats(shape);
      new Convolution(g).weight(Dense.array(in), in.offset, Dense.array(from), from.offset, array);
      out = Dense.of(array, shape);
    } else {
      out = reference(Role.WEIGHT, x, y, g, shape);
    }
    return Tensor.record(new Op.ConvolutionWeight(slide, shape), out, x, y);
  }

  /** Which of the three is wanted. */
  private enum Role {
    OUTPUT,
    INPUT,
    WEIGHT
  }

  private static Tensor reference(Role role, Tensor a, Tensor b, Geometry g, Shape shape) {
    if (a.dtype() == DType.FLOAT64) {
      double[] l = Dense.doubles(a);
      double[] r = Dense.doubles(b);
      double[] out = ArrayPool.room(shape, 8, double[]::new);
      ReferenceConvolution.forEach(
          g,
          switch (role) {
            case OUTPUT -> (x, w, y) -> out[y] += l[x] * r[w];
            case INPUT -> (x, w, y) -> out[x] += l[y] * r[w];
            case WEIGHT -> (x, w, y) -> out[w] += l[x] * r[y];
          });
      return Dense.of(out, a.dtype(), shape);
    }
    long[] l = Dense.longs(a);
    long[] r = Dense.longs(b);
    long[] out = ArrayPool.room(shape, 8, long[]::new);
    ReferenceConvolution.forEach(
        g,
        switch (role) {
          case OUTPUT -> (x, w, y) -> out[y] += l[x] * r[w];
          case INPUT -> (x, w, y) -> out[x] += l[y] * r[w];
          case WEIGHT -> (x, w, y) -> out[w] += l[x] * r[y];
        });
    return Dense.of(out, a.dtype(), shape);
  }

  /** With sequences and images as volumes of depth 1. */
  private static Geometry geometry(Shape x, Shape w, Shape y, Op.Slide slide) {
    int groups = slide.groups();
    return new Geometry(
        x.size(0),
        groups,
        w.size(1),
        w.size(0) / groups,
        three(x, 1),
        three(w, 1),
        three(y, 1),
        three(slide.stride(), 1),
        three(slide.padding(), 0),
        three(slide.dilation(), 1));
  }

  private static int[] three(Shape shape, int absent) {
    return three(Shapes.list(shape.raw()).subList(2, shape.rank()), absent);
  }

  private static int[] three(List<Integer> values, int absent) {
    int[] out = new int[3];
    Arrays.fill(out, absent);
    for (int i = 0; i < values.size(); i++) {
      out[3 - values.size() + i] = values.get(i);
    }
    return out;
  }

  private static void check(
      String name, Tensor x, Tensor weight, Op.Slide slide, int channels, int wanted) {
    int dims = slide.stride().size();
    if (x.dim() != dims + 2 || weight.dim() != dims + 2) {
      throw Errors.invalid(
          "convolution",
          "%s %s and weight %s. Over %s dimensions both have %s: [N, C, *] and [out, in, *]."
              .formatted(name, x.shape(), weight.shape(), dims, dims + 2));
    }
    if (slide.groups() < 1 || weight.size(0) % slide.groups() != 0) {
      throw Errors.invalid(
          "convolution",
          "groups is %s and weight %s. It must be above 0 and divide the first size of the weight."
              .formatted(slide.groups(), weight.shape()));
    }
    if (channels != wanted) {
      throw Errors.invalid(
          "convolution",
          ("given groups=%s, weight of size %s, expected input %s to have %s channels, but got %s"
                  + " channels instead.")
              .formatted(slide.groups(), weight.shape(), x.shape(), wanted, channels));
    }
    if (x.dtype() != weight.dtype() || x.dtype() == DType.BOOL) {
      throw Errors.invalid(
          "convolution",
          "input %s and weight %s. Both must have one dtype, and be numbers. Use x.to(DType.FLOAT32)."
              .formatted(x.dtype(), weight.dtype()));
    }
    for (int d = 0; d < dims; d++) {
      if (slide.stride().get(d) < 1 || slide.dilation().get(d) < 1 || weight.size(2 + d) < 1) {
        throw Errors.invalid(
            "convolution",
            "stride %s, dilation %s, kernel %s of dimension %s. All must be greater than zero."
                .formatted(slide.stride().get(d), slide.dilation().get(d), weight.size(2 + d), d));
      }
    }
  }

  private static void checkBias(Tensor bias, Tensor x, Tensor weight) {
    if (bias != null
        && (bias.dim() != 1 || bias.size(0) != weight.size(0) || bias.dtype() != x.dtype())) {
      throw Errors.invalid(
          "convolution",
          ("bias %s%s, weight %s and input %s. The bias must be [%s], and its dtype that of the"
                  + " input.")
              .formatted(bias.dtype(), bias.shape(), weight.shape(), x.dtype(), weight.size(0)));
    }
  }

  /** The numbers of a convolution over as many dimensions as there are strides. */
  static Op.Slide slide(int[] stride, int[] padding, int[] dilation, int groups) {
    int dims = given(stride, "stride").length;
    given(padding, "padding");
    given(dilation, "dilation");
    if (padding.length != dims || dilation.length != dims || dims < 1 || dims > 3) {
      throw Errors.invalid(
          "convolution",
          "%s strides, %s paddings and %s dilations. Give 1 to 3 of each, one a dimension."
              .formatted(dims, padding.length, dilation.length));
    }
    return new Op.Slide(Shapes.list(stride), Shapes.list(padding), Shapes.list(dilation), groups);
  }
}
