// HTTP over real sockets: the page, its headers, and what is refused.
#include <chrono>
#include <thread>

#include <gmock/gmock.h>

#include "server/running_server.h"

namespace kumquat::server {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class HttpTest : public ServerTest {
  protected:
    HttpTest() {
        page_.write("index.html",
                    R"(<script type="application/json" id="kumquat-config">{}</script>)");
        page_.write("app.0123abcd.js", std::string(5000, 'a'));
        page_.write("app.0123abcd.wasm", std::string(5000, '\0'));
        page_.write("style.css", "a{}");
        config_.page_dir = page_.path().string();
    }
    std::string own_host() const { return "localhost:" + std::to_string(port()); }
};

TEST_F(HttpTest, ThePageIsFilledInAndNeverCachedBlindly) {
    start();
    const auto answer = http_get(port(), "/");
    EXPECT_EQ(answer.status, 200);
    EXPECT_THAT(answer.body, HasSubstr(R"({"mode":"server","sign_in":["name"]})"));
    EXPECT_EQ(answer.header("content-type"), "text/html; charset=utf-8");
    EXPECT_EQ(answer.header("cache-control"), "no-cache");
    EXPECT_FALSE(answer.header("etag").empty());
}

TEST_F(HttpTest, EveryAnswerCarriesTheSecurityHeaders) {
    start();
    for (const char* target :
         {"/", "/style.css", "/app.0123abcd.wasm", "/missing", "/healthz", "/metrics", "/ws"}) {
        const auto answer = http_get(port(), target);
        const std::string policy = answer.header("content-security-policy");
        EXPECT_THAT(policy, StartsWith("default-src 'none'; script-src 'self' 'wasm-unsafe-eval';"))
            << target;
        EXPECT_THAT(policy, HasSubstr("frame-ancestors 'none'")) << target;
        EXPECT_THAT(policy, testing::Not(HasSubstr("unsafe-inline"))) << target;
        EXPECT_THAT(policy, testing::Not(HasSubstr("'unsafe-eval'"))) << target;
        EXPECT_EQ(answer.header("x-content-type-options"), "nosniff") << target;
        EXPECT_EQ(answer.header("referrer-policy"), "no-referrer") << target;
        EXPECT_TRUE(answer.header("cross-origin-opener-policy").empty()) << target;
    }
    EXPECT_THAT(http_get(port(), "/").header("content-security-policy"),
                HasSubstr("connect-src 'self' ws://" + own_host() + " wss://" + own_host() + ";"));
}

TEST_F(HttpTest, HashedNamesMayBeKeptForEver) {
    start();
    const auto wasm = http_get(port(), "/app.0123abcd.wasm");
    EXPECT_EQ(wasm.header("cache-control"), "public, max-age=31536000, immutable");
    EXPECT_EQ(wasm.header("content-type"), "application/wasm");
    EXPECT_EQ(wasm.body.size(), 5000U);
    EXPECT_EQ(http_get(port(), "/style.css").header("cache-control"), "no-cache");
}

TEST_F(HttpTest, CompressesForThoseWhoAsk) {
    start();
    const auto packed = http_get(port(), "/app.0123abcd.js", "Accept-Encoding: gzip, deflate\r\n");
    EXPECT_EQ(packed.header("content-encoding"), "gzip");
    EXPECT_EQ(packed.header("vary"), "Accept-Encoding");
    EXPECT_LT(packed.body.size(), 200U);
    EXPECT_EQ(packed.body.substr(0, 2), "\x1f\x8b");
    const auto plain = http_get(port(), "/app.0123abcd.js");
    EXPECT_EQ(plain.header("content-encoding"), "");
    EXPECT_EQ(plain.body, std::string(5000, 'a'));
}

TEST_F(HttpTest, AValidatorSavesTheBody) {
    start();
    const std::string etag = http_get(port(), "/style.css").header("etag");
    const auto again = http_get(port(), "/style.css", "If-None-Match: " + etag + "\r\n");
    EXPECT_EQ(again.status, 304);
    EXPECT_EQ(again.body, "");
    EXPECT_EQ(again.header("etag"), etag);
    EXPECT_EQ(http_get(port(), "/style.css", "If-None-Match: \"other\"\r\n").status, 200);
}

TEST_F(HttpTest, HeadIsGetWithoutTheBody) {
    start();
    const auto head = http_get(port(), "/app.0123abcd.js", {}, "HEAD");
    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(head.header("content-length"), "5000");
    EXPECT_EQ(head.body, "");
    EXPECT_EQ(http_get(port(), "/missing", {}, "HEAD").status, 404);
    EXPECT_EQ(http_get(port(), "/missing", {}, "HEAD").body, "");
}

TEST_F(HttpTest, NothingOutsideThePageIsServed) {
    start();
    for (const char* target :
         {"/missing", "/../etc/passwd", "/..%2f..%2fetc/passwd", "/%2e%2e/%2e%2e/etc/passwd",
          "//etc/passwd", "/index.html/..", "/index.html%00", "/%", "/./index.html", "/\\"}) {
        EXPECT_EQ(http_get(port(), target).status, 404) << target;
    }
}

TEST_F(HttpTest, OtherMethodsAreRefused) {
    start();
    for (const char* method : {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "BREW"}) {
        const auto answer = http_get(port(), "/", {}, method);
        EXPECT_EQ(answer.status, 405) << method;
        EXPECT_EQ(answer.header("allow"), "GET, HEAD") << method;
    }
}

TEST_F(HttpTest, OneConnectionTakesSeveralRequests) {
    start();
    const std::string get = "GET /style.css HTTP/1.1\r\nHost: " + own_host() + "\r\n";
    const std::string all =
        talk(port(), get + "\r\n" + get + "\r\n" + get + "Connection: close\r\n\r\n");
    std::size_t count = 0;
    for (std::size_t at = all.find("a{}"); at != std::string::npos; at = all.find("a{}", at + 1))
        ++count;
    EXPECT_EQ(count, 3U);
}

TEST_F(HttpTest, HealthAndMetrics) {
    start();
    EXPECT_EQ(http_get(port(), "/healthz").body, "ok\n");
    const auto metrics = http_get(port(), "/metrics");
    EXPECT_EQ(metrics.header("content-type"), "text/plain; version=0.0.4; charset=utf-8");
    EXPECT_THAT(metrics.body, HasSubstr("# TYPE kumquat_commit_seconds histogram\n"));
    EXPECT_THAT(metrics.body, HasSubstr("kumquat_batches_total 0\n"));
    EXPECT_EQ(http_get(port(), "/metrics", "X-Forwarded-For: 10.0.0.1\r\n").status, 403);
}

TEST_F(HttpTest, AStrangersNameIsRefused) {
    start();
    for (const char* host :
         {"evil.example", "localhost", "localhost:1", "127.0.0.1.evil.example:80"}) {
        const auto answer = http_get(port(), "/", {}, "GET", host);
        EXPECT_EQ(answer.status, 403) << host;
        EXPECT_THAT(answer.body, HasSubstr("--host-name")) << host;
    }
    EXPECT_EQ(http_get(port(), "/", {}, "GET", "127.0.0.1:" + std::to_string(port())).status, 200);
    EXPECT_EQ(metric("kumquat_refused_hosts_total"), 4);
    EXPECT_THAT(talk(port(), "GET / HTTP/1.1\r\nConnection: close\r\n\r\n"), HasSubstr(" 403 "));
    EXPECT_THAT(talk(port(), "GET / HTTP/1.1\r\nHost: " + own_host() +
                                 "\r\nHost: evil\r\nConnection: close\r\n\r\n"),
                HasSubstr(" 400 "));
}

TEST_F(HttpTest, AStrangersPageIsRefused) {
    start();
    EXPECT_EQ(http_get(port(), "/", "Origin: http://evil.example\r\n").status, 403);
    EXPECT_EQ(http_get(port(), "/", "Origin: null\r\n").status, 403);
    EXPECT_EQ(http_get(port(), "/", "Origin: http://" + own_host() + "\r\n").status, 200);
    EXPECT_EQ(metric("kumquat_refused_origins_total"), 2);
}

TEST_F(HttpTest, AnUpgradeMustComeFromOurOwnPageUnderOurOwnName) {
    config_.allow_origins = {Origin{true, Authority{"static.example.net", 443}}};
    start();
    auto options = to_server();
    EXPECT_EQ(WebSocketClient(options).status(), 101);
    options.origin = "http://" + own_host();
    EXPECT_EQ(WebSocketClient(options).status(), 101);
    options.origin = "https://static.example.net";
    EXPECT_EQ(WebSocketClient(options).status(), 101);
    options.origin = "http://evil.example";
    EXPECT_EQ(WebSocketClient(options).status(), 403);
    options = to_server();
    options.host = "evil.example:" + std::to_string(port());
    EXPECT_EQ(WebSocketClient(options).status(), 403);
    options = to_server();
    options.path = "/other";
    EXPECT_EQ(WebSocketClient(options).status(), 404);
    const auto plain = http_get(port(), "/ws");
    EXPECT_EQ(plain.status, 426);
    EXPECT_EQ(plain.header("upgrade"), "websocket");
}

TEST_F(HttpTest, WhatIsNoRequestGetsAReason) {
    start();
    const std::string own = "GET / HTTP/1.1\r\nHost: " + own_host() + "\r\n";
    EXPECT_THAT(talk(port(), "hello\r\n\r\n"), StartsWith("HTTP/1.1 400 "));
    EXPECT_THAT(talk(port(), own + "Bad Header\r\n\r\n"), StartsWith("HTTP/1.1 400 "));
    EXPECT_THAT(talk(port(), own + "X: " + std::string(20'000, 'x') + "\r\n\r\n"),
                StartsWith("HTTP/1.1 431 "));
    EXPECT_THAT(talk(port(), own + "Content-Length: 100000\r\n\r\n"), StartsWith("HTTP/1.1 413 "));
    EXPECT_EQ(http_get(port(), "/healthz").status, 200);
}

TEST_F(HttpTest, WhoSpeaksTooSlowlyIsCutOff) {
    config_.bounds.http_request_ms = 300;
    start();
    RawClient client(port());
    client.send("GET / HTTP/1.1\r\nHo");
    EXPECT_TRUE(client.wait_closed());
    RawClient silent(port());
    EXPECT_TRUE(silent.wait_closed());
}

TEST_F(HttpTest, ARequestMayBeCutAnywhere) {
    start();
    const std::string request =
        "GET / HTTP/1.1\r\nHost: " + own_host() +
        "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    for (std::size_t size = 0; size <= request.size(); ++size) {
        RawClient client(port());
        ASSERT_TRUE(client.send(request.substr(0, size)));
    }
    EXPECT_EQ(http_get(port(), "/healthz").status, 200);
}

TEST_F(HttpTest, WithoutAPageItSaysSo) {
    config_.page_dir.clear();
    start();
    const auto answer = http_get(port(), "/");
    EXPECT_EQ(answer.status, 503);
    EXPECT_THAT(answer.body, HasSubstr("--page-dir"));
    EXPECT_EQ(http_get(port(), "/healthz").status, 200);
}

TEST_F(HttpTest, MoreConnectionsThanAllowedWaitForTheirTurn) {
    config_.connections_max = 2;
    start();
    {
        RawClient first(port());
        RawClient second(port());
        ASSERT_TRUE(first.send("G"));
        ASSERT_TRUE(second.send("G"));
        // Wait until both are in.
        while (metric("kumquat_connections") < 2)
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        RawClient third(port());
        third.send("GET /healthz HTTP/1.1\r\nHost: " + own_host() + "\r\n\r\n");
        EXPECT_EQ(third.read_until("ok", std::chrono::milliseconds(300)), "");
    }
    EXPECT_EQ(http_get(port(), "/healthz").status, 200);
}

}  // namespace
}  // namespace kumquat::server
