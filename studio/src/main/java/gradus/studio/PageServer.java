package gradus.studio;

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
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Serves one page on this machine only, and only to whoever knows its address.
 *
 * <p>The page lies under a path that nobody can guess. Requests that come by another name of this
 * machine (DNS rebinding), from a page of another site, with another method or with a body are
 * refused. Nothing else is served, so no path leads to a file.
 */
final class PageServer implements AutoCloseable {
  private static final int TOKEN_BYTES = 16;

  private final HttpServer server;
  private final byte[] path;
  private final byte[] page;
  private final Set<String> hosts;
  private final CountDownLatch fetched = new CountDownLatch(1);

  private PageServer(HttpServer server, String token, byte[] page) {
    this.server = server;
    this.path = ("/" + token + "/").getBytes(StandardCharsets.US_ASCII);
    this.page = page;
    int port = server.getAddress().getPort();
    this.hosts = Set.of("127.0.0.1:" + port, "localhost:" + port);
  }

  /**
   * Starts to serve a page on a free port.
   *
   * @param html the page
   */
  static PageServer start(String html) {
    byte[] random = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(random);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    try {
      var loopback = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0);
      HttpServer http = HttpServer.create(loopback, 0);
      var served = new PageServer(http, token, html.getBytes(StandardCharsets.UTF_8));
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
    try {
      return fetched.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
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
      headers.set("Content-Type", "text/html; charset=utf-8");
      headers.set(
          "Content-Security-Policy",
          "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:;"
              + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
      if (exchange.getRequestMethod().equals("HEAD")) {
        exchange.sendResponseHeaders(200, -1);
        return;
      }
      exchange.sendResponseHeaders(200, page.length);
      exchange.getResponseBody().write(page);
      fetched.countDown();
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
    if (!Set.of("GET", "HEAD").contains(exchange.getRequestMethod())) {
      return 405;
    }
    if (headers.containsKey("Transfer-Encoding")
        || only(headers, "Content-Length").map(length -> !length.equals("0")).orElse(false)) {
      return 413;
    }
    // The path as it came, so that no way of writing it means another; compared in constant time.
    byte[] asked = exchange.getRequestURI().getRawPath().getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(asked, path) ? 0 : 404;
  }

  /** The value of a header that may stand only once; one that stands more often is none. */
  private static Optional<String> only(Headers headers, String name) {
    List<String> all = headers.get(name);
    return all == null ? Optional.empty() : Optional.of(all.size() == 1 ? all.getFirst() : "");
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
