package gradus.text.savedmodel;

import gradus.tensor.Tensor;
import gradus.tensor.io.LoadProgress;
import gradus.tensor.io.TensorFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** TensorFlow's SavedModel among the files of tensors: a folder, or an archive that holds it. */
public final class SavedModelFormat implements TensorFormat {
  /** For the service loader. */
  public SavedModelFormat() {}

  @Override
  public String name() {
    return "TensorFlow SavedModel (folder or zip)";
  }

  @Override
  public boolean recognises(Path path, byte[] start) {
    boolean zip = start.length > 4 && start[0] == 'P' && start[1] == 'K' && start[2] == 3;
    return (zip || Files.isDirectory(path)) && SavedModel.isThere(path);
  }

  @Override
  public Map<String, Tensor> load(Path path, LoadProgress progress) {
    return SavedModel.load(path, progress);
  }
}
