package gradus.tensor;

import static gradus.tensor.spi.Given.given;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/**
 * Einstein's summation: {@code "bij,bjk->bik"} names the dimensions of each operand and of the
 * result.
 *
 * <p>Operands are multiplied two by two, each pair as one batched matrix product; a letter that is
 * needed no more is summed away at once.
 */
final class Einsum {
  private Einsum() {}

  /** A tensor and the label of each of its dimensions. */
  private record Labelled(Tensor tensor, List<Integer> labels) {}

  private static final int DOTS = 1_000;

  static Tensor run(String equation, List<Tensor> operands) {
    String text = given(equation, String.class).replace(" ", "");
    int arrow = text.indexOf("->");
    String[] inputs = (arrow < 0 ? text : text.substring(0, arrow)).split(",", -1);
    if (inputs.length != operands.size()) {
      throw Errors.invalid(
          "einsum",
          "\"%s\" names %s operands but there are %s."
              .formatted(equation, inputs.length, operands.size()));
    }
    int dots = 0;
    for (int i = 0; i < inputs.length; i++) {
      if (inputs[i].contains("...")) {
        dots = Math.max(dots, operands.get(i).dim() - (inputs[i].length() - 3));
      }
    }
    var parts = new ArrayList<Labelled>();
    for (int i = 0; i < inputs.length; i++) {
      parts.add(
          diagonals(
              equation, operands.get(i), labels(equation, inputs[i], operands.get(i).dim(), dots)));
    }
    checkSizes(equation, parts);
    List<Integer> out =
        arrow < 0 ? implicit(inputs, dots) : labels(equation, text.substring(arrow + 2), -1, dots);
    return arranged(equation, contract(parts, out), out);
  }

  private static List<Integer> labels(String equation, String term, int rank, int dots) {
    var out = new ArrayList<Integer>();
    int letters = term.replace("...", "").length();
    for (int i = 0; i < term.length(); i++) {
      char c = term.charAt(i);
      if (term.startsWith("...", i)) {
        int here = rank < 0 ? dots : rank - letters;
        for (int d = dots - here; d < dots; d++) {
          out.add(DOTS + d);
        }
        i += 2;
      } else if (Character.isLetter(c)) {
        out.add((int) c);
      } else {
        throw Errors.invalid(
            "einsum", "\"" + equation + "\" holds '" + c + "'. Dimensions are named by letters.");
      }
    }
    if (rank >= 0 && out.size() != rank) {
      throw Errors.invalid(
          "einsum",
          "\"%s\" of \"%s\" names %s of %s dimensions."
              .formatted(term, equation, out.size(), rank));
    }
    return out;
  }

  /**
   * Without an arrow: the letters that occur once, in alphabetical order, after what the dots stand
   * for.
   */
  private static List<Integer> implicit(String[] inputs, int dots) {
    String all = String.join("", inputs).replace("...", "");
    var out = new ArrayList<Integer>();
    for (int d = 0; d < dots; d++) {
      out.add(DOTS + d);
    }
    all.chars().sorted().filter(c -> all.indexOf(c) == all.lastIndexOf(c)).forEach(out::add);
    return out;
  }

  /** A letter twice in one operand names its diagonal. */
  private static Labelled diagonals(String equation, Tensor x, List<Integer> labels) {
    Tensor y = x;
    var left = new ArrayList<>(labels);
    for (int i = 0; i < left.size(); i++) {
      int j = left.lastIndexOf(left.get(i));
      if (j > i) {
        if (y.size(i) != y.size(j)) {
          throw Errors.invalid(
              "einsum",
              "\"%s\" repeats a letter for sizes %s and %s."
                  .formatted(equation, y.size(i), y.size(j)));
        }
        int label = left.get(i);
        y = y.diagonal(0, i, j);
        left.remove(j);
        left.remove(i);
        left.add(label);
        i = -1;
      }
    }
    return new Labelled(y, left);
  }

  private static void checkSizes(String equation, List<Labelled> parts) {
    var sizes = new HashMap<Integer, Integer>();
    for (Labelled part : parts) {
      for (int d = 0; d < part.labels.size(); d++) {
        int size = part.tensor.size(d);
        int known = sizes.merge(part.labels.get(d), size, (a, b) -> a == 1 ? b : a);
        if (size != 1 && known != size) {
          throw Errors.invalid(
              "einsum",
              "\"%s\" uses one letter for sizes %s and %s. A letter has one size (or 1)."
                  .formatted(equation, known, size));
        }
      }
    }
  }

  private static Labelled contract(List<Labelled> parts, List<Integer> out) {
    Labelled acc = parts.getFirst();
    for (int i = 1; i < parts.size(); i++) {
      var needed = new ArrayList<>(out);
      parts.subList(i + 1, parts.size()).forEach(p -> needed.addAll(p.labels));
      acc = pair(acc, parts.get(i), needed);
    }
    return summed(acc, out);
  }

  /** Letters that nobody needs any more are summed away. */
  private static Labelled summed(Labelled x, List<Integer> needed) {
    var dims = new ArrayList<Integer>();
    var left = new ArrayList<Integer>();
    for (int d = 0; d < x.labels.size(); d++) {
      (needed.contains(x.labels.get(d)) ? left : dims)
          .add(needed.contains(x.labels.get(d)) ? x.labels.get(d) : d);
    }
    return dims.isEmpty() ? x : new Labelled(x.tensor.sum(Views.ints(dims), false), left);
  }

  private static Labelled pair(Labelled a, Labelled b, List<Integer> needed) {
    var forA = new ArrayList<>(needed);
    forA.addAll(b.labels);
    var forB = new ArrayList<>(needed);
    forB.addAll(a.labels);
    Labelled x = summed(a, forA);
    Labelled y = summed(b, forB);
    var batch = new ArrayList<Integer>();
    var inner = new ArrayList<Integer>();
    for (int label : x.labels) {
      if (y.labels.contains(label)) {
        (needed.contains(label) ? batch : inner).add(label);
      }
    }
    var rows = new ArrayList<>(x.labels);
    rows.removeAll(y.labels);
    var cols = new ArrayList<>(y.labels);
    cols.removeAll(x.labels);
    int[] common = new int[batch.size()];
    int[] sums = new int[inner.size()];
    for (int i = 0; i < common.length; i++) {
      common[i] = Math.max(size(x, batch.get(i)), size(y, batch.get(i)));
      common[i] = size(x, batch.get(i)) == 0 || size(y, batch.get(i)) == 0 ? 0 : common[i];
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] = size(x, inner.get(i)) == 1 ? size(y, inner.get(i)) : size(x, inner.get(i));
    }
    Tensor left = matrix(x, batch, common, rows, null, inner, sums);
    Tensor right = matrix(y, batch, common, inner, sums, cols, null);
    var labels = new ArrayList<>(batch);
    labels.addAll(rows);
    labels.addAll(cols);
    var sizes = new ArrayList<Integer>();
    for (int s : common) {
      sizes.add(s);
    }
    rows.forEach(l -> sizes.add(size(x, l)));
    cols.forEach(l -> sizes.add(size(y, l)));
    return new Labelled(left.matmul(right).reshape(Views.ints(sizes)), labels);
  }

  private static int size(Labelled x, int label) {
    return x.tensor.size(x.labels.indexOf(label));
  }

  /** As a batch of matrices [batch, rows, cols]; sizes of 1 are expanded to the given ones. */
  private static Tensor matrix(
      Labelled x,
      List<Integer> batch,
      int[] common,
      List<Integer> rows,
      int[] rowSizes,
      List<Integer> cols,
      int[] colSizes) {
    var order = new ArrayList<Integer>();
    var sizes = new ArrayList<Integer>();
    int b = group(x, batch, common, order, sizes);
    int r = group(x, rows, rowSizes, order, sizes);
    int c = group(x, cols, colSizes, order, sizes);
    return x.tensor.permute(Views.ints(order)).expand(Views.ints(sizes)).reshape(b, r, c);
  }

  private static int group(
      Labelled x, List<Integer> labels, int[] wanted, List<Integer> order, List<Integer> sizes) {
    int count = 1;
    for (int i = 0; i < labels.size(); i++) {
      order.add(x.labels.indexOf(labels.get(i)));
      sizes.add(wanted == null ? size(x, labels.get(i)) : wanted[i]);
      count *= sizes.getLast();
    }
    return count;
  }

  private static Tensor arranged(String equation, Labelled x, List<Integer> out) {
    var order = new ArrayList<Integer>();
    for (int label : out) {
      if (!x.labels.contains(label) || order.contains(x.labels.indexOf(label))) {
        throw Errors.invalid(
            "einsum", "\"" + equation + "\" has a result letter that is in no operand, or twice.");
      }
      order.add(x.labels.indexOf(label));
    }
    return x.tensor.permute(Views.ints(order));
  }

  static Tensor tensordot(Tensor x, Tensor y, List<Integer> a, List<Integer> b) {
    var left = new ArrayList<Integer>();
    var right = new ArrayList<Integer>();
    var out = new ArrayList<Integer>();
    for (int d = 0; d < x.dim(); d++) {
      left.add(a.contains(d) ? a.indexOf(d) : 100 + d);
      if (!a.contains(d)) {
        out.add(100 + d);
      }
    }
    for (int d = 0; d < y.dim(); d++) {
      right.add(b.contains(d) ? b.indexOf(d) : 200 + d);
      if (!b.contains(d)) {
        out.add(200 + d);
      }
    }
    var parts = List.of(new Labelled(x, left), new Labelled(y, right));
    checkSizes("tensordot", parts);
    return arranged("tensordot", contract(parts, out), out);
  }
}
