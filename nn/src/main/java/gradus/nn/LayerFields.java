package gradus.nn;

import gradus.tensor.Tensor;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a layer's fields hold: its parameters, buffers and children, by PyTorch's names.
 *
 * <p>The fields are looked up once per class, superclass first, in the order they are written.
 * Tensors and layers are also found in arrays, collections, maps and {@code Optional}s; {@code
 * static} and {@code transient} fields are not looked at.
 */
final class LayerFields {
  private static final ClassValue<List<Field>> FIELDS =
      new ClassValue<>() {
        @Override
        protected List<Field> computeValue(Class<?> type) {
          return find(type);
        }
      };

  final Map<String, Tensor> parameters = new LinkedHashMap<>();
  final Map<String, Tensor> buffers = new LinkedHashMap<>();
  final Map<String, Layer> children = new LinkedHashMap<>();
  private final Layer layer;

  private LayerFields(Layer layer) {
    this.layer = layer;
  }

  /** Reads the fields of {@code layer} as they are at this moment. */
  static LayerFields of(Layer layer) {
    var members = new LayerFields(layer);
    for (Field field : FIELDS.get(layer.getClass())) {
      members.collect(
          Names.snake(field.getName()),
          read(field, layer),
          field.isAnnotationPresent(RegisterBuffer.class));
    }
    return members;
  }

  private void collect(String name, Object value, boolean buffer) {
    switch (value) {
      case null -> {}
      case Tensor tensor when buffer -> put(buffers, name, tensor);
      case Tensor tensor when mayLearn(tensor) -> put(parameters, name, tensor);
      case Tensor _ -> {}
      case Layer child -> put(children, name, child);
      case Optional<?> optional -> optional.ifPresent(v -> collect(name, v, buffer));
      case Object[] array -> collectAll(name, Arrays.asList(array), buffer);
      case Collection<?> items -> collectAll(name, items, buffer);
      case Map<?, ?> map -> map.forEach((key, v) -> collect(name + "." + key, v, buffer));
      default -> {}
    }
  }

  /** Whole numbers and results of other tensors have no gradient to follow. */
  private static boolean mayLearn(Tensor tensor) {
    return tensor.dtype().isFloatingPoint() && tensor.isLeaf();
  }

  private void collectAll(String name, Collection<?> items, boolean buffer) {
    int i = 0;
    for (Object item : items) {
      collect(name + "." + i++, item, buffer);
    }
  }

  private <T> void put(Map<String, T> map, String name, T value) {
    if (map.put(name, value) != null) {
      throw new IllegalStateException(
          "Layer: two fields of "
              + layer.getClass().getName()
              + " are both named \""
              + name
              + "\". Names must be unique, also beside those of superclasses. Rename one.");
    }
  }

  private static List<Field> find(Class<?> type) {
    if (type == Layer.class) {
      return List.of();
    }
    var fields = new ArrayList<>(FIELDS.get(type.getSuperclass()));
    for (Field field : type.getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers())
          || Modifier.isTransient(field.getModifiers())
          || field.isSynthetic()
          || !mayHold(field.getGenericType())) {
        continue;
      }
      if (!field.trySetAccessible()) {
        throw closed(field);
      }
      fields.add(field);
    }
    return List.copyOf(fields);
  }

  /** Whether a field of this type can hold a tensor or a layer, directly or as an element. */
  private static boolean mayHold(Type type) {
    return switch (type) {
      case Class<?> c when c.isArray() -> mayHold(c.getComponentType());
      case Class<?> c ->
          c == Tensor.class || Layer.class.isAssignableFrom(c) || mayBeImplementedByLayer(c);
      case GenericArrayType array -> mayHold(array.getGenericComponentType());
      case ParameterizedType generic ->
          isContainer((Class<?>) generic.getRawType())
              ? Arrays.stream(generic.getActualTypeArguments()).anyMatch(LayerFields::mayHold)
              : mayHold(generic.getRawType());
      case WildcardType wildcard ->
          Arrays.stream(wildcard.getUpperBounds()).anyMatch(LayerFields::mayHold);
      case TypeVariable<?> variable ->
          Arrays.stream(variable.getBounds()).anyMatch(LayerFields::mayHold);
      default -> false;
    };
  }

  private static boolean mayBeImplementedByLayer(Class<?> type) {
    return type.isInterface() && !type.getName().startsWith("java.");
  }

  private static boolean isContainer(Class<?> type) {
    return type == Optional.class
        || Collection.class.isAssignableFrom(type)
        || Map.class.isAssignableFrom(type);
  }

  private static Object read(Field field, Layer layer) {
    try {
      return field.get(layer);
    } catch (IllegalAccessException e) {
      throw closed(field);
    }
  }

  private static IllegalStateException closed(Field field) {
    Class<?> owner = field.getDeclaringClass();
    return new IllegalStateException(
        "Layer: the field "
            + owner.getSimpleName()
            + "."
            + field.getName()
            + " cannot be read, because module "
            + owner.getModule().getName()
            + " does not open package "
            + owner.getPackageName()
            + ". A layer's parameters and children are found in its fields. Add to"
            + " module-info.java: opens "
            + owner.getPackageName()
            + " to gradus.nn;");
  }
}
