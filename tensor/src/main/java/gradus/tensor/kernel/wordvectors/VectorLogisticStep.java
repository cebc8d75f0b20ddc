package gradus.tensor.kernel.wordvectors;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.FloatVector.zero;

import gradus.tensor.kernel.FloatLanes;
import gradus.tensor.kernel.Lanes;
import gradus.tensor.kernel.Rotations;
import gradus.tensor.kernel.math.VectorExponential;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector form of {@link LogisticStep}: six output rows at a time stay in registers while the
 * input rows, which are in the first cache, go by.
 */
final class VectorLogisticStep {

  private static final VectorSpecies<Float> S = FloatLanes.SPECIES;
  private static final int LENGTH = S.length();

  private VectorLogisticStep() {}

  /** The dot product of each pair. */
  static void scores(LogisticStep step, LogisticStep.Moving moving) {
    float[] in = moving.in();
    float[] out = moving.out();
    int ins = moving.ins();
    int outs = moving.outs();
    int[] inputs = step.inputs;
    int[] outputs = step.outputs;
    float[] pairs = step.pairs;
    int stride = step.stride;
    for (int i = 0; i < ins; i++) {
      int o = 0;
      for (; o + LogisticStep.TILE <= outs; o += LogisticStep.TILE) {
        six(in, inputs[i], out, outputs, o, stride, pairs, i * outs + o);
      }
      for (; o < outs; o++) {
        pairs[i * outs + o] = one(in, inputs[i], out, outputs[o], stride);
      }
    }
  }

  private static void six(
      float[] in, int at, float[] out, int[] outputs, int o, int stride, float[] pairs, int to) {
    int o0 = outputs[o];
    int o1 = outputs[o + 1];
    int o2 = outputs[o + 2];
    int o3 = outputs[o + 3];
    int o4 = outputs[o + 4];
    int o5 = outputs[o + 5];
    FloatVector s0 = zero(S);
    FloatVector s1 = zero(S);
    FloatVector s2 = zero(S);
    FloatVector s3 = zero(S);
    FloatVector s4 = zero(S);
    FloatVector s5 = zero(S);
    for (int j = 0; j < stride; j += LENGTH) {
      FloatVector x = fromArray(S, in, at + j);
      s0 = fromArray(S, out, o0 + j).fma(x, s0);
      s1 = fromArray(S, out, o1 + j).fma(x, s1);
      s2 = fromArray(S, out, o2 + j).fma(x, s2);
      s3 = fromArray(S, out, o3 + j).fma(x, s3);
      s4 = fromArray(S, out, o4 + j).fma(x, s4);
      s5 = fromArray(S, out, o5 + j).fma(x, s5);
    }
    s0 = s0.add(s0.rearrange(Rotations.HALF));
    s1 = s1.add(s1.rearrange(Rotations.HALF));
    s2 = s2.add(s2.rearrange(Rotations.HALF));
    s3 = s3.add(s3.rearrange(Rotations.HALF));
    s4 = s4.add(s4.rearrange(Rotations.HALF));
    s5 = s5.add(s5.rearrange(Rotations.HALF));
    s0 = s0.add(s0.rearrange(Rotations.QUARTER));
    s1 = s1.add(s1.rearrange(Rotations.QUARTER));
    s2 = s2.add(s2.rearrange(Rotations.QUARTER));
    s3 = s3.add(s3.rearrange(Rotations.QUARTER));
    s4 = s4.add(s4.rearrange(Rotations.QUARTER));
    s5 = s5.add(s5.rearrange(Rotations.QUARTER));
    if (Lanes.COUNT > 4) {
      s0 = s0.add(s0.rearrange(Rotations.EIGHTH));
      s1 = s1.add(s1.rearrange(Rotations.EIGHTH));
      s2 = s2.add(s2.rearrange(Rotations.EIGHTH));
      s3 = s3.add(s3.rearrange(Rotations.EIGHTH));
      s4 = s4.add(s4.rearrange(Rotations.EIGHTH));
      s5 = s5.add(s5.rearrange(Rotations.EIGHTH));
    }
    if (Lanes.COUNT > 8) {
      s0 = s0.add(s0.rearrange(Rotations.SIXTEENTH));
      s1 = s1.add(s1.rearrange(Rotations.SIXTEENTH));
      s2 = s2.add(s2.rearrange(Rotations.SIXTEENTH));
      s3 = s3.add(s3.rearrange(Rotations.SIXTEENTH));
      s4 = s4.add(s4.rearrange(Rotations.SIXTEENTH));
      s5 = s5.add(s5.rearrange(Rotations.SIXTEENTH));
    }
    pairs[to] = s0.lane(0);
    pairs[to + 1] = s1.lane(0);
    pairs[to + 2] = s2.lane(0);
    pairs[to + 3] = s3.lane(0);
    pairs[to + 4] = s4.lane(0);
    pairs[to + 5] = s5.lane(0);
  }

  private static float one(float[] in, int at, float[] out, int o, int stride) {
    FloatVector s = zero(S);
    for (int j = 0; j < stride; j += LENGTH) {
      s = fromArray(S, out, o + j).fma(fromArray(S, in, at + j), s);
    }
    s = s.add(s.rearrange(Rotations.HALF));
    s = s.add(s.rearrange(Rotations.QUARTER));
    if (Lanes.COUNT > 4) {
      s = s.add(s.rearrange(Rotations.EIGHTH));
    }
    if (Lanes.COUNT > 8) {
      s = s.add(s.rearrange(Rotations.SIXTEENTH));
    }
    return s.lane(0);
  }

  /** {@code exp(−|score|)}, into the losses. */
  static void exponentials(LogisticStep step, int n) {
    float[] pairs = step.pairs;
    float[] losses = step.pairLosses;
    for (int i = 0; i < n; i += LENGTH) {
      VectorExponential.exp(fromArray(S, pairs, i).abs().neg()).intoArray(losses, i);
    }
  }

  /** Losses and steps from scores and their exponentials. */
  static void logistic(LogisticStep step, int n, float rate) {
    float[] pairs = step.pairs;
    float[] losses = step.pairLosses;
    float[] labels = step.pairLabels;
    for (int i = 0; i < n; i += LENGTH) {
      FloatVector score = fromArray(S, pairs, i);
      FloatVector e = fromArray(S, losses, i);
      FloatVector label = fromArray(S, labels, i);
      FloatVector more = e.add(1f);
      VectorMask<Float> below = score.compare(VectorOperators.LT, 0f);
      VectorMask<Float> right = below.eq(label.compare(VectorOperators.LT, 0.5f));
      FloatVector p = broadcast(S, 1f).blend(e, below).div(more);
      label.sub(p).mul(rate).intoArray(pairs, i);
      FloatVector wrong = score.abs().blend(0f, right);
      VectorExponential.log(more).add(wrong).intoArray(losses, i);
    }
  }

  /** Adds the moves of outputs and inputs, all by the rows as they are. */
  static void move(LogisticStep step, LogisticStep.Moving moving) {
    int o = 0;
    for (; o + LogisticStep.TILE <= moving.outs(); o += LogisticStep.TILE) {
      moveSix(step, moving, o);
    }
    for (; o < moving.outs(); o++) {
      moveOne(step, moving, o);
    }
  }

  private static void moveSix(LogisticStep step, LogisticStep.Moving moving, int o) {
    float[] in = moving.in();
    float[] out = moving.out();
    float[] moved = moving.inTo();
    int[] movedAt = moving.inToAt();
    int ins = moving.ins();
    int outs = moving.outs();
    int[] inputs = step.inputs;
    float[] pairs = step.pairs;
    int stride = step.stride;
    int o0 = step.outputs[o];
    int o1 = step.outputs[o + 1];
    int o2 = step.outputs[o + 2];
    int o3 = step.outputs[o + 3];
    int o4 = step.outputs[o + 4];
    int o5 = step.outputs[o + 5];
    float[] to = moving.outTo();
    int to0 = moving.outToAt()[o];
    int to1 = moving.outToAt()[o + 1];
    int to2 = moving.outToAt()[o + 2];
    int to3 = moving.outToAt()[o + 3];
    int to4 = moving.outToAt()[o + 4];
    int to5 = moving.outToAt()[o + 5];
    for (int j = 0; j < stride; j += LENGTH) {
      FloatVector t0 = fromArray(S, out, o0 + j);
      FloatVector t1 = fromArray(S, out, o1 + j);
      FloatVector t2 = fromArray(S, out, o2 + j);
      FloatVector t3 = fromArray(S, out, o3 + j);
      FloatVector t4 = fromArray(S, out, o4 + j);
      FloatVector t5 = fromArray(S, out, o5 + j);
      FloatVector d0 = zero(S);
      FloatVector d1 = zero(S);
      FloatVector d2 = zero(S);
      FloatVector d3 = zero(S);
      FloatVector d4 = zero(S);
      FloatVector d5 = zero(S);
      for (int i = 0, g = o; i < ins; i++, g += outs) {
        FloatVector x = fromArray(S, in, inputs[i] + j);
        int at = movedAt[i] + j;
        FloatVector sum = fromArray(S, moved, at);
        FloatVector step0 = broadcast(S, pairs[g]);
        d0 = x.fma(step0, d0);
        sum = t0.fma(step0, sum);
        FloatVector step1 = broadcast(S, pairs[g + 1]);
        d1 = x.fma(step1, d1);
        sum = t1.fma(step1, sum);
        FloatVector step2 = broadcast(S, pairs[g + 2]);
        d2 = x.fma(step2, d2);
        sum = t2.fma(step2, sum);
        FloatVector step3 = broadcast(S, pairs[g + 3]);
        d3 = x.fma(step3, d3);
        sum = t3.fma(step3, sum);
        FloatVector step4 = broadcast(S, pairs[g + 4]);
        d4 = x.fma(step4, d4);
        sum = t4.fma(step4, sum);
        FloatVector step5 = broadcast(S, pairs[g + 5]);
        d5 = x.fma(step5, d5);
        sum = t5.fma(step5, sum);
        sum.intoArray(moved, at);
      }
      // Read again: the same row may stand there twice.
      fromArray(S, to, to0 + j).add(d0).intoArray(to, to0 + j);
      fromArray(S, to, to1 + j).add(d1).intoArray(to, to1 + j);
      fromArray(S, to, to2 + j).add(d2).intoArray(to, to2 + j);
      fromArray(S, to, to3 + j).add(d3).intoArray(to, to3 + j);
      fromArray(S, to, to4 + j).add(d4).intoArray(to, to4 + j);
      fromArray(S, to, to5 + j).add(d5).intoArray(to, to5 + j);
    }
  }

  private static void moveOne(LogisticStep step, LogisticStep.Moving moving, int o) {
    float[] in = moving.in();
    float[] out = moving.out();
    float[] moved = moving.inTo();
    int[] movedAt = moving.inToAt();
    float[] to = moving.outTo();
    int[] inputs = step.inputs;
    float[] pairs = step.pairs;
    int o0 = step.outputs[o];
    int to0 = moving.outToAt()[o];
    for (int j = 0; j < step.stride; j += LENGTH) {
      FloatVector t0 = fromArray(S, out, o0 + j);
      FloatVector d0 = zero(S);
      for (int i = 0, g = o; i < moving.ins(); i++, g += moving.outs()) {
        int at = movedAt[i] + j;
        FloatVector step0 = broadcast(S, pairs[g]);
        d0 = fromArray(S, in, inputs[i] + j).fma(step0, d0);
        t0.fma(step0, fromArray(S, moved, at)).intoArray(moved, at);
      }
      fromArray(S, to, to0 + j).add(d0).intoArray(to, to0 + j);
    }
  }
}
