package gradus.tensor.kernel.pointwise;

import gradus.tensor.kernel.Lanes;
import gradus.tensor.kernel.Templates;
import gradus.tensor.kernel.op.Binary;
import gradus.tensor.kernel.op.Ternary;
import gradus.tensor.kernel.op.Unary;
import gradus.tensor.kernel.op.VectorBinary;
import gradus.tensor.kernel.op.VectorTernary;
import gradus.tensor.kernel.op.VectorUnary;
import java.lang.invoke.MethodHandles;
import java.util.concurrent.ConcurrentHashMap;

/** Hands out the loop of an op, made on first use from a template; see {@link Templates}. */
public final class LoopTemplates {

  private static final MethodHandles.Lookup HERE = MethodHandles.lookup();
  private static final ConcurrentHashMap<Object, Loop> MADE = new ConcurrentHashMap<>();

  /** The loops of a ternary op, by which of its operands are whole arrays. */
  private static final String[] TERNARY = {
    "", "first", "mixed", "mixed", "mixed", "mixed", "mixed", "all"
  };

  private LoopTemplates() {}

  public static Loop of(Unary op) {
    Loop loop = MADE.get(op);
    return loop != null ? loop : make(op, op instanceof VectorUnary, "Unary", "", "main");
  }

  public static Loop of(Binary op) {
    Loop loop = MADE.get(op);
    return loop != null
        ? loop
        : make(op, op instanceof VectorBinary, "Binary", "", "first", "second", "both");
  }

  public static Loop of(Ternary op) {
    Loop loop = MADE.get(op);
    return loop != null ? loop : make(op, op instanceof VectorTernary, "Ternary", TERNARY);
  }

  private static Loop make(Object op, boolean vectors, String arity, String... loops) {
    return MADE.computeIfAbsent(
        op,
        _ -> {
          if (!vectors || Lanes.COUNT == 0) {
            return scalar(op, arity);
          }
          Loop vector =
              new VectorLoop(Templates.define(HERE, "Vector" + arity + "Loop", op), loops);
          return WarmUpLoop.suits(op) ? new WarmUpLoop(vector, scalar(op, arity)) : vector;
        });
  }

  private static Loop scalar(Object op, String arity) {
    return (Loop) Templates.specialise(HERE, "Scalar" + arity + "Loop", op);
  }
}
