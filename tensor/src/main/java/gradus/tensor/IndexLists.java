package gradus.tensor;

import static gradus.tensor.spi.Given.given;

import java.util.ArrayList;
import java.util.List;

/** Python's square brackets: what an index list picks, and how it is written to. */
final class IndexLists {
  private IndexLists() {}

  /**
   * What an index list comes down to: a view of the tensor, and index tensors for some dimensions
   * of that view.
   */
  private record Parsed(Tensor view, List<Tensor> tensors) {
    boolean isView() {
      return tensors.stream().allMatch(t -> t == null);
    }
  }

  private static Parsed parse(Tensor x, Object[] written) {
    Object[] index = IndexText.read(given(written, Object[].class));
    int consumed = 0;
    int ellipses = 0;
    for (Object entry : index) {
      consumed +=
          entry instanceof Tensor t && t.dtype() == DType.BOOL ? t.dim() : isAxis(entry) ? 1 : 0;
      ellipses += entry instanceof Index.Ellipsis ? 1 : 0;
    }
    if (consumed > x.dim() || ellipses > 1) {
      throw Errors.invalid(
          "at",
          ellipses > 1
              ? "an index may hold only one ELLIPSIS."
              : consumed
                  + " indices are too many for "
                  + x.shape()
                  + " of "
                  + x.dim()
                  + " dimensions.");
    }
    Tensor view = x;
    var tensors = new ArrayList<Tensor>();
    for (Object entry : index) {
      int d = tensors.size();
      switch (entry) {
        case Integer i -> view = view.select(d, i);
        case Long l -> {
          if (l != l.intValue()) {
            throw Errors.index("at", l, d, view.shape());
          }
          view = view.select(d, l.intValue());
        }
        case Index.Slice(Integer start, Integer stop, int step) -> {
          view =
              view.slice(
                  d, start == null ? 0 : start, stop == null ? Integer.MAX_VALUE : stop, step);
          tensors.add(null);
        }
        case Index.NewAxis _ -> {
          view = view.unsqueeze(d);
          tensors.add(null);
        }
        case Index.Ellipsis _ -> {
          for (int i = 0; i < x.dim() - consumed; i++) {
            tensors.add(null);
          }
        }
        case Boolean b -> {
          view = view.unsqueeze(d);
          tensors.add(b ? Tensor.of(0L) : Tensor.zeros(DType.INT64, 0));
        }
        case Tensor t when t.dtype() == DType.BOOL -> {
          if (t.dim() == 0) {
            view = view.unsqueeze(d);
            tensors.add(t.itemBoolean() ? Tensor.of(0L) : Tensor.zeros(DType.INT64, 0));
          }
          Tensor where = t.dim() == 0 ? null : t.nonzero();
          for (int k = 0; k < t.dim(); k++) {
            if (t.size(k) != view.size(d + k)) {
              throw Errors.outside(
                  "at",
                  "the mask %s does not fit %s at dimension %s. Each of its sizes must be that of the dimension it stands for. Use at(\":\", mask) for a mask of the second."
                      .formatted(t.shape(), x.shape(), d + k));
            }
            tensors.add(where.select(1, k));
          }
        }
        case Tensor t when t.dim() == 0 && !t.dtype().isFloatingPoint() ->
            view = view.select(d, t.itemInt());
        case Tensor t -> {
          Scattering.wholeIndex("at", t);
          tensors.add(t.to(DType.INT64));
        }
        case null, default ->
            throw Errors.invalid(
                "at",
                ("cannot index by %s. Use an int, a string such as \"1:3\", a list of ints, an INT64 tensor or "
                        + "a BOOL tensor: at(0, 1) is one element, at(Tensor.of(0, 1)) are two rows.")
                    .formatted(entry instanceof int[] places ? Shapes.text(places) : entry));
      }
    }
    return new Parsed(view, tensors);
  }

  private static boolean isAxis(Object entry) {
    return entry instanceof Integer
        || entry instanceof Long
        || entry instanceof Index.Slice
        || (entry instanceof Tensor t && t.dtype() != DType.BOOL);
  }

  static Tensor get(Tensor x, Object[] index) {
    Parsed p = parse(x, index);
    if (p.isView()) {
      return p.view == x ? Views.of(x, new Op.View(x.shape())) : p.view;
    }
    Addressed a = address(p);
    Tensor picked = a.flat.indexSelect(0, a.linear.flatten());
    return a.restore(picked).picked();
  }

  static Tensor set(Tensor x, Tensor value, Object[] index) {
    Parsed p = parse(x, index);
    if (p.isView()) {
      Tensor part = p.view;
      Tensor v = given(value, "value");
      while (v.dim() > part.dim() && v.size(0) == 1) {
        v = v.squeeze(0);
      }
      fits("set", v, part.shape());
      InPlaceOps.copy(part, "set", v);
      return x;
    }
    put(p.view, p, given(value, "value"), false);
    return x;
  }

  private static void fits(String op, Tensor value, Shape part) {
    if (!InPlaceOps.takes(part, value.shape())) {
      throw Errors.invalid(
          op,
          ("the value %s does not fit into the part %s that is written. It must have its "
                  + "shape, or broadcast to it.")
              .formatted(value.shape(), part));
    }
  }

  /** Writes (or adds) values at index tensors, in place. */
  static void put(Tensor view, Parsed p, Tensor value, boolean accumulate) {
    Tensor places;
    try (var _ = GradMode.noGrad()) {
      Tensor order = Tensor.arange(view.numel()).reshape(view.shape().raw());
      Addressed a = address(new Parsed(order, p.tensors));
      places = a.restore(a.flat.indexSelect(0, a.linear.flatten()));
    }
    fits(accumulate ? "indexAdd_" : "set", value, places.shape());
    Tensor values = value.to(view.dtype()).expand(places.shape().raw()).flatten();
    Tensor at = places.flatten();
    InPlaceOps.with(
        view,
        accumulate ? "indexAdd_" : "set",
        self -> {
          Tensor flat = self.flatten();
          Tensor done = accumulate ? flat.scatterAdd(0, at, values) : flat.scatter(0, at, values);
          return done.reshape(view.shape().raw());
        });
  }

  /** {@code x.index_put_(indices, values, accumulate)}. */
  static void indexPut(Tensor x, List<Tensor> indices, Tensor values, boolean accumulate) {
    Elementwise.sameDType("indexPut_", x, values);
    if (given(indices, "indices").stream().noneMatch(t -> t != null)) {
      throw Errors.invalid(
          "indexPut_",
          ("there are no indices for %s. Give at least one tensor. Use copy_(...) to write "
                  + "all.")
              .formatted(x.shape()));
    }
    put(x, parse(x, indices.toArray()), values, accumulate);
  }

  /** Indexed dimensions in front and flattened, with one linear index for them. */
  private record Addressed(Tensor flat, Tensor linear, int[] rest, int insertAt) {
    /** Picked rows {@code [n, …rest]} in the shape and place Python gives them. */
    Tensor restore(Tensor picked) {
      int[] index = linear.shape().raw();
      int[] sizes = new int[index.length + rest.length];
      System.arraycopy(index, 0, sizes, 0, index.length);
      System.arraycopy(rest, 0, sizes, index.length, rest.length);
      Tensor out = picked.reshape(sizes);
      if (insertAt == 0 || index.length == 0) {
        return out;
      }
      int[] order = new int[sizes.length];
      for (int d = 0; d < order.length; d++) {
        order[d] = d < insertAt ? index.length + d : d < insertAt + index.length ? d - insertAt : d;
      }
      return out.permute(order);
    }
  }

  private static Addressed address(Parsed p) {
    Tensor x = p.view;
    var indexed = new ArrayList<Integer>();
    Shape common = Shape.of();
    for (int d = 0; d < p.tensors.size(); d++) {
      if (p.tensors.get(d) != null) {
        indexed.add(d);
        common = Shape.broadcast("at", common, p.tensors.get(d).shape());
      }
    }
    Tensor linear = Tensor.zeros(DType.INT64, common.raw());
    int flatSize = 1;
    for (int d : indexed) {
      int size = x.size(d);
      Tensor t = p.tensors.get(d);
      long[] ids = Dense.longs(t);
      for (int i = 0; i < ids.length; i++) {
        if (ids[i] < -size || ids[i] >= size) {
          throw Errors.index("at", ids[i], d, x.shape());
        }
        ids[i] = ids[i] < 0 ? ids[i] + size : ids[i];
      }
      linear = linear.mul(size).add(Dense.of(ids, DType.INT64, t.shape()));
      flatSize *= size;
    }
    List<Integer> others = Shapes.others(x.dim(), indexed);
    var order = new ArrayList<>(indexed);
    order.addAll(others);
    int[] rest = others.stream().mapToInt(x::size).toArray();
    int[] flat = new int[rest.length + 1];
    flat[0] = flatSize;
    System.arraycopy(rest, 0, flat, 1, rest.length);
    boolean adjacent = indexed.getLast() - indexed.getFirst() == indexed.size() - 1;
    int insertAt = adjacent ? indexed.getFirst() : 0;
    return new Addressed(x.permute(Views.ints(order)).reshape(flat), linear, rest, insertAt);
  }
}
