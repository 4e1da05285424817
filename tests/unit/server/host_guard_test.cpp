#include "server/host_guard.h"

#include <gtest/gtest.h>

namespace kumquat::server {
namespace {

HostGuard guard_on(std::uint16_t port) {
    HostGuard::Rules rules;
    rules.port = port;
    rules.bind = "192.168.1.5";
    rules.names = {Authority{"chat.example.org", 0}, Authority{"other.example.org", 9443}};
    rules.origins = {Origin{true, Authority{"static.example.net", 443}}};
    return HostGuard(rules);
}

bool host_ok(const HostGuard& guard, std::string_view host, std::string_view local = "127.0.0.1") {
    return guard.check_host(host, local).has_value();
}

TEST(ParseAuthority, ReadsNamesAddressesAndPorts) {
    EXPECT_EQ(parse_authority("localhost"), (Authority{"localhost", 0}));
    EXPECT_EQ(parse_authority("LocalHost:8080"), (Authority{"localhost", 8080}));
    EXPECT_EQ(parse_authority("example.org.:1"), (Authority{"example.org", 1}));
    EXPECT_EQ(parse_authority("[::1]:65535"), (Authority{"::1", 65535}));
    EXPECT_EQ(parse_authority("[FE80::1]"), (Authority{"fe80::1", 0}));
}

TEST(ParseAuthority, RefusesWhatIsNone) {
    for (const char* text :
         {"",    ":",   ":80",  "a:",   "a:0",          "a:65536", "a:8080x",   "a:+1",
          "a b", "a/b", "a@b",  "a;b",  "[::1",         "[]",      "[::1]8080", "[a.example]",
          "::1", "a,b", "a\"b", "a%62", "\xe4\xb8\xad", "."}) {
        EXPECT_FALSE(parse_authority(text)) << text;
    }
    EXPECT_FALSE(parse_authority(std::string(254, 'a')));
    EXPECT_TRUE(parse_authority(std::string(253, 'a')));
}

TEST(ParseOrigin, KnowsTheSchemesPorts) {
    EXPECT_EQ(parse_origin("http://a.example"), (Origin{false, {"a.example", 80}}));
    EXPECT_EQ(parse_origin("https://a.example"), (Origin{true, {"a.example", 443}}));
    EXPECT_EQ(parse_origin("https://a.example:8443"), (Origin{true, {"a.example", 8443}}));
    for (const char* text : {"null", "", "a.example", "ftp://a.example", "http://", "http://a/b",
                             "http://a.example/", "file://", "http://u@a.example"}) {
        EXPECT_FALSE(parse_origin(text)) << text;
    }
}

TEST(HostGuard, KnowsItsOwnNamesWithItsOwnPortAlone) {
    const HostGuard guard = guard_on(8080);
    for (const char* host :
         {"localhost:8080", "127.0.0.1:8080", "[::1]:8080", "192.168.1.5:8080"}) {
        EXPECT_TRUE(host_ok(guard, host)) << host;
    }
    for (const char* host : {"localhost", "localhost:80", "localhost:8081", "evil.example:8080",
                             "localhost.evil.example:8080", "", "192.168.1.6:8080"}) {
        EXPECT_FALSE(host_ok(guard, host)) << host;
    }
}

TEST(HostGuard, LeavesTheSchemesPortOut) {
    EXPECT_TRUE(host_ok(guard_on(80), "localhost"));
}

TEST(HostGuard, TrustsTheAddressThatTheConnectionCameInOn) {
    const HostGuard guard = guard_on(8080);
    EXPECT_TRUE(host_ok(guard, "10.0.0.7:8080", "10.0.0.7"));
    EXPECT_FALSE(host_ok(guard, "10.0.0.7:8080", "10.0.0.8"));
}

TEST(HostGuard, AnswersToFurtherNames) {
    const HostGuard guard = guard_on(8080);
    EXPECT_TRUE(host_ok(guard, "chat.example.org"));
    EXPECT_TRUE(host_ok(guard, "CHAT.example.org:8080"));
    EXPECT_FALSE(host_ok(guard, "chat.example.org:9000"));
    EXPECT_TRUE(host_ok(guard, "other.example.org:9443"));
    EXPECT_FALSE(host_ok(guard, "other.example.org"));
}

TEST(HostGuard, TellsTheOperatorWhatToDo) {
    const Status status = guard_on(8080).check_host("evil.example", "127.0.0.1");
    ASSERT_FALSE(status);
    EXPECT_NE(status.error().context.find("--host-name"), std::string::npos);
}

TEST(HostGuard, LetsPagesOfItsOwnOriginInAndNoOthers) {
    const HostGuard guard = guard_on(8080);
    const auto ok = [&](std::string_view origin, std::string_view host) {
        return guard.check_origin(origin, host).has_value();
    };
    EXPECT_TRUE(ok("", "localhost:8080"));
    EXPECT_TRUE(ok("http://localhost:8080", "localhost:8080"));
    EXPECT_TRUE(ok("https://chat.example.org", "chat.example.org"));
    EXPECT_TRUE(ok("https://static.example.net", "localhost:8080"));
    EXPECT_FALSE(ok("http://static.example.net", "localhost:8080"));
    EXPECT_FALSE(ok("http://127.0.0.1:8080", "localhost:8080"));
    EXPECT_FALSE(ok("http://localhost:8081", "localhost:8080"));
    EXPECT_FALSE(ok("http://evil.example", "localhost:8080"));
    EXPECT_FALSE(ok("null", "localhost:8080"));
    EXPECT_FALSE(ok("http://localhost:8080/", "localhost:8080"));
}

}  // namespace
}  // namespace kumquat::server
