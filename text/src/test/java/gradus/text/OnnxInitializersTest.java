package gradus.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import gradus.tensor.DType;
import gradus.tensor.io.FormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Models are written here byte by byte, from the format's description. */
class OnnxInitializersTest {

  private static final int FLOAT = 1;
  private static final int UINT8 = 2;
  private static final int INT8 = 3;
  private static final int INT64 = 7;
  private static final int FLOAT16 = 10;

  @Test
  void readsFloatsFromRawBytesAndFromTypedFields() {
    byte[] raw = tensor("raw", FLOAT, new long[] {2, 2}, field(9, floats(1, -2, 3.5f, 0)));
    byte[] typed = tensor("typed", FLOAT, new long[] {3}, field(4, floats(7, 8, 9)));
    var model = OnnxInitializers.read(model(raw, typed));
    assertThat(model.names()).containsExactly("raw", "typed");
    assertThat(model.shape("raw")).hasToString("[2, 2]");
    assertThat(model.tensor("raw").toFloatArray()).containsExactly(1, -2, 3.5f, 0);
    assertThat(model.tensor("typed").toFloatArray()).containsExactly(7, 8, 9);
  }

  @Test
  void readsHalfPrecisionAndIntegers() {
    byte[] half = {0x00, 0x3c, 0x00, (byte) 0xc0};
    byte[] ids =
        ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(5).putLong(-1).array();
    var model =
        OnnxInitializers.read(
            model(
                tensor("half", FLOAT16, new long[] {2}, field(9, half)),
                tensor("ids", INT64, new long[] {1, 2}, field(9, ids))));
    assertThat(model.tensor("half").toFloatArray()).containsExactly(1, -2);
    assertThat(model.tensor("ids").dtype()).isEqualTo(DType.INT64);
    assertThat(model.tensor("ids").toLongArray()).containsExactly(5, -1);
    assertThat(model.tensor("ids").shape()).hasToString("[1, 2]");
  }

  @Test
  void dequantisesPerTensor() {
    var model =
        OnnxInitializers.read(
            model(
                tensor("w_quantized", UINT8, new long[] {2, 2}, field(9, bytes(0, 128, 130, 255))),
                tensor("w_scale", FLOAT, new long[] {}, field(9, floats(0.5f))),
                tensor("w_zero_point", UINT8, new long[] {}, field(9, bytes(128)))));
    assertThat(model.contains("w")).isTrue();
    assertThat(model.tensor("w").toFloatArray()).containsExactly(-64, 0, 1, 63.5f);
  }

  @Test
  void dequantisesPerRowWithSignedBytes() {
    var model =
        OnnxInitializers.read(
            model(
                tensor("w_quantized", INT8, new long[] {2, 3}, field(9, bytes(-1, 0, 1, 2, -2, 4))),
                tensor("w_scale", FLOAT, new long[] {2}, field(9, floats(1, 10)))));
    assertThat(model.tensor("w").toFloatArray()).containsExactly(-1, 0, 1, 20, -20, 40);
  }

  @Test
  void saysWhatIsMissing() {
    var model =
        OnnxInitializers.read(
            model(tensor("w_quantized", INT8, new long[] {2}, field(9, bytes(1, 2)))));
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> model.tensor("w"))
        .withMessage(
            "onnx, initializer \"w_quantized\": it is quantised but the model has no \"w_scale\".");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.tensor("v"))
        .withMessageContaining("the model has no weight \"v\"");
  }

  @Test
  void refusesScalesThatDoNotFit() {
    var model =
        OnnxInitializers.read(
            model(
                tensor("w_quantized", INT8, new long[] {2}, field(9, bytes(1, 2))),
                tensor("w_scale", FLOAT, new long[] {3}, field(9, floats(1, 1, 1)))));
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> model.tensor("w"))
        .withMessageContaining("has 3 scales and 3 zero points");
  }

  @Test
  void refusesBytesThatDoNotFitTheShape() {
    byte[] model = model(tensor("w", FLOAT, new long[] {2, 3}, field(9, floats(1, 2))));
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> OnnxInitializers.read(model).tensor("w"))
        .withMessage(
            "onnx, initializer \"w\": it has the shape [2, 3], which is 6 elements, but holds 2.");
  }

  @Test
  void refusesShapesTooLargeOrNegative() {
    for (long[] dims : new long[][] {{1L << 20, 1L << 20}, {-1}, {1L << 62, 4}}) {
      byte[] model = model(tensor("w", FLOAT, dims));
      assertThatExceptionOfType(FormatException.class)
          .isThrownBy(() -> OnnxInitializers.read(model))
          .withMessageContaining("initializer \"w\": it claims the shape");
    }
  }

  @Test
  void refusesWeightsKeptInAnotherFile() {
    byte[] model = model(tensor("w", FLOAT, new long[] {1}, field(13, bytes())));
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> OnnxInitializers.read(model))
        .withMessageContaining("another file");
  }

  @Test
  void refusesWhatIsNoModel() {
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> OnnxInitializers.read(new byte[0]))
        .withMessageContaining("holds no graph");
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(
            () -> OnnxInitializers.read("PK\3\4 a zip file".getBytes(StandardCharsets.UTF_8)))
        .withMessageContaining("onnx, byte");
  }

  private static byte[] model(byte[]... tensors) {
    byte[] graph = {};
    for (byte[] tensor : tensors) {
      graph = joined(graph, field(5, tensor));
    }
    return joined(new byte[] {8, 7}, field(7, graph));
  }

  private static byte[] tensor(String name, int type, long[] dims, byte[]... content) {
    byte[] result =
        joined(new byte[] {2 << 3, (byte) type}, field(8, name.getBytes(StandardCharsets.UTF_8)));
    for (long dim : dims) {
      result = joined(result, joined(new byte[] {1 << 3}, varint(dim)));
    }
    for (byte[] field : content) {
      result = joined(result, field);
    }
    return result;
  }

  private static byte[] field(int number, byte[] content) {
    return joined(varint(number << 3 | 2), joined(varint(content.length), content));
  }

  private static byte[] varint(long value) {
    var out = new ByteArrayOutputStream();
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
    return out.toByteArray();
  }

  private static byte[] joined(byte[] a, byte[] b) {
    var out = new ByteArrayOutputStream();
    try {
      out.write(a);
      out.write(b);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }

  private static byte[] bytes(int... values) {
    byte[] result = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = (byte) values[i];
    }
    return result;
  }

  private static byte[] floats(float... values) {
    ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      buffer.putFloat(value);
    }
    return buffer.array();
  }
}
