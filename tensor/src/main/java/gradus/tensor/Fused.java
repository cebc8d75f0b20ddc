package gradus.tensor;

import gradus.tensor.kernel.pointwise.FusedProgram;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * An elementwise function of one to four tensors that runs in one pass over memory, and so do its
 * gradients.
 *
 * {@snippet :
 * static final Fused GELU =
 *     Fused.of(x -> x.mul(0.5).mul(x.div(Math.sqrt(2)).erf().add(1)));
 *
 * Tensor y = GELU.apply(x); // broadcasts, records history, any order of gradients
 * }
 *
 * <p>The function is called once, with an {@link Expr} for each tensor; what it does to them is the
 * formula. Equal parts of it are computed once. Its gradients are derived from it as formulas, when
 * first asked for. Keep a fused function in a constant: making one costs more than using it on a
 * small tensor. PyTorch: {@code torch.compile}.
 */
public final class Fused {
  /** A function of three formulas. */
  @FunctionalInterface
  public interface Of3 {
    /** The formula. */
    Expr apply(Expr a, Expr b, Expr c);
  }

  /** A function of four formulas. */
  @FunctionalInterface
  public interface Of4 {
    /** The formula. */
    Expr apply(Expr a, Expr b, Expr c, Expr d);
  }

  private final int inputs;
  private final Expr formula;
  private final FusedProgram program;
  private final Map<Integer, Fused> gradients = new HashMap<>();

  private Fused(int inputs, Expr formula) {
    this.inputs = inputs;
    // An input or a number alone is no step yet.
    this.formula =
        formula.rule == null ? Expr.of(ExprRules.ADD, formula, Expr.constant(0)) : formula;
    this.program = compile(inputs, this.formula);
  }

  /** A function of one tensor. */
  public static Fused of(UnaryOperator<Expr> f) {
    return new Fused(1, f.apply(Expr.input(0)));
  }

  /** A function of two tensors. */
  public static Fused of(BinaryOperator<Expr> f) {
    return new Fused(2, f.apply(Expr.input(0), Expr.input(1)));
  }

  /** A function of three tensors. */
  public static Fused of(Of3 f) {
    return new Fused(3, f.apply(Expr.input(0), Expr.input(1), Expr.input(2)));
  }

  /** A function of four tensors. */
  public static Fused of(Of4 f) {
    return new Fused(4, f.apply(Expr.input(0), Expr.input(1), Expr.input(2), Expr.input(3)));
  }

  /**
   * The function of these tensors, element by element.
   *
   * @param tensors one for each argument, of shapes that broadcast; integers become FLOAT32
   * @return a tensor of the common shape and dtype
   */
  public Tensor apply(Tensor... tensors) {
    if (tensors.length != inputs) {
      throw Errors.invalid(
          "fused", "the function has " + inputs + " arguments, but " + tensors.length + " came.");
    }
    DType dtype = tensors[0].dtype();
    Shape shape = tensors[0].shape();
    for (int i = 1; i < inputs; i++) {
      dtype = Promotion.resultType(tensors[0].to(dtype), tensors[i]);
      shape = Shape.broadcast("fused", shape, tensors[i].shape());
    }
    Tensor[] fitted = new Tensor[inputs];
    for (int i = 0; i < inputs; i++) {
      fitted[i] = Elementwise.fit(tensors[i], dtype.orFloat(), shape);
    }
    return Tensor.record(new Op.Fusion(this), run(fitted, shape), fitted);
  }

  private Tensor run(Tensor[] x, Shape shape) {
    int n = shape.numel();
    if (x[0].dtype() != DType.FLOAT32) {
      double[][] values = new double[inputs][];
      for (int i = 0; i < inputs; i++) {
        values[i] = Dense.doubles(x[i]);
      }
      return Dense.of(program.run(values, n), x[0].dtype(), shape);
    }
    float[] out = ArrayPool.floats(n);
    float[][] arrays = new float[inputs][];
    int[] offsets = new int[inputs];
    int[][] strides = new int[inputs][];
    for (int i = 0; i < inputs; i++) {
      arrays[i] = Dense.array(x[i]);
      offsets[i] = x[i].offset;
      strides[i] = x[i].strides;
    }
    program.run(arrays, offsets, strides, shape.raw(), out);
    return Dense.of(out, shape);
  }

  /**
   * The gradient with respect to one argument: a fused function of all arguments and, last, of the
   * gradient of the result.
   */
  public Fused gradient(int argument) {
    synchronized (gradients) {
      return gradients.computeIfAbsent(argument, this::derive);
    }
  }

  private Fused derive(int argument) {
    List<Expr> order = new ArrayList<>();
    sort(formula, order, new IdentityHashMap<>());
    Map<Expr, Expr> arriving = new IdentityHashMap<>();
    arriving.put(formula, Expr.input(inputs));
    Expr total = Expr.constant(0);
    for (Expr e : order.reversed()) {
      Expr g = arriving.get(e);
      if (g == null) {
        continue;
      }
      if (e.rule == null) {
        total = e.input == argument ? total.add(g) : total;
        continue;
      }
      Expr[] slopes = e.rule.slopes().of(e.operands, e, g);
      for (int i = 0; i < slopes.length; i++) {
        if (slopes[i] != null && reaches(e.operands[i])) {
          arriving.merge(e.operands[i], slopes[i], Expr::add);
        }
      }
    }
    return new Fused(inputs + 1, total);
  }

  private static boolean reaches(Expr e) {
    return e.rule != null || e.input >= 0;
  }

  /** Operands before what is made of them, each once. */
  private static void sort(Expr e, List<Expr> order, Map<Expr, Boolean> seen) {
    if (seen.put(e, true) == null) {
      for (Expr operand : e.operands) {
        sort(operand, order, seen);
      }
      order.add(e);
    }
  }

  /** The steps of a formula; equal steps are one. */
  private static FusedProgram compile(int inputs, Expr formula) {
    List<Expr> order = new ArrayList<>();
    sort(formula, order, new IdentityHashMap<>());
    List<Double> constants = new ArrayList<>();
    for (Expr e : order) {
      if (!reaches(e) && !constants.contains(e.value)) {
        constants.add(e.value);
      }
    }
    Map<Expr, Integer> register = new IdentityHashMap<>();
    Map<List<Object>, Integer> known = new HashMap<>();
    List<FusedProgram.Step> steps = new ArrayList<>();
    int next = inputs + constants.size();
    for (Expr e : order) {
      if (e.rule == null) {
        register.put(e, e.input >= 0 ? e.input : inputs + constants.indexOf(e.value));
        continue;
      }
      int[] from = {-1, -1, -1};
      for (int i = 0; i < e.operands.length; i++) {
        from[i] = register.get(e.operands[i]);
      }
      List<Object> key = List.of(e.rule, from[0], from[1], from[2]);
      Integer same = known.get(key);
      if (same == null) {
        steps.add(new FusedProgram.Step(e.rule.kernel(), from[0], from[1], from[2], next));
        same = next++;
        known.put(key, same);
      }
      register.put(e, same);
    }
    double[] numbers = constants.stream().mapToDouble(Double::doubleValue).toArray();
    return reuse(inputs, numbers, steps);
  }

  /** The program, with a register given back once its value was used for the last time. */
  private static FusedProgram reuse(int inputs, double[] constants, List<FusedProgram.Step> steps) {
    int kept = inputs + constants.length;
    int[] lastUse = new int[kept + steps.size()];
    for (int i = 0; i < steps.size(); i++) {
      for (int r : List.of(steps.get(i).a(), steps.get(i).b(), steps.get(i).c())) {
        if (r >= 0) {
          lastUse[r] = i;
        }
      }
    }
    int[] place = new int[lastUse.length];
    Arrays.setAll(place, r -> r);
    var free = new ArrayDeque<Integer>();
    int registers = kept;
    FusedProgram.Step[] placed = new FusedProgram.Step[steps.size()];
    for (int i = 0; i < placed.length; i++) {
      FusedProgram.Step s = steps.get(i);
      place[s.to()] = free.isEmpty() ? registers++ : free.pop();
      placed[i] =
          new FusedProgram.Step(
              s.op(), place[s.a()], at(place, s.b()), at(place, s.c()), place[s.to()]);
      for (int r = kept; r < s.to(); r++) {
        if (lastUse[r] == i && uses(s, r)) {
          free.push(place[r]);
        }
      }
    }
    return new FusedProgram(inputs, constants, placed, registers);
  }

  private static int at(int[] place, int register) {
    return register < 0 ? register : place[register];
  }

  private static boolean uses(FusedProgram.Step s, int register) {
    return s.a() == register || s.b() == register || s.c() == register;
  }

  @Override
  public String toString() {
    return formula.toString();
  }
}
