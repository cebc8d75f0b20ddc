package gradus.studio;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/** Opens an address in the browser of whoever runs the program. */
final class Browser {
  private Browser() {}

  /**
   * Asks the system to open an address; false where it cannot, so that the address has to be told.
   * The property {@code gradus.studio.browser} names another program, or {@code none}.
   */
  static boolean open(URI address) {
    List<String> command = command(System.getProperty("gradus.studio.browser"), address.toString());
    if (command.isEmpty()) {
      return false;
    }
    try {
      new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  static List<String> command(String chosen, String address) {
    if (chosen != null && !chosen.isBlank()) {
      return chosen.equals("none") ? List.of() : List.of(chosen, address);
    }
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    if (system.contains("win")) {
      return List.of("rundll32", "url.dll,FileProtocolHandler", address);
    }
    return List.of(system.contains("mac") ? "open" : "xdg-open", address);
  }
}
