package gradus.nn;

import java.util.List;

/**
 * What did not match when a state was loaded without being strict.
 *
 * <p>PyTorch: the result of {@code load_state_dict}.
 *
 * @param missingKeys names the layer has and the state has not
 * @param unexpectedKeys names the state has and the layer has not
 */
public record IncompatibleKeys(List<String> missingKeys, List<String> unexpectedKeys) {
  /** Keeps its own immutable lists. */
  public IncompatibleKeys {
    missingKeys = List.copyOf(missingKeys);
    unexpectedKeys = List.copyOf(unexpectedKeys);
  }
}
