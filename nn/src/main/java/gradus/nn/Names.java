package gradus.nn;

/** Turns Java's names into PyTorch's: {@code inProjWeight} becomes {@code in_proj_weight}. */
final class Names {
  private Names() {}

  /**
   * {@code camelCase} as {@code snake_case}; digits stay where they are ({@code linear1}). What no
   * camelCase begins or spells like stays as it is: {@code W_Q}, {@code C}, {@code Wq}, {@code
   * fc_out}.
   */
  static String snake(String camel) {
    if (Character.isUpperCase(camel.charAt(0)) || camel.indexOf('_') >= 0) {
      return camel;
    }
    var out = new StringBuilder(camel.length() + 4);
    for (int i = 0; i < camel.length(); i++) {
      char c = camel.charAt(i);
      if (Character.isUpperCase(c)) {
        out.append('_').append(Character.toLowerCase(c));
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
