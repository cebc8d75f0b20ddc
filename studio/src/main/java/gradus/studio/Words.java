package gradus.studio;

import static gradus.studio.Numbers.text;
import static gradus.studio.Sentences.curve;
import static gradus.studio.Sentences.moved;
import static gradus.studio.Sentences.pair;
import static gradus.studio.Sentences.says;
import static gradus.studio.Sentences.switched;

import gradus.tensor.Op;

/**
 * What an op does, and why its gradient is what it is, for somebody who has just learned what a
 * derivative is.
 *
 * @param forward how C comes from its inputs
 * @param backward how dC, the gradient of C, becomes gradients of the inputs, and why
 */
public record Words(String forward, String backward) {
  /** What every sentence builds on. */
  public static final String GRADIENT =
      "dC holds one number for each number of C: how much the loss changes when that number grows a little, divided by that little.";

  /** What a tensor is that gets no gradient. */
  public static final String DATA =
      "Something that the program was given: numbers, ids or a mask. It asked for no gradient, so the walk back does not come here.";

  /**
   * The words for an op.
   *
   * @param op any op
   */
  public static Words of(Op op) {
    return switch (op) {
      case Op.Leaf _ -> Sentences.LEAF;

      // each number by itself
      case Op.Neg _ ->
          says(
              "Each number of C is the number of A with its sign turned.",
              "When a number of A goes up, its number of C goes down by as much. So dA is dC with its sign turned.");
      case Op.Abs _ -> curve("the distance from 0 of", "1 right of zero, -1 left of it");
      case Op.Exp _ -> curve("e to the power of", "C itself, for e^x is its own slope");
      case Op.Exp2 _ -> curve("2 to the power of", "C times ln 2, which is 0.693");
      case Op.Expm1 _ -> curve("e^x - 1 of", "e^A, which is C + 1");
      case Op.Log _ -> curve("the natural logarithm of", "1 / A, so it is steep near zero");
      case Op.Log2 _ -> curve("the logarithm to base 2 of", "1 / (A times ln 2)");
      case Op.Log10 _ -> curve("the logarithm to base 10 of", "1 / (A times ln 10)");
      case Op.Log1p _ -> curve("ln(1 + x) of", "1 / (1 + A)");
      case Op.Sqrt _ -> curve("the square root of", "1 / (2 C), so it is steep near zero");
      case Op.Rsqrt _ -> curve("1 divided by the square root of", "minus one half of C³");
      case Op.Reciprocal _ -> curve("1 divided by", "minus C²: a larger A makes a smaller C");
      case Op.Square _ -> Sentences.SQUARE;
      case Op.Sin _ -> curve("the sine of", "the cosine of A");
      case Op.Cos _ -> curve("the cosine of", "minus the sine of A");
      case Op.Tan _ -> curve("the tangent of", "1 + C²");
      case Op.Asin _ -> curve("the angle whose sine is", "1 / √(1 - A²)");
      case Op.Acos _ -> curve("the angle whose cosine is", "-1 / √(1 - A²)");
      case Op.Atan _ -> curve("the angle whose tangent is", "1 / (1 + A²), flat far from zero");
      case Op.Sinh _ -> curve("sinh, (e^x - e^-x) / 2, of", "cosh A, (e^A + e^-A) / 2");
      case Op.Cosh _ -> curve("cosh, (e^x + e^-x) / 2, of", "sinh A, (e^A - e^-A) / 2");
      case Op.Tanh _ -> Sentences.TANH;
      case Op.Asinh _ -> curve("the number whose sinh is", "1 / √(A² + 1)");
      case Op.Acosh _ -> curve("the number whose cosh is", "1 / √(A² - 1)");
      case Op.Atanh _ -> curve("the number whose tanh is", "1 / (1 - A²)");
      case Op.Erf _ -> curve("the error function, an S from -1 to 1, of", "2/√π · e^(-A²), a bell");
      case Op.Erfc _ ->
          curve("1 minus the error function of", "-2/√π · e^(-A²), a bell upside down");
      case Op.Erfinv _ -> curve("the number whose error function is", "√π/2 · e^(C²)");
      case Op.Ndtri _ ->
          curve("the place left of which a normal bell has the share", "√(2π) · e^(C²/2)");
      case Op.Lgamma _ ->
          curve("the logarithm of the gamma function of", "digamma(A), the name of that slope");
      case Op.Polygamma _ ->
          curve("a slope of the digamma function of", "the next one: the slope of the slope");
      case Op.Sinc _ -> curve("sin(πx) / πx of", "(πA cos πA - sin πA) / πA²");
      case Op.Entr _ -> curve("-x · ln x of", "-(1 + ln A)");
      case Op.Erfcx _ -> curve("e^(x²) · erfc(x) of", "2 A C - 2/√π");
      case Op.LogNdtr _ ->
          curve(
              "the logarithm of the normal bell's share left of",
              "the height of the bell divided by that share");
      case Op.Bessel _ -> curve("a Bessel function of", "made of its neighbours in that family");
      case Op.Sigmoid _ -> Sentences.SIGMOID;
      case Op.LogSigmoid _ ->
          curve("ln of the S curve from 0 to 1 of", "1 minus the S curve, close to 1 left of zero");
      case Op.Relu _ -> Sentences.RELU;
      case Op.LeakyRelu(double slope) ->
          curve(
              "x if above zero, else " + text(slope) + " · x, of",
              "1 above zero, " + text(slope) + " below");
      case Op.Elu _ ->
          curve(
              "x if above zero, else a curve that levels off, of",
              "constant above zero, and fading below");
      case Op.Gelu _ -> Sentences.GELU;
      case Op.Silu _ ->
          curve("x times the S curve of x, of", "near 1 far right, near 0 far left, bent between");
      case Op.Mish _ ->
          curve("x · tanh(ln(1 + e^x)) of", "near 1 far right, near 0 far left, bent between");
      case Op.Softplus _ ->
          curve("ln(1 + e^x), a corner made round, of", "the S curve: from 0 on the left to 1");
      case Op.Threshold(double threshold, double value) ->
          switched("above " + text(threshold), "elsewhere C is " + text(value));
      case Op.Hardswish _ ->
          curve(
              "x times a straight ramp from -3 to 3, of",
              "0 left of -3, 1 right of 3, else A/3 + ½");
      case Op.Hardsigmoid _ ->
          curve("a straight ramp from 0 at -3 to 1 at 3, of", "1/6 on the ramp, 0 beside it");
      case Op.Clamp(double min, double max) ->
          switched(Sentences.range(min, max), "elsewhere C is the nearest border");
      case Op.PowScalar(double p) ->
          curve("the power " + text(p) + " of", text(p) + " · A^" + text(p - 1));
      case Op.Steps _ ->
          says(
              "Each number of C is one of a few steps that the number of A is on.",
              "Move a number of A a little and C stays on its step: nothing changes, so the gradient is 0.");
      case Op.Frac _ -> curve("the part behind the point of", "1: it moves along with A");
      case Op.Cast _ -> moved("the same numbers, stored as another type");
      case Op.Clone _ -> moved("a copy of A in new memory");

      // two numbers in the same place
      case Op.Add _ -> Sentences.ADD;
      case Op.Sub _ -> Sentences.SUB;
      case Op.Mul _ -> Sentences.MUL;
      case Op.Div _ -> Sentences.DIV;
      case Op.Pow _ -> pair("A to the power B", "B · A^(B-1)", "C · ln A");
      case Op.Maximum _ -> Sentences.larger("larger");
      case Op.Minimum _ -> Sentences.larger("smaller");
      case Op.Modulo _ ->
          pair("what is left of A after taking away whole Bs", "1", "minus how many Bs were taken");
      case Op.Atan2 _ ->
          pair("the direction in which the point (B, A) lies", "B / (A² + B²)", "-A / (A² + B²)");
      case Op.Hypot _ -> pair("the length √(A² + B²)", "A / C", "B / C");
      case Op.Copysign _ ->
          pair("A with the sign of B", "1 if the sign stayed, -1 if it was turned", "0");
      case Op.Xlogy _ -> pair("A · ln B", "ln B", "A / B");
      case Op.Xlog1py _ -> pair("A · ln(1 + B)", "ln(1 + B)", "A / (1 + B)");
      case Op.Logaddexp _ ->
          pair(
              "ln(e^A + e^B), a little more than the larger one",
              "the share of e^A in the sum",
              "the share of e^B in the sum");
      case Op.Where _ -> Sentences.WHERE;
      case Op.Dropout(double p) -> Sentences.dropout(p);
      case Op.Fusion _ ->
          says(
              "Each number of C is a formula of the numbers in the same place, computed in one go.",
              "The chain rule was followed inside the formula: dC is multiplied by the slope of the whole formula for each input.");

      // many numbers into one
      case Op.Sum _ -> Sentences.SUM;
      case Op.Mean _ -> Sentences.MEAN;
      case Op.Prod _ ->
          says(
              "Numbers of A are multiplied together.",
              "Push one factor, and the product moves by that push times all the other factors. So each gets dC times the product of the others.");
      case Op.Extreme(boolean max, var _, boolean _) ->
          Sentences.extreme(max ? "largest" : "smallest");
      case Op.Var _ ->
          says(
              "The variance: how far the numbers lie from their mean, squared, on average.",
              "A number above the mean widens the spread when it grows, one below narrows it, and more so the farther away it is. So the slope is its distance from the mean, times 2, divided by the count.");
      case Op.Std _ ->
          says(
              "The standard deviation: the typical distance of the numbers from their mean.",
              "As for the variance, but seen through a square root: the distance from the mean, divided by C and the count.");
      case Op.Norm _ ->
          says(
              "The length of the numbers taken as one arrow.",
              "To make an arrow longer, push along it. So each number gets dC times its own part of the arrow's direction.");
      case Op.LogSumExp _ ->
          says(
              "The logarithm of the sum of all e^A: close to the largest number, but it listens to all of them.",
              "Each number moves C by its share of the sum, e^A divided by the sum of all e^A. Those shares add up to 1: dC is handed out among the numbers.");
      case Op.Cumsum _ ->
          says(
              "A running sum: each number of C is the sum of A up to that place.",
              "A number of A is part of every running sum from its place on. So it collects dC from there to the end.");
      case Op.Cumprod _ ->
          says(
              "A running product: each number of C is the product of A up to that place.",
              "A number of A is a factor of every running product from its place on. From each it gets dC times the other factors, and adds that up.");
      case Op.Logcumsumexp _ ->
          says(
              "The logarithm of a running sum of e^A.",
              "A number of A takes part in every running sum from its place on, each time with its share of that sum.");

      // products of matrices
      case Op.MatMul _ -> Sentences.MATMUL;
      case Op.Linear _ -> Sentences.LINEAR;

      // by index
      case Op.Gather _, Op.IndexSelect _ -> Sentences.PICKED;
      case Op.Scatter _ ->
          says(
              "C is A, but D was put at the places that the indices B name.",
              "What was written over no longer matters, so A gets dC with 0 there. The new numbers D get dC from the places they were put.");
      case Op.ScatterAdd _, Op.IndexAdd _ ->
          says(
              "C is A, with D added at the places that the indices B name.",
              "Adding passes dC on unchanged: A gets all of it, and each number of D what is at the place it was added to.");
      case Op.Embedding _ -> Sentences.EMBEDDING;

      // joined, mirrored
      case Op.Cat(int dim) ->
          says(
              "The inputs stand one after the other along dim %s.".formatted(dim),
              "Nothing was computed, only put side by side. So dC is cut at the same places, and each input takes its piece.");
      case Op.Flip _ -> moved("A in reverse order");
      case Op.Triangle _ ->
          says(
              "One triangle of the matrix A; the rest is 0.",
              "Inside the triangle dC passes unchanged. Outside, C is 0 whatever A is, so the gradient is 0.");

      // several steps in one
      case Op.Softmax _ -> Sentences.SOFTMAX;
      case Op.LogSoftmax _ -> Sentences.LOG_SOFTMAX;
      case Op.LayerNorm _ -> Sentences.LAYER_NORM;
      case Op.Attention(boolean _, double _, boolean packed) ->
          packed ? Sentences.PACKED_ATTENTION : Sentences.ATTENTION;
      case Op.CrossEntropy _ -> Sentences.CROSS_ENTROPY;
      case Op.SumWindows _ ->
          says(
              "Each number of C is the sum of a window of A.",
              "A number of A counts once in each window that holds it. So it adds up dC of those windows.");
      case Op.Convolution _ -> Sentences.CONVOLUTION;
      case Op.ConvolutionInput _ ->
          says(
              "A convolution run backwards: each number of A is spread out by the pattern B, and where the copies overlap they add.",
              "Each number of A sees the places it was spread to, weighted by the pattern. Each number of the pattern sees A times dC over all the places it was laid on.");
      case Op.ConvolutionWeight _ ->
          says(
              "How well A and B agree when one is laid on the other at each shift of a small pattern.",
              "Each number of C is a sum of products of one number of A and one of B. So each gets dC times its partner, added up over the shifts.");
      case Op.Recurrence _ -> Sentences.RECURRENT;

      // written in place
      case Op.Copy _ ->
          says(
              "A was written over with the numbers of B.",
              "What A held before is gone and cannot matter: its gradient is 0. B gets dC.");
      case Op.Fill _ ->
          says(
              "A was written over with one constant.",
              "What A held before is gone and cannot matter: its gradient is 0.");
      case Op.CopySlices _ ->
          says(
              "A part of A was written over with B.",
              "Where B was written, dC belongs to B. Everywhere else it still belongs to A.");
      case Op.Place _ ->
          says(
              "A was put into a larger tensor of zeros.",
              "Only the places where A was put depend on it. So A gets dC from there.");

      // another look at the same numbers
      case Op.View _ -> moved("the same numbers in the same order, in another shape");
      case Op.Permute _ ->
          moved("the same numbers, with rows and columns (or other dimensions) swapped");
      case Op.Expand _ -> Sentences.EXPAND;
      case Op.Slice _, Op.Select _, Op.Diagonal _ -> Sentences.WINDOW;
      case Op.Unfold _, Op.AsStrided _ ->
          says(
              "C looks at numbers of A through windows, and may see one number several times.",
              "A number of A collects dC from every place of C where it can be seen.");

      // yours
      case Op.Custom custom ->
          says(
              "%s, an op that was written for this program.".formatted(custom.name()),
              "Its own method backward says what each input gets.");
    };
  }
}
