package gradus.tensor;

import static gradus.tensor.spi.Given.given;
import static gradus.tensor.spi.Given.givenAll;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Lists of tensors joined along rows, columns or depth, spread over grids, or set along a diagonal.
 */
public abstract sealed class Stacking extends Joining permits Factories {
  Stacking() {}

  private static Tensor joined(String op, List<Tensor> tensors, int dim) {
    if (tensors.isEmpty()) {
      throw Errors.invalid(op, "the list of tensors is empty. Give at least one.");
    }
    return cat(tensors, dim);
  }

  /**
   * The tensors one beside the other: vectors end to end, others along dimension 1. PyTorch: {@code
   * torch.hstack}.
   */
  public static Tensor hstack(List<Tensor> tensors) {
    List<Tensor> parts = givenAll(tensors).stream().map(Tensor::atleast1d).toList();
    return joined("hstack", parts, !parts.isEmpty() && parts.getFirst().dim() == 1 ? 0 : 1);
  }

  /** The tensors one below the other, vectors as rows. PyTorch: {@code torch.vstack}. */
  public static Tensor vstack(List<Tensor> tensors) {
    return joined("vstack", givenAll(tensors).stream().map(Tensor::atleast2d).toList(), 0);
  }

  /** The tensors one behind the other, along dimension 2. PyTorch: {@code torch.dstack}. */
  public static Tensor dstack(List<Tensor> tensors) {
    return joined("dstack", givenAll(tensors).stream().map(Tensor::atleast3d).toList(), 2);
  }

  /** The tensors side by side, vectors as columns. PyTorch: {@code torch.column_stack}. */
  public static Tensor columnStack(List<Tensor> tensors) {
    return joined(
        "columnStack",
        givenAll(tensors).stream().map(t -> t.dim() < 2 ? t.reshape(t.numel(), 1) : t).toList(),
        1);
  }

  /** Each tensor with at least one dimension. PyTorch: {@code torch.atleast_1d}. */
  public static List<Tensor> atleast1d(List<Tensor> tensors) {
    return givenAll(tensors).stream().map(Tensor::atleast1d).toList();
  }

  /** Each tensor with at least two dimensions. PyTorch: {@code torch.atleast_2d}. */
  public static List<Tensor> atleast2d(List<Tensor> tensors) {
    return givenAll(tensors).stream().map(Tensor::atleast2d).toList();
  }

  /** Each tensor with at least three dimensions. PyTorch: {@code torch.atleast_3d}. */
  public static List<Tensor> atleast3d(List<Tensor> tensors) {
    return givenAll(tensors).stream().map(Tensor::atleast3d).toList();
  }

  /**
   * The tensors expanded to the shape they broadcast to. PyTorch: {@code torch.broadcast_tensors}.
   */
  public static List<Tensor> broadcastTensors(Tensor... tensors) {
    Shape shape = Shape.of();
    for (Tensor t : givenAll(tensors)) {
      shape = Shape.broadcast("broadcastTensors", shape, t.shape());
    }
    int[] sizes = shape.raw();
    return Arrays.stream(tensors).map(t -> t.expand(sizes)).toList();
  }

  /** The shape that shapes broadcast to. PyTorch: {@code torch.broadcast_shapes}. */
  public static Shape broadcastShapes(int[]... shapes) {
    Shape out = Shape.of();
    for (int[] shape : givenAll(shapes)) {
      out = Shape.broadcast("broadcastShapes", out, Shape.of(shape));
    }
    return out;
  }

  /**
   * Coordinates of a grid, the first tensor running along rows. PyTorch: {@code torch.meshgrid}.
   */
  public static List<Tensor> meshgrid(Tensor... tensors) {
    return meshgrid(List.of(givenAll(tensors)), "ij");
  }

  /**
   * Coordinates of a grid. PyTorch: {@code torch.meshgrid(…, indexing=…)}.
   *
   * @param tensors vectors or scalars, of one dtype
   * @param indexing {@code "ij"}, or {@code "xy"} to swap the first two dimensions
   * @return a view of each, of the sizes of all
   */
  public static List<Tensor> meshgrid(List<Tensor> tensors, String indexing) {
    givenAll(tensors);
    given(indexing, "indexing");
    if (tensors.isEmpty() || !(indexing.equals("ij") || indexing.equals("xy"))) {
      throw Errors.invalid(
          "meshgrid",
          tensors.size()
              + " tensors, indexing \""
              + indexing
              + "\". Give at least one, and \"ij\" or \"xy\".");
    }
    boolean swap = indexing.equals("xy") && tensors.size() > 1;
    int rank = tensors.size();
    int[] sizes = new int[rank];
    for (int i = 0; i < rank; i++) {
      Tensor t = tensors.get(i);
      if (t.dim() > 1) {
        throw Errors.invalid("meshgrid", t.shape() + " is neither a vector nor a scalar.");
      }
      if (t.dtype() != tensors.getFirst().dtype()) {
        throw Errors.invalid(
            "meshgrid", "dtypes " + tensors.getFirst().dtype() + " and " + t.dtype() + " differ.");
      }
      sizes[swap && i < 2 ? 1 - i : i] = t.numel();
    }
    var out = new ArrayList<Tensor>();
    for (int i = 0; i < rank; i++) {
      int[] view = new int[rank];
      Arrays.fill(view, 1);
      view[swap && i < 2 ? 1 - i : i] = tensors.get(i).numel();
      out.add(tensors.get(i).reshape(view).expand(sizes));
    }
    return out;
  }

  /**
   * All combinations of one element of each vector, one a row. PyTorch: {@code
   * torch.cartesian_prod}.
   */
  public static Tensor cartesianProd(Tensor... tensors) {
    for (Tensor t : givenAll(tensors)) {
      if (t.dim() != 1) {
        throw Errors.invalid("cartesianProd", t.shape() + " is not a vector.");
      }
    }
    if (tensors.length == 1) {
      return tensors[0];
    }
    return stack(meshgrid(tensors).stream().map(Tensor::flatten).toList(), 1);
  }

  /**
   * The matrices along the diagonal of a larger one, zero elsewhere; of none, {@code [1, 0]}.
   * PyTorch: {@code torch.block_diag}.
   */
  public static Tensor blockDiag(Tensor... tensors) {
    int cols = 0;
    var blocks = new ArrayList<Tensor>();
    for (Tensor t : givenAll(tensors)) {
      if (t.dim() > 2) {
        throw Errors.invalid("blockDiag", t.shape() + " has more than 2 dimensions.");
      }
      Tensor block = t.atleast2d();
      blocks.add(block);
      cols += block.size(1);
    }
    if (blocks.isEmpty()) {
      return zeros(DType.FLOAT32, 1, 0);
    }
    DType dtype = Promotion.resultType(tensors);
    var bands = new ArrayList<Tensor>();
    int left = 0;
    for (Tensor block : blocks) {
      Tensor before = zeros(dtype, block.size(0), left);
      left += block.size(1);
      bands.add(cat(List.of(before, block.to(dtype), zeros(dtype, block.size(0), cols - left)), 1));
    }
    return cat(bands, 0);
  }

  /** Zeros, which the subclass makes. */
  private static Tensor zeros(DType dtype, int rows, int cols) {
    return Creation.zeros(dtype, rows, cols);
  }

  /**
   * Matrices multiplied in the cheapest order. PyTorch: {@code torch.linalg.multi_dot}, {@code
   * chain_matmul}.
   */
  public static Tensor multiDot(List<Tensor> tensors) {
    return MatrixChain.multiply(tensors);
  }

  /** Matrices multiplied in the cheapest order. PyTorch: {@code torch.chain_matmul}. */
  public static Tensor chainMatmul(Tensor... matrices) {
    return MatrixChain.multiply(List.of(givenAll(matrices)));
  }

  /**
   * Products summed as Einstein writes them. PyTorch: {@code torch.einsum}.
   *
   * <p>{@code Tensor.einsum("bij,bjk->bik", a, b)} is {@code a.bmm(b)}. {@code ...} stands for any
   * dimensions, which broadcast; without an arrow the letters that occur once are the result.
   *
   * @param equation the letters of each operand's dimensions, and of the result's
   * @param operands one for each term
   * @return the sum
   */
  public static Tensor einsum(String equation, Tensor... operands) {
    return Einsum.run(equation, List.of(givenAll(operands)));
  }
}
