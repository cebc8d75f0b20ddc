package gradus.nn;

/** Turns Java's names into PyTorch's: {@code inProjWeight} becomes {@code in_proj_weight}. */
final class Names {
  private Names() {}

  /** {@code camelCase} as {@code snake_case}; digits stay where they are ({@code linear1}). */
  static String snake(String camel) {
    var out = new StringBuilder(camel.length() + 4);
    for (int i = 0; i < camel.length(); i++) {
      char c = camel.charAt(i);
      if (Character.isUpperCase(c)) {
        if (i > 0) {
          out.append('_');
        }
        out.append(Character.toLowerCase(c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  /** {@code prefix.name}, or {@code name} alone at the root. */
  static String dotted(String prefix, String name) {
    return prefix.isEmpty() ? name : prefix + "." + name;
  }
}
