package gradus.studio;

/** The sentences that take more than a line, and the patterns that families of ops share. */
final class Sentences {
  private Sentences() {}

  static Words says(String forward, String backward) {
    return new Words(forward, backward);
  }

  /** A function of each number by itself. */
  static Words curve(String what, String slope) {
    return says(
        "Each number of C is %s the number of A in the same place.".formatted(what),
        "Push one number of A a little, and only its own number of C moves: by the push times the slope of the curve there. The slope is %s. So dA is dC times the slope, place by place."
            .formatted(slope));
  }

  /** A function of two numbers in the same place. */
  static Words pair(String what, String first, String second) {
    return says(
        "Each number of C is %s, for the numbers in the same place.".formatted(what),
        "Hold one input still and push the other. Pushing A moves C with slope %s; pushing B moves it with slope %s. Each gets dC times its own slope."
            .formatted(first, second));
  }

  /** A number that passes, or does not. */
  static Words switched(String open, String closed) {
    return says(
        "Numbers of A %s pass unchanged; %s.".formatted(open, closed),
        "Where the number passed, C moves along with A, so dC passes too. Elsewhere C does not listen to A, and the gradient is 0.");
  }

  /** The same numbers elsewhere. */
  static Words moved(String what) {
    return says(
        "C is %s.".formatted(what),
        "No number was changed, so no gradient is: each number of dC goes back to where its number came from.");
  }

  static Words larger(String which) {
    return says(
        "Each number of C is the %s of the two numbers in the same place.".formatted(which),
        "Only the %s one can be seen in C, so it gets dC and the other gets 0. Where both are equal, they share it."
            .formatted(which));
  }

  static Words extreme(String which) {
    return says(
        "Of several numbers of A, C keeps the %s.".formatted(which),
        "Push any other number a little, and C does not notice. So dC goes to the %s number alone; several that are equal share it."
            .formatted(which));
  }

  static String range(double min, double max) {
    if (Double.isInfinite(max)) {
      return "from " + Numbers.text(min) + " on";
    }
    return Double.isInfinite(min)
        ? "up to " + Numbers.text(max)
        : "between " + Numbers.text(min) + " and " + Numbers.text(max);
  }

  static Words dropout(double p) {
    return says(
        "By chance, a share of %s of the numbers is set to 0. The others are divided by 1 - %s, so that the total stays about the same."
            .formatted(Numbers.text(p), Numbers.text(p)),
        "A number that was set to 0 had no say, so it gets 0. The others were divided by 1 - %s, and so is their gradient. B remembers which were kept."
            .formatted(Numbers.text(p)));
  }

  static final Words LEAF =
      says(
          "A tensor that the program began with.",
          "The walk ends here. All shares have arrived and were added up: this is the gradient. Each number says how much the loss changes when that number grows a little. To make the loss smaller, take a small step the other way.");

  static final Words ADD =
      says(
          "Each number of C is the sum of the numbers of A and B in the same place.",
          "Push A up by a little, and C goes up by exactly as much. The same holds for B. So both get dC as it is: a plus sign copies the gradient.");

  static final Words SUB =
      says(
          "Each number of C is A minus B, place by place.",
          "Push A up, and C goes up by as much: A gets dC. Push B up, and C goes down by as much: B gets dC with its sign turned.");

  static final Words MUL =
      says(
          "Each number of C is the product of the numbers of A and B in the same place.",
          "Push A by a little, and C moves by that little times B. So A gets dC times B, and B gets dC times A: each is weighted by the other.");

  static final Words DIV =
      says(
          "Each number of C is A divided by B, place by place.",
          "Push A, and C moves by 1/B of the push. Push B up, and C shrinks, by A / B² for each little bit. So A gets dC / B, and B gets -dC · A / B².");

  static final Words SQUARE =
      says(
          "Each number of C is the number of A times itself.",
          "A stands in the product twice, and each of the two is weighted by the other, which is A again. So the slope is 2 A, and dA is dC times 2 A.");

  static final Words TANH =
      says(
          "Each number of A is squeezed between -1 and 1, along an S curve.",
          "The S curve is steepest at zero, with slope 1, and flat at both ends. The slope is 1 - C². Where C is close to -1 or 1 almost nothing passes: the gradient fades there.");

  static final Words SIGMOID =
      says(
          "Each number of A is squeezed between 0 and 1, along an S curve.",
          "The slope is C · (1 - C): at most ¼, in the middle, and close to 0 at both ends. So every such step makes gradients at least four times smaller.");

  static final Words RELU =
      says(
          "Numbers above zero pass unchanged, the others become 0.",
          "A switch. Where the number passed, C moves along with A, so dC passes. Where it was cut to 0, C does not listen to A, so the gradient is 0.");

  static final Words GELU =
      says(
          "Each number of A is multiplied by a share between 0 and 1 that grows with it: a ReLU with a round corner.",
          "Pushing a number changes it and its share as well. The slope has both parts: the share, Φ(A), and A times how fast the share grows, φ(A). Far right it is 1, far left 0.");

  static final Words WHERE =
      says(
          "Each number of C is taken from B where the mask A is true, else from D.",
          "A number that was taken gets dC, one that was not gets 0: it cannot be seen in C.");

  static final Words SUM =
      says(
          "Numbers of A are added up.",
          "Push any number of A, and its sum moves by just as much. So each of them gets the whole dC of its sum: one gradient, repeated.");

  static final Words MEAN =
      says(
          "Numbers of A are added up and divided by how many there are.",
          "Push one number of A, and the mean moves by the push divided by the count. So each gets dC divided by the count.");

  static final Words MATMUL =
      says(
          "Each number of C is a row of A times a column of B: multiply the pairs, add them up.",
          "A[i, k] is used in row i of C only: in column j it is multiplied by B[k, j]. So it collects dC[i, j] times B[k, j] over all j. That is row i of dC times row k of B, in short dC · Bᵀ. For B it is the mirror image: each dC is weighted by the A it met, in short Aᵀ · dC.");

  static final Words LINEAR =
      says(
          "A layer: each number of C is a row of the input A times a row of the weights B, plus the bias D if there is one.",
          "An input number meets every output through one weight each, so it collects dC times those weights: dC · B. A weight was used once for every row of the input, so it collects dC times the input there, over all rows: dCᵀ · A. The bias was simply added to every row, so it collects dC.");

  static final Words PICKED =
      says(
          "C is made of numbers of A, picked by the indices B.",
          "A number that was picked gets dC from the place where it went. One that was picked several times adds up all of these; one that was not gets 0.");

  static final Words EMBEDDING =
      says(
          "A is a table with one row for each word. The ids B say which rows to take.",
          "Only rows that were looked up can have changed the loss. Each adds up dC from every place where it was used; all other rows get 0. So one step of training moves only the words that were read.");

  static final Words SOFTMAX =
      says(
          "Scores become shares: e^A, divided by the sum of all e^A in the row. They are positive and add up to 1.",
          "When one share grows, the others have to shrink, for they add up to 1. So what counts is not dC alone, but how far dC lies above the average of its row, the average being weighted by the shares: Σ dC ∘ C. That difference is multiplied by the share C itself.");

  static final Words LOG_SOFTMAX =
      says(
          "The logarithm of softmax: each score A minus ln of the sum of all e^A in its row.",
          "A score goes into its own result directly: there it gets dC. It also goes into the sum that is taken away from every result of the row: there it loses its share, e^C, of everything that arrives in the row.");

  static final Words CROSS_ENTROPY =
      says(
          "For each row, how surprised we are by the right answer: minus the logarithm of the share that softmax gives it. B says which answer is right.",
          "What comes out could not be simpler: the share that was given minus the share that is right, which is 1 for the right answer and 0 for the others. So the right score is pushed up by what it lacks, and the others down by what they have too much. Times dC.");

  static final Words LAYER_NORM =
      says(
          "Each row of A is moved to mean 0 and stretched to deviation 1, which gives X̂. Then it is multiplied by B and D is added, where they are given.",
          "Pushing a whole row up, or stretching it, changes nothing: that is undone at once. So these two parts of the gradient are taken out, the mean and the part along X̂, and what is left is divided by the old deviation σ. B gets dC times X̂, D gets dC, added up over the rows.");

  static final Words ATTENTION =
      says(
          "Each row of A (the query) is compared with every row of B (the keys). Softmax makes shares P of the scores, and C is the mix of the rows of D (the values) with those shares.",
          "A value gets dC from every query that looked at it, weighted by how much it looked: Pᵀ · dC. A share gets dC times its value; through softmax this becomes a gradient of the scores; and a score is a product, so queries are weighted by the keys they met and keys by the queries.");

  static final Words PACKED_ATTENTION =
      says(
          "A holds queries, keys and values side by side. Each query is compared with every key, softmax makes shares of the scores, and C is the mix of the values with those shares.",
          ATTENTION.backward().replace("Pᵀ · dC", "the shares, transposed, times dC"));

  static final Words CONVOLUTION =
      says(
          "A small pattern B slides over A. Each number of C says how well the pattern fits there: multiply what lies on each other and add it up, plus the bias D if there is one.",
          "A number of A was covered by several positions of the pattern: it collects dC from each, weighted by the pattern's number that lay on it. A number of the pattern lay on many numbers of A: it collects dC times each of those. The bias was added everywhere and collects dC.");

  static final Words RECURRENT =
      says(
          "Step by step, a state is computed from what comes in and from the state before. The same weights are used in every step.",
          "The steps are gone through backwards, from the last to the first. Each state gets what its own output asks for plus what the next step hands back. The weights collect from every step, since each one used them.");

  static final Words EXPAND =
      says(
          "The numbers of A are seen several times, as if they had been copied, to fit a larger shape.",
          "One number stands in many places and moves all of them at once. So it adds up dC over all its copies.");

  static final Words WINDOW =
      says(
          "C is a part of A.",
          "What is in the part gets dC, in its place. What is outside cannot be seen in C, so its gradient is 0.");
}
