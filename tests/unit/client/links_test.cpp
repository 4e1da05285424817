#include "client/view/links.h"

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace kumquat::client {
namespace {

std::vector<std::string> links_in(std::string_view text) {
    std::vector<std::string> links;
    for (const LinkRange& link : find_links(text))
        links.emplace_back(text.substr(link.begin, link.end - link.begin));
    return links;
}

using Links = std::vector<std::string>;

TEST(Links, OnlyHttpAndHttpsAreLinks) {
    EXPECT_EQ(links_in("see https://example.org/a and HTTP://b.example"),
              (Links{"https://example.org/a", "HTTP://b.example"}));
    EXPECT_EQ(links_in("javascript:alert(1) ftp://example.org file:///etc data:text/html,x"),
              Links{});
    EXPECT_EQ(links_in("xhttp://example.org shttps://example.org"), Links{});
    EXPECT_EQ(links_in("https:// https://. http:///path https://?a"), Links{});
    EXPECT_EQ(links_in(""), Links{});
}

TEST(Links, EndBeforeTheSentencesPunctuation) {
    EXPECT_EQ(links_in("Go to https://example.org."), Links{"https://example.org"});
    EXPECT_EQ(links_in("(https://example.org/a_(b)), https://c.example/?q=1!"),
              (Links{"https://example.org/a_(b)", "https://c.example/?q=1"}));
    EXPECT_EQ(links_in("<https://example.org/x>"), Links{"https://example.org/x"});
    EXPECT_EQ(links_in("*https://example.org/x*"), Links{"https://example.org/x"});
}

TEST(Links, EndWhereChineseGoesOn) {
    EXPECT_EQ(links_in("看https://example.org很好"), Links{"https://example.org"});
    EXPECT_EQ(links_in("看这里：https://example.org/a，很好"), Links{"https://example.org/a"});
    EXPECT_EQ(links_in("（https://example.org/a）"), Links{"https://example.org/a"});
    EXPECT_EQ(links_in("https://zh.example.org/wiki/金橘 好吃"),
              Links{"https://zh.example.org/wiki/金橘"});
}

TEST(Links, PortsAndUsersBelongToIt) {
    EXPECT_EQ(links_in("http://localhost:8080/#chat"), Links{"http://localhost:8080/#chat"});
    EXPECT_EQ(links_in("https://a:b@example.org/"), Links{"https://a:b@example.org/"});
}

TEST(Links, BrokenBytesEndOne) {
    EXPECT_EQ(links_in("https://example.org/\xFF\xFE rest"), Links{"https://example.org/"});
    EXPECT_EQ(links_in("https://example.org/\xE9\x87"), Links{"https://example.org/"});
}

}  // namespace
}  // namespace kumquat::client
