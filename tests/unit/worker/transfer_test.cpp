// A world as a file: out of one browser and into another.
#include <gtest/gtest.h>

#include "person.h"
#include "picture/samples.h"
#include "store/journal/record.h"
#include "world/world_file.h"

namespace kumquat::worker {
namespace {

// Friends with remarks, a request that waits, a block, messages, marks, a picture in a message and
// one as a profile's.
class TransferTest : public testing::Test {
  protected:
    TransferTest() {
        Person anna(from_);
        Person ben(from_);
        Person carl(from_);
        const std::string session = anna.enter("anna");
        ben.enter("ben");
        carl.enter("carl");
        anna.must("add_friend", {{"user_id", "ben"}, {"remark", "小橙子"}});
        ben.must("update_profile", {{"nick", "Ben 🍊"}});
        carl.must("update_profile", {{"allow", "AllowType_Type_NeedConfirm"}});
        ben.must("add_friend", {{"user_id", "carl"}, {"wording", "hello"}});
        carl.must("block_user", {{"user_id", "anna"}});
        photo_ = picture::sample("photo.jpg");
        const auto uploaded = upload(*from_.host, from_.storage, UploadId(1), session, photo_);
        const Json picture = Json::parse(uploaded.value_or("{}"));
        anna.must("update_profile", {{"avatar", picture["id"]}});
        for (int i = 1; i <= 30; ++i)
            EXPECT_EQ(anna.say("ben", "text " + std::to_string(i))["kind"], "reply");
        ben.must("mark_read", {{"conversation", "C2Canna"}, {"seq", 20}});
        const auto place = [](const char* peer, int seq) {
            return Json{{"conversation", peer}, {"seq", seq}};
        };
        Json edit = place("C2Cben", 3);
        edit["body"] = {{"type", "TIMTextElem"}, {"payload", {{"text", "edited"}}}};
        anna.must("edit_message", edit);
        anna.must("recall_message", place("C2Cben", 4));
        Json reaction = place("C2Canna", 5);
        reaction.update({{"emoji", "👍"}, {"on", true}});
        ben.must("set_reaction", reaction);
        Json pin = place("C2Canna", 6);
        pin["pinned"] = true;
        ben.must("pin_message", pin);
        ben.must("delete_messages", {{"conversation", "C2Canna"}, {"seqs", {7}}});
        unnamed_ = upload(*from_.host, from_.storage, UploadId(2), session,
                          picture::sample("drawing.png"));
        file_ = from_.host->export_all();
    }

    Browser from_;
    std::string photo_;
    std::optional<std::string> unnamed_;
    std::string file_;
};

TEST_F(TransferTest, EverythingGoesAlongButSessionsFeedsAndOrphans) {
    ASSERT_TRUE(unnamed_);
    ASSERT_EQ(from_.storage.pictures.size(), 2U);
    for (const std::size_t piece : {std::size_t{1}, std::size_t{100}, file_.size()}) {
        Browser to;
        to.fresh();
        const Status imported = to.host->import_all(file_, piece);
        ASSERT_TRUE(imported) << imported.error().context;
        ASSERT_EQ(to.storage.pictures.size(), 1U);
        EXPECT_EQ(to.storage.pictures.begin()->second, photo_);

        to.restart();
        Person ben(to);
        ben.enter("ben");
        const Json sync = ben.must("sync", Json::object());
        EXPECT_EQ(sync["reset"], true);
        EXPECT_EQ(sync["me"]["profile"]["nick"], "Ben 🍊");
        ASSERT_EQ(sync["friends"].size(), 1U);
        EXPECT_EQ(sync["friends"][0]["profile"]["avatar"].get<std::string>(),
                  to.storage.pictures.begin()->first.text());
        ASSERT_EQ(sync["requests"].size(), 1U);
        EXPECT_EQ(sync["requests"][0]["wording"], "hello");
        ASSERT_EQ(sync["conversations"].size(), 1U);
        EXPECT_EQ(sync["conversations"][0]["last_seq"], 30);
        EXPECT_EQ(sync["conversations"][0]["read_seq"], 20);
        EXPECT_EQ(sync["conversations"][0]["unread"], 10);
        ASSERT_EQ(sync["conversations"][0]["pins"].size(), 1U);
        EXPECT_EQ(sync["conversations"][0]["pins"][0]["text"], "text 6");
        const Json messages = ben.must(
            "get_history",
            {{"conversation", "C2Canna"}, {"anchor", "before"}, {"limit", 30}})["messages"];
        ASSERT_EQ(messages.size(), 30U);
        EXPECT_EQ(messages[2]["edits"], 1);
        EXPECT_EQ(messages[3]["recalled"], true);
        EXPECT_EQ(messages[4]["reactions"][0]["users"][0], "ben");
        EXPECT_EQ(messages[6]["deleted"], true);
        Person anna(to);
        anna.enter("anna");
        EXPECT_EQ(anna.must("sync", Json::object())["friends"][0]["remark"], "小橙子");
        EXPECT_EQ(anna.say("ben", "after")["body"]["seq"], 31);
    }
}

TEST_F(TransferTest, AnExportOfAnImportIsTheSameFile) {
    Browser to;
    to.fresh();
    ASSERT_TRUE(to.host->import_all(file_, 4096));
    EXPECT_EQ(to.host->export_all(), file_);
}

TEST_F(TransferTest, TheExportShowsOneMomentWhateverHappensMeanwhile) {
    from_.host->exported.clear();
    from_.home->export_begin();
    Person dora(from_);
    dora.enter("dora");
    std::string file;
    while (from_.home->export_next() != WorkerHome::ExportStep::kEnd) {
        if (from_.host->export_wanted.empty()) continue;
        from_.home->export_picture(true);
        from_.host->exported += from_.storage.pictures.at(from_.host->export_wanted);
        from_.host->export_wanted = BlobId();
    }
    EXPECT_EQ(from_.host->exported, file_);
}

TEST_F(TransferTest, ALostPictureDoesNotHinder) {
    from_.storage.pictures.clear();
    const std::string file = from_.host->export_all();
    EXPECT_LT(file.size(), file_.size());
    Browser to;
    to.fresh();
    EXPECT_TRUE(to.host->import_all(file, 1000));
    EXPECT_TRUE(to.storage.pictures.empty());
}

TEST_F(TransferTest, AWorldWithAccountsIsNotOverwritten) {
    const std::string before = from_.rows();
    from_.fresh();
    for (const auto& [number, record] : from_.storage.records)
        ASSERT_TRUE(from_.home->load_record(record));
    EXPECT_FALSE(from_.home->is_empty());
    EXPECT_EQ(from_.home->import_feed(file_).error().code, ErrorCode::kDataNotEmpty);
    EXPECT_EQ(from_.home->import_finish().error().code, ErrorCode::kDataNotEmpty);
    ASSERT_TRUE(from_.home->start());
    EXPECT_EQ(from_.home->import_feed(file_).error().code, ErrorCode::kDataNotEmpty);
    EXPECT_EQ(from_.rows(), before);
}

TEST_F(TransferTest, AFileThatWasCutShortIsRefusedWherever) {
    for (std::size_t size = 0; size < file_.size(); size += 1 + size / 50) {
        Browser to;
        to.fresh();
        const Status imported = to.host->import_all(file_.substr(0, size), 512);
        ASSERT_FALSE(imported) << size;
        EXPECT_EQ(imported.error().code, ErrorCode::kDataDamaged) << size;
        EXPECT_NE(imported.error().context, "");
        EXPECT_TRUE(to.home->is_empty());
    }
}

TEST_F(TransferTest, AFileThatWasChangedIsRefusedWherever) {
    for (std::size_t at = 0; at < file_.size(); at += 1 + at / 50) {
        // A changed byte in a picture's pixels cannot be told.
        const std::size_t picture = file_.find(photo_.substr(0, 32));
        if (at >= picture && at < picture + photo_.size()) continue;
        std::string file = file_;
        file[at] = static_cast<char>(file[at] ^ 0x20);
        Browser to;
        to.fresh();
        EXPECT_FALSE(to.host->import_all(file, 512)) << at;
        EXPECT_TRUE(to.home->is_empty());
    }
}

TEST_F(TransferTest, SomethingElseAndALaterVersion) {
    const auto code_of = [](const std::string& file) {
        Browser to;
        to.fresh();
        const Status imported = to.host->import_all(file, 512);
        return imported ? ErrorCode::kInternal : imported.error().code;
    };
    EXPECT_EQ(code_of(photo_), ErrorCode::kDataDamaged);
    EXPECT_EQ(code_of(file_ + "x"), ErrorCode::kDataDamaged);
    std::string later = file_;
    later[world::kWorldMagic.size() - 2] = '2';
    EXPECT_EQ(code_of(later), ErrorCode::kDataNewer);
}

// Sound records whose rows do not make a world: somebody has made the file.
class MadeFile : public testing::Test {
  protected:
    static std::string framed(const std::string& record) {
        std::string out;
        for (std::size_t i = 0, size = record.size(); i < 4; ++i, size >>= 8)
            out += static_cast<char>(size & 0xFF);
        return out + record;
    }
    static bool refused(const store::WriteSet& rows) {
        Browser to;
        to.fresh();
        const std::string file = std::string(world::kWorldMagic) +
                                 framed(store::encode(store::WorldRowsRecord{rows})) +
                                 framed(store::encode(store::WorldEndRecord{1}));
        const Status imported = to.host->import_all(file, 1000);
        return !imported && imported.error().code == ErrorCode::kDataDamaged;
    }
    static store::UserRow user(std::int64_t key, const char* id) {
        store::UserRow row;
        row.key = UserKey(key);
        row.id = *UserId::parse(id);
        return row;
    }
    // Two people and a message between them.
    static store::WriteSet world() {
        store::WriteSet rows;
        rows.counters = store::KeyCounters{UserKey(3), ConversationKey(2)};
        rows.users = {user(1, "anna"), user(2, "ben")};
        rows.direct = {{store::UserPair{UserKey(1), UserKey(2)}, ConversationKey(1)}};
        rows.conversations = {store::ConversationRow{
            ConversationKey(1), store::ConversationKind::kDirect, Seq(1), TimeMs(5)}};
        store::MemberRow member;
        member.conversation = ConversationKey(1);
        member.user = UserKey(1);
        rows.members = {member, member};
        rows.members[1].user = UserKey(2);
        rows.messages = {store::MessageRow{ConversationKey(1), Seq(1), UserKey(1), TimeMs(5),
                                           ClientMessageId{DeviceId(1), 1}, "TIMTextElem", "hello",
                                           ""}};
        return rows;
    }
};

TEST_F(MadeFile, IsTakenIfItFits) {
    EXPECT_FALSE(refused(world()));
}

TEST_F(MadeFile, EveryReferenceMustLeadSomewhere) {
    auto rows = world();
    rows.users.pop_back();
    EXPECT_TRUE(refused(rows));
    rows = world();
    rows.members.pop_back();
    EXPECT_TRUE(refused(rows));
    rows = world();
    rows.direct.clear();
    EXPECT_TRUE(refused(rows));
    rows = world();
    rows.conversations.clear();
    EXPECT_TRUE(refused(rows));
    rows = world();
    rows.messages[0].sender = UserKey(3);
    EXPECT_TRUE(refused(rows));
    rows = world();
    rows.messages[0].conversation = ConversationKey(9);
    EXPECT_TRUE(refused(rows));
    rows = world();
    rows.blocks = {{UserKey(1), UserKey(1)}};
    EXPECT_TRUE(refused(rows));
    rows = world();
    rows.users[0].avatar = *BlobId::parse(std::string(32, 'a'));
    EXPECT_TRUE(refused(rows));
    rows = world();
    rows.heads = {store::FeedHeadRow{UserKey(7), FeedNumber(1), FeedNumber(1)}};
    EXPECT_TRUE(refused(rows));
}

TEST_F(MadeFile, EveryNumberMustBePossible) {
    auto rows = world();
    rows.counters->next_user = UserKey(2);
    EXPECT_TRUE(refused(rows)) << "a key would be given twice";
    rows = world();
    rows.conversations[0].last_seq = Seq(2);
    EXPECT_TRUE(refused(rows)) << "a message is missing";
    rows = world();
    rows.members[0].read = Seq(9);
    EXPECT_TRUE(refused(rows));
    rows = world();
    rows.members[0].unread = -1;
    EXPECT_TRUE(refused(rows));
    rows = world();
    rows.messages[0].client_id.counter = 0;
    EXPECT_TRUE(refused(rows));
}

TEST_F(MadeFile, WhatHasBecomeOfMessagesMustFitThem) {
    const ConversationKey key(1);
    auto sound = world();
    sound.messages[0].edits = 1;
    sound.messages[0].reactions = {{"👍", UserKey(1)}, {"👍", UserKey(2)}};
    sound.conversations[0].pins = {Seq(1)};
    sound.revisions = {store::RevisionRow{key, Seq(1), 0, "before", ""}};
    sound.hidden = {store::HiddenRow{key, UserKey(2), Seq(1)}};
    EXPECT_FALSE(refused(sound));
    const auto refused_with = [&](const auto& spoil) {
        auto rows = sound;
        spoil(rows);
        return refused(rows);
    };
    EXPECT_TRUE(refused_with([](auto& rows) { rows.conversations[0].pins = {Seq(2)}; }));
    EXPECT_TRUE(refused_with([](auto& rows) { rows.conversations[0].pins = {Seq(1), Seq(1)}; }));
    EXPECT_TRUE(refused_with([](auto& rows) { rows.hidden[0].seq = Seq(2); }));
    EXPECT_TRUE(refused_with([](auto& rows) { rows.hidden[0].user = UserKey(3); }));
    EXPECT_TRUE(refused_with([](auto& rows) { rows.revisions[0].seq = Seq(2); }));
    EXPECT_TRUE(refused_with([](auto& rows) { rows.revisions[0].edits = 1; }));
    EXPECT_TRUE(refused_with([](auto& rows) { rows.messages[0].reply_to = Seq(1); }));
    EXPECT_TRUE(refused_with([](auto& rows) { rows.messages[0].edits = -1; }));
    EXPECT_TRUE(refused_with([](auto& rows) { rows.messages[0].reactions[0].user = UserKey(3); }));
    EXPECT_TRUE(refused_with([](auto& rows) { rows.messages[0].reactions[1].user = UserKey(1); }));
    EXPECT_TRUE(refused_with([](auto& rows) { rows.messages[0].reactions[0].emoji = ""; }));
    EXPECT_TRUE(refused_with([](auto& rows) { rows.messages[0].content = ""; }));
    EXPECT_TRUE(refused_with([](auto& rows) { rows.messages[0].recalled = true; }));
    auto gone = world();
    gone.messages[0].content = "";
    gone.messages[0].recalled = true;
    EXPECT_FALSE(refused(gone));
    gone.conversations[0].pins = {Seq(1)};
    EXPECT_TRUE(refused(gone));
}

TEST_F(MadeFile, EveryTextMustBeWhatAClientCouldHaveSent) {
    auto rows = world();
    rows.users[0].nick = "\xFF";
    EXPECT_TRUE(refused(rows));
    rows = world();
    rows.users[0].nick = std::string(501, 'x');
    EXPECT_TRUE(refused(rows));
    rows = world();
    rows.messages[0].content = std::string(12'289, 'x');
    EXPECT_TRUE(refused(rows));
    rows = world();
    rows.messages[0].type = "TIMCustomElem";
    rows.messages[0].content = R"({"data":)";
    EXPECT_TRUE(refused(rows)) << "it would break every frame that it stands in";
    rows.messages[0].content = R"({"data":"x"})";
    EXPECT_FALSE(refused(rows));
}

TEST_F(MadeFile, SessionsAreNeverTakenIn) {
    auto rows = world();
    store::SessionRow session;
    session.user = UserKey(1);
    rows.sessions = {session};
    EXPECT_TRUE(refused(rows));
}

}  // namespace
}  // namespace kumquat::worker
