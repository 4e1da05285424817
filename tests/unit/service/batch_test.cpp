// Batches: many requests in one commit, every row once, and nothing let out before it is durable.
#include "unit/service/world.h"

namespace kumquat::service {
namespace {

struct Batches : ::testing::Test {
    Batches() {
        alice.sign_in("alice");
        bob.sign_in("bob");
        alice.forget();
        bob.forget();
    }
    World world;
    Tab alice{world};
    Tab bob{world};
};

TEST_F(Batches, WhatComesDuringACommitIsOneBatch) {
    world.store->commits.clear();
    world.store->loads = 0;
    for (int i = 0; i < 30; ++i)
        alice.send(alice.text("bob", "hi"));
    for (int i = 0; i < 30; ++i)
        bob.send(bob.text("alice", "hi"));
    world.run();
    EXPECT_EQ(world.store->loads, 2);
    ASSERT_EQ(world.store->commits.size(), 2u);
    const auto& writes = world.store->commits[1];
    EXPECT_EQ(writes.messages.size(), 59u);
    EXPECT_EQ(writes.feed.size(), 118u);
    // Every row once, however often it changed.
    EXPECT_EQ(writes.conversations.size(), 1u);
    EXPECT_EQ(writes.members.size(), 2u);
    EXPECT_EQ(writes.heads.size(), 2u);
    EXPECT_EQ(world.service->counters().largest_batch, 59);
    EXPECT_EQ(alice.take_events().size(), 60u);
}

TEST_F(Batches, ABatchIsBounded) {
    Options options = World::default_options();
    options.batch_requests = 4;
    World small(options);
    Tab tab(small);
    tab.sign_in("alice");
    Tab other(small);
    other.sign_in("bob");
    for (int i = 0; i < 20; ++i)
        tab.send(tab.text("bob", "hi"));
    small.run();
    EXPECT_EQ(small.service->counters().largest_batch, 4);
    EXPECT_EQ(small.service->counters().messages, 20);
}

TEST_F(Batches, ABatchIsBoundedInTime) {
    Options options = World::default_options();
    options.batch_ms = 20;
    World slow(options);
    Tab tab(slow);
    tab.sign_in("alice");
    Tab other(slow);
    other.sign_in("bob");
    tab.forget();
    slow.store->commits.clear();
    std::vector<RequestId> sent;
    for (int i = 0; i < 20; ++i)
        sent.push_back(tab.send(tab.text("bob", "hi")));
    // Each request takes 5 ms from here on.
    slow.clock.ms_per_look = 5;
    slow.run();
    EXPECT_EQ(slow.service->counters().largest_batch, 4);
    // The first went alone; what had no time left in one batch is in the next, in order.
    EXPECT_EQ(slow.store->commits.size(), 6u);
    for (std::size_t i = 0; i < sent.size(); ++i) {
        EXPECT_EQ(get<proto::SendMessageReply>(tab.answer(sent[i])).seq,
                  Seq(static_cast<std::int64_t>(i) + 1));
    }
}

TEST_F(Batches, ARequestThatTakesTooLongIsStillWorkedOff) {
    Options options = World::default_options();
    options.batch_ms = 20;
    World slow(options);
    Tab tab(slow);
    tab.sign_in("alice");
    Tab other(slow);
    other.sign_in("bob");
    for (int i = 0; i < 3; ++i)
        tab.send(tab.text("bob", "hi"));
    slow.clock.ms_per_look = 1000;
    slow.run();
    EXPECT_EQ(slow.service->counters().largest_batch, 1);
    EXPECT_EQ(slow.service->counters().messages, 3);
    EXPECT_TRUE(slow.service->idle());
}

TEST_F(Batches, AClockThatRunsBackDoesNotEndTheBatch) {
    alice.send(alice.text("bob", "keeps the batch before busy"));
    for (int i = 0; i < 10; ++i)
        alice.send(alice.text("bob", "hi"));
    world.clock.ms_per_look = -1000;
    world.run();
    EXPECT_EQ(world.service->counters().largest_batch, 10);
}

TEST_F(Batches, WhatWaitsForTimeEndsWithItsSession) {
    Options options = World::default_options();
    options.batch_ms = 20;
    World slow(options);
    Tab tab(slow);
    tab.sign_in("alice");
    Tab other(slow);
    other.sign_in("bob");
    Tab same(slow);
    same.hello();
    proto::Resume resume;
    resume.session = tab.session;
    get<proto::ResumeReply>(same.ask(resume));
    other.send(other.text("alice", "keeps the batch before busy"));
    const RequestId out = tab.send(proto::SignOut{});
    same.send(same.text("bob", "too late"));
    slow.clock.ms_per_look = 1000;
    slow.run();
    get<proto::SignOutReply>(tab.answer(out));
    EXPECT_EQ(same.closed(), proto::CloseCode::kSessionEnded);
    EXPECT_EQ(slow.service->counters().messages, 1);
    EXPECT_TRUE(slow.service->idle());
}

TEST_F(Batches, OneBadRequestSpoilsNothing) {
    alice.send(alice.text("nobody", "keeps the batch before busy"));
    const RequestId good = alice.send(alice.text("bob", "one"));
    const RequestId bad = alice.send(alice.text("nobody", "two"));
    const RequestId also_good = bob.send(bob.text("alice", "three"));
    world.run();
    EXPECT_EQ(get<proto::SendMessageReply>(alice.answer(good)).seq, Seq(1));
    EXPECT_EQ(code_of(alice.answer(bad)), ErrorCode::kUnknownReceiver);
    EXPECT_EQ(get<proto::SendMessageReply>(bob.answer(also_good)).seq, Seq(2));
}

TEST_F(Batches, NothingLeavesBeforeTheCommit) {
    world.store->hold = true;
    const RequestId sent = alice.send(alice.text("bob", "hi"));
    world.run();
    EXPECT_FALSE(alice.answered(sent));
    EXPECT_TRUE(bob.take_events().empty());
    EXPECT_FALSE(world.service->idle());
    world.store->hold = false;
    world.store->release();
    world.run();
    get<proto::SendMessageReply>(alice.answer(sent));
    EXPECT_EQ(bob.take_events().size(), 1u);
    EXPECT_TRUE(world.service->idle());
}

TEST_F(Batches, AFailedCommitChangesNothingAndSaysSoToAll) {
    world.store->commit_error = Error{ErrorCode::kDiskFull, "wal"};
    alice.send(alice.text("nobody", "keeps the batch before busy"));
    const RequestId sent = alice.send(alice.text("bob", "hi"));
    const RequestId refused = bob.send(bob.text("nobody", "hi"));
    world.run();
    const auto failed = alice.answer(sent);
    EXPECT_EQ(code_of(failed), ErrorCode::kDiskFull);
    EXPECT_TRUE(failed.error().retry_after_ms.has_value());
    EXPECT_EQ(code_of(bob.answer(refused)), ErrorCode::kDiskFull);
    EXPECT_TRUE(bob.take_events().empty());
    EXPECT_EQ(world.service->counters().messages, 0);

    world.store->commit_error.reset();
    const auto next = alice.say("bob", "again");
    EXPECT_EQ(next.seq, Seq(1));
    const auto events = bob.take_events();
    ASSERT_EQ(events.size(), 1u);
    EXPECT_EQ(events[0].number, FeedNumber(1));
}

TEST_F(Batches, AFailedLoadIsAStorageFailure) {
    world.store->load_error = Error{ErrorCode::kIo, "read"};
    EXPECT_EQ(code_of(alice.try_say("bob", "hi")), ErrorCode::kStorageFailed);
    world.store->load_error.reset();
    alice.say("bob", "hi");
}

TEST_F(Batches, AFailedSignInSignsNobodyIn) {
    Tab carol(world);
    carol.hello();
    world.store->commit_error = Error{ErrorCode::kStorageFailed, ""};
    proto::SignIn request;
    request.user_id = "carol";
    request.device = DeviceId(7);
    EXPECT_EQ(code_of(carol.ask(request)), ErrorCode::kStorageFailed);
    EXPECT_EQ(code_of(carol.ask(proto::Sync{})), ErrorCode::kNotSignedIn);
    world.store->commit_error.reset();
    EXPECT_TRUE(get<proto::SignInReply>(carol.ask(request)).created);
}

TEST_F(Batches, AFailedSignOutLeavesTheSession) {
    world.store->commit_error = Error{ErrorCode::kStorageFailed, ""};
    EXPECT_EQ(code_of(alice.ask(proto::SignOut{})), ErrorCode::kStorageFailed);
    world.store->commit_error.reset();
    get<proto::SyncReply>(alice.ask(proto::Sync{}));
}

TEST_F(Batches, WhoLeavesDuringTheCommitGetsNothingButTheMessageStands) {
    world.store->hold = true;
    alice.send(alice.text("bob", "last words"));
    world.run();
    alice.leave();
    alice.forget();
    world.store->hold = false;
    world.store->release();
    world.run();
    EXPECT_TRUE(world.outbox.frames[alice.id].empty());
    EXPECT_EQ(bob.take_events().size(), 1u);
    EXPECT_TRUE(world.service->idle());
}

TEST_F(Batches, WhoLeavesDuringTheSignInIsNotThere) {
    alice.befriend("bob");
    alice.leave();
    bob.forget();
    Tab back(world);
    back.hello();
    world.store->hold = true;
    proto::SignIn request;
    request.user_id = "alice";
    request.device = DeviceId(7);
    back.send(request);
    world.run();
    back.leave();
    world.store->hold = false;
    world.store->release();
    world.run();
    EXPECT_TRUE(bob.take_signals().empty());
    EXPECT_TRUE(world.service->idle());
}

TEST_F(Batches, WhatWasNotCommittedHasNeverBeenAfterARestart) {
    world.store->hold = true;
    alice.send(alice.text("bob", "lost"));
    world.run();
    world.restart();
    Tab again(world);
    again.sign_in("alice");
    const auto reply = again.say("bob", "found");
    EXPECT_EQ(reply.seq, Seq(1));
}

TEST_F(Batches, RequestsOfOneConnectionTakeEffectInOrder) {
    std::vector<RequestId> sent;
    for (int i = 0; i < 40; ++i) {
        sent.push_back(alice.send(alice.text("bob", "x")));
        sent.push_back(i % 3 == 0 ? alice.send(proto::Sync{}) : alice.send(alice.text("bob", "y")));
        if (i % 7 == 0) world.run();
        if (sent.size() > 50) world.run();
    }
    world.run();
    std::int64_t last = 0;
    for (const RequestId id : sent) {
        const auto reply = alice.answer(id);
        ASSERT_TRUE(reply);
        if (const auto* message = std::get_if<proto::SendMessageReply>(&*reply)) {
            EXPECT_EQ(message->seq.value(), ++last);
        }
    }
}

TEST_F(Batches, AFullInboxSaysSo) {
    Options options = World::default_options();
    options.inbox_requests = 10;
    World small(options);
    Tab tab(small);
    tab.sign_in("alice");
    Tab other(small);
    other.sign_in("bob");
    small.store->hold = true;
    for (int i = 0; i < 12; ++i)
        tab.send(tab.text("bob", "hi"));
    EXPECT_TRUE(small.service->inbox_full());
    RequestId last;
    for (int i = 0; i < 12; ++i)
        last = other.send(other.text("alice", "hi"));
    const auto refused = other.answer(last);
    EXPECT_EQ(code_of(refused), ErrorCode::kOverloaded);
    EXPECT_TRUE(refused.error().retry_after_ms.has_value());
    small.store->hold = false;
    small.run();
    small.store->release();
    small.run();
    EXPECT_FALSE(small.service->inbox_full());
    EXPECT_TRUE(small.service->idle());
}

}  // namespace
}  // namespace kumquat::service
