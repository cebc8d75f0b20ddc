package gradus.studio;

import gradus.tensor.Tensor;
import gradus.text.vectors.WordVectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A small table in which words mean something: royalty, gender, size, and sixty of no account. */
final class MapWords {
  static final int DIM = 12;

  private MapWords() {}

  static WordVectors table() {
    var words = new ArrayList<String>();
    var rows = new ArrayList<float[]>();
    var random = new Random(7);
    add(words, rows, random, "man", 0, 3);
    add(words, rows, random, "woman", 1, 3);
    add(words, rows, random, "king", 0, 2);
    add(words, rows, random, "queen", 1, 2);
    add(words, rows, random, "small", 4, 6);
    add(words, rows, random, "big", 5, 6);
    add(words, rows, random, "<img src=x onerror=\"document.title='owned'\">", 7, 6);
    for (int i = 0; i < 60; i++) {
      add(words, rows, random, "other" + i, 6 + i % 6, 8 + i % 4);
    }
    float[] all = new float[rows.size() * DIM];
    for (int i = 0; i < all.length; i++) {
      all[i] = rows.get(i / DIM)[i % DIM];
    }
    return WordVectors.of(words, Tensor.fromArray(all, rows.size(), DIM));
  }

  private static void add(
      List<String> words, List<float[]> rows, Random random, String word, int one, int two) {
    float[] row = new float[DIM];
    for (int i = 0; i < DIM; i++) {
      row[i] = (float) (random.nextGaussian() * 0.15 + (i == one || i == two ? 1 : 0));
    }
    words.add(word);
    rows.add(row);
  }
}
