package gradus.text.fasttext;

import gradus.text.io.BinaryInput;
import gradus.text.io.LittleEndianOutput;

/**
 * What a fastText model was trained with, as its file begins.
 *
 * @param version 12 or 11; 0 for files from before there was a version
 * @param dim the numbers of a vector
 * @param ws the window
 * @param epoch how often the text was gone through
 * @param minCount how often a word must occur
 * @param neg negative samples
 * @param wordNgrams up to how many words in a row count as a feature of a text
 * @param loss 1 hierarchical softmax, 2 negative sampling, 3 softmax, 4 one against all
 * @param model 1 CBOW, 2 skip-gram, 3 supervised
 * @param bucket how many rows the n-grams share
 * @param minn the letters of the shortest n-gram
 * @param maxn the letters of the longest; 0 for no n-grams
 * @param lrUpdateRate after how many words the learning rate was changed
 * @param t how often frequent words were left out
 */
record FastTextArgs(
    int version,
    int dim,
    int ws,
    int epoch,
    int minCount,
    int neg,
    int wordNgrams,
    int loss,
    int model,
    int bucket,
    int minn,
    int maxn,
    int lrUpdateRate,
    double t) {

  static final int MAGIC = 793_712_314;

  /** What the newest fastText writes. */
  static final int VERSION = 12;

  static final int HIERARCHICAL = 1;
  static final int SOFTMAX = 3;

  private static final int SUPERVISED = 3;
  private static final int LONGEST_GRAM = 255;
  private static final int LARGEST_DIM = 1 << 20;

  static FastTextArgs read(BinaryInput in) {
    int first = in.readInt();
    int version = 0;
    int dim = first;
    if (first == MAGIC) {
      version = in.readInt();
      if (version != 11 && version != 12) {
        throw in.error("fastText's version %d. Known are 11, 12 and older.".formatted(version));
      }
      dim = in.readInt();
    }
    int[] v = new int[11];
    for (int i = 0; i < v.length; i++) {
      v[i] = in.readInt();
    }
    FastTextArgs args =
        new FastTextArgs(
            version,
            dim,
            v[0],
            v[1],
            v[2],
            v[3],
            v[4],
            v[5],
            v[6],
            v[7],
            v[8],
            v[9],
            v[10],
            in.readDouble());
    args.check(in);
    return args;
  }

  private void check(BinaryInput in) {
    between(in, "dim", dim, 1, LARGEST_DIM);
    between(in, "wordNgrams", wordNgrams, 0, LONGEST_GRAM);
    between(in, "loss", loss, 1, 4);
    between(in, "model", model, 1, 3);
    between(in, "bucket", bucket, 0, Integer.MAX_VALUE);
    between(in, "minn", minn, 0, LONGEST_GRAM);
    between(in, "maxn", maxn, 0, LONGEST_GRAM);
  }

  private static void between(BinaryInput in, String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw in.error(
          "the header before says %s %d. It must be %d..%,d.".formatted(name, value, least, most));
    }
  }

  void write(LittleEndianOutput out) {
    if (version > 0) {
      out.writeInt(MAGIC);
      out.writeInt(version);
    }
    int[] values = {
      dim, ws, epoch, minCount, neg, wordNgrams, loss, model, bucket, minn, maxn, lrUpdateRate
    };
    for (int value : values) {
      out.writeInt(value);
    }
    out.writeDouble(t);
  }

  boolean supervised() {
    return model == SUPERVISED;
  }

  /** Version 11 wrote a maxn for supervised models that it did not use. */
  int usedMaxn() {
    return version == 11 && supervised() ? 0 : maxn;
  }

  /** For example {@code skipgram, loss ns}. */
  @Override
  public String toString() {
    String kind = new String[] {"cbow", "skipgram", "supervised"}[model - 1];
    return kind + ", loss " + new String[] {"hs", "ns", "softmax", "ova"}[loss - 1];
  }
}
