// Rows of uploaded pictures, those that nothing names among them, and sessions looked up beside the
// batches.
#include "contract/store_contract.h"

namespace kumquat::store {
namespace {

BlobId blob_id(char digit) {
    return BlobId::parse(std::string(32, digit)).value();
}

BlobRow make_blob(char digit, std::int64_t references, std::int64_t released) {
    BlobRow row;
    row.id = blob_id(digit);
    row.owner = UserKey(kIntegerMax);
    row.format = 255;
    row.width = 16'384;
    row.height = 1;
    row.bytes = 20'971'519;
    row.created = TimeMs(1'700'000'000'000);
    row.references = references;
    row.released = TimeMs(released);
    return row;
}

std::vector<std::string> names(const std::vector<BlobId>& ids) {
    std::vector<std::string> names;
    for (const BlobId& id : ids)
        names.push_back(id.text().substr(0, 1));
    return names;
}

TEST_F(StoreContract, BlobsComeBackUntilTheyEnd) {
    WriteSet writes;
    BlobRow named = make_blob('a', 3, 5);
    const BlobRow unnamed = make_blob('b', 0, 6);
    writes.blobs = {unnamed, named};
    ASSERT_TRUE(commit(writes));
    ReadKeys keys;
    keys.blobs = {named.id, unnamed.id, blob_id('c')};
    ReadRows rows = load(keys).value();
    ASSERT_EQ(rows.blobs.size(), 2U);
    EXPECT_EQ(fields(rows.blobs.at(named.id)), fields(named));
    EXPECT_EQ(fields(rows.blobs.at(unnamed.id)), fields(unnamed));

    named.references = 0;
    named.released = TimeMs(kIntegerMax);
    named.width = 7;
    WriteSet second;
    second.blobs = {named};
    second.ended_blobs = {unnamed.id, blob_id('c')};
    ASSERT_TRUE(commit(second));
    reopen();
    rows = load(keys).value();
    ASSERT_EQ(rows.blobs.size(), 1U);
    EXPECT_EQ(fields(rows.blobs.at(named.id)), fields(named));
}

TEST_F(StoreContract, BlobsOfAvatarsComeWithTheirUsers) {
    WriteSet writes;
    UserRow anna = world_.add_user(writes, "anna");
    const UserRow ben = world_.add_user(writes, "ben");
    anna.avatar = blob_id('a');
    writes.users[0] = anna;
    writes.blobs = {make_blob('a', 1, 0), make_blob('b', 1, 0)};
    ASSERT_TRUE(commit(writes));
    ReadKeys keys;
    keys.avatars = {anna.id, ben.id, user_id("nobody")};
    const ReadRows rows = load(keys).value();
    ASSERT_EQ(rows.blobs.size(), 1U);
    EXPECT_EQ(rows.blobs.count(anna.avatar), 1U);
}

TEST_F(StoreContract, OrphansAreUnnamedBeforeATimeLongestFirst) {
    WriteSet writes;
    writes.blobs = {make_blob('a', 0, 30), make_blob('b', 0, 10), make_blob('c', 1, 10),
                    make_blob('d', 0, 20), make_blob('e', 0, 40), make_blob('f', 0, 10)};
    ASSERT_TRUE(commit(writes));
    EXPECT_EQ(names(orphans(TimeMs(40), 10).value()),
              (std::vector<std::string>{"b", "f", "d", "a"}));
    EXPECT_EQ(names(orphans(TimeMs(41), 2).value()), (std::vector<std::string>{"b", "f"}));
    EXPECT_TRUE(orphans(TimeMs(10), 10).value().empty());
    EXPECT_TRUE(orphans(TimeMs(99), 0).value().empty());
}

TEST_F(StoreContract, OrphansFollowWhatIsNamedReleasedAndEnded) {
    WriteSet writes;
    writes.blobs = {make_blob('a', 0, 10), make_blob('b', 0, 10), make_blob('c', 1, 10),
                    make_blob('d', 0, 10)};
    ASSERT_TRUE(commit(writes));
    WriteSet second;
    second.blobs = {make_blob('a', 1, 10), make_blob('c', 0, 20), make_blob('d', 0, 15)};
    second.ended_blobs = {blob_id('b')};
    ASSERT_TRUE(commit(second));
    EXPECT_EQ(names(orphans(TimeMs(99), 10).value()), (std::vector<std::string>{"d", "c"}));
    reopen();
    EXPECT_EQ(names(orphans(TimeMs(99), 10).value()), (std::vector<std::string>{"d", "c"}));
}

TEST_F(StoreContract, SessionsAreFoundByTheirTokenUntilTheyEnd) {
    WriteSet writes;
    const UserRow anna = world_.add_user(writes, "anna");
    SessionRow session = make_session(anna, 0x5a);
    session.expires = TimeMs(1);  // whether that is over, the service decides
    writes.sessions = {session, make_session(anna, 0xa5)};
    ASSERT_TRUE(commit(writes));
    const auto found = find_session(session.token).value();
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(fields(*found), fields(session));
    EXPECT_FALSE(find_session(TokenHash{}).value().has_value());

    WriteSet second;
    second.ended_sessions = {session.token};
    ASSERT_TRUE(commit(second));
    EXPECT_FALSE(find_session(session.token).value().has_value());
}

TEST_F(StoreContract, ASessionWithoutItsAccountIsNotFound) {
    WriteSet writes;
    UserRow nobody;
    nobody.key = UserKey(99);
    const SessionRow session = make_session(nobody, 0x5a);
    writes.sessions = {session};
    ASSERT_TRUE(commit(writes));
    EXPECT_FALSE(find_session(session.token).value().has_value());
}

}  // namespace
}  // namespace kumquat::store
