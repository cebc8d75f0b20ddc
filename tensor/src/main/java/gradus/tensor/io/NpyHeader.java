package gradus.tensor.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What stands before the numbers of an {@code .npy} file: a dictionary in Python's notation.
 *
 * <p>Source: {@code numpy.lib.format}, versions 1.0, 2.0 and 3.0.
 *
 * @param version 1 to 3; NumPy writes 1 unless the header is long
 * @param dtype how an element is stored
 * @param order the order of the bytes of an element
 * @param fortranOrder whether the first index runs fastest
 * @param shape the sizes
 */
public record NpyHeader(
    int version, StoredDType dtype, ByteOrder order, boolean fortranOrder, long... shape) {
  static final String MAGIC = "\u0093NUMPY";
  private static final int LONGEST = 10_000;
  private static final int ALIGNMENT = 64;

  /** As many blanks are left for the first size to grow, if somebody appends. */
  private static final int GROWTH_DIGITS = 21;

  static NpyHeader read(Path file, String place, InputStream in) throws IOException {
    byte[] start = in.readNBytes(8);
    String magic = new String(start, StandardCharsets.ISO_8859_1);
    if (start.length < 8 || !magic.startsWith(MAGIC)) {
      throw new FormatException(file, place, "an .npy file begins with \\x93NUMPY; this does not.");
    }
    int version = start[6];
    if (version < 1 || version > 3 || start[7] != 0) {
      throw new FormatException(
          file, place, ".npy version %d.%d is not known.".formatted(version, start[7]));
    }
    byte[] length = in.readNBytes(version == 1 ? 2 : 4);
    long n = 0;
    for (int i = length.length - 1; i >= 0; i--) {
      n = n << 8 | length[i] & 0xff;
    }
    if (n > LONGEST) {
      throw new FormatException(
          file, place, "the header claims %d bytes; at most %d are taken.".formatted(n, LONGEST));
    }
    byte[] text = in.readNBytes((int) n);
    if (text.length < n || length.length < (version == 1 ? 2 : 4)) {
      throw new FormatException(file, place, "the file is cut short in its header.");
    }
    var charset = version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
    return new Parser(file, place, new String(text, charset)).header(version);
  }

  /** How many bytes of the file belong to the elements. */
  long bytes(Path file, String place) {
    return (long) Elements.count(file, place, shape) * dtype.bytes();
  }

  /** The header as NumPy writes it. */
  byte[] toBytes() {
    String sizes = String.join(", ", Arrays.stream(shape).mapToObj(Long::toString).toList());
    String mark = dtype.bytes() == 1 ? "|" : order == ByteOrder.LITTLE_ENDIAN ? "<" : ">";
    var text = new StringBuilder();
    text.append("{'descr': '").append(mark).append(dtype.numpy());
    text.append("', 'fortran_order': ").append(fortranOrder ? "True" : "False");
    text.append(", 'shape': (").append(sizes).append(shape.length == 1 ? ",), }" : "), }");
    if (shape.length > 0) {
      long growing = shape[fortranOrder ? shape.length - 1 : 0];
      text.append(" ".repeat(GROWTH_DIGITS - Long.toString(growing).length()));
    }
    int prefix = version == 1 ? 10 : 12;
    int unpadded = prefix + text.length() + 1;
    text.append(" ".repeat(ALIGNMENT - unpadded % ALIGNMENT)).append('\n');
    byte[] out = new byte[prefix + text.length()];
    System.arraycopy(MAGIC.getBytes(StandardCharsets.ISO_8859_1), 0, out, 0, 6);
    out[6] = (byte) version;
    for (int i = 8; i < prefix; i++) {
      out[i] = (byte) (text.length() >> 8 * (i - 8));
    }
    byte[] latin1 = text.toString().getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(latin1, 0, out, prefix, latin1.length);
    return out;
  }

  /** Reads the few forms of Python's notation that may stand there. */
  private static final class Parser {
    private final Path file;
    private final String place;
    private final String text;
    private int at;

    Parser(Path file, String place, String text) {
      this.file = file;
      this.place = place;
      this.text = text;
    }

    private FormatException error(String problem) {
      return new FormatException(
          file, place, "the header, at its character " + at + ", " + problem);
    }

    private boolean take(String token) {
      while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
      boolean there = text.startsWith(token, at);
      at += there ? token.length() : 0;
      return there;
    }

    private void expect(String token) {
      if (!take(token)) {
        throw error("has no " + token + " where it must stand.");
      }
    }

    private String string() {
      String quote = take("'") ? "'" : "\"";
      if (quote.equals("\"")) {
        expect(quote);
      }
      int end = text.indexOf(quote, at);
      if (end < 0) {
        throw error("has a string without an end.");
      }
      String string = text.substring(at, end);
      at = end + 1;
      return string;
    }

    NpyHeader header(int version) {
      String descr = null;
      Boolean fortran = null;
      long[] shape = null;
      Set<String> names = new HashSet<>();
      expect("{");
      while (!take("}")) {
        String name = string();
        expect(":");
        if (!names.add(name)) {
          throw error("has '" + Quoted.of(name) + "' twice.");
        }
        switch (name) {
          case "descr" -> descr = descr();
          case "fortran_order" -> fortran = truth();
          case "shape" -> shape = shape();
          default -> throw error("has the unknown key '" + Quoted.of(name) + "'.");
        }
        if (!take(",")) {
          expect("}");
          break;
        }
      }
      take("");
      if (descr == null || fortran == null || shape == null || at < text.length()) {
        throw error("must hold descr, fortran_order and shape, and end there.");
      }
      boolean big = descr.startsWith(">");
      return new NpyHeader(
          version,
          dtype(descr),
          big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN,
          fortran,
          shape);
    }

    private String descr() {
      if (take("[")) {
        throw error("describes records with fields; only arrays of plain numbers are read.");
      }
      return string();
    }

    private StoredDType dtype(String descr) {
      if (descr.endsWith("O")) {
        throw error("says that pickled objects follow, which could run any program. Not read.");
      }
      String plain = descr.matches("[<>|=].*") ? descr.substring(1) : descr;
      return StoredDType.ofNumpy(plain)
          .orElseThrow(
              () -> error("has the type '" + Quoted.of(descr) + "', which is no type of tensors."));
    }

    private boolean truth() {
      boolean truth = take("True");
      if (!truth) {
        expect("False");
      }
      return truth;
    }

    private long[] shape() {
      List<Long> sizes = new ArrayList<>();
      expect("(");
      while (!take(")")) {
        sizes.add(size());
        if (!take(",")) {
          expect(")");
          break;
        }
      }
      return sizes.stream().mapToLong(Long::longValue).toArray();
    }

    private long size() {
      take("");
      int start = at;
      while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
        at++;
      }
      if (at == start || at - start > 18) {
        throw error("has no size of an array where one must stand.");
      }
      long size = Long.parseLong(text, start, at, 10);
      take("L"); // as Python 2 wrote it
      return size;
    }
  }
}
