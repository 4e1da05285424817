// find_user(), read_ties() and read_sessions().
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

    // "2ben has had_by": key, ID, and which sides there are.
    std::vector<std::string> tie_texts(UserKey user) {
        std::vector<std::string> found;
        const auto all = ties(user).value();
        for (const Tie& tie : all) {
            found.push_back(std::to_string(tie.peer.value()) + tie.id.text() +
                            (tie.has ? " has" : "") + (tie.had_by ? " had_by" : ""));
        }
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

TEST_F(LookupContract, TiesTellWhichSidesThereAre) {
    using Texts = std::vector<std::string>;
    EXPECT_EQ(tie_texts(anna_.key), Texts{"2ben has had_by"});
    EXPECT_EQ(tie_texts(carl_.key), Texts{});
    WriteSet writes;
    writes.friends = {FriendRow{carl_.key, anna_.key, "", "", "", "", TimeMs(1)}};
    ASSERT_TRUE(commit(writes));
    EXPECT_EQ(tie_texts(anna_.key), (Texts{"2ben has had_by", "3carl had_by"}));
    EXPECT_EQ(tie_texts(carl_.key), Texts{"1anna has"});
    EXPECT_EQ(tie_texts(UserKey(4711)), Texts{});
}

TEST_F(LookupContract, ABlockCutsTiesWhicheverWayItLies) {
    using Texts = std::vector<std::string>;
    WriteSet writes;
    world_.befriend(writes, anna_, carl_);
    writes.blocks = {{anna_.key, ben_.key}};
    ASSERT_TRUE(commit(writes));
    EXPECT_EQ(tie_texts(anna_.key), Texts{"3carl has had_by"});
    EXPECT_EQ(tie_texts(ben_.key), Texts{});
    WriteSet second;
    second.ended_blocks = {{anna_.key, ben_.key}};
    ASSERT_TRUE(commit(second));
    EXPECT_EQ(tie_texts(ben_.key), Texts{"1anna has had_by"});
}

TEST_F(LookupContract, SessionsOfAUser) {
    WriteSet writes;
    const std::vector<SessionRow> annas = {make_session(anna_, 0x01), make_session(anna_, 0xfe)};
    writes.sessions = {annas[1], make_session(ben_, 0x80), annas[0]};
    ASSERT_TRUE(commit(writes));
    const auto found = sessions(anna_.key).value();
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(fields(found[0]), fields(annas[0]));
    EXPECT_EQ(fields(found[1]), fields(annas[1]));
    EXPECT_TRUE(sessions(carl_.key)->empty());
    WriteSet second;
    second.ended_sessions = {annas[0].token};
    ASSERT_TRUE(commit(second));
    EXPECT_EQ(sessions(anna_.key)->size(), 1U);
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
