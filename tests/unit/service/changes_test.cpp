// What people do with messages that are there: answer, forward, recall, edit, delete, react, pin.
#include "base/limits.h"
#include "proto/codec.h"
#include "unit/service/world.h"

namespace kumquat::service {
namespace {

using Anchor = proto::GetHistory::Anchor;

struct Changes : ::testing::Test {
    Changes() {
        alice.sign_in("alice");
        bob.sign_in("bob");
    }
    void SetUp() override {
        alice.say("bob", "one");
        bob.say("alice", "two");
        alice.say("bob", "three");
        forget();
    }
    void forget() {
        alice.forget();
        bob.forget();
    }

    static std::string peer_of(const Tab& tab) {
        return tab.id == ConnectionId(1) ? "bob" : "alice";
    }
    proto::RecallMessage recall(Tab& tab, std::int64_t seq) {
        return {with(peer_of(tab)), Seq(seq)};
    }
    proto::EditMessage edit(Tab& tab, std::int64_t seq, std::int64_t edits,
                            const std::string& text) {
        return {with(peer_of(tab)), Seq(seq), edits, proto::Body{proto::kTextType, text, ""}};
    }
    proto::DeleteMessages deletion(Tab& tab, const std::vector<std::int64_t>& seqs) {
        proto::DeleteMessages request{with(peer_of(tab)), {}};
        for (const std::int64_t seq : seqs)
            request.seqs.emplace_back(seq);
        return request;
    }
    proto::SetReaction react(Tab& tab, std::int64_t seq, const std::string& emoji, bool on = true) {
        return {with(peer_of(tab)), Seq(seq), emoji, on};
    }
    proto::PinMessage pin(Tab& tab, std::int64_t seq, bool pinned = true) {
        return {with(peer_of(tab)), Seq(seq), pinned};
    }
    proto::SendMessage reply(Tab& tab, std::int64_t seq) {
        auto request = tab.text(peer_of(tab), "a reply");
        request.reply_to = Seq(seq);
        return request;
    }
    std::vector<proto::Message> history(Tab& tab) {
        proto::GetHistory request;
        request.conversation = with(peer_of(tab));
        request.limit = 100;
        return get<proto::GetHistoryReply>(tab.ask(request)).messages;
    }
    proto::Message message(Tab& tab, std::size_t seq) { return history(tab).at(seq - 1); }
    proto::Conversation conversation(Tab& tab) {
        const auto reply = get<proto::SyncReply>(tab.ask(proto::Sync{}));
        return reply.conversations.empty() ? proto::Conversation() : reply.conversations[0];
    }
    /// The one event that has come, as a T.
    template <typename T>
    T event(Tab& tab) {
        const auto events = only<T>(tab.take_events());
        EXPECT_EQ(events.size(), 1u);
        return events.empty() ? T{} : events[0];
    }
    void block(Tab& tab) { tab.must(proto::BlockUser{peer_of(tab)}); }
    /// What the tab's feed holds since `number`.
    std::vector<proto::Event> tail(Tab& tab, std::int64_t number) {
        proto::Sync request;
        request.since = FeedNumber(number);
        return get<proto::SyncReply>(tab.ask(request)).events;
    }
    /// A picture message of Alice's, as the codec reads it.
    proto::SendMessage picture(const store::BlobRow& blob) {
        proto::SendMessage request = alice.text("bob", "");
        request.body.type = proto::kImageType;
        proto::Image image;
        image.format = blob.format;
        for (const std::int64_t type : {1, 2, 3})
            image.renditions.push_back({type, blob.id, blob.width, blob.height, blob.bytes});
        request.body.image = image;
        auto decoded =
            proto::decode_client_frame(proto::encode(proto::ClientFrame{RequestId(1), request}));
        return std::get<proto::SendMessage>(std::get<proto::ClientFrame>(decoded).request);
    }
    /// Each request that changes the message `seq`, by `tab`.
    std::vector<ErrorCode> refusals(Tab& tab, std::int64_t seq) {
        return {code_of(tab.ask(edit(tab, seq, 0, "other"))),
                code_of(tab.ask(react(tab, seq, "x"))), code_of(tab.ask(pin(tab, seq)))};
    }

    World world;
    Tab alice{world};
    Tab bob{world};
};

TEST_F(Changes, HelloAnnouncesWhatCanBeDone) {
    const auto limits = get<proto::HelloReply>(alice.ask(proto::Hello{})).limits;
    EXPECT_EQ(limits.recall_ms, 120'000);
    EXPECT_EQ(limits.edit_ms, 48 * 3'600'000);
    EXPECT_EQ(limits.reaction_kinds, 20);
    EXPECT_EQ(limits.deleted_at_once, 30);
    EXPECT_EQ(limits.pins, 20);
}

// --- Recall

TEST_F(Changes, ARecallLeavesNothingOfTheMessage) {
    bob.must(react(bob, 1, "👍"));
    bob.must(pin(bob, 1));
    alice.must(edit(alice, 1, 0, "better"));
    forget();
    const auto gone = get<proto::RecallMessageReply>(alice.ask(recall(alice, 1))).message;
    EXPECT_TRUE(gone.recalled);
    EXPECT_EQ(gone.body, (proto::Body{proto::kGoneType, "{}", ""}));
    EXPECT_TRUE(gone.reactions.empty());
    EXPECT_EQ(gone.edits, 0);
    const auto events = bob.take_events();
    ASSERT_EQ(events.size(), 2u);
    const auto changed = only<proto::MessageChangedEvent>(events);
    ASSERT_EQ(changed.size(), 1u);
    EXPECT_TRUE(changed[0].message.recalled);
    EXPECT_EQ(changed[0].unread, 1);  // "three"; "one" is not unread any more
    const auto pins = only<proto::PinsEvent>(events);
    ASSERT_EQ(pins.size(), 1u);
    EXPECT_TRUE(pins[0].pins.empty());
    EXPECT_TRUE(message(bob, 1).recalled);
    EXPECT_EQ(conversation(bob).unread, 1);
    EXPECT_TRUE(conversation(bob).pins.empty());
    EXPECT_TRUE(world.store->commits.back().revisions.empty());
    EXPECT_EQ(world.store->commits.back().ended_revisions.size(), 1u);
}

TEST_F(Changes, ARecallIsInTimeFor120Seconds) {
    world.pass_ms(limits::kRecallMs);
    alice.must(recall(alice, 1));
    world.pass_ms(1);
    EXPECT_EQ(code_of(alice.ask(recall(alice, 3))), ErrorCode::kRecallTooLate);
    // Again is no error, however late.
    forget();
    EXPECT_TRUE(get<proto::RecallMessageReply>(alice.ask(recall(alice, 1))).message.recalled);
    EXPECT_TRUE(bob.take_events().empty());
}

TEST_F(Changes, OnlyOnesOwnMessageThatIsThereIsRecalled) {
    EXPECT_EQ(code_of(alice.ask(recall(alice, 2))), ErrorCode::kNotOwnMessage);
    EXPECT_EQ(code_of(alice.ask(recall(alice, 4))), ErrorCode::kUnknownMessage);
    EXPECT_EQ(code_of(alice.ask(recall(alice, 0))), ErrorCode::kUnknownMessage);
    EXPECT_EQ(code_of(alice.ask(recall(alice, -1))), ErrorCode::kBadField);
    alice.must(deletion(alice, {1}));
    EXPECT_EQ(code_of(alice.ask(recall(alice, 1))), ErrorCode::kUnknownMessage);
    auto request = recall(alice, 1);
    request.conversation = with("nobody");
    EXPECT_EQ(code_of(alice.ask(request)), ErrorCode::kUnknownConversation);
    request.conversation = ConversationId();
    EXPECT_EQ(code_of(alice.ask(request)), ErrorCode::kBadConversationId);
}

TEST_F(Changes, RecallingWhatIsReadChangesNoCount) {
    proto::MarkRead mark;
    mark.conversation = with("alice");
    mark.seq = Seq(1);
    bob.must(mark);
    forget();
    alice.must(recall(alice, 1));
    EXPECT_EQ(event<proto::MessageChangedEvent>(bob).unread, 1);
    EXPECT_EQ(conversation(bob).unread, 1);
}

TEST_F(Changes, ARecallThatCrossesAReadCountsOnce) {
    alice.send(alice.text("nobody", "keeps the batch before busy"));
    alice.send(recall(alice, 3));
    proto::MarkRead mark;
    mark.conversation = with("alice");
    mark.seq = Seq(1);
    const RequestId read = bob.send(mark);
    alice.send(recall(alice, 1));
    world.run();
    EXPECT_EQ(get<proto::MarkReadReply>(bob.answer(read)).unread, 0);
    EXPECT_EQ(conversation(bob).unread, 0);
}

TEST_F(Changes, AMarkPassesOverWhatIsRecalledOrDeleted) {
    for (int i = 4; i <= 8; ++i)
        alice.say("bob", "more");
    alice.must(recall(alice, 4));
    bob.must(deletion(bob, {5}));
    EXPECT_EQ(conversation(bob).unread, 5);  // 1, 3, 6, 7, 8
    proto::MarkRead mark;
    mark.conversation = with("alice");
    mark.seq = Seq(6);
    EXPECT_EQ(get<proto::MarkReadReply>(bob.ask(mark)).unread, 2);
}

TEST_F(Changes, AMessageOfTheSameBatchIsRecalled) {
    alice.send(alice.text("nobody", "keeps the batch before busy"));
    alice.send(alice.text("bob", "four"));
    const RequestId recalled = alice.send(recall(alice, 4));
    const RequestId reacted = bob.send(react(bob, 4, "👍"));
    world.run();
    EXPECT_TRUE(get<proto::RecallMessageReply>(alice.answer(recalled)).message.recalled);
    EXPECT_EQ(code_of(bob.answer(reacted)), ErrorCode::kUnknownMessage);
    EXPECT_EQ(conversation(bob).unread, 2);
}

TEST_F(Changes, ARecallReleasesThePictures) {
    const store::BlobRow blob = world.upload(alice.session);
    alice.must(picture(blob));
    EXPECT_EQ(world.references(blob.id), 1);
    world.clock.time = TimeMs(world.clock.time.value() + 5);
    // In one batch with others, and in their order.
    alice.send(alice.text("nobody", "keeps the batch before busy"));
    const RequestId before = alice.send(alice.text("bob", "five"));
    const RequestId recalled = alice.send(recall(alice, 4));
    const RequestId after = alice.send(alice.text("bob", "six"));
    world.run();
    EXPECT_EQ(get<proto::SendMessageReply>(alice.answer(before)).seq, Seq(5));
    EXPECT_TRUE(get<proto::RecallMessageReply>(alice.answer(recalled)).message.recalled);
    EXPECT_EQ(get<proto::SendMessageReply>(alice.answer(after)).seq, Seq(6));
    EXPECT_EQ(world.references(blob.id), 0);
    EXPECT_EQ(world.state->blob(blob.id)->released, world.clock.time);
}

TEST_F(Changes, ARecallThatBeginsABatchLoadsItsPicturesFirst) {
    const store::BlobRow blob = world.upload(alice.session);
    alice.must(picture(blob));
    alice.must(recall(alice, 4));
    EXPECT_EQ(world.references(blob.id), 0);
    alice.must(recall(alice, 4));
    EXPECT_EQ(world.references(blob.id), 0);
}

TEST_F(Changes, ARecallIsWellBetweenBlockedPeople) {
    block(bob);
    EXPECT_TRUE(get<proto::RecallMessageReply>(alice.ask(recall(alice, 1))).message.recalled);
}

TEST_F(Changes, WhatWasRecalledMayBeSentAgainByItsId) {
    const auto request = alice.text("bob", "four");
    alice.must(request);
    alice.must(recall(alice, 4));
    EXPECT_EQ(get<proto::SendMessageReply>(alice.ask(request)).seq, Seq(4));
    EXPECT_EQ(history(bob).size(), 4u);
}

// --- Edit

TEST_F(Changes, AnEditReachesBothAndKeepsTheTextBefore) {
    const auto edited =
        get<proto::EditMessageReply>(alice.ask(edit(alice, 1, 0, "better"))).message;
    EXPECT_EQ(edited.body.content, "better");
    EXPECT_EQ(edited.edits, 1);
    EXPECT_EQ(edited.edited, world.clock.time);
    const auto seen = event<proto::MessageChangedEvent>(bob);
    EXPECT_EQ(seen.conversation, with("alice"));
    EXPECT_EQ(seen.message.body.content, "better");
    EXPECT_EQ(seen.unread, 2);
    const auto revisions = world.store->commits.back().revisions;
    ASSERT_EQ(revisions.size(), 1u);
    EXPECT_EQ(revisions[0].content, "one");
    EXPECT_EQ(revisions[0].edits, 0);
    EXPECT_EQ(message(bob, 1).body.content, "better");
}

TEST_F(Changes, OfTwoDevicesThatEditAtOnceTheSecondLoses) {
    Tab second(world);
    second.sign_in("alice");
    alice.must(edit(alice, 1, 0, "better"));
    auto other = edit(alice, 1, 0, "other");
    EXPECT_EQ(code_of(second.ask(other)), ErrorCode::kEditConflict);
    forget();
    // Both write the same, or one writes it again: no edit.
    EXPECT_EQ(get<proto::EditMessageReply>(second.ask(edit(alice, 1, 0, "better"))).message.edits,
              1);
    EXPECT_TRUE(bob.take_events().empty());
    EXPECT_EQ(code_of(second.ask(edit(alice, 1, 2, "from the future"))), ErrorCode::kEditConflict);
    EXPECT_EQ(get<proto::EditMessageReply>(second.ask(edit(alice, 1, 1, "other"))).message.edits,
              2);
}

TEST_F(Changes, AnEditIsInTimeFor48Hours) {
    world.pass_ms(limits::kEditMs);
    alice.must(edit(alice, 1, 0, "better"));
    world.pass_ms(1);
    EXPECT_EQ(code_of(alice.ask(edit(alice, 3, 0, "better"))), ErrorCode::kEditTooLate);
    alice.must(edit(alice, 1, 0, "better"));
}

TEST_F(Changes, OnlyOnesOwnTextsAreEdited) {
    EXPECT_EQ(code_of(alice.ask(edit(alice, 2, 0, "x"))), ErrorCode::kNotOwnMessage);
    EXPECT_EQ(code_of(alice.ask(edit(alice, 9, 0, "x"))), ErrorCode::kUnknownMessage);
    EXPECT_EQ(code_of(alice.ask(edit(alice, 1, -1, "x"))), ErrorCode::kBadField);
    EXPECT_EQ(code_of(alice.ask(edit(alice, 1, 0, ""))), ErrorCode::kEmptyMessage);
    const std::string too_long(limits::kMessageBytes + 1, 'x');
    EXPECT_EQ(code_of(alice.ask(edit(alice, 1, 0, too_long))), ErrorCode::kTextTooLong);
    auto other_type = edit(alice, 1, 0, "{}");
    other_type.body.type = "TIMCustomElem";
    EXPECT_EQ(code_of(alice.ask(other_type)), ErrorCode::kEditUnsupported);
    alice.must(picture(world.upload(alice.session)));
    EXPECT_EQ(code_of(alice.ask(edit(alice, 4, 0, "x"))), ErrorCode::kEditUnsupported);
    alice.must(recall(alice, 1));
    EXPECT_EQ(code_of(alice.ask(edit(alice, 1, 0, "x"))), ErrorCode::kUnknownMessage);
}

TEST_F(Changes, WhatWasEditedMayBeSentAgainByItsId) {
    const auto request = alice.text("bob", "four");
    alice.must(request);
    alice.must(edit(alice, 4, 0, "better"));
    EXPECT_EQ(get<proto::SendMessageReply>(alice.ask(request)).seq, Seq(4));
    EXPECT_EQ(message(bob, 4).body.content, "better");
}

TEST_F(Changes, BlockedPeopleNeitherEditNorReactNorPin) {
    block(bob);
    EXPECT_EQ(refusals(alice, 1), std::vector<ErrorCode>(3, ErrorCode::kRefusedByPeer));
    EXPECT_EQ(refusals(bob, 2), std::vector<ErrorCode>(3, ErrorCode::kPeerIsBlocked));
}

// --- Delete

TEST_F(Changes, ADeletionIsForOneselfAlone) {
    EXPECT_EQ(get<proto::DeleteMessagesReply>(bob.ask(deletion(bob, {3, 1, 3}))).unread, 0);
    const auto events = only<proto::MessageDeletedEvent>(bob.take_events());
    ASSERT_EQ(events.size(), 2u);
    EXPECT_EQ(events[0].seq, Seq(1));
    EXPECT_EQ(events[0].unread, 1);
    EXPECT_EQ(events[1].seq, Seq(3));
    EXPECT_EQ(events[1].unread, 0);
    EXPECT_TRUE(alice.take_events().empty());
    const auto his = history(bob);
    ASSERT_EQ(his.size(), 3u);  // no hole
    EXPECT_TRUE(his[2].deleted);
    EXPECT_EQ(his[2].body, (proto::Body{proto::kGoneType, "{}", ""}));
    EXPECT_EQ(conversation(bob).last_message->seq, Seq(2));
    EXPECT_EQ(conversation(bob).unread, 0);
    EXPECT_EQ(message(alice, 3).body.content, "three");
    EXPECT_EQ(conversation(alice).last_message->seq, Seq(3));
}

TEST_F(Changes, WithEveryMessageDeletedThereIsNoLastOne) {
    bob.must(deletion(bob, {1, 2, 3}));
    EXPECT_FALSE(conversation(bob).last_message.has_value());
    alice.say("bob", "four");
    EXPECT_EQ(conversation(bob).last_message->seq, Seq(4));
}

TEST_F(Changes, ThirtyMessagesAreDeletedAtOnceAndNoMore) {
    std::vector<std::int64_t> seqs;
    for (std::int64_t seq = 4; seq <= 34; ++seq) {
        alice.say("bob", "more");
        seqs.push_back(seq);
    }
    EXPECT_EQ(code_of(bob.ask(deletion(bob, seqs))), ErrorCode::kBadField);
    seqs.pop_back();
    EXPECT_EQ(get<proto::DeleteMessagesReply>(bob.ask(deletion(bob, seqs))).unread, 3);
    EXPECT_EQ(code_of(bob.ask(deletion(bob, {}))), ErrorCode::kBadField);
}

TEST_F(Changes, DeletingIsAllOrNothingAndAgainIsNoError) {
    EXPECT_EQ(code_of(bob.ask(deletion(bob, {1, 9}))), ErrorCode::kUnknownMessage);
    EXPECT_FALSE(message(bob, 1).deleted);
    bob.must(deletion(bob, {1}));
    alice.must(recall(alice, 3));
    forget();
    bob.must(deletion(bob, {1}));
    EXPECT_TRUE(bob.take_events().empty());
    EXPECT_EQ(get<proto::DeleteMessagesReply>(bob.ask(deletion(bob, {3}))).unread, 0);
    auto request = deletion(bob, {1});
    request.conversation = with("nobody");
    EXPECT_EQ(code_of(bob.ask(request)), ErrorCode::kUnknownConversation);
}

TEST_F(Changes, NothingIsToldOfAMessageThatItsReaderHasDeleted) {
    bob.must(deletion(bob, {1}));
    forget();
    alice.must(edit(alice, 1, 0, "better"));
    EXPECT_TRUE(bob.take_events().empty());
    EXPECT_EQ(refusals(bob, 1),
              (std::vector<ErrorCode>{ErrorCode::kUnknownMessage, ErrorCode::kUnknownMessage,
                                      ErrorCode::kUnknownMessage}));
    alice.must(recall(alice, 1));
    EXPECT_TRUE(bob.take_events().empty());
    EXPECT_EQ(conversation(bob).unread, 1);
}

TEST_F(Changes, ReadBackTheFeedLeavesOutWhatIsDeleted) {
    const std::int64_t number = get<proto::SyncReply>(bob.ask(proto::Sync{})).number.value();
    alice.must(edit(alice, 1, 0, "better"));
    alice.must(edit(alice, 3, 0, "best"));
    bob.must(deletion(bob, {1}));
    const auto events = tail(bob, number);
    ASSERT_EQ(events.size(), 2u);
    EXPECT_EQ(events[0].number, FeedNumber(number + 2));
    EXPECT_EQ(only<proto::MessageChangedEvent>(events)[0].message.body.content, "best");
    EXPECT_EQ(only<proto::MessageDeletedEvent>(events)[0].unread, 1);
}

// --- Reactions

TEST_F(Changes, ReactionsAreOneOfEachKindForEachPerson) {
    alice.must(react(alice, 2, "👍"));
    bob.must(react(bob, 2, "🍊"));
    forget();
    bob.must(react(bob, 2, "👍"));
    const auto seen = event<proto::MessageChangedEvent>(alice).message.reactions;
    ASSERT_EQ(seen.size(), 2u);
    EXPECT_EQ(seen[0].emoji, "👍");
    EXPECT_EQ(seen[0].users, (std::vector<UserId>{user_id("alice"), user_id("bob")}));
    EXPECT_EQ(seen[1].emoji, "🍊");
    forget();
    bob.must(react(bob, 2, "👍"));
    EXPECT_TRUE(alice.take_events().empty());
    const auto left = get<proto::SetReactionReply>(bob.ask(react(bob, 2, "👍", false))).message;
    EXPECT_EQ(left.reactions[0].users, std::vector<UserId>{user_id("alice")});
    forget();
    bob.must(react(bob, 2, "👍", false));
    EXPECT_TRUE(alice.take_events().empty());
    EXPECT_EQ(message(bob, 2).reactions.size(), 2u);
}

TEST_F(Changes, TwentyKindsOfReactionsAndNoMore) {
    for (std::size_t i = 0; i < limits::kReactionKinds; ++i)
        alice.must(react(alice, 2, "e" + std::to_string(i)));
    EXPECT_EQ(code_of(bob.ask(react(bob, 2, "one more"))), ErrorCode::kTooManyReactions);
    bob.must(react(bob, 2, "e7"));  // no new kind
    alice.must(react(alice, 2, "e0", false));
    bob.must(react(bob, 2, "one more"));
}

TEST_F(Changes, AnEmojiHasItsLength) {
    EXPECT_EQ(code_of(alice.ask(react(alice, 2, ""))), ErrorCode::kBadField);
    EXPECT_EQ(code_of(alice.ask(react(alice, 2, std::string(65, 'x')))), ErrorCode::kBadField);
    alice.must(react(alice, 2, std::string(64, 'x')));
}

TEST_F(Changes, AMessageJustRecalledTakesNoReaction) {
    alice.must(recall(alice, 1));
    EXPECT_EQ(code_of(bob.ask(react(bob, 1, "👍"))), ErrorCode::kUnknownMessage);
    EXPECT_EQ(code_of(bob.ask(pin(bob, 1))), ErrorCode::kUnknownMessage);
    EXPECT_EQ(code_of(bob.ask(reply(bob, 1))), ErrorCode::kUnknownMessage);
}

// --- Pins

TEST_F(Changes, PinsAreForBothTheLastOneFirst) {
    alice.must(pin(alice, 1));
    forget();
    const auto pins = get<proto::PinMessageReply>(bob.ask(pin(bob, 3))).pins;
    ASSERT_EQ(pins.size(), 2u);
    EXPECT_EQ(pins[0].text, "three");
    EXPECT_EQ(pins[0].from, user_id("alice"));
    EXPECT_EQ(pins[1].seq, Seq(1));
    EXPECT_EQ(event<proto::PinsEvent>(alice).pins.size(), 2u);
    EXPECT_EQ(conversation(alice).pins.size(), 2u);
    // Again brings it to the front; on top already: nothing to tell.
    alice.must(pin(alice, 1));
    EXPECT_EQ(conversation(bob).pins[0].seq, Seq(1));
    forget();
    alice.must(pin(alice, 1));
    alice.must(pin(alice, 2, false));
    EXPECT_TRUE(bob.take_events().empty());
    EXPECT_EQ(get<proto::PinMessageReply>(bob.ask(pin(bob, 1, false))).pins.size(), 1u);
}

TEST_F(Changes, TwentyPinsAndNoMore) {
    for (std::int64_t seq = 4; seq <= 23; ++seq) {
        alice.say("bob", "more");
        alice.must(pin(alice, seq));
    }
    EXPECT_EQ(code_of(bob.ask(pin(bob, 1))), ErrorCode::kTooManyPins);
    bob.must(pin(bob, 4));  // is one already
    bob.must(pin(bob, 5, false));
    EXPECT_EQ(get<proto::PinMessageReply>(bob.ask(pin(bob, 1))).pins.size(), limits::kPins);
}

TEST_F(Changes, APinThatItsReaderHasDeletedIsAnEmptyQuote) {
    alice.must(pin(alice, 1));
    bob.must(deletion(bob, {1}));
    EXPECT_FALSE(conversation(bob).pins.at(0).from.has_value());
    EXPECT_EQ(conversation(alice).pins.at(0).text, "one");
    forget();
    alice.must(pin(alice, 2));
    const auto pins = event<proto::PinsEvent>(bob).pins;
    ASSERT_EQ(pins.size(), 2u);
    EXPECT_EQ(pins[0].text, "two");
    EXPECT_FALSE(pins[1].from.has_value());
}

// --- Replies and copies

TEST_F(Changes, AReplyQuotesTheMessageAsItIsForItsReader) {
    alice.must(edit(alice, 1, 0, std::string(limits::kQuoteBytes - 1, 'x') + "é"));
    forget();
    bob.must(reply(bob, 1));
    const auto quote = event<proto::MessageEvent>(alice).message.quote;
    ASSERT_TRUE(quote.has_value());
    EXPECT_EQ(quote->from, user_id("alice"));
    EXPECT_EQ(quote->type, proto::kTextType);
    EXPECT_EQ(quote->text, std::string(limits::kQuoteBytes - 1, 'x'));  // not half of an é
    bob.must(deletion(bob, {1}));
    EXPECT_FALSE(message(bob, 4).quote->from.has_value());
    EXPECT_EQ(message(bob, 4).quote->seq, Seq(1));
    EXPECT_TRUE(message(alice, 4).quote->from.has_value());
    alice.must(recall(alice, 1));
    EXPECT_FALSE(message(alice, 4).quote->from.has_value());
}

TEST_F(Changes, AReplyNeedsAMessageAndIsPartOfWhatWasSent) {
    EXPECT_EQ(code_of(bob.ask(reply(bob, 9))), ErrorCode::kUnknownMessage);
    EXPECT_EQ(code_of(bob.ask(reply(bob, -1))), ErrorCode::kBadField);
    const auto request = reply(bob, 1);
    bob.must(request);
    EXPECT_EQ(get<proto::SendMessageReply>(bob.ask(request)).seq, Seq(4));
    auto other = request;
    other.reply_to = Seq(2);
    EXPECT_EQ(code_of(bob.ask(other)), ErrorCode::kClientIdReused);
    other = request;
    other.forward_of = proto::MessageRef{with("alice"), Seq(1)};
    EXPECT_EQ(code_of(bob.ask(other)), ErrorCode::kClientIdReused);
}

TEST_F(Changes, ACopyMayShowAnotherPersonsPicture) {
    Tab carol(world);
    carol.sign_in("carol");
    carol.forget();
    const store::BlobRow blob = world.upload(alice.session);
    auto original = picture(blob);
    alice.must(original);
    auto copy = original;
    copy.conversation = with("carol");
    copy.client_id = bob.text("carol", "").client_id;
    EXPECT_EQ(code_of(bob.ask(copy)), ErrorCode::kUnknownPicture);
    copy.forward_of = proto::MessageRef{with("alice"), Seq(4)};
    bob.must(copy);
    EXPECT_TRUE(event<proto::MessageEvent>(carol).message.forwarded);
    EXPECT_EQ(world.references(blob.id), 2);
    alice.must(recall(alice, 4));
    EXPECT_EQ(world.references(blob.id), 1);
    auto again = copy;
    again.client_id = bob.text("carol", "").client_id;
    EXPECT_EQ(code_of(bob.ask(again)), ErrorCode::kUnknownMessage);
}

TEST_F(Changes, ACopyIsTheMessageThatItNames) {
    Tab carol(world);
    carol.sign_in("carol");
    auto copy = bob.text("carol", "one");
    copy.forward_of = proto::MessageRef{with("alice"), Seq(1)};
    auto other = bob.text("carol", "won");
    other.forward_of = copy.forward_of;
    EXPECT_EQ(code_of(bob.ask(other)), ErrorCode::kBadField);
    bob.must(copy);
    other = bob.text("carol", "one");
    other.forward_of = proto::MessageRef{with("nobody"), Seq(1)};
    EXPECT_EQ(code_of(bob.ask(other)), ErrorCode::kUnknownMessage);
    other.forward_of = proto::MessageRef{ConversationId(), Seq(1)};
    EXPECT_EQ(code_of(bob.ask(other)), ErrorCode::kBadField);
    bob.must(deletion(bob, {1}));
    other.forward_of = copy.forward_of;
    EXPECT_EQ(code_of(bob.ask(other)), ErrorCode::kUnknownMessage);
}

// --- A day in the past

TEST_F(Changes, HistoryIsFoundByTime) {
    world.pass_ms(1000);
    alice.say("bob", "four");
    proto::GetHistory request;
    request.conversation = with("bob");
    request.anchor = Anchor::kAt;
    request.limit = 1;
    const auto first = [&](TimeMs time) {
        request.time = time;
        return get<proto::GetHistoryReply>(alice.ask(request)).messages.at(0).seq.value();
    };
    EXPECT_EQ(first(TimeMs(0)), 1);
    EXPECT_EQ(first(TimeMs(world.clock.time.value() - 999)), 4);
    EXPECT_EQ(first(TimeMs(world.clock.time.value() + 1)), 4);
}

}  // namespace
}  // namespace kumquat::service
