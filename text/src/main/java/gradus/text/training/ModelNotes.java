package gradus.text.training;

import gradus.tensor.io.FormatException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What stands beside the tables of a saved model: of what kind it is, the trainer's options, and
 * how far the training has come.
 */
public final class ModelNotes {

  private static final String KIND = "format";
  private static final String EPOCH = "trained.epochs";
  private static final String JOB = "trained.jobs";
  private static final String LOSS = "trained.loss";
  private static final String EXAMPLES = "trained.examples";

  private final Path path;
  private final Map<String, String> notes;

  private ModelNotes(Path path, Map<String, String> notes) {
    this.path = path;
    this.notes = notes;
  }

  /**
   * The notes of a model.
   *
   * @param kind what the file is
   * @param options all their numbers, texts and yes-or-no fields are noted
   */
  public static Map<String, String> of(String kind, Object options, TrainingRun.Position position) {
    Map<String, String> notes = new LinkedHashMap<>();
    notes.put(KIND, kind);
    for (Field field : options.getClass().getDeclaredFields()) {
      if (isNoted(field)) {
        notes.put(field.getName(), String.valueOf(get(field, options)));
      }
    }
    notes.put(EPOCH, String.valueOf(position.epoch()));
    notes.put(JOB, String.valueOf(position.job()));
    notes.put(LOSS, String.valueOf(position.loss()));
    notes.put(EXAMPLES, String.valueOf(position.examples()));
    return notes;
  }

  /**
   * The notes of a file.
   *
   * @param kind what it must be
   * @throws FormatException if it is something else
   */
  public static ModelNotes read(Path path, String kind, Map<String, String> notes) {
    if (!kind.equals(notes.get(KIND))) {
      throw new FormatException(
          path,
          "its header",
          "this is no model that was saved as %s, but %s."
              .formatted(kind, notes.getOrDefault(KIND, "other tensors")));
    }
    return new ModelNotes(path, notes);
  }

  /** How far the training had come. */
  public TrainingRun.Position position() {
    return new TrainingRun.Position(
        (int) number(EPOCH), (int) number(JOB), number(LOSS), (long) number(EXAMPLES));
  }

  /** Gives the options the values that were noted. */
  public void into(Object options) {
    for (Field field : options.getClass().getDeclaredFields()) {
      if (isNoted(field)) {
        String text = text(field.getName());
        try {
          set(field, options, text);
        } catch (NumberFormatException e) {
          throw damaged(field.getName(), text, e);
        }
      }
    }
  }

  private double number(String name) {
    String text = text(name);
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw damaged(name, text, e);
    }
  }

  private String text(String name) {
    String text = notes.get(name);
    if (text == null) {
      throw damaged(name, "missing", null);
    }
    return text;
  }

  private FormatException damaged(String name, String text, Exception cause) {
    return new FormatException(
        path, "its header", "%s is \"%s\", which is no value for it.".formatted(name, text), cause);
  }

  private static boolean isNoted(Field field) {
    boolean plain = field.getType().isPrimitive() || field.getType() == String.class;
    return plain && !Modifier.isStatic(field.getModifiers());
  }

  private static Object get(Field field, Object options) {
    try {
      field.setAccessible(true);
      return field.get(options);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void set(Field field, Object options, String text) {
    Class<?> type = field.getType();
    try {
      field.setAccessible(true);
      if (type == int.class) {
        field.setInt(options, Integer.parseInt(text));
      } else if (type == long.class) {
        field.setLong(options, Long.parseLong(text));
      } else if (type == double.class) {
        field.setDouble(options, Double.parseDouble(text));
      } else if (type == String.class) {
        field.set(options, text);
      } else {
        field.setBoolean(options, Boolean.parseBoolean(text));
      }
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
