/**
 * Bytes, numbers and words: what the readers and writers of all kinds of files share. Not exported:
 * it is for the packages of this module.
 *
 * <p>Begin with {@link gradus.text.io.ByteSource}, a file with its first bytes in sight and
 * unpacked if need be; {@link gradus.text.io.SourceStream} reads it from its beginning, and {@link
 * gradus.text.io.BinaryInput} numbers out of it. The other way go {@link gradus.text.io.NewFile}
 * and {@link gradus.text.io.LittleEndianOutput}. {@link gradus.text.io.FloatParser} and {@link
 * gradus.text.io.FloatPrinter} know how numbers are written, {@link gradus.text.io.WordDecoder} how
 * words are, {@link gradus.text.io.ProtobufFields} how messages are; {@link gradus.text.io.Archive}
 * opens jars, and {@link gradus.text.io.WordIndex} finds words again.
 *
 * <p>It imports no other package of this module, of the others only {@code gradus.tensor.io}.
 */
package gradus.text.io;
