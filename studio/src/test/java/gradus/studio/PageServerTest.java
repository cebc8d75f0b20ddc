package gradus.studio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.tensor.Tensor;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page is served to its own browser, and everything else is refused. */
class PageServerTest {
  private final PageServer server = PageServer.start("<p>héllo</p>");
  private final int port = server.address().getPort();
  private final String path = server.address().getPath();

  @AfterEach
  void close() {
    server.close();
  }

  /** What comes back for a request written by hand, until the end or a silence. */
  private String ask(String method, String target, String... headers) {
    return send(
        port,
        "%s %s HTTP/1.1\r\n%s\r\nConnection: close\r\n\r\n"
            .formatted(method, target, String.join("\r\n", headers)));
  }

  private static String send(int port, String request) {
    var answer = new ByteArrayOutputStream();
    try (var socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(2_000);
      socket.getOutputStream().write(request.getBytes(UTF_8));
      for (int b; (b = socket.getInputStream().read()) >= 0; ) {
        answer.write(b);
      }
    } catch (IOException e) {
      // what came until then counts
    }
    return answer.size() == 0 ? "closed" : answer.toString(UTF_8);
  }

  private String host() {
    return "Host: 127.0.0.1:" + port;
  }

  @Test
  void thePageComesWithRulesThatKeepItToItself() {
    String answer = ask("GET", path, host());
    assertThat(answer)
        .startsWith("HTTP/1.1 200")
        .containsIgnoringCase("content-security-policy: default-src 'none'")
        .containsIgnoringCase("x-content-type-options: nosniff")
        .containsIgnoringCase("cache-control: no-store")
        .endsWith("<p>héllo</p>");
    assertThat(server.awaitFetched(Duration.ofSeconds(5))).isTrue();
    assertThat(ask("HEAD", path, "Host: localhost:" + port))
        .startsWith("HTTP/1.1 200")
        .doesNotContain("héllo");
    assertThat(ask("GET", path, host(), "Origin: http://127.0.0.1:" + port))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void nobodyCanGuessWhereItIs() {
    assertThat(path).matches("/[\\w-]{22}/");
    try (var other = PageServer.start("")) {
      assertThat(other.address().getPath()).isNotEqualTo(path);
      assertThat(other.address().getPort()).isNotEqualTo(port); // two programs at once
    }
    for (String wrong :
        List.of(
            "/",
            "/index.html",
            path.substring(0, path.length() - 1),
            path.toLowerCase(),
            path + "x",
            "/AAAAAAAAAAAAAAAAAAAAAA/",
            path + "../../etc/passwd",
            path + "..%2f..%2fetc/passwd",
            path + "%2e%2e/")) {
      assertThat(ask("GET", wrong, host()))
          .as(wrong)
          .startsWith("HTTP/1.1 404")
          .doesNotContain("héllo");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:80",
        "127.0.0.1",
        "127.0.0.1.evil.example",
        "[::1]",
        ""
      })
  void anotherNameOfThisMachineIsRefused(String name) {
    assertThat(ask("GET", path, "Host: " + name)).doesNotContain("héllo").doesNotContain(" 200 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Origin: http://evil.example",
        "Origin: null",
        "Origin: https://127.0.0.1",
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site"
      })
  void aPageOfAnotherSiteIsRefused(String header) {
    assertThat(ask("GET", path, host(), header)).startsWith("HTTP/1.1 403").doesNotContain("héllo");
  }

  @Test
  void twoHostsAreNone() {
    assertThat(ask("GET", path, host(), "Host: evil.example")).doesNotContain("héllo");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "PATCH"})
  void itIsOnlyLookedAt(String method) {
    assertThat(ask(method, path, host(), "Content-Length: 0")).startsWith("HTTP/1.1 405");
  }

  @Test
  void aHugeRequestIsNotRead() {
    assertThat(ask("GET", path, host(), "Content-Length: 99999999999")).startsWith("HTTP/1.1 413");
    assertThat(ask("GET", "/" + "x".repeat(1 << 20), host())).doesNotContain("héllo");
    assertThat(ask("GET", path, host(), "X: " + "x".repeat(1 << 20))).doesNotContain("héllo");
    assertThat(ask("GET", path, host())).endsWith("<p>héllo</p>"); // and it still serves
  }

  @Test
  void aConnectionThatSaysNothingDisturbsNobody() throws IOException {
    try (var silent = new Socket("127.0.0.1", port)) {
      silent.getOutputStream().write("GET ".getBytes(StandardCharsets.US_ASCII));
      assertThat(ask("GET", path, host())).startsWith("HTTP/1.1 200");
    }
    assertThat(ask("GET", path, host())).startsWith("HTTP/1.1 200");
  }

  @Test
  void onlyThisMachineReachesIt() throws IOException {
    for (NetworkInterface net : Collections.list(NetworkInterface.getNetworkInterfaces())) {
      for (InetAddress address : Collections.list(net.getInetAddresses())) {
        if (!address.isLoopbackAddress()) {
          assertThatThrownBy(
                  () -> {
                    try (var socket = new Socket()) {
                      socket.connect(new InetSocketAddress(address, port), 2_000);
                    }
                  })
              .isInstanceOf(IOException.class);
        }
      }
    }
  }

  @Test
  void aProgramThatEndsIsNotHeld() {
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> thread.getName().startsWith("HTTP-Dispatcher"))
        .isNotEmpty()
        .allMatch(Thread::isDaemon);
  }

  @Test
  void afterwardsNobodyAnswers() {
    server.close();
    assertThat(ask("GET", path, host())).isEqualTo("closed");
  }

  @Test
  void browsersAreCalledAsEachSystemDoes() {
    assertThat(Browser.command("none", "http://x")).isEmpty();
    assertThat(Browser.command("firefox", "http://x")).containsExactly("firefox", "http://x");
    assertThat(Browser.command(null, "http://x"))
        .hasSizeGreaterThan(1)
        .last()
        .isEqualTo("http://x");
  }

  @Test
  void showWaitsUntilTheBrowserHasThePage() throws Exception {
    Path script = Files.createTempFile("browser", ".sh");
    Files.writeString(script, "#!/bin/sh\necho \"$1\" > \"$0.asked\"\n");
    Assumptions.assumeTrue(script.toFile().setExecutable(true));
    Path asked = Path.of(script + ".asked");
    System.setProperty("gradus.studio.browser", script.toString());
    try {
      Tensor a = Tensor.of(2.0).requiresGrad(true);
      var shown = CompletableFuture.supplyAsync(() -> Studio.show(a.mul(a).sum()));
      for (int i = 0; i < 500 && (!Files.exists(asked) || Files.size(asked) == 0); i++) {
        Thread.sleep(20);
      }
      URI address = URI.create(Files.readString(asked).strip());
      assertThat(shown).isNotDone();
      try (var in = address.toURL().openStream()) {
        assertThat(new String(in.readAllBytes(), UTF_8)).contains("\"op\":\"Mul\"");
      }
      assertThat(shown.get(10, TimeUnit.SECONDS)).isEqualTo(address);
    } finally {
      System.clearProperty("gradus.studio.browser");
      Files.deleteIfExists(asked);
      Files.delete(script);
    }
  }

  // ---- a page that asks the program

  private static final Map<String, PageServer.Call> CALLS =
      Map.of(
          "double", asked -> Map.of("twice", 2 * ((Number) asked.get("x")).intValue()),
          "bytes", _ -> new byte[] {1, 2, 3},
          "wrong",
              _ -> {
                throw new IllegalArgumentException("x must be <positive>.");
              },
          "broken",
              _ -> {
                throw new ArithmeticException("by zero");
              });

  private String post(PageServer to, String name, String body, String... headers) {
    var all = new ArrayList<>(List.of("Host: 127.0.0.1:" + to.address().getPort()));
    all.addAll(List.of(headers));
    all.add("Connection: close");
    String request =
        "POST %s%s HTTP/1.1\r\n%s\r\n\r\n%s"
            .formatted(to.address().getPath(), name, String.join("\r\n", all), body);
    return send(to.address().getPort(), request);
  }

  private static String[] json(String body) {
    return new String[] {
      "Content-Type: application/json", "Content-Length: " + body.getBytes(UTF_8).length
    };
  }

  @Test
  void aPageAsksTheProgram() {
    try (var asked = PageServer.start("", CALLS)) {
      String x = "{\"x\": 21}";
      assertThat(post(asked, "double", x, json(x)))
          .startsWith("HTTP/1.1 200")
          .endsWith("{\"twice\":42}");
      assertThat(post(asked, "bytes", "{}", json("{}")))
          .containsIgnoringCase("content-type: application/octet-stream")
          .endsWith("\u0001\u0002\u0003");
      assertThat(post(asked, "wrong", "{}", json("{}")))
          .startsWith("HTTP/1.1 400")
          .containsIgnoringCase("content-type: application/json")
          .endsWith("{\"error\":\"x must be <positive>.\"}");
      assertThat(post(asked, "broken", "{}", json("{}")))
          .startsWith("HTTP/1.1 500")
          .contains("by zero");
      assertThat(post(asked, "double", "{\"x\"", json("{\"x\""))).startsWith("HTTP/1.1 400");
    }
  }

  @Test
  void otherSitesAskNothing() {
    try (var asked = PageServer.start("", CALLS)) {
      String x = "{\"x\": 1}";
      String[] fine = json(x);
      assertThat(post(asked, "double", x, fine[0], fine[1], "Origin: https://evil.example"))
          .startsWith("HTTP/1.1 403");
      assertThat(post(asked, "double", x, fine[0], fine[1], "Sec-Fetch-Site: cross-site"))
          .startsWith("HTTP/1.1 403");
      // what a form of another site can send without asking
      assertThat(post(asked, "double", x, "Content-Type: text/plain", fine[1]))
          .startsWith("HTTP/1.1 415");
      assertThat(post(asked, "double", x, fine[1])).startsWith("HTTP/1.1 415");
      assertThat(post(asked, "other", x, fine)).startsWith("HTTP/1.1 404");
      assertThat(post(asked, "../double", x, fine)).startsWith("HTTP/1.1 404");
      assertThat(post(asked, "", x, fine)).startsWith("HTTP/1.1 405");
      assertThat(post(asked, "events", x, fine)).startsWith("HTTP/1.1 405");
      String get =
          "GET %sdouble HTTP/1.1\r\nHost: 127.0.0.1:%s\r\nConnection: close\r\n\r\n"
              .formatted(asked.address().getPath(), asked.address().getPort());
      assertThat(send(asked.address().getPort(), get)).startsWith("HTTP/1.1 405");
    }
  }

  @Test
  void aHugeQuestionIsRefused() {
    try (var asked = PageServer.start("", CALLS)) {
      for (String length : List.of("1048577", "99999999999999999999", "-1")) {
        assertThat(
                post(
                    asked,
                    "double",
                    "",
                    "Content-Type: application/json",
                    "Content-Length: " + length))
            .as(length)
            .doesNotStartWith("HTTP/1.1 200");
      }
      assertThat(
              post(
                  asked,
                  "double",
                  "0\r\n\r\n",
                  "Content-Type: application/json",
                  "Transfer-Encoding: chunked"))
          .startsWith("HTTP/1.1 413");
    }
  }

  @Test
  void thePageIsToldWhatHappens() throws IOException {
    try (var asked = PageServer.start("", CALLS);
        var socket = new Socket("127.0.0.1", asked.address().getPort())) {
      socket.setSoTimeout(10_000);
      String request =
          "GET %sevents HTTP/1.1\r\nHost: 127.0.0.1:%s\r\n\r\n"
              .formatted(asked.address().getPath(), asked.address().getPort());
      socket.getOutputStream().write(request.getBytes(UTF_8));
      var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
      assertThat(lines.readLine()).isEqualTo("HTTP/1.1 200 OK");
      while (!lines.readLine().equals(": here")) {} // the pulse: it is open
      asked.send("epoch", Map.of("loss", 0.5));
      String line = lines.readLine();
      while (!line.startsWith("event")) {
        line = lines.readLine();
      }
      assertThat(line).isEqualTo("event: epoch");
      assertThat(lines.readLine()).isEqualTo("data: {\"loss\":0.5}");
    }
    // a page without calls has no events
    assertThat(ask("GET", path + "events", host())).startsWith("HTTP/1.1 404");
  }

  @Test
  void theProgramStaysUntilThePageIsClosedOrNoneCame() throws IOException {
    Duration away = Duration.ofMillis(300);
    try (var never = PageServer.start("", CALLS)) {
      never.keep(Duration.ofMillis(50), away);
      assertThat(never.awaitClosed(Duration.ofSeconds(5))).isTrue();
    }
    try (var asked = PageServer.start("", CALLS)) {
      asked.keep(Duration.ofSeconds(20), away);
      int at = asked.address().getPort();
      String host = " HTTP/1.1\r\nHost: 127.0.0.1:%s\r\n\r\n".formatted(at);
      try (var socket = new Socket("127.0.0.1", at)) { // a page, dropped without a word
        String events = "GET " + asked.address().getPath() + "events" + host;
        socket.getOutputStream().write(events.getBytes(UTF_8));
        send(
            at,
            "GET "
                + asked.address().getPath()
                + host.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
        assertThat(asked.awaitClosed(away.multipliedBy(4))).isFalse(); // it is open
      }
      assertThat(asked.awaitClosed(Duration.ofSeconds(20))).isTrue();
    }
  }
}
