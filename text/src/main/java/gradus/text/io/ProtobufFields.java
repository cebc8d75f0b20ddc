package gradus.text.io;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import gradus.tensor.io.FormatException;
import java.io.IOException;
import java.nio.file.Path;

/** The fields of a protocol-buffer message, read by their numbers without generated classes. */
public final class ProtobufFields {

  private ProtobufFields() {}

  /** Whether a tag is that of a field of bytes: a message, a string, or numbers in a row. */
  public static boolean isBytes(int tag) {
    return WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
  }

  /** Whether a tag is that of a field of bytes with this number. */
  public static boolean isBytes(int tag, int field) {
    return tag == (field << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED);
  }

  /** Passes over a field nobody needs. */
  public static void skip(Path file, CodedInputStream in, int tag) throws IOException {
    if (!in.skipField(tag)) {
      throw new FormatException(
          file,
          "byte " + in.getTotalBytesRead(),
          "a group ends that never began. The file is damaged, or of another kind.");
    }
  }
}
