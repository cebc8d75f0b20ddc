package gradus.nn;

import gradus.tensor.Tensor;
import gradus.tensor.spi.Internals;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a layer's fields hold: its parameters, buffers and children, by PyTorch's names.
 *
 * <p>The fields are looked up once per class, superclass first, in the order they are written.
 * Tensors and layers are also found in arrays, collections, maps, records and {@code Optional}s;
 * {@code static} and {@code transient} fields are not looked at. A tensor is a parameter if {@code
 * parameter(…)} made it, or {@code requiresGrad(…)} was called on it; what forward leaves in a
 * field is none.
 */
final class LayerFields {
  private static final System.Logger LOG = System.getLogger(LayerFields.class.getName());

  /** The fields that were warned of. */
  private static final Set<String> WARNED = ConcurrentHashMap.newKeySet();

  private static final ClassValue<List<Field>> FIELDS =
      new ClassValue<>() {
        @Override
        protected List<Field> computeValue(Class<?> type) {
          return find(type);
        }
      };

  /** Whether a record can hold a tensor or a layer. */
  private static final ClassValue<Boolean> RECORDS =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return Arrays.stream(type.getRecordComponents())
              .map(RecordComponent::getGenericType)
              .anyMatch(part -> part != type && mayHold(part));
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
      Object value = read(field, layer);
      boolean buffer = field.isAnnotationPresent(RegisterBuffer.class);
      String name = Names.snake(field.getName());
      members.collect(name, value, buffer);
      if (value instanceof Tensor tensor && layer.learned().contains(name) && !learns(tensor)) {
        throw overwritten(field, tensor);
      }
      if (!buffer && value instanceof Tensor tensor && neverLearns(tensor, field)) {
        warn(field);
      }
    }
    layer.namedWeights().forEach((name, tensor) -> members.put(members.parameters, name, tensor));
    if (!members.parameters.keySet().equals(layer.learned())) {
      layer.learned(Set.copyOf(members.parameters.keySet()));
    }
    return members;
  }

  private static IllegalStateException overwritten(Field field, Tensor now) {
    return new IllegalStateException(
        ("Layer: the field %s.%s held a parameter and now holds %s. Assigning replaced the "
                + "parameter, which no longer learns. Change its numbers inside try (var _ = "
                + "GradMode.noGrad()) { ... } with an op like mul_, or keep the result elsewhere.")
            .formatted(
                field.getDeclaringClass().getSimpleName(),
                field.getName(),
                now.node()
                    .map(node -> "a result (of %s)".formatted(node.op().name()))
                    .orElse("a tensor that is none")));
  }

  private void collect(String name, Object value, boolean buffer) {
    switch (value) {
      case null -> {}
      case Tensor tensor when buffer -> put(buffers, name, tensor);
      case Tensor tensor when learns(tensor) -> put(parameters, name, tensor);
      case Tensor _ -> {}
      case Layer child -> put(children, name, child);
      case Optional<?> optional -> optional.ifPresent(v -> collect(name, v, buffer));
      case Object[] array -> collectAll(name, Arrays.asList(array), buffer);
      case Collection<?> items -> collectAll(name, items, buffer);
      case Map<?, ?> map -> map.forEach((key, v) -> collect(name + "." + key, v, buffer));
      case Record parts when mayHold(parts.getClass()) -> {
        for (RecordComponent part : parts.getClass().getRecordComponents()) {
          collect(name + "." + Names.snake(part.getName()), read(part, parts), buffer);
        }
      }
      default -> {}
    }
  }

  private static boolean learns(Tensor tensor) {
    return tensor.dtype().isFloatingPoint() && Internals.get().isParameter(tensor);
  }

  /** What stays where the constructor put it was hardly left there by forward. */
  private static boolean neverLearns(Tensor tensor, Field field) {
    return Modifier.isFinal(field.getModifiers())
        && tensor.dtype().isFloatingPoint()
        && tensor.isLeaf()
        && !learns(tensor);
  }

  private static void warn(Field field) {
    String name = field.getDeclaringClass().getName() + "." + field.getName();
    if (WARNED.add(name)) {
      LOG.log(
          System.Logger.Level.WARNING,
          ("Layer: the tensor in field %s is neither trained nor saved. Make it "
                  + "parameter(...) to be learned, @RegisterBuffer to be saved, or transient if it "
                  + "is meant so.")
              .formatted(name));
    }
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
          ("Layer: two fields of %s are both named \"%s\". Names must be unique, also "
                  + "beside those of superclasses. Rename one.")
              .formatted(layer.getClass().getName(), name));
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
      case Class<?> c when c.isRecord() -> RECORDS.get(c);
      case Class<?> c ->
          c == Tensor.class
              || c == Object.class
              || c == Record.class
              || Layer.class.isAssignableFrom(c)
              || isContainer(c)
              || mayBeImplementedByLayer(c);
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

  private static Object read(RecordComponent part, Record parts) {
    try {
      if (!part.getAccessor().trySetAccessible()) {
        throw closed(part.getDeclaringRecord(), part.getName());
      }
      return part.getAccessor().invoke(parts);
    } catch (ReflectiveOperationException e) {
      throw closed(part.getDeclaringRecord(), part.getName());
    }
  }

  private static IllegalStateException closed(Field field) {
    return closed(field.getDeclaringClass(), field.getName());
  }

  private static IllegalStateException closed(Class<?> owner, String name) {
    return new IllegalStateException(
        ("Layer: the field %s.%s cannot be read, because module %s does not open package "
                + "%s. A layer's parameters and children are found in its fields. Add to "
                + "module-info.java: opens %s to gradus.nn;")
            .formatted(
                owner.getSimpleName(),
                name,
                owner.getModule().getName(),
                owner.getPackageName(),
                owner.getPackageName()));
  }
}
