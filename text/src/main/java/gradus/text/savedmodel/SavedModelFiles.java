package gradus.text.savedmodel;

import gradus.tensor.io.Quoted;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/** The files of a SavedModel: in a folder, in an archive, or in an archive inside an archive. */
interface SavedModelFiles extends AutoCloseable {
  /** How many entries of an inner archive are looked at before the variables must have begun. */
  int LOOKED_AT = 50;

  InputStream open(String name) throws IOException;

  @Override
  default void close() throws IOException {}

  /** The files at a path, wherever they are in it. */
  static SavedModelFiles open(Path path) throws IOException {
    return Files.isDirectory(path) ? new Folder(path) : Archive.open(path);
  }

  record Folder(Path folder) implements SavedModelFiles {
    @Override
    public InputStream open(String name) throws IOException {
      return Files.newInputStream(folder.resolve(name));
    }
  }

  /**
   * An archive.
   *
   * @param zip the archive
   * @param inner the entry that is an archive and holds the model; null if the archive itself does
   * @param prefix what stands before the paths in the model
   */
  record Archive(ZipFile zip, ZipEntry inner, String prefix) implements SavedModelFiles {
    private static final long SUSPICIOUS_SIZE = 128 << 20;
    private static final long SUSPICIOUS_RATIO = 200;

    static Archive open(Path path) throws IOException {
      var zip = new ZipFile(path.toFile());
      try {
        for (ZipEntry entry : Collections.list(zip.entries())) {
          if (entry.getName().endsWith(SavedModel.INDEX)) {
            return new Archive(zip, null, prefix(entry.getName()));
          }
        }
        for (ZipEntry entry : Collections.list(zip.entries())) {
          String prefix = entry.isDirectory() ? null : innerPrefix(zip, entry);
          if (prefix != null) {
            return new Archive(zip, entry, prefix);
          }
        }
        throw new ZipException("it holds no " + SavedModel.INDEX);
      } catch (IOException | RuntimeException e) {
        zip.close();
        throw e;
      }
    }

    private static String prefix(String index) {
      return index.substring(0, index.length() - SavedModel.INDEX.length());
    }

    /** What stands before the paths in an inner archive, or null if it is none. */
    private static String innerPrefix(ZipFile zip, ZipEntry entry) throws IOException {
      try (var in = new ZipInputStream(new BufferedInputStream(zip.getInputStream(entry)))) {
        for (int i = 0; i < LOOKED_AT; i++) {
          ZipEntry inside = in.getNextEntry();
          int at = inside == null ? -1 : inside.getName().indexOf("variables/");
          if (inside == null || at >= 0) {
            return at < 0 ? null : inside.getName().substring(0, at);
          }
        }
      } catch (ZipException e) {
        // An entry that is no archive.
      }
      return null;
    }

    @Override
    public InputStream open(String name) throws IOException {
      if (inner == null) {
        ZipEntry entry = zip.getEntry(prefix + name);
        if (entry == null) {
          throw new NoSuchFileException(prefix + name, null, "it is not in the archive");
        }
        return stream(entry);
      }
      var in = new ZipInputStream(new BufferedInputStream(stream(inner), 1 << 16));
      byte[] passed = new byte[1 << 16];
      for (ZipEntry e = in.getNextEntry(); e != null; e = in.getNextEntry()) {
        if (e.getName().equals(prefix + name)) {
          return new Unmarked(in);
        }
        while (in.read(passed) >= 0) {
          // Faster than what getNextEntry does by itself.
        }
      }
      in.close();
      throw new NoSuchFileException(prefix + name, null, "it is not in the inner archive");
    }

    private InputStream stream(ZipEntry entry) throws IOException {
      boolean bomb =
          entry.getSize() > SUSPICIOUS_SIZE
              && entry.getSize() / SUSPICIOUS_RATIO > entry.getCompressedSize();
      if (bomb) {
        throw new ZipException(Quoted.of(entry.getName()) + " grows as a zip bomb does");
      }
      return zip.getInputStream(entry);
    }

    @Override
    public void close() throws IOException {
      zip.close();
    }
  }

  /** Closes without reading the rest of the entry. */
  final class Unmarked extends FilterInputStream {
    Unmarked(ZipInputStream in) {
      super(in);
    }

    @Override
    public long skip(long n) throws IOException {
      return in.skip(n);
    }
  }
}
