#include "golden/samples.h"

#include <utility>

#include "proto/fields_events.h"
#include "proto/fields_replies.h"
#include "proto/fields_requests.h"

namespace kumquat::proto {
namespace {

const UserId kAlice = *UserId::parse("alice");
const UserId kBob = *UserId::parse("bob");
const ConversationId kWithBob = ConversationId::with(kBob);
const std::string kPictureText = "0123456789abcdef0123456789abcdef";
const BlobId kPicture = *BlobId::parse(kPictureText);
const Profile kBobProfile{kBob, "小橙子", kPicture};
const Account kAliceAccount{{kAlice, "Alice", kPicture}, AllowType::kConfirm, true};
const std::string kSessionName = kPictureText + kPictureText;

/// With every field, whether they go together or not.
Message text_message() {
    Message message;
    message.seq = Seq(12);
    message.from = kAlice;
    message.time = TimeMs(1'700'000'000'123);
    message.client_id = ClientMessageId{DeviceId(4242), 17};
    message.body = Body{kTextType, "你好 \"Bob\" 🍊\n\\", R"({"reply":1})"};
    message.quote = Quote{Seq(11), kBob, kTextType, "Kumquat jam?"};
    message.forwarded = true;
    message.recalled = true;
    message.deleted = true;
    message.edits = 2;
    message.edited = TimeMs(1'700'000'060'000);
    message.reactions = {{"👍🏽", {kAlice, kBob}}, {"🍊", {kBob}}};
    return message;
}

Message custom_message() {
    Message message;
    message.seq = Seq(13);
    message.from = kBob;
    message.time = TimeMs(1'700'000'000'124);
    message.body =
        Body{"TIMCustomElem", R"({"data":"x","big":12345678901234567890123,"half":0.50})", ""};
    return message;
}

std::vector<Quote> pins() {
    return {Quote{Seq(12), kAlice, kTextType, "你好"}, Quote{Seq(7), kBob, kImageType, ""}};
}

SendMessage picture_message() {
    Image image;
    image.format = 255;
    image.renditions = {{1, kPicture, 16'384, 2'441, 20'971'519},
                        {2, kPicture, 4'833, 720, 1'000'000},
                        {3, *BlobId::parse("ffffffffffffffffffffffffffffffff"), 1'329, 198, 1}};
    SendMessage message{kWithBob, {DeviceId(4242), 18}, {}};
    message.reply_to = Seq(11);
    message.forward_of = MessageRef{ConversationId::with(*UserId::parse("carol")), Seq(3)};
    message.body.type = kImageType;
    message.body.image = image;
    return message;
}

Friend friendship() {
    return Friend{kBobProfile, "Bobby", "好友", "AddSource_Type_web", TimeMs(1'600'000'000'000)};
}

FriendRequest friend_request() {
    FriendRequest request;
    request.peer = kBobProfile;
    request.incoming = true;
    request.wording = "Hi, I am Alice";
    request.source = "AddSource_Type_web";
    request.remark = "Bobby";
    request.group = "好友";
    request.time = TimeMs(1'600'000'000'000);
    request.read = true;
    return request;
}

ConversationState state() {
    return ConversationState{true, true, true, Seq(5)};
}

SessionInfo session() {
    return SessionInfo{kSessionName,
                       "Firefox, Linux",
                       TimeMs(1'700'000'000'000),
                       TimeMs(1'700'000'000'001),
                       TimeMs(1'700'000'000'002),
                       true};
}

Conversation conversation() {
    Conversation conversation;
    conversation.id = kWithBob;
    conversation.peer = kBobProfile;
    conversation.last_seq = Seq(12);
    conversation.last_message = text_message();
    conversation.unread = 1;
    conversation.read_seq = Seq(11);
    conversation.peer_read_seq = Seq(9);
    conversation.state = state();
    conversation.pins = pins();
    return conversation;
}

Limits announced() {
    Limits limits;
    limits.frame_bytes = 131072;
    limits.requests_in_flight = 64;
    limits.page_bytes = 65536;
    limits.page_entries = 200;
    limits.message_bytes = 12288;
    limits.user_id_bytes = 32;
    limits.nick_bytes = 500;
    limits.wording_bytes = 256;
    limits.remark_bytes = 96;
    limits.group_bytes = 30;
    limits.friends = 3000;
    limits.friend_groups = 32;
    limits.friend_requests = 100;
    limits.blocked = 1000;
    limits.picture_bytes = 20971519;
    limits.picture_pixels = 40000000;
    limits.recall_ms = 120'000;
    limits.edit_ms = 172'800'000;
    limits.reaction_kinds = 20;
    limits.deleted_at_once = 30;
    limits.pins = 20;
    return limits;
}

Event event(std::int64_t number, EventBody what) {
    return Event{FeedNumber(number), std::move(what)};
}

std::vector<Request> requests() {
    return {
        Hello{1, "kumquat-page 0.1"},
        SignIn{"alice", "eJw_", "Alice 爱丽丝", DeviceId(4242), "Firefox, Linux"},
        Resume{"0123456789abcdef0123456789abcdef", DeviceId(4242)},
        SignOut{},
        Sync{FeedNumber(31), "f.31.7"},
        FindUser{"bob"},
        AddFriend{"bob", "Bobby", "好友", "Hi, I am Alice", "AddSource_Type_web", true},
        SendMessage{kWithBob, {DeviceId(4242), 17}, text_message().body, Seq(11),
                    MessageRef{kWithBob, Seq(3)}},
        GetHistory{kWithBob, GetHistory::Anchor::kAt, Seq(12), 50, TimeMs(1'700'000'000'000)},
        MarkRead{kWithBob, Seq(12)},
        SetTyping{kWithBob, true},
        AcceptFriend{"bob", "Bobby", "好友", true},
        RefuseFriend{"bob"},
        WithdrawFriend{"bob"},
        ReadFriendRequests{},
        UpdateFriend{"bob", "Bobby", "好友"},
        DeleteFriend{"bob", true},
        BlockUser{"bob"},
        UnblockUser{"bob"},
        UpdateProfile{"Alice 爱丽丝", kPictureText, AllowType::kConfirm, true},
        SetConversation{kWithBob, true, true, true},
        DeleteConversation{kWithBob},
        ListSessions{},
        EndSession{kSessionName},
        RecallMessage{kWithBob, Seq(12)},
        EditMessage{kWithBob, Seq(12), 1, text_message().body},
        DeleteMessages{kWithBob, {Seq(12), Seq(14)}},
        SetReaction{kWithBob, Seq(12), "👍🏽", true},
        PinMessage{kWithBob, Seq(12), true},
        SearchMessages{kWithBob, "jam", "bob", true, TimeMs(1'600'000'000'000),
                       TimeMs(1'700'000'000'000), "s.1700000000000.12", 20},
    };
}

std::vector<EventBody> events() {
    return {
        MessageEvent{kWithBob, kBobProfile, text_message()},
        ReadEvent{kWithBob, kAlice, Seq(12), 1},
        FriendEvent{friendship()},
        FriendGoneEvent{kBob},
        FriendRequestEvent{friend_request()},
        FriendRequestGoneEvent{kBob, true},
        BlockEvent{kBobProfile, true},
        ProfileEvent{kBobProfile},
        AccountEvent{kAliceAccount},
        ConversationEvent{kWithBob, kBobProfile, state()},
        MessageChangedEvent{kWithBob, text_message(), 1},
        MessageDeletedEvent{kWithBob, Seq(12), 1},
        PinsEvent{kWithBob, pins()},
    };
}

std::vector<Reply> replies() {
    HelloReply hello;
    hello.version = 1;
    hello.server = "kumquatd 0.1";
    hello.epoch = "0a1b2c";
    hello.time = TimeMs(1'700'000'000'000);
    hello.sign_in = {SignInMode::kName, SignInMode::kUserSig};
    hello.limits = announced();
    SyncReply sync;
    sync.reset = true;
    sync.number = FeedNumber(40);
    sync.more = true;
    sync.cursor = "c.40.0";
    std::int64_t number = 30;
    for (auto& what : events())
        sync.events.push_back(event(++number, std::move(what)));
    sync.friends = {friendship()};
    sync.requests = {friend_request()};
    sync.blocked = {kBobProfile};
    sync.conversations = {conversation()};
    sync.me = kAliceAccount;
    return {
        hello,
        SignInReply{"0123456789abcdef0123456789abcdef", TimeMs(1'700'000'000'001), kAliceAccount,
                    true},
        ResumeReply{TimeMs(1'700'000'000'001), kAliceAccount},
        SignOutReply{},
        sync,
        FindUserReply{kBobProfile, true, AllowType::kConfirm},
        AddFriendReply{friendship(), friend_request()},
        SendMessageReply{Seq(12), TimeMs(1'700'000'000'123)},
        GetHistoryReply{{text_message(), custom_message()}, true, true},
        MarkReadReply{Seq(12), 1},
        SetTypingReply{},
        AcceptFriendReply{friendship()},
        RefuseFriendReply{},
        WithdrawFriendReply{},
        ReadFriendRequestsReply{},
        UpdateFriendReply{friendship()},
        DeleteFriendReply{},
        BlockUserReply{},
        UnblockUserReply{},
        UpdateProfileReply{kAliceAccount},
        SetConversationReply{state()},
        DeleteConversationReply{state()},
        ListSessionsReply{{session()}},
        EndSessionReply{},
        RecallMessageReply{text_message()},
        EditMessageReply{text_message()},
        DeleteMessagesReply{1},
        SetReactionReply{text_message()},
        PinMessageReply{pins()},
        SearchMessagesReply{{SearchHit{kWithBob, text_message()}},
                            true,
                            "s.1700000000000.12",
                            TimeMs(1'700'000'000'000)},
    };
}

std::vector<Signal> signals() {
    return {TypingSignal{kWithBob, true},
            PresenceSignal{true, {kAlice, kBob}, {*UserId::parse("Carol C.")}}};
}

template <typename Message>
std::string name_of(const Message& message) {
    return std::visit(
        [](const auto& alternative) {
            return std::string(kWireName<std::decay_t<decltype(alternative)>>);
        },
        message);
}

}  // namespace

std::vector<Sample> samples() {
    std::vector<Sample> all;
    for (auto& request : requests()) {
        all.push_back({name_of(request) + ".request", ClientFrame{RequestId(7), request}});
    }
    for (auto& reply : replies()) {
        all.push_back({name_of(reply) + ".reply", ServerFrame(ReplyFrame{RequestId(7), reply})});
    }
    for (auto& what : events()) {
        all.push_back({name_of(what) + ".event", ServerFrame(event(31, what))});
    }
    for (auto& signal : signals()) {
        all.push_back({name_of(signal) + ".signal", ServerFrame(signal)});
    }
    const Error error{ErrorCode::kOverloaded, "inbox", 1000};
    all.push_back({"error", ServerFrame(ErrorFrame{RequestId(7), error})});
    all.push_back({"picture", ClientFrame{RequestId(7), picture_message()}});
    return all;
}

}  // namespace kumquat::proto
