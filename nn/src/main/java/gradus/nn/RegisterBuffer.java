package gradus.nn;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a field of a {@link Layer} that holds a tensor which belongs to the layer's state but is
 * not trained: it is in {@link Layer#stateDict()}, and not in {@link Layer#parameters()}.
 *
 * <pre>{@code
 * class Centre extends Layer {
 *   @RegisterBuffer final Tensor mean = Tensor.zeros(3);
 *   public Tensor forward(Tensor x) { return x.sub(mean); }
 * }
 * }</pre>
 *
 * <p>PyTorch: {@code register_buffer}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface RegisterBuffer {}
