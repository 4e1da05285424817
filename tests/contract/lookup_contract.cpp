// find_user() and read_friend_keys().
#include "contract/store_contract.h"

namespace kumquat::store {
namespace {

class LookupContract : public StoreContract {
  protected:
    void SetUp() override {
        StoreContract::SetUp();
        WriteSet writes;
        anna_ = world_.add_user(writes, "anna");
        ben_ = world_.add_user(writes, "ben");
        carl_ = world_.add_user(writes, "carl");
        world_.befriend(writes, anna_, ben_);
        ASSERT_TRUE(commit(writes));
    }

    std::vector<std::string> ids(UserKey user) {
        std::vector<std::string> found;
        const auto keys = friend_keys(user).value();
        for (const auto& [key, id] : keys)
            found.push_back(std::to_string(key.value()) + id.text());
        return found;
    }

    UserRow anna_;
    UserRow ben_;
    UserRow carl_;
};

TEST_F(LookupContract, FindsUsersAndWhetherTheyAreFriends) {
    const auto ben = find_user(anna_.key, ben_.id).value();
    ASSERT_TRUE(ben.has_value());
    EXPECT_EQ(fields(ben->user), fields(ben_));
    EXPECT_TRUE(ben->is_friend);
    const auto carl = find_user(anna_.key, carl_.id).value();
    ASSERT_TRUE(carl.has_value());
    EXPECT_FALSE(carl->is_friend);
    EXPECT_FALSE(find_user(anna_.key, anna_.id).value()->is_friend);
}

TEST_F(LookupContract, UnknownUserIsEmpty) {
    EXPECT_FALSE(find_user(anna_.key, user_id("nobody")).value().has_value());
    EXPECT_FALSE(find_user(anna_.key, user_id("ANNA")).value().has_value());
    EXPECT_FALSE(find_user(anna_.key, user_id("ann")).value().has_value());
    EXPECT_FALSE(find_user(anna_.key, user_id("ann%")).value().has_value());
}

TEST_F(LookupContract, FriendKeysInBothDirectionsOnceAndSorted) {
    EXPECT_EQ(ids(anna_.key), (std::vector<std::string>{"2ben"}));
    EXPECT_EQ(ids(carl_.key), std::vector<std::string>{});
    // Carl has Anna as a friend, not the other way round: each matters to the other.
    WriteSet writes;
    writes.friends = {FriendRow{carl_.key, anna_.key, "", "", "", "", TimeMs(1)}};
    ASSERT_TRUE(commit(writes));
    EXPECT_EQ(ids(anna_.key), (std::vector<std::string>{"2ben", "3carl"}));
    EXPECT_EQ(ids(carl_.key), (std::vector<std::string>{"1anna"}));
    EXPECT_EQ(ids(UserKey(4711)), std::vector<std::string>{});
}

TEST_F(LookupContract, IsFriendLooksFromTheViewer) {
    WriteSet writes;
    writes.friends = {FriendRow{carl_.key, anna_.key, "", "", "", "", TimeMs(1)}};
    ASSERT_TRUE(commit(writes));
    EXPECT_TRUE(find_user(carl_.key, anna_.id).value()->is_friend);
    EXPECT_FALSE(find_user(anna_.key, carl_.id).value()->is_friend);
}

}  // namespace
}  // namespace kumquat::store
