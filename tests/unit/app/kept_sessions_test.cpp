// The sessions that a browser keeps for new tabs, as several tabs change them.
#include "app/kept_sessions.h"

#include <gtest/gtest.h>

#include "platform/headless/headless.h"

namespace kumquat::app {
namespace {

client::StoredSession session_of(const std::string& id, const std::string& token) {
    return {token, {*UserId::parse(id), "nick of " + id}, true};
}

struct Kept : testing::Test {
    platform::headless::MemoryStorage storage;
    KeptSessions one{storage};
    KeptSessions other{storage};
};

TEST_F(Kept, WhatOneTabKeepsAnotherFinds) {
    EXPECT_FALSE(other.find("ann").has_value());
    one.keep(session_of("ann", "a"));
    one.keep(session_of("bob", "b"));
    const auto found = other.find("ann");
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->token, "a");
    EXPECT_EQ(found->me.nick, "nick of ann");
    EXPECT_TRUE(found->stay_signed_in);
    EXPECT_EQ(other.find("bob")->token, "b");
    EXPECT_FALSE(other.find("an").has_value());
}

TEST_F(Kept, ThereIsOneForEachPerson) {
    one.keep(session_of("ann", "a"));
    other.keep(session_of("ann", "newer"));
    EXPECT_EQ(one.find("ann")->token, "newer");
    other.forget_token("a");
    EXPECT_TRUE(one.find("ann").has_value()) << "the older one is not kept any more";
    other.forget_token("newer");
    EXPECT_FALSE(one.find("ann").has_value());
    EXPECT_TRUE(storage.preferences.empty()) << "nothing is left lying about";
}

TEST_F(Kept, AreForgottenWithThePerson) {
    one.keep(session_of("ann", "a"));
    one.keep(session_of("bob", "b"));
    one.keep(session_of("cleo", "c"));
    other.forget_user("bob");
    std::vector<ui::RememberedPerson> people = {{"ann", ""}, {"bob", ""}};
    one.follow(people);
    EXPECT_TRUE(people[0].kept);
    EXPECT_FALSE(people[1].kept);
    EXPECT_FALSE(other.find("cleo").has_value()) << "nobody could choose her any more";
}

TEST_F(Kept, WhatCannotBeReadIsAsGoodAsAbsent) {
    storage.preferences["kept"] = "9:sessions2and whatever comes then";
    EXPECT_FALSE(one.find("ann").has_value());
    one.keep(session_of("ann", "a"));
    EXPECT_TRUE(other.find("ann").has_value());
}

TEST_F(Kept, WhereNothingCanBeKeptNothingIs) {
    storage.fail_writes = true;
    one.keep(session_of("ann", "a"));
    EXPECT_FALSE(one.find("ann").has_value());
}

}  // namespace
}  // namespace kumquat::app
