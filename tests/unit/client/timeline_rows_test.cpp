#include "client/view/timeline_rows.h"

#include <memory>
#include <set>

#include <gtest/gtest.h>

#include "unit/client/tab.h"

namespace kumquat::client {
namespace {

const OffsetMinutes kUtc = [](TimeMs) { return 0; };
constexpr std::int64_t kNoon = 1795392000000 + 12 * 3600'000;  // 2026-11-23T12:00Z

TimelineRows rows(const Tab& tab, const std::string& peer = "bo") {
    return build_timeline_rows(tab.model(), chat(peer), TimeMs(kNoon), kUtc);
}

std::vector<RowKind> kinds(const TimelineRows& timeline) {
    std::vector<RowKind> out;
    for (const TimelineRow& row : timeline.rows)
        out.push_back(row.kind);
    return out;
}

std::vector<std::string> texts(const TimelineRows& timeline) {
    std::vector<std::string> out;
    for (const TimelineRow& row : timeline.rows) {
        if (row.body) out.push_back(row.body->content);
    }
    return out;
}

const TimelineRow& said(const TimelineRows& timeline, const std::string& text) {
    for (const TimelineRow& row : timeline.rows) {
        if (row.body && row.body->content == text) return row;
    }
    static const TimelineRow kNone;
    ADD_FAILURE() << "no row says " << text;
    return kNone;
}

proto::Message at(std::int64_t seq, const std::string& from, std::int64_t minutes_before_noon) {
    proto::Message made = message(seq, from, std::to_string(seq));
    made.time = TimeMs(kNoon - minutes_before_noon * 60'000);
    return made;
}

/// Live with an open, loaded, empty chat with the friend bo.
void open_chat(Tab& tab) {
    tab.now.wall = TimeMs(kNoon);
    proto::SyncReply snapshot = Tab::empty_snapshot();
    snapshot.friends = {friend_of("bo", "Bo", "小橙子")};
    tab.live_as("an", snapshot);
    tab.command(OpenConversation{chat("bo")});
}

TEST(TimelineRows, AnEmptyChatBeginsWithThePerson) {
    Tab tab;
    open_chat(tab);
    const TimelineRows timeline = rows(tab);
    EXPECT_EQ(kinds(timeline), (std::vector<RowKind>{RowKind::kHistoryStart}));
    EXPECT_EQ(timeline.rows[0].time, TimeMs(1'700'000'000'000)) << "friends since";
    EXPECT_EQ(timeline.peer_name, "小橙子");
    EXPECT_EQ(timeline.peer_initials, "子");
    EXPECT_EQ(rows(tab, "stranger").rows.size(), 1u);
    EXPECT_EQ(rows(tab, "stranger").rows[0].kind, RowKind::kLoading);
}

TEST(TimelineRows, DaysAndGroupsSeparateMessages) {
    Tab tab;
    open_chat(tab);
    tab.frame(message_event(1, "bo", at(1, "bo", 24 * 60)));
    tab.frame(message_event(2, "bo", at(2, "bo", 30)));
    tab.frame(message_event(3, "bo", at(3, "bo", 28)));
    tab.frame(message_event(4, "bo", at(4, "bo", 25)));  // three minutes later: a new group
    tab.frame(message_event(5, "bo", at(5, "an", 24)));
    const TimelineRows timeline = rows(tab);
    EXPECT_EQ(kinds(timeline),
              (std::vector<RowKind>{RowKind::kHistoryStart, RowKind::kDay, RowKind::kMessage,
                                    RowKind::kDay, RowKind::kMessage, RowKind::kMessage,
                                    RowKind::kMessage, RowKind::kMessage}));
    EXPECT_EQ(timeline.rows[1].date, DateKind::kYesterday);
    EXPECT_EQ(timeline.rows[3].date, DateKind::kToday);
    const TimelineRow& second = said(timeline, "2");
    const TimelineRow& third = said(timeline, "3");
    EXPECT_TRUE(second.first_in_group);
    EXPECT_FALSE(second.last_in_group);
    EXPECT_FALSE(second.shows_time);
    EXPECT_FALSE(third.first_in_group);
    EXPECT_TRUE(third.last_in_group);
    EXPECT_TRUE(third.shows_time);
    EXPECT_TRUE(said(timeline, "4").first_in_group);
    EXPECT_TRUE(said(timeline, "5").own);
    EXPECT_TRUE(said(timeline, "5").first_in_group);
    EXPECT_EQ(said(timeline, "5").state, MessageState::kSent);
    EXPECT_EQ(said(timeline, "4").state, MessageState::kReceived);
}

TEST(TimelineRows, AnOwnMessageKeepsItsKeyFromTheEchoOn) {
    Tab tab(1);
    open_chat(tab);
    tab.command(SendText{chat("bo"), "mine", ""});
    const RowKey key = said(rows(tab), "mine").key;
    EXPECT_EQ(said(rows(tab), "mine").state, MessageState::kSending);
    EXPECT_EQ(said(rows(tab), "mine").created_ms, tab.now.monotonic_ms);
    EXPECT_TRUE(said(rows(tab), "mine").client_id.has_value());
    tab.reply<proto::SendMessage>(proto::SendMessageReply{Seq(1), TimeMs(kNoon)});
    EXPECT_EQ(said(rows(tab), "mine").key, key);
    EXPECT_EQ(said(rows(tab), "mine").seq, Seq(1));
    EXPECT_FALSE(said(rows(tab), "mine").client_id.has_value()) << "nothing to retry any more";
    proto::Message own = message(1, "an", "mine", ClientMessageId{DeviceId(1), 1});
    tab.frame(message_event(1, "bo", own));
    EXPECT_EQ(said(rows(tab), "mine").key, key);
    EXPECT_EQ(texts(rows(tab)).size(), 1u);
    tab.frame(read_event(2, "bo", "bo", 1));
    EXPECT_EQ(said(rows(tab), "mine").state, MessageState::kRead);
}

TEST(TimelineRows, AFailedMessageKeepsItsPlaceAndAWaitingOneStaysAtTheEnd) {
    Tab tab(1);
    open_chat(tab);
    tab.frame(message_event(1, "bo", at(1, "bo", 10)));
    tab.command(SendText{chat("bo"), "refused", ""});
    tab.refuse<proto::SendMessage>(ErrorCode::kTextTooLong);
    tab.command(SendText{chat("bo"), "waiting", ""});
    tab.frame(message_event(2, "bo", at(2, "bo", 9)));
    const TimelineRows timeline = rows(tab);
    EXPECT_EQ(texts(timeline), (std::vector<std::string>{"1", "refused", "2", "waiting"}));
    EXPECT_EQ(said(timeline, "refused").error, ErrorCode::kTextTooLong);
    EXPECT_TRUE(said(timeline, "refused").shows_time);
}

TEST(TimelineRows, TheUnreadDividerStandsBeforeTheFirstUnreadMessage) {
    Tab tab;
    open_chat(tab);
    tab.frame(message_event(1, "bo", at(1, "bo", 5)));
    tab.command(MarkVisible{chat("bo"), Seq(1)});
    tab.command(CloseConversation{});
    tab.frame(message_event(2, "bo", at(2, "bo", 4)));
    tab.frame(message_event(3, "bo", at(3, "bo", 3)));
    EXPECT_FALSE(rows(tab).unread_divider.has_value());
    tab.command(OpenConversation{chat("bo")});
    TimelineRows timeline = rows(tab);
    ASSERT_TRUE(timeline.unread_divider.has_value());
    EXPECT_EQ(timeline.rows[*timeline.unread_divider].kind, RowKind::kUnreadDivider);
    EXPECT_EQ(timeline.rows[*timeline.unread_divider + 1].seq, Seq(2));
    EXPECT_TRUE(timeline.rows[*timeline.unread_divider + 1].first_in_group)
        << "the divider parts groups";
    tab.command(MarkVisible{chat("bo"), Seq(3)});
    EXPECT_TRUE(rows(tab).unread_divider.has_value()) << "stays until the chat is left";
    tab.command(CloseConversation{});
    tab.command(OpenConversation{chat("bo")});
    EXPECT_FALSE(rows(tab).unread_divider.has_value());
}

TEST(TimelineRows, TheEndsSayWhatIsStillToCome) {
    Tab tab;
    proto::SyncReply snapshot = Tab::empty_snapshot();
    snapshot.conversations = {conversation("bo", 500, 300)};
    tab.live_as("an", snapshot);
    tab.command(OpenConversation{chat("bo")});
    EXPECT_EQ(kinds(rows(tab)), (std::vector<RowKind>{RowKind::kLoading}));
    proto::GetHistoryReply page;
    for (int seq = 190; seq < 210; ++seq)
        page.messages.push_back(at(seq, "bo", 600 - seq));
    page.older = page.newer = true;
    tab.reply<proto::GetHistory>(page);
    const TimelineRows timeline = rows(tab);
    EXPECT_EQ(timeline.rows.front().kind, RowKind::kLoadingOlder);
    EXPECT_EQ(timeline.rows.back().kind, RowKind::kLoadingNewer);
    EXPECT_TRUE(timeline.more_below);
    ASSERT_TRUE(timeline.unread_divider.has_value());
    EXPECT_EQ(timeline.rows[*timeline.unread_divider + 1].seq, Seq(201));
}

TEST(TimelineRows, TypingStandsAtTheEnd) {
    Tab tab;
    open_chat(tab);
    tab.frame(message_event(1, "bo", at(1, "bo", 5)));
    tab.frame(proto::Signal(proto::TypingSignal{chat("bo"), true}));
    EXPECT_EQ(rows(tab).rows.back().kind, RowKind::kTyping);
}

TEST(TimelineRows, UnknownKindsAndEmojiAreTold) {
    Tab tab;
    open_chat(tab);
    proto::Message odd = at(1, "bo", 5);
    odd.body = {"TIMFaceElem", "{}", ""};
    tab.frame(message_event(1, "bo", odd));
    proto::Message emoji = at(2, "bo", 4);
    emoji.body.content = "🍊🍊";
    tab.frame(message_event(2, "bo", emoji));
    const TimelineRows timeline = rows(tab);
    EXPECT_EQ(said(timeline, "{}").body_kind, BodyKind::kUnsupported);
    EXPECT_EQ(said(timeline, "🍊🍊").emoji_only, 2);
}

TEST(TimelineRows, KeysAreUniqueAndRowsOutliveTheModel) {
    auto tab = std::make_unique<Tab>();
    open_chat(*tab);
    for (int i = 1; i <= 50; ++i)
        tab->frame(message_event(i, "bo", at(i, i % 3 ? "bo" : "an", (50 - i) * 100)));
    tab->command(SendText{chat("bo"), "mine", ""});
    const TimelineRows timeline = rows(*tab);
    std::set<RowKey> keys;
    for (const TimelineRow& row : timeline.rows)
        EXPECT_TRUE(keys.insert(row.key).second);
    tab.reset();
    EXPECT_EQ(said(timeline, "50").body->content, "50");
}

TEST(TimelineRows, ARevisionStandsAsLongAsNothingChanges) {
    Tab tab;
    open_chat(tab);
    const Revision before = rows(tab).revision;
    tab.command(SetDraft{chat("bo"), "every key"});
    EXPECT_EQ(tab.in("bo").revision, before) << "a draft does not show in the history";
    tab.frame(message_event(1, "bo", at(1, "bo", 5)));
    EXPECT_GT(tab.in("bo").revision, before);
}

TEST(TimelineRows, APictureKeepsItsRowFromThePickedFileToTheHistory) {
    Tab tab(1);
    open_chat(tab);
    LocalPicture picture;
    picture.key = "k1";
    picture.format = 1;
    picture.renditions = {{{1600, 1200, 500'000}, {960, 720, 90'000}, {264, 198, 9'000}}};
    tab.command(SendPictures{chat("bo"), {picture}, ""});
    tab.client.on_upload_progress(tab.uploads.at(0).number, 150, 600, tab.now);
    tab.settle();
    TimelineRow row = rows(tab).rows.back();
    EXPECT_EQ(row.body_kind, BodyKind::kPicture);
    EXPECT_EQ(row.state, MessageState::kUploading);
    EXPECT_EQ(row.uploaded, 150);
    EXPECT_EQ(row.upload_total, 600);
    EXPECT_EQ(row.picture, picture);
    EXPECT_TRUE(row.client_id.has_value()) << "it can be cancelled";
    const RowKey key = row.key;

    proto::Message own = message(1, "an", "", ClientMessageId{DeviceId(1), 1});
    own.time = TimeMs(kNoon);
    own.body = *row.body;
    tab.frame(message_event(1, "bo", own));
    row = rows(tab).rows.back();
    EXPECT_EQ(row.key, key);
    EXPECT_EQ(row.body_kind, BodyKind::kPicture);
    EXPECT_EQ(row.picture, std::nullopt) << "this device has let go of it";
    own.seq = Seq(2);
    own.client_id = ClientMessageId{DeviceId(2), 1};
    own.body.image.reset();
    tab.frame(message_event(2, "bo", own));
    EXPECT_EQ(rows(tab).rows.back().body_kind, BodyKind::kUnsupported);
}

TEST(TimelineRows, ARecalledMessageKeepsItsPlaceAndADeletedOneDoesNot) {
    Tab tab;
    open_chat(tab);
    for (int seq = 1; seq <= 4; ++seq)
        tab.frame(message_event(seq, "bo", at(seq, "an", 5)));
    EXPECT_FALSE(said(rows(tab), "3").first_in_group);
    tab.command(RecallMessage{chat("bo"), Seq(2)});
    proto::Message recalled = at(2, "an", 5);
    recalled.body = {proto::kGoneType, "", "", {}};
    recalled.recalled = true;
    tab.reply<proto::RecallMessage>(proto::RecallMessageReply{recalled});
    tab.frame({proto::Event{FeedNumber(5), proto::MessageDeletedEvent{chat("bo"), Seq(4), 0}}});
    const TimelineRows timeline = rows(tab);
    EXPECT_EQ(kinds(timeline),
              (std::vector<RowKind>{RowKind::kHistoryStart, RowKind::kDay, RowKind::kMessage,
                                    RowKind::kRecalled, RowKind::kMessage}));
    const TimelineRow& line = timeline.rows[3];
    EXPECT_TRUE(line.own);
    EXPECT_TRUE(line.can_rewrite);
    EXPECT_EQ(line.seq, Seq(2));
    EXPECT_EQ(line.time, recalled.time);
    EXPECT_TRUE(said(timeline, "3").first_in_group) << "it parts groups";
    EXPECT_TRUE(said(timeline, "3").last_in_group);
}

TEST(TimelineRows, WhatAMessageAnswersAndWhatWasPutUnderIt) {
    Tab tab;
    open_chat(tab);
    proto::Message first = at(1, "bo", 5);
    first.edits = 2;
    first.forwarded = true;
    first.reactions = {{"👍", {user("bo"), user("an")}}, {"🍊", {user("bo")}}};
    tab.frame(message_event(1, "bo", first));
    proto::Message second = at(2, "an", 4);
    second.quote = proto::Quote{Seq(1), user("bo"), proto::kTextType, "a\n  b"};
    tab.frame(message_event(2, "bo", second));
    proto::Message third = at(3, "bo", 3);
    third.quote = proto::Quote{Seq(9), std::nullopt, "", ""};
    tab.frame(message_event(3, "bo", third));
    tab.frame({proto::Event{
        FeedNumber(4),
        proto::PinsEvent{chat("bo"), {{Seq(1), user("bo"), proto::kImageType, ""}}}}});
    const TimelineRows timeline = rows(tab);
    const TimelineRow& row = said(timeline, "1");
    EXPECT_TRUE(row.edited && row.forwarded && row.pinned);
    EXPECT_EQ(row.reactions, (std::vector<ReactionShown>{{"👍", 2, true}, {"🍊", 1, false}}));
    EXPECT_EQ(said(timeline, "2").quote,
              (QuoteShown{Seq(1), false, false, BodyKind::kText, "a b"}));
    EXPECT_FALSE(said(timeline, "2").pinned);
    EXPECT_EQ(said(timeline, "3").quote, (QuoteShown{Seq(9), false, true, BodyKind::kText, ""}));
    EXPECT_EQ(timeline.pins,
              (std::vector<QuoteShown>{{Seq(1), false, false, BodyKind::kPicture, ""}}));
    tab.command(SendText{chat("bo"), "echo", "", Seq(2)});
    EXPECT_EQ(said(rows(tab), "echo").quote,
              (QuoteShown{Seq(2), true, false, BodyKind::kText, "2"}));
}

TEST(TimelineRows, OwnMessagesCanBeChangedForATime) {
    Tab tab;
    open_chat(tab);
    proto::Message old = at(1, "an", 49 * 60);
    proto::Message yesterday = at(2, "an", 20 * 60);
    proto::Message fresh = at(3, "an", 1);
    proto::Message odd = at(4, "an", 1);
    odd.body.type = "TIMFaceElem";
    int number = 0;
    for (const proto::Message& one : {old, yesterday, fresh, odd, at(5, "bo", 1)})
        tab.frame(message_event(++number, "bo", one));
    const TimelineRows timeline = rows(tab);
    EXPECT_FALSE(said(timeline, "1").can_edit);
    EXPECT_TRUE(said(timeline, "2").can_edit);
    EXPECT_FALSE(said(timeline, "2").can_recall);
    EXPECT_TRUE(said(timeline, "3").can_edit);
    EXPECT_TRUE(said(timeline, "3").can_recall);
    EXPECT_FALSE(said(timeline, "4").can_edit);
    EXPECT_TRUE(said(timeline, "4").can_recall);
    EXPECT_FALSE(said(timeline, "5").can_edit || said(timeline, "5").can_recall);
}

TEST(TimelineRows, StandWhateverHappensOutsideTheirChat) {
    Tab tab;
    open_chat(tab);
    tab.frame(message_event(1, "bo", at(1, "bo", 1)));
    const TimelineRows timeline = rows(tab);
    const Revision before = tab.model().revision;
    tab.frame(message_event(2, "cy", at(1, "cy", 1)));
    tab.frame(proto::Signal(proto::PresenceSignal{true, {user("bo")}, {}}));
    tab.command(SetDraft{chat("bo"), "and"});
    ASSERT_GT(tab.model().revision, before);
    EXPECT_TRUE(rows_stand(timeline, tab.model(), TimeMs(kNoon)));
    tab.frame(proto::Signal(proto::TypingSignal{chat("bo"), true}));
    EXPECT_FALSE(rows_stand(timeline, tab.model(), TimeMs(kNoon)));
    const TimelineRows typing = rows(tab);
    EXPECT_TRUE(rows_stand(typing, tab.model(), TimeMs(kNoon)));
    tab.frame(message_event(3, "bo", at(2, "bo", 1)));
    EXPECT_FALSE(rows_stand(typing, tab.model(), TimeMs(kNoon)));
}

TEST(TimelineRows, StandUntilAnotherDayOrTheEndOfWhatIsAllowed) {
    Tab tab;
    open_chat(tab);
    const std::int64_t midnight = kNoon + 12 * 3600'000;
    const TimelineRows empty = rows(tab);
    EXPECT_TRUE(rows_stand(empty, tab.model(), TimeMs(midnight - 1)));
    EXPECT_FALSE(rows_stand(empty, tab.model(), TimeMs(midnight)));
    EXPECT_FALSE(rows_stand(empty, tab.model(), TimeMs(kNoon - 1))) << "the clock was set back";
    // Sent a minute ago, to be recalled for two.
    tab.frame(message_event(1, "bo", at(1, "an", 1)));
    tab.frame(message_event(2, "bo", at(2, "bo", 0)));
    const TimelineRows timeline = rows(tab);
    ASSERT_TRUE(said(timeline, "1").can_recall);
    EXPECT_TRUE(rows_stand(timeline, tab.model(), TimeMs(kNoon + 59'999)));
    EXPECT_FALSE(rows_stand(timeline, tab.model(), TimeMs(kNoon + 60'000)));
    const TimelineRows later =
        build_timeline_rows(tab.model(), chat("bo"), TimeMs(kNoon + 60'000), kUtc);
    EXPECT_FALSE(said(later, "1").can_recall);
    EXPECT_TRUE(rows_stand(later, tab.model(), TimeMs(midnight - 1)));
}

TEST(TimelineRows, ThePersonIsLookedUpAnewAlone) {
    Tab tab;
    open_chat(tab);
    tab.frame(message_event(1, "bo", at(1, "bo", 1)));
    const TimelineRows fresh = rows(tab);
    TimelineRows old = fresh;
    old.peer_name = old.peer_initials = "?";
    old.peer_color = 0;
    old.peer_avatar = *BlobId::parse(std::string(32, 'a'));
    update_peer(tab.model(), &old);
    EXPECT_EQ(old.peer_name, "小橙子");
    EXPECT_EQ(old.peer_initials, fresh.peer_initials);
    EXPECT_EQ(old.peer_color, fresh.peer_color);
    EXPECT_EQ(old.peer_avatar, BlobId());
    EXPECT_EQ(texts(old), texts(fresh));
}

}  // namespace
}  // namespace kumquat::client
