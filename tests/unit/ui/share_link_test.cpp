#include "ui/share_link.h"

#include <string>

#include <gtest/gtest.h>

namespace kumquat::ui {
namespace {

TEST(ShareLink, NamesThePersonBehindThePagesAddress) {
    EXPECT_EQ(share_link("https://chat.example/", *UserId::parse("ann")),
              "https://chat.example/#add=ann");
}

TEST(ShareLink, EscapesWhatAnAddressCannotHold) {
    EXPECT_EQ(share_link("http://h/", *UserId::parse("a b#c%d/")),
              "http://h/#add=a%20b%23c%25d%2F");
}

TEST(SharedUser, IsReadFromADecodedFragment) {
    EXPECT_EQ(shared_user("add=a b#c%d/"), *UserId::parse("a b#c%d/"));
}

TEST(SharedUser, AnythingElseIsNobody) {
    for (const char* fragment : {"", "add=", "C2Cann", "add", "ADD=ann", "add=小橙子"}) {
        EXPECT_FALSE(shared_user(fragment).has_value()) << fragment;
    }
    EXPECT_FALSE(shared_user("add=" + std::string(33, 'x')).has_value());
}

}  // namespace
}  // namespace kumquat::ui
