package gradus.studio;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.jr.ob.JSON;

/**
 * Serves one page on this machine only, and only to whoever knows its address.
 *
 * <p>The page lies under a path that nobody can guess. Requests that come by another name of this
 * machine (DNS rebinding), from a page of another site or with another method are refused. Beside
 * the page there is nothing but what it may ask of the program (its calls, each a JSON object that
 * is posted to the call's name) and the events that the program sends to it: no path leads to a
 * file.
 *
 * <p>A page that asks nothing needs the program no longer once it was fetched. For one with calls
 * the program stays until the page was closed in every browser, or until none came.
 */
final class PageServer implements AutoCloseable {
  private static final int TOKEN_BYTES = 16;
  private static final int MOST_ASKED = 1 << 20;
  private static final String EVENTS = "events";

  /** How often a page is told that the program is there; a closed one shows by that. */
  private static final Duration PULSE = Duration.ofMillis(500);

  /** What a page may ask of the program. */
  @FunctionalInterface
  interface Call {
    /**
     * The answer, as JSON: maps, lists, strings, numbers; or a {@code byte[]} as it is.
     *
     * @throws IllegalArgumentException with a message for whoever looks at the page
     * @throws IllegalStateException as well
     */
    Object answer(Map<String, Object> asked);
  }

  private final HttpServer server;
  private final byte[] path;
  private final byte[] page;
  private final Map<String, Call> calls;
  private final Set<String> hosts;
  private final CountDownLatch fetched = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Set<BlockingQueue<String>> open = ConcurrentHashMap.newKeySet();

  private PageServer(HttpServer server, String token, byte[] page, Map<String, Call> calls) {
    this.server = server;
    this.path = ("/" + token + "/").getBytes(StandardCharsets.US_ASCII);
    this.page = page;
    this.calls = Map.copyOf(calls);
    int port = server.getAddress().getPort();
    this.hosts = Set.of("127.0.0.1:" + port, "localhost:" + port);
  }

  /**
   * Starts to serve a page on a free port.
   *
   * @param html the page
   */
  static PageServer start(String html) {
    return start(html, Map.of());
  }

  /**
   * Starts to serve a page that asks the program.
   *
   * @param html the page
   * @param calls what it may ask, by name; each may run on several threads at once
   */
  static PageServer start(String html, Map<String, Call> calls) {
    byte[] random = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(random);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    try {
      var loopback = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0);
      HttpServer http = HttpServer.create(loopback, 0);
      var served = new PageServer(http, token, html.getBytes(UTF_8), calls);
      http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      http.createContext("/", served::answer);
      // The server's own thread takes after the one that starts it: a program that ends is not
      // held.
      Thread starter = Thread.ofPlatform().daemon().start(http::start);
      starter.join();
      return served;
    } catch (IOException e) {
      throw new UncheckedIOException("studio: no port of this machine could be opened.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("studio: interrupted while the page was being opened.", e);
    }
  }

  /** Where the page is. */
  URI address() {
    return URI.create(
        "http://127.0.0.1:%s%s"
            .formatted(server.getAddress().getPort(), new String(path, StandardCharsets.US_ASCII)));
  }

  /** Waits until the page was fetched once; false if it was not in time. */
  boolean awaitFetched(Duration atMost) {
    return await(fetched, atMost);
  }

  private static boolean await(CountDownLatch latch, Duration atMost) {
    try {
      return latch.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Keeps the program until every page was closed, or until none came in time; returns at once.
   *
   * @param atMost how long to wait for the first
   * @param away how long a page may be away, as when it is loaded again, before it counts as closed
   */
  void keep(Duration atMost, Duration away) {
    Thread.ofPlatform()
        .name("studio")
        .start(
            () -> {
              try (this) {
                if (awaitFetched(atMost)) {
                  awaitAllAway(away);
                }
              }
            });
  }

  private void awaitAllAway(Duration atMost) {
    try {
      Thread.sleep(atMost); // the page is starting
      for (long since = System.nanoTime(); System.nanoTime() - since < atMost.toNanos(); ) {
        Thread.sleep(atMost.dividedBy(10));
        since = open.isEmpty() ? since : System.nanoTime();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until the server was closed. */
  boolean awaitClosed(Duration atMost) {
    return await(closed, atMost);
  }

  /**
   * Sends an event to every page that is open.
   *
   * @param event its name
   * @param data what goes with it, as for {@link Call#answer}
   */
  void send(String event, Object data) {
    String told = "event: %s\ndata: %s\n\n".formatted(event, json(data));
    open.forEach(queue -> queue.add(told));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      int refused = refusal(exchange);
      Headers headers = exchange.getResponseHeaders();
      headers.set("X-Content-Type-Options", "nosniff");
      headers.set("Referrer-Policy", "no-referrer");
      headers.set("Cache-Control", "no-store");
      headers.set("Cross-Origin-Resource-Policy", "same-origin");
      if (refused != 0) {
        exchange.sendResponseHeaders(refused, -1);
        return;
      }
      String asked = exchange.getRequestURI().getRawPath().substring(path.length);
      if (asked.isEmpty()) {
        page(exchange);
      } else if (asked.equals(EVENTS)) {
        events(exchange);
      } else {
        call(exchange, calls.get(asked));
      }
    }
  }

  private void page(HttpExchange exchange) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", "text/html; charset=utf-8");
    headers.set(
        "Content-Security-Policy",
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:;"
            + " connect-src 'self'; worker-src blob:; base-uri 'none'; form-action 'none';"
            + " frame-ancestors 'none'");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    exchange.sendResponseHeaders(200, page.length);
    exchange.getResponseBody().write(page);
    fetched.countDown();
  }

  private void call(HttpExchange exchange, Call call) throws IOException {
    Map<String, Object> asked;
    try {
      asked = JSON.std.mapFrom(exchange.getRequestBody().readNBytes(MOST_ASKED));
    } catch (JacksonException e) {
      asked = null;
    }
    if (asked == null) {
      exchange.sendResponseHeaders(400, -1);
      return;
    }
    try {
      Object answer = call.answer(asked);
      if (answer instanceof byte[] bytes) {
        reply(exchange, 200, "application/octet-stream", bytes);
      } else {
        reply(exchange, 200, answer);
      }
    } catch (IllegalArgumentException | IllegalStateException e) {
      reply(exchange, 400, Map.of("error", e.getMessage() == null ? e.toString() : e.getMessage()));
    } catch (RuntimeException | Error e) { // of the program that is shown: it has to know where
      e.printStackTrace();
      reply(exchange, 500, Map.of("error", e.toString()));
    }
  }

  private static void reply(HttpExchange exchange, int status, Object json) throws IOException {
    byte[] bytes = json(json).getBytes(UTF_8);
    reply(exchange, status, "application/json", bytes);
  }

  private static void reply(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private static String json(Object data) {
    try {
      return JSON.std.asString(data);
    } catch (JacksonException e) {
      throw new IllegalStateException(e); // maps, lists, strings and numbers can be written
    }
  }

  /** Tells a page what happens until it goes away. */
  private void events(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    var queue = new LinkedBlockingQueue<String>();
    open.add(queue);
    try {
      while (closed.getCount() > 0) {
        String event = queue.poll(PULSE.toMillis(), TimeUnit.MILLISECONDS);
        String told = event == null ? ": here\n\n" : event;
        exchange.getResponseBody().write(told.getBytes(UTF_8));
        exchange.getResponseBody().flush(); // fails where the page was closed
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(queue);
    }
  }

  /** The status of a refusal, or 0. */
  private int refusal(HttpExchange exchange) {
    Headers headers = exchange.getRequestHeaders();
    if (!only(headers, "Host").map(hosts::contains).orElse(false)) {
      return 403; // another name that was made to point here
    }
    boolean own =
        only(headers, "Origin").map(o -> hosts.contains(o.replace("http://", ""))).orElse(true);
    boolean crossSite =
        only(headers, "Sec-Fetch-Site").map(site -> site.endsWith("-site")).orElse(false);
    if (!own || crossSite) {
      return 403;
    }
    // The path as it came, so that no way of writing it means another; compared in constant time.
    byte[] asked = exchange.getRequestURI().getRawPath().getBytes(UTF_8);
    boolean here = asked.length >= path.length;
    here &= MessageDigest.isEqual(Arrays.copyOf(asked, path.length), path);
    String name = here ? new String(asked, path.length, asked.length - path.length, UTF_8) : "";
    if (!here || !(name.isEmpty() || calls.containsKey(name) || events(name))) {
      return 404;
    }
    boolean call = calls.containsKey(name);
    Set<String> methods = call ? Set.of("POST") : Set.of("GET", "HEAD");
    if (!methods.contains(exchange.getRequestMethod())) {
      return 405;
    }
    boolean json =
        only(headers, "Content-Type").map(type -> type.equals("application/json")).orElse(false);
    if (call && !json) {
      return 415; // what a form of another site could send
    }
    long most = call ? MOST_ASKED : 0;
    boolean fits =
        only(headers, "Content-Length")
            .map(length -> length.matches("\\d{1,9}") && Long.parseLong(length) <= most)
            .orElse(!call);
    return headers.containsKey("Transfer-Encoding") || !fits ? 413 : 0;
  }

  private boolean events(String name) {
    return name.equals(EVENTS) && !calls.isEmpty();
  }

  /** The value of a header that may stand only once; one that stands more often is none. */
  private static Optional<String> only(Headers headers, String name) {
    List<String> all = headers.get(name);
    return all == null ? Optional.empty() : Optional.of(all.size() == 1 ? all.getFirst() : "");
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
  }
}
