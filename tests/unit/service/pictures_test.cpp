// Uploaded pictures: who may upload, who may name what, and how what nobody names goes.
#include "base/limits.h"
#include "proto/codec.h"
#include "unit/service/world.h"

namespace kumquat::service {
namespace {

using store::BlobRow;

constexpr std::int64_t kDayMs = 24LL * 60 * 60 * 1000;

struct Pictures : ::testing::Test {
    Pictures() {
        alice.sign_in("alice");
        bob.sign_in("bob");
        for (Tab* tab : {&alice, &bob})
            tab->forget();
    }

    /// As the codec reads it: the payload's text beside what it says.
    proto::SendMessage message(const std::vector<BlobRow>& renditions) {
        proto::SendMessage request = alice.text("bob", "");
        request.body.type = proto::kImageType;
        proto::Image image;
        image.format = renditions.front().format;
        for (const BlobRow& blob : renditions) {
            const auto type = static_cast<std::int64_t>(image.renditions.size()) + 1;
            image.renditions.push_back({type, blob.id, blob.width, blob.height, blob.bytes});
        }
        request.body.image = image;
        const std::string frame = proto::encode(proto::ClientFrame{RequestId(1), request});
        auto decoded = proto::decode_client_frame(frame);
        return std::get<proto::SendMessage>(std::get<proto::ClientFrame>(decoded).request);
    }
    proto::SendMessage message(const BlobRow& blob) { return message({blob, blob, blob}); }
    BlobRow upload() { return world.upload(alice.session); }
    ErrorCode avatar_error(const std::string& id) { return code_of(alice.ask(avatar(id))); }
    void show(const std::string& id) { get<proto::UpdateProfileReply>(alice.ask(avatar(id))); }
    static proto::UpdateProfile avatar(const std::string& id) {
        proto::UpdateProfile request;
        request.avatar = id;
        return request;
    }

    World world;
    Tab alice{world};
    Tab bob{world};
};

ErrorCode error_of(const Status& status) {
    return status ? ErrorCode{} : status.error().code;
}
template <typename T>
ErrorCode error_of(const Result<T>& result) {
    return result ? ErrorCode{} : result.error().code;
}

// --- Taking in

TEST_F(Pictures, TheSessionSaysWhoUploads) {
    EXPECT_EQ(world.begin_upload(alice.session).value(), UserKey(1));
    EXPECT_EQ(world.begin_upload(bob.session).value(), UserKey(2));
    const std::string too_long(limits::kSessionTokenBytes + 1, 'x');
    for (const std::string& session : {std::string(), std::string("no such"), too_long})
        EXPECT_EQ(error_of(world.begin_upload(session)), ErrorCode::kSessionInvalid) << session;
}

TEST_F(Pictures, AnEndedOrExpiredSessionUploadsNothing) {
    get<proto::SignOutReply>(alice.ask(proto::SignOut{}));
    EXPECT_EQ(error_of(world.begin_upload(alice.session)), ErrorCode::kSessionInvalid);
    world.clock.time = TimeMs(world.clock.time.value() + world.options.session_days * kDayMs - 1);
    EXPECT_TRUE(world.begin_upload(bob.session));
    world.clock.time = world.clock.time.next();
    EXPECT_EQ(error_of(world.begin_upload(bob.session)), ErrorCode::kSessionInvalid);
}

TEST_F(Pictures, AReadThatFailsIsTold) {
    world.store->read_error = Error{ErrorCode::kReadTimeout, "late"};
    EXPECT_EQ(error_of(world.begin_upload(alice.session)), ErrorCode::kReadTimeout);
    EXPECT_EQ(error_of(world.forget_orphans()), ErrorCode::kReadTimeout);
    EXPECT_TRUE(world.service->idle());
}

TEST_F(Pictures, AnUploadIsOverWhenItIsDurable) {
    BlobRow blob = upload();
    blob.id = *BlobId::parse(std::string(32, 'a'));
    blob.references = 7;  // not the home's to say
    std::optional<Status> done;
    world.store->hold = true;
    world.service->finish_upload(blob, [&](Status status) { done = std::move(status); });
    world.run();
    EXPECT_FALSE(done.has_value());
    EXPECT_FALSE(world.service->idle());
    world.store->hold = false;
    world.store->release();
    world.run();
    ASSERT_TRUE(done.has_value());
    EXPECT_TRUE(*done);
    EXPECT_TRUE(world.service->idle());
    EXPECT_EQ(world.references(blob.id), 0);
    EXPECT_EQ(world.state->blob(blob.id)->created, world.clock.time);
}

TEST_F(Pictures, AnUploadFailsWithItsCommit) {
    BlobRow blob = upload();
    blob.id = *BlobId::parse(std::string(32, 'a'));
    world.store->commit_error = Error{ErrorCode::kDiskFull, "full"};
    EXPECT_EQ(error_of(world.finish_upload(blob)), ErrorCode::kDiskFull);
    world.store->commit_error.reset();
    EXPECT_EQ(code_of(alice.ask(message(blob))), ErrorCode::kUnknownPicture);
    EXPECT_EQ(error_of(world.finish_upload(blob)), ErrorCode{}) << "it may be tried again";
}

TEST_F(Pictures, ATakenIdChangesNothing) {
    const BlobRow blob = upload();
    get<proto::SendMessageReply>(alice.ask(message(blob)));
    EXPECT_EQ(error_of(world.finish_upload(blob)), ErrorCode::kStorageFailed);
    BlobRow other = blob;
    other.owner = UserKey(2);
    EXPECT_EQ(error_of(world.finish_upload(other)), ErrorCode::kStorageFailed);
    EXPECT_EQ(world.references(blob.id), 1);
    EXPECT_EQ(world.state->blob(blob.id)->owner, UserKey(1));
}

TEST_F(Pictures, AFullInboxTakesInNothing) {
    const BlobRow blob = upload();
    world.options.inbox_requests = 1;
    world.restart();
    Tab tab(world);
    tab.sign_in("alice");
    world.store->hold = true;
    for (int i = 0; i < 3; ++i)
        tab.send(tab.text("bob", "hi"));
    world.run();
    EXPECT_EQ(error_of(world.finish_upload(blob)), ErrorCode::kOverloaded);
}

// --- Messages

TEST_F(Pictures, AMessageNamesOnesOwnPicture) {
    const BlobRow blob = upload();
    const proto::SendMessage request = message(blob);
    const auto reply = get<proto::SendMessageReply>(alice.ask(request));
    EXPECT_EQ(reply.seq, Seq(1));
    const auto events = only<proto::MessageEvent>(bob.take_events());
    ASSERT_EQ(events.size(), 1u);
    EXPECT_EQ(events[0].message.body, request.body);
    EXPECT_EQ(world.references(blob.id), 1) << "three renditions, one picture";
}

TEST_F(Pictures, EveryPictureOfAMessageIsCountedOnce) {
    BlobRow original = upload();
    const BlobRow small = upload();
    get<proto::SendMessageReply>(alice.ask(message({original, small, small})));
    EXPECT_EQ(world.references(original.id), 1);
    EXPECT_EQ(world.references(small.id), 1);
    get<proto::SendMessageReply>(alice.ask(message({original, original, small})));
    EXPECT_EQ(world.references(original.id), 2);
    EXPECT_EQ(world.references(small.id), 2);
}

TEST_F(Pictures, MessagesOfOneBatchAreAllCounted) {
    const BlobRow blob = upload();
    world.store->commits.clear();
    for (int i = 0; i < 3; ++i)
        alice.send(message(blob));
    world.run();
    EXPECT_EQ(world.references(blob.id), 3);
    ASSERT_EQ(world.store->commits.size(), 2u);
    EXPECT_EQ(world.store->commits[1].blobs.size(), 1u) << "every row once";
}

TEST_F(Pictures, TheSameMessageAgainCountsNothing) {
    const BlobRow blob = upload();
    const proto::SendMessage request = message(blob);
    const auto first = get<proto::SendMessageReply>(alice.ask(request));
    const auto again = get<proto::SendMessageReply>(alice.ask(request));
    EXPECT_EQ(first.seq, again.seq);
    EXPECT_EQ(world.references(blob.id), 1);
    EXPECT_TRUE(world.store->commits.back().empty());
}

// A device that has lost the IDs of its first upload, and the answer to its message, uploads again.
TEST_F(Pictures, TheSameMessageUnderOtherIdsIsTheSameMessage) {
    const BlobRow first = upload();
    const BlobRow second = upload();
    const proto::SendMessage sent = message(first);
    const auto reply = get<proto::SendMessageReply>(alice.ask(sent));
    proto::SendMessage again = message(second);
    again.client_id = sent.client_id;
    EXPECT_EQ(get<proto::SendMessageReply>(alice.ask(again)).seq, reply.seq);
    EXPECT_EQ(world.references(first.id), 1);
    EXPECT_EQ(world.references(second.id), 0);
    const auto differs = [&](auto change) {
        BlobRow told = second;
        change(told);
        proto::SendMessage other = message({told, second, second});
        other.client_id = sent.client_id;
        return code_of(alice.ask(other));
    };
    EXPECT_EQ(differs([](BlobRow& told) { ++told.width; }), ErrorCode::kClientIdReused);
    EXPECT_EQ(differs([](BlobRow& told) { ++told.height; }), ErrorCode::kClientIdReused);
    EXPECT_EQ(differs([](BlobRow& told) { ++told.bytes; }), ErrorCode::kClientIdReused);
    EXPECT_EQ(differs([](BlobRow& told) { told.format = 1; }), ErrorCode::kClientIdReused);
    again.body.custom = "other";
    EXPECT_EQ(code_of(alice.ask(again)), ErrorCode::kClientIdReused);
    proto::SendMessage text = alice.text("bob", "a text");
    text.client_id = sent.client_id;
    EXPECT_EQ(code_of(alice.ask(text)), ErrorCode::kClientIdReused);
}

TEST_F(Pictures, OnlyOnesOwnCanBeNamed) {
    const BlobRow own = upload();
    const BlobRow theirs = world.upload(bob.session);
    BlobRow unknown = own;
    unknown.id = *BlobId::parse(std::string(32, 'a'));
    for (const BlobRow& other : {theirs, unknown}) {
        EXPECT_EQ(code_of(alice.ask(message(other))), ErrorCode::kUnknownPicture);
        EXPECT_EQ(code_of(alice.ask(message({own, own, other}))), ErrorCode::kUnknownPicture);
    }
    EXPECT_EQ(world.references(own.id), 0);
    EXPECT_EQ(world.references(theirs.id), 0);
    EXPECT_TRUE(bob.take_events().empty());
}

TEST_F(Pictures, ASessionEndedLeavesThePictureItsOwners) {
    const BlobRow blob = upload();
    Tab again(world);
    again.sign_in("alice");
    get<proto::SignOutReply>(alice.ask(proto::SignOut{}));
    get<proto::SendMessageReply>(again.ask(message(blob)));
}

TEST_F(Pictures, AMessageMustTellThePictureAsItIs) {
    const BlobRow blob = upload();
    const auto lie = [&](auto change) {
        BlobRow told = blob;
        change(told);
        return code_of(alice.ask(message({told, blob, blob})));
    };
    EXPECT_EQ(lie([](BlobRow& told) { ++told.width; }), ErrorCode::kUnknownPicture);
    EXPECT_EQ(lie([](BlobRow& told) { --told.height; }), ErrorCode::kUnknownPicture);
    EXPECT_EQ(lie([](BlobRow& told) { ++told.bytes; }), ErrorCode::kUnknownPicture);
    EXPECT_EQ(lie([](BlobRow& told) { told.format = 1; }), ErrorCode::kUnknownPicture);
    EXPECT_EQ(world.references(blob.id), 0);
}

TEST_F(Pictures, TheFormatIsTheOriginals) {
    const BlobRow small = upload();
    BlobRow original = small;
    original.id = *BlobId::parse(std::string(32, 'a'));
    original.format = 2;
    ASSERT_TRUE(world.finish_upload(original));
    get<proto::SendMessageReply>(alice.ask(message({original, small, small})));
}

TEST_F(Pictures, APayloadHasThreeRenditionsInOrder) {
    const BlobRow blob = upload();
    proto::SendMessage request = message({blob, blob});
    EXPECT_EQ(code_of(alice.ask(request)), ErrorCode::kBadField);
    request = message({blob, blob, blob, blob});
    EXPECT_EQ(code_of(alice.ask(request)), ErrorCode::kBadField);
    request = message(blob);
    std::swap(request.body.image->renditions[1], request.body.image->renditions[2]);
    EXPECT_EQ(code_of(alice.ask(request)), ErrorCode::kBadField);
    request = message(blob);
    request.body.image.reset();
    EXPECT_EQ(code_of(alice.ask(request)), ErrorCode::kBadField);
    EXPECT_EQ(world.references(blob.id), 0);
}

TEST_F(Pictures, AMessageThatIsRefusedNamesNothing) {
    const BlobRow blob = upload();
    get<proto::BlockUserReply>(bob.ask(proto::BlockUser{"alice"}));
    EXPECT_EQ(code_of(alice.ask(message(blob))), ErrorCode::kRefusedByPeer);
    EXPECT_EQ(world.references(blob.id), 0);
}

TEST_F(Pictures, ADeletedChatStillNamesItsPictures) {
    const BlobRow blob = upload();
    get<proto::SendMessageReply>(alice.ask(message(blob)));
    get<proto::DeleteConversationReply>(alice.ask(proto::DeleteConversation{with("bob")}));
    EXPECT_EQ(world.references(blob.id), 1) << "bob still has it";
}

// --- Profiles

TEST_F(Pictures, AProfileShowsOnesOwnPicture) {
    const BlobRow own = upload();
    const BlobRow theirs = world.upload(bob.session);
    EXPECT_EQ(avatar_error(theirs.id.text()), ErrorCode::kUnknownPicture);
    EXPECT_EQ(avatar_error(std::string(32, 'a')), ErrorCode::kUnknownPicture);
    show(own.id.text());
    EXPECT_EQ(world.references(own.id), 1);
    show(own.id.text());
    EXPECT_EQ(world.references(own.id), 1) << "the same again is no change";
}

TEST_F(Pictures, ANewPictureReleasesTheOneBefore) {
    const BlobRow first = upload();
    const BlobRow second = upload();
    show(first.id.text());
    show(second.id.text());
    EXPECT_EQ(world.references(first.id), 0);
    EXPECT_EQ(world.references(second.id), 1);
    show("");
    EXPECT_EQ(world.references(second.id), 0);
}

TEST_F(Pictures, ChangesOfOneBatchReleaseWhatTheyPassOver) {
    const BlobRow first = upload();
    const BlobRow second = upload();
    const BlobRow third = upload();
    show(first.id.text());
    alice.send(alice.text("nobody", "keeps the batch before busy"));
    alice.send(avatar(second.id.text()));
    alice.send(avatar(third.id.text()));
    world.run();
    EXPECT_EQ(world.references(first.id), 0);
    EXPECT_EQ(world.references(second.id), 0);
    EXPECT_EQ(world.references(third.id), 1);
}

TEST_F(Pictures, APictureMayBeInAProfileAndInMessages) {
    const BlobRow blob = upload();
    show(blob.id.text());
    get<proto::SendMessageReply>(alice.ask(message(blob)));
    EXPECT_EQ(world.references(blob.id), 2);
    show("");
    world.pass_ms(2 * kDayMs);
    EXPECT_TRUE(world.forget_orphans().value().empty());
}

// --- Orphans

TEST_F(Pictures, WhatNobodyNamesForADayGoes) {
    const BlobRow orphan = upload();
    const BlobRow named = upload();
    get<proto::SendMessageReply>(alice.ask(message(named)));
    world.pass_ms(kDayMs);
    EXPECT_TRUE(world.forget_orphans().value().empty());
    world.pass_ms(1);
    const auto gone = world.forget_orphans().value();
    ASSERT_EQ(gone.size(), 1u);
    EXPECT_EQ(gone[0], orphan.id);
    EXPECT_TRUE(world.forget_orphans().value().empty());
    EXPECT_EQ(world.references(orphan.id), -1);
    EXPECT_EQ(world.references(named.id), 1);
    EXPECT_EQ(code_of(alice.ask(message(orphan))), ErrorCode::kUnknownPicture);
    EXPECT_EQ(avatar_error(orphan.id.text()), ErrorCode::kUnknownPicture);
}

TEST_F(Pictures, APictureThatWasShownStaysForADay) {
    const BlobRow blob = upload();
    show(blob.id.text());
    world.pass_ms(10 * kDayMs);
    show("");
    EXPECT_TRUE(world.forget_orphans().value().empty()) << "somebody may still be looking at it";
    world.pass_ms(kDayMs + 1);
    EXPECT_EQ(world.forget_orphans().value().size(), 1u);
}

TEST_F(Pictures, ManyOrphansGoStepByStep) {
    constexpr std::size_t kMany = 450;
    store::WriteSet writes;
    for (std::size_t i = 0; i < kMany; ++i) {
        BlobRow blob;
        blob.id = *BlobId::parse(world.crypto.random_token());
        writes.blobs.push_back(blob);
    }
    ASSERT_TRUE(world.state->apply(writes));
    std::size_t gone = 0;
    int steps = 0;
    for (auto ids = world.forget_orphans().value(); !ids.empty();
         ids = world.forget_orphans().value()) {
        EXPECT_LT(ids.size(), kMany);
        gone += ids.size();
        ++steps;
    }
    EXPECT_EQ(gone, kMany);
    EXPECT_GT(steps, 1);
}

TEST_F(Pictures, OrphansStayIfTheCommitFails) {
    const BlobRow orphan = upload();
    world.pass_ms(kDayMs + 1);
    world.store->commit_error = Error{ErrorCode::kStorageFailed, "broken"};
    EXPECT_EQ(error_of(world.forget_orphans()), ErrorCode::kStorageFailed);
    world.store->commit_error.reset();
    EXPECT_EQ(world.references(orphan.id), 0);
    EXPECT_EQ(world.forget_orphans().value().size(), 1u);
}

// A message and a sweep that meet in one batch, in either order.
struct Sweep : Pictures {
    Sweep() {
        world.pass_ms(kDayMs + 1);
        world.store->hold = true;
        bob.send(bob.text("alice", "keeps the batch before busy"));
        world.run();
        EXPECT_EQ(world.store->commits.size(), before + 1);
    }
    void begin_sweep() {
        world.service->forget_orphans(
            [this](Result<std::vector<BlobId>> ids) { forgotten = std::move(ids); });
        world.run();  // it has looked for orphans, and waits for the batch
    }
    void let_go() {
        world.store->hold = false;
        world.store->release();
        world.run();
        EXPECT_EQ(world.store->commits.size(), before + 2) << "both in one batch";
        ASSERT_TRUE(forgotten.has_value());
    }

    const BlobRow blob = upload();
    const std::size_t before = world.store->commits.size();
    std::optional<Result<std::vector<BlobId>>> forgotten;
};

TEST_F(Sweep, WinsAgainstAMessageThatCameLater) {
    begin_sweep();
    const RequestId sent = alice.send(message(blob));
    let_go();
    EXPECT_EQ(code_of(alice.answer(sent)), ErrorCode::kUnknownPicture);
    EXPECT_EQ(forgotten->value().size(), 1u);
    EXPECT_EQ(world.references(blob.id), -1);
}

TEST_F(Sweep, LosesAgainstAMessageThatCameFirst) {
    const RequestId sent = alice.send(message(blob));
    begin_sweep();
    let_go();
    get<proto::SendMessageReply>(alice.answer(sent));
    EXPECT_TRUE(forgotten->value().empty());
    EXPECT_EQ(world.references(blob.id), 1);
}

}  // namespace
}  // namespace kumquat::service
