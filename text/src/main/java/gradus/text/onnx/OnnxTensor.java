package gradus.text.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import gradus.tensor.Tensor;
import gradus.tensor.io.ElementSink;
import gradus.tensor.io.FormatException;
import gradus.tensor.io.Quoted;
import gradus.tensor.io.StoredDType;
import gradus.text.io.ProtobufFields;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One initializer of an ONNX model: a {@code TensorProto}, its numbers already in their array.
 *
 * @param name its name
 * @param type how it was stored
 * @param values its numbers
 */
record OnnxTensor(String name, StoredDType type, Tensor values) {

  private static final int FIELD_DIMS = 1;
  private static final int FIELD_TYPE = 2;
  private static final int FIELD_FLOATS = 4;
  private static final int FIELD_INT32S = 5;
  private static final int FIELD_INT64S = 7;
  private static final int FIELD_NAME = 8;
  private static final int FIELD_RAW = 9;
  private static final int FIELD_DOUBLES = 10;
  private static final int FIELD_UINT64S = 11;
  private static final int FIELD_EXTERNAL = 13;
  private static final int MOST_DIMS = 64;
  private static final int CHUNK = 1 << 13;

  /** ONNX's numbers of the element types that are numbers. */
  static Optional<StoredDType> stored(int onnxType) {
    return Optional.ofNullable(
        switch (onnxType) {
          case 1 -> StoredDType.F32;
          case 2 -> StoredDType.U8;
          case 3 -> StoredDType.I8;
          case 4 -> StoredDType.U16;
          case 5 -> StoredDType.I16;
          case 6 -> StoredDType.I32;
          case 7 -> StoredDType.I64;
          case 9 -> StoredDType.BOOL;
          case 10 -> StoredDType.F16;
          case 11 -> StoredDType.F64;
          case 12 -> StoredDType.U32;
          case 13 -> StoredDType.U64;
          case 16 -> StoredDType.BF16;
          case 17 -> StoredDType.F8_E4M3;
          case 19 -> StoredDType.F8_E5M2;
          default -> null;
        });
  }

  /** Whether it is a byte, as quantised weights are. */
  boolean isByte() {
    return type == StoredDType.U8 || type == StoredDType.I8;
  }

  /** Reads one TensorProto up to the stream's present limit. */
  static OnnxTensor read(Path file, CodedInputStream in) throws IOException {
    var reader = new Reader(file);
    reader.readFields(in);
    return reader.tensor();
  }

  /** Collects the fields, which may come in any order. */
  private static final class Reader {
    private final Path file;
    private final List<Long> dims = new ArrayList<>();
    private final List<Deferred> deferred = new ArrayList<>();
    private final byte[] number = new byte[8];
    private String name = "";
    private int onnxType;
    private ElementSink sink;

    /** Numbers that came before their type. */
    private record Deferred(int tag, byte[] bytes) {}

    Reader(Path file) {
      this.file = file;
    }

    private String place() {
      return "initializer \"" + Quoted.of(name) + "\"";
    }

    void readFields(CodedInputStream in) throws IOException {
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        switch (WireFormat.getTagFieldNumber(tag)) {
          case FIELD_DIMS -> readDims(in, tag);
          case FIELD_TYPE -> onnxType = in.readInt32();
          case FIELD_NAME -> name = in.readStringRequireUtf8();
          case FIELD_FLOATS, FIELD_INT32S, FIELD_INT64S, FIELD_RAW, FIELD_DOUBLES, FIELD_UINT64S ->
              readOrDefer(in, tag);
          case FIELD_EXTERNAL ->
              throw wrong(
                  "its numbers are in another file. Only models in one file are read; convert it.");
          default -> ProtobufFields.skip(file, in, tag);
        }
      }
    }

    private void readDims(CodedInputStream in, int tag) throws IOException {
      boolean packed = ProtobufFields.isBytes(tag);
      int limit = packed ? in.pushLimit(in.readRawVarint32()) : 0;
      do {
        if (packed && in.getBytesUntilLimit() == 0) {
          break;
        }
        if (dims.size() == MOST_DIMS) {
          throw wrong("it has more than " + MOST_DIMS + " dimensions.");
        }
        dims.add(in.readInt64());
      } while (packed);
      if (packed) {
        in.popLimit(limit);
      }
    }

    private void readOrDefer(CodedInputStream in, int tag) throws IOException {
      if (onnxType != 0) {
        readNumbers(in, tag);
      } else if (ProtobufFields.isBytes(tag)) {
        deferred.add(new Deferred(tag, in.readByteArray()));
      } else {
        throw wrong("its numbers come before their type.");
      }
    }

    private FormatException wrong(String problem) {
      return new FormatException(file, place(), problem);
    }

    private StoredDType type() {
      return stored(onnxType)
          .orElseThrow(() -> wrong("its element type " + onnxType + " is no type of numbers."));
    }

    private void readNumbers(CodedInputStream in, int tag) throws IOException {
      if (sink == null) {
        sink = new ElementSink(file, place(), type(), ByteOrder.LITTLE_ENDIAN);
      }
      int field = WireFormat.getTagFieldNumber(tag);
      boolean varints = field != FIELD_RAW && field != FIELD_FLOATS && field != FIELD_DOUBLES;
      checkField(field);
      if (!ProtobufFields.isBytes(tag)) {
        readOne(in, field);
        return;
      }
      int length = in.readRawVarint32();
      int limit = in.pushLimit(length);
      if (varints) {
        while (in.getBytesUntilLimit() > 0) {
          put(in.readRawVarint64(), type().bytes());
        }
      } else {
        sink.expect(length);
        for (int left = length; left > 0; left -= CHUNK) {
          byte[] chunk = in.readRawBytes(Math.min(left, CHUNK));
          sink.add(chunk, 0, chunk.length);
        }
      }
      in.popLimit(limit);
    }

    private void readOne(CodedInputStream in, int field) throws IOException {
      switch (field) {
        case FIELD_RAW -> throw wrong("its raw data are no bytes.");
        case FIELD_FLOATS -> put(in.readRawLittleEndian32(), 4);
        case FIELD_DOUBLES -> put(in.readRawLittleEndian64(), 8);
        default -> put(in.readRawVarint64(), type().bytes());
      }
    }

    /** Each type has its field, besides the raw bytes. */
    private void checkField(int field) {
      StoredDType type = type();
      int own =
          switch (type) {
            case F32 -> FIELD_FLOATS;
            case F64 -> FIELD_DOUBLES;
            case I64 -> FIELD_INT64S;
            case U32, U64 -> FIELD_UINT64S;
            default -> FIELD_INT32S;
          };
      if (field != FIELD_RAW && field != own) {
        throw wrong("numbers of type " + type + " do not stand in field " + field + ".");
      }
    }

    private void put(long value, int bytes) {
      for (int i = 0; i < bytes; i++) {
        number[i] = (byte) (value >> 8 * i);
      }
      sink.add(number, 0, bytes);
    }

    OnnxTensor tensor() throws IOException {
      for (Deferred late : deferred) {
        if (onnxType == 0) {
          break;
        }
        readNumbers(again(late), late.tag);
      }
      if (sink == null) {
        sink = new ElementSink(file, place(), type(), ByteOrder.LITTLE_ENDIAN);
      }
      long[] shape = dims.stream().mapToLong(Long::longValue).toArray();
      return new OnnxTensor(name, type(), sink.finish(place(), shape));
    }

    /** The field's content once more, after its length. */
    private static CodedInputStream again(Deferred late) {
      int size = late.bytes.length;
      byte[] length = new byte[5];
      int n = 0;
      for (int rest = size; n == 0 || rest != 0; rest >>>= 7) {
        length[n++] = (byte) (rest & 0x7f | (rest >>> 7 != 0 ? 0x80 : 0));
      }
      byte[] field = Arrays.copyOf(length, n + size);
      System.arraycopy(late.bytes, 0, field, n, size);
      return CodedInputStream.newInstance(field);
    }
  }
}
