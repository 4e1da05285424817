// The feed: live events, the tail, the snapshot and its cursors.
#include "base/limits.h"
#include "proto/codec.h"
#include "service/cursor.h"
#include "unit/service/world.h"

namespace kumquat::service {
namespace {

proto::Sync since(std::int64_t number) {
    proto::Sync request;
    request.since = FeedNumber(number);
    return request;
}

proto::Sync at(const std::string& cursor) {
    proto::Sync request;
    request.cursor = cursor;
    return request;
}

std::string text_of(const proto::Event& event) {
    return proto::encode(proto::ServerFrame(event));
}

TEST(Feed, WhatIsReadBackIsWhatWasSentLive) {
    World world;
    Tab alice(world);
    Tab bob(world);
    alice.sign_in("alice", "Alice");
    bob.sign_in("bob", "Bob");
    alice.befriend("bob");
    alice.say("bob", "1");
    bob.say("alice", "2");
    proto::MarkRead mark;
    mark.conversation = with("alice");
    mark.seq = Seq(1);
    get<proto::MarkReadReply>(bob.ask(mark));
    for (Tab* tab : {&alice, &bob}) {
        const auto live = tab->take_events();
        ASSERT_EQ(live.size(), 4u);
        const auto reply = get<proto::SyncReply>(tab->ask(since(0)));
        EXPECT_FALSE(reply.reset);
        EXPECT_FALSE(reply.more);
        EXPECT_EQ(reply.number, FeedNumber(4));
        ASSERT_EQ(reply.events.size(), 4u);
        for (std::size_t i = 0; i < 4; ++i) {
            EXPECT_EQ(live[i].number, FeedNumber(static_cast<std::int64_t>(i) + 1));
            EXPECT_EQ(text_of(live[i]), text_of(reply.events[i]));
        }
    }
}

TEST(Feed, TheTailComesInPages) {
    World world;
    Tab alice(world);
    Tab bob(world);
    alice.sign_in("alice");
    bob.sign_in("bob");
    const std::int64_t count = limits::kPageEntries + 50;
    for (std::int64_t i = 0; i < count; ++i)
        alice.say("bob", std::to_string(i));
    std::int64_t seen = 0;
    int pages = 0;
    for (bool more = true; more; ++pages) {
        const auto page = get<proto::SyncReply>(bob.ask(since(seen)));
        ASSERT_FALSE(page.reset);
        ASSERT_FALSE(page.events.empty());
        ASSERT_LE(static_cast<std::int64_t>(page.events.size()), limits::kPageEntries);
        for (const auto& event : page.events)
            EXPECT_EQ(event.number, FeedNumber(++seen));
        EXPECT_EQ(page.number, FeedNumber(seen));
        more = page.more;
    }
    EXPECT_EQ(seen, count);
    EXPECT_GT(pages, 1);
    const auto end = get<proto::SyncReply>(bob.ask(since(count)));
    EXPECT_TRUE(end.events.empty());
    EXPECT_EQ(end.number, FeedNumber(count));
    EXPECT_FALSE(end.reset || end.more);
}

TEST(Feed, AnAbsentAFutureAndATooOldNumberGetASnapshot) {
    World world;
    Tab alice(world);
    Tab bob(world);
    alice.sign_in("alice");
    bob.sign_in("bob");
    for (std::int64_t i = 0; i <= limits::kFeedTailMax; ++i)
        alice.say("bob", "x");
    EXPECT_TRUE(get<proto::SyncReply>(bob.ask(proto::Sync{})).reset);
    EXPECT_TRUE(get<proto::SyncReply>(bob.ask(since(limits::kFeedTailMax + 2))).reset);
    EXPECT_TRUE(get<proto::SyncReply>(bob.ask(since(0))).reset);
    EXPECT_FALSE(get<proto::SyncReply>(bob.ask(since(1))).reset);
    EXPECT_EQ(code_of(bob.ask(since(-1))), ErrorCode::kBadField);
}

TEST(Feed, OldEntriesAreTrimmed) {
    World world;
    Tab alice(world);
    Tab bob(world);
    alice.sign_in("alice");
    bob.sign_in("bob");
    const std::int64_t kept = limits::kFeedKept;
    std::int64_t sent = 0;
    while (sent <= kept + kept / 10) {
        for (int i = 0; i < 60; ++i, ++sent)
            alice.send(alice.text("bob", "x"));
        world.run();
        alice.forget();
        bob.forget();
    }
    FeedNumber trimmed;
    for (const auto& writes : world.store->commits) {
        for (const auto& head : writes.heads)
            trimmed = std::max(trimmed, head.trimmed);
    }
    EXPECT_GT(trimmed, FeedNumber(0));
    const auto reply = get<proto::SyncReply>(bob.ask(since(trimmed.value() - 1)));
    EXPECT_TRUE(reply.reset);
    EXPECT_EQ(reply.number, FeedNumber(sent));
}

TEST(Feed, ASnapshotHoldsFriendsAndConversations) {
    World world;
    Tab alice(world);
    Tab bob(world);
    alice.sign_in("alice", "Alice");
    bob.sign_in("bob", "Bob");
    alice.befriend("bob");
    alice.say("bob", "hi");
    const auto reply = get<proto::SyncReply>(bob.ask(proto::Sync{}));
    EXPECT_TRUE(reply.reset);
    EXPECT_FALSE(reply.more);
    EXPECT_TRUE(reply.cursor.empty());
    EXPECT_EQ(reply.number, FeedNumber(2));
    ASSERT_TRUE(reply.me.has_value());
    EXPECT_EQ(reply.me->profile.nick, "Bob");
    ASSERT_EQ(reply.friends.size(), 1u);
    EXPECT_EQ(reply.friends[0].profile.nick, "Alice");
    ASSERT_EQ(reply.conversations.size(), 1u);
    const auto& conversation = reply.conversations[0];
    EXPECT_EQ(conversation.id, with("alice"));
    EXPECT_EQ(conversation.last_seq, Seq(1));
    EXPECT_EQ(conversation.unread, 1);
    ASSERT_TRUE(conversation.last_message);
    EXPECT_EQ(conversation.last_message->body.content, "hi");
}

// The pages of a snapshot are read one after the other while the world goes on. Whatever changes
// meanwhile is in a later page, or in the tail after the snapshot's number, or in both: applied in
// order it comes out right.
TEST(Feed, AChangeDuringASnapshotIsInThePagesOrInTheTail) {
    World world;
    Tab alice(world);
    alice.sign_in("alice");
    const std::int64_t people = limits::kPageEntries + 20;
    for (std::int64_t i = 0; i < people; ++i) {
        Tab each(world);
        each.sign_in("user" + std::to_string(i));
        each.befriend("alice");
        each.say("alice", "first");
        each.leave();
    }
    Tab last(world);
    last.sign_in("user" + std::to_string(people - 1));
    alice.forget();

    std::map<std::string, std::int64_t> last_seqs;
    std::size_t friends = 0;
    auto page = get<proto::SyncReply>(alice.ask(proto::Sync{}));
    const FeedNumber number = page.number;
    EXPECT_EQ(number, FeedNumber(2 * people));
    int pages = 1;
    for (;; ++pages) {
        EXPECT_TRUE(page.reset);
        EXPECT_EQ(page.number, number);
        EXPECT_EQ(page.more, !page.cursor.empty());
        friends += page.friends.size();
        for (const auto& each : page.conversations)
            last_seqs[each.id.text()] = each.last_seq.value();
        if (!page.more) break;
        last.say("alice", "between the pages");
        page = get<proto::SyncReply>(alice.ask(at(page.cursor)));
    }
    EXPECT_GE(pages, 3);
    EXPECT_EQ(friends, static_cast<std::size_t>(people));
    const auto tail = get<proto::SyncReply>(alice.ask(since(number.value())));
    EXPECT_FALSE(tail.reset);
    EXPECT_EQ(tail.events.size(), static_cast<std::size_t>(pages - 1));
    for (const auto& event : only<proto::MessageEvent>(tail.events)) {
        auto& seq = last_seqs[event.conversation.text()];
        seq = std::max(seq, event.message.seq.value());
    }
    EXPECT_EQ(last_seqs.size(), static_cast<std::size_t>(people));
    EXPECT_EQ(last_seqs["C2Cuser" + std::to_string(people - 1)], pages);
}

// Every kind of entry, each with what it refers to still there.
TEST(Feed, EveryKindIsReadBackAsItWasSentLive) {
    World world;
    Tab alice(world);
    Tab bob(world);
    Tab carol(world);
    alice.sign_in("alice", "Alice");
    bob.sign_in("bob", "Bob");
    carol.sign_in("carol", "Carol");
    bob.must(proto::UpdateProfile{std::nullopt, std::nullopt, proto::AllowType::kConfirm, true});
    alice.befriend("carol");
    alice.must(proto::AddFriend{"bob", "B", "group", "hi", "AddSource_Type_Web"});
    alice.must(proto::BlockUser{"carol"});
    alice.must(proto::SetConversation{with("carol"), true, true, true});
    alice.must(proto::UpdateProfile{"A", std::nullopt, std::nullopt, std::nullopt});
    bob.must(proto::ReadFriendRequests{});
    for (Tab* tab : {&alice, &bob, &carol}) {
        const auto live = tab->take_events();
        ASSERT_FALSE(live.empty());
        const auto reply = get<proto::SyncReply>(tab->ask(since(0)));
        ASSERT_EQ(reply.events.size(), live.size());
        for (std::size_t i = 0; i < live.size(); ++i)
            EXPECT_EQ(live[i].number, reply.events[i].number);
        // An entry shows the state of now: the last one of each kind is as it was sent.
        EXPECT_EQ(text_of(live.back()), text_of(reply.events.back()));
    }
}

TEST(Feed, AnEntryReadsAsWhatItRefersToIsNow) {
    World world;
    Tab alice(world);
    Tab bob(world);
    alice.sign_in("alice");
    bob.sign_in("bob");
    bob.must(
        proto::UpdateProfile{std::nullopt, std::nullopt, proto::AllowType::kConfirm, std::nullopt});
    alice.befriend("bob");
    bob.must(proto::AcceptFriend{"alice"});
    bob.must(proto::BlockUser{"alice"});
    bob.must(proto::UnblockUser{"alice"});
    bob.must(proto::DeleteFriend{"alice"});

    const auto events = get<proto::SyncReply>(bob.ask(since(0))).events;
    const auto requests_over = only<proto::FriendRequestGoneEvent>(events);
    ASSERT_EQ(requests_over.size(), 2u);
    EXPECT_EQ(requests_over[0].peer.text(), "alice");
    EXPECT_TRUE(requests_over[0].incoming);
    EXPECT_EQ(only<proto::FriendGoneEvent>(events).size(), 2u);
    EXPECT_TRUE(only<proto::FriendEvent>(events).empty());
    const auto blocks = only<proto::BlockEvent>(events);
    ASSERT_EQ(blocks.size(), 2u);
    EXPECT_FALSE(blocks[0].blocked);

    const auto of_alice = get<proto::SyncReply>(alice.ask(since(0))).events;
    ASSERT_EQ(only<proto::FriendRequestGoneEvent>(of_alice).size(), 2u);
    EXPECT_FALSE(only<proto::FriendRequestGoneEvent>(of_alice)[0].incoming);
}

TEST(Feed, ASnapshotHoldsRequestsBlockedPeopleAndStates) {
    World world;
    Tab alice(world);
    Tab bob(world);
    Tab carol(world);
    alice.sign_in("alice", "Alice");
    bob.sign_in("bob", "Bob");
    carol.sign_in("carol", "Carol");
    for (Tab* tab : {&alice, &bob})
        tab->must(proto::UpdateProfile{std::nullopt, std::nullopt, proto::AllowType::kConfirm,
                                       std::nullopt});
    alice.must(proto::AddFriend{"bob", "B", "group", "hi", "source"});
    carol.must(proto::AddFriend{"alice", "A", "", "hello", ""});
    alice.must(proto::ReadFriendRequests{});
    alice.must(proto::BlockUser{"bob"});
    alice.must(proto::SetConversation{with("bob"), std::nullopt, true, std::nullopt});
    const auto page = get<proto::SyncReply>(alice.ask(proto::Sync{}));
    EXPECT_FALSE(page.more);
    ASSERT_EQ(page.requests.size(), 2u);
    EXPECT_EQ(page.requests[0].peer.nick, "Carol");
    EXPECT_TRUE(page.requests[0].incoming);
    EXPECT_TRUE(page.requests[0].read);
    EXPECT_EQ(page.requests[0].wording, "hello");
    EXPECT_EQ(page.requests[0].remark, "") << "the requester's own";
    EXPECT_EQ(page.requests[1].peer.nick, "Bob");
    EXPECT_FALSE(page.requests[1].incoming);
    EXPECT_EQ(page.requests[1].remark, "B");
    EXPECT_EQ(page.requests[1].group, "group");
    EXPECT_EQ(page.requests[1].source, "source");
    ASSERT_EQ(page.blocked.size(), 1u);
    EXPECT_EQ(page.blocked[0].nick, "Bob");
    ASSERT_EQ(page.conversations.size(), 1u);
    EXPECT_TRUE(page.conversations[0].state.muted);
    EXPECT_FALSE(page.conversations[0].state.pinned);
    EXPECT_EQ(page.conversations[0].state.first_seq, Seq(1));
    EXPECT_EQ(page.conversations[0].last_seq, Seq());
    const auto of_bob = get<proto::SyncReply>(bob.ask(proto::Sync{}));
    EXPECT_TRUE(of_bob.blocked.empty());
    ASSERT_EQ(of_bob.requests.size(), 1u);
    EXPECT_FALSE(of_bob.requests[0].read);
}

TEST(Cursor, IsReadBackAsItWasWritten) {
    using Section = store::SnapshotCursor::Section;
    for (const auto section : {Section::kFriends, Section::kRequestsTo, Section::kRequestsFrom,
                               Section::kBlocked, Section::kConversations}) {
        const store::SnapshotCursor cursor{FeedNumber(kIntegerMax), section, 17};
        const auto read = parse_cursor(cursor_text(cursor));
        ASSERT_TRUE(read);
        EXPECT_EQ(read->number, cursor.number);
        EXPECT_EQ(read->section, cursor.section);
        EXPECT_EQ(read->after, cursor.after);
    }
}

TEST(Cursor, AnythingElseIsABadField) {
    World world;
    Tab alice(world);
    alice.sign_in("alice");
    for (const char* text :
         {"f", "f.", "f.1", "f.1.", "f..1", "g.1.1", "f.1.1.", "f.-1.1", "f.1.x", "f.01.1",
          " f.1.1", "f.9007199254740992.1", "f.99999999999999999999999999.1", "f1.1", "F.1.1"}) {
        EXPECT_EQ(code_of(alice.ask(at(text))), ErrorCode::kBadField) << text;
    }
    get<proto::SyncReply>(alice.ask(at("c.999.999")));
}

}  // namespace
}  // namespace kumquat::service
