#include "client/facade/facade.h"
#include "proto/json_writer.h"

namespace kumquat::client {
namespace {

using proto::JsonWriter;

const char* name_of(SignInPhase phase) {
    switch (phase) {
        case SignInPhase::kSignedOut:
            return "signedOut";
        case SignInPhase::kSigningIn:
            return "signingIn";
        case SignInPhase::kSignedIn:
            return "signedIn";
        case SignInPhase::kEnded:
            return "ended";
    }
    return "";
}

const char* name_of(ConnectionPhase phase) {
    switch (phase) {
        case ConnectionPhase::kIdle:
            return "idle";
        case ConnectionPhase::kWaiting:
            return "waiting";
        case ConnectionPhase::kConnecting:
            return "connecting";
        case ConnectionPhase::kLive:
            return "live";
        case ConnectionPhase::kUpgrade:
            return "upgrade";
        case ConnectionPhase::kStopped:
            return "stopped";
    }
    return "";
}

const char* name_of(MessageState state) {
    switch (state) {
        case MessageState::kReceived:
            return "received";
        case MessageState::kQueued:
            return "queued";
        case MessageState::kUploading:
            return "uploading";
        case MessageState::kSending:
            return "sending";
        case MessageState::kSent:
            return "sent";
        case MessageState::kRead:
            return "read";
        case MessageState::kFailed:
            return "failed";
    }
    return "";
}

const char* name_of(AddFriendPhase phase) {
    switch (phase) {
        case AddFriendPhase::kIdle:
            return "idle";
        case AddFriendPhase::kFinding:
            return "finding";
        case AddFriendPhase::kFound:
            return "found";
        case AddFriendPhase::kAdding:
            return "adding";
        case AddFriendPhase::kAdded:
            return "added";
        case AddFriendPhase::kAsked:
            return "asked";
        case AddFriendPhase::kFailed:
            return "failed";
    }
    return "";
}

/// TIM's words.
const char* name_of(proto::AllowType allow) {
    switch (allow) {
        case proto::AllowType::kAny:
            return "AllowType_Type_AllowAny";
        case proto::AllowType::kConfirm:
            return "AllowType_Type_NeedConfirm";
        case proto::AllowType::kDeny:
            return "AllowType_Type_DenyAny";
    }
    return "";
}

const char* name_of(Task task) {
    switch (task) {
        case Task::kAcceptFriend:
            return "acceptFriend";
        case Task::kRefuseFriend:
            return "refuseFriend";
        case Task::kWithdrawFriend:
            return "withdrawFriend";
        case Task::kUpdateFriend:
            return "updateFriend";
        case Task::kDeleteFriend:
            return "deleteFriend";
        case Task::kBlock:
            return "block";
        case Task::kProfile:
            return "profile";
        case Task::kAvatar:
            return "avatar";
        case Task::kSetConversation:
            return "setConversation";
        case Task::kDeleteConversation:
            return "deleteConversation";
        case Task::kSessions:
            return "sessions";
        case Task::kEndSession:
            return "endSession";
        case Task::kExport:
            return "export";
    }
    return "";
}

void put(JsonWriter& json, std::string_view name, std::string_view value) {
    json.name(name);
    json.string(value);
}
void put(JsonWriter& json, std::string_view name, std::int64_t value) {
    json.name(name);
    json.integer(value);
}
void put_flag(JsonWriter& json, std::string_view name, bool value) {
    json.name(name);
    json.boolean(value);
}
/// 0 where there is no error, as TIM has it.
void put_code(JsonWriter& json, std::optional<ErrorCode> code) {
    put(json, "code", code ? static_cast<std::int64_t>(*code) : 0);
}

const char* name_of(SearchPhase phase) {
    switch (phase) {
        case SearchPhase::kIdle:
            return "idle";
        case SearchPhase::kRunning:
            return "running";
        case SearchPhase::kPaused:
            return "paused";
        case SearchPhase::kDone:
            return "done";
        case SearchPhase::kFailed:
            return "failed";
    }
    return "";
}

void put_body(JsonWriter& json, const proto::Body& body, MessageState state) {
    put(json, "type", body.type);
    put(json, "content", body.content);
    put(json, "custom", body.custom);
    put(json, "state", name_of(state));
}

void put_quote(JsonWriter& json, const proto::Quote& quote) {
    json.begin_object();
    put(json, "seq", quote.seq.value());
    put(json, "from", quote.from ? quote.from->text() : "");
    put(json, "type", quote.type);
    put(json, "text", quote.text);
    json.end_object();
}

void put_quoted(JsonWriter& json, const std::optional<proto::Quote>& quote) {
    if (!quote) return;
    json.name("quote");
    put_quote(json, *quote);
}

/// What has become of a message since it was sent.
void put_changes(JsonWriter& json, const proto::Message& message) {
    put_quoted(json, message.quote);
    put_flag(json, "forwarded", message.forwarded);
    put_flag(json, "recalled", message.recalled);
    put_flag(json, "deleted", message.deleted);
    put(json, "edits", message.edits);
    json.name("reactions");
    json.begin_array();
    for (const proto::Reaction& reaction : message.reactions) {
        json.begin_object();
        put(json, "emoji", reaction.emoji);
        json.name("users");
        json.begin_array();
        for (const UserId& user : reaction.users)
            json.string(user.text());
        json.end_array();
        json.end_object();
    }
    json.end_array();
}

/// The members of a person; inside an object.
void put_person(JsonWriter& json, const proto::Profile& person) {
    put(json, "userID", person.user_id.text());
    put(json, "nick", person.nick);
    put(json, "avatar", person.avatar.text());
}

void put_requests(JsonWriter& json, const Model& model) {
    json.name("requests");
    json.begin_array();
    for (const auto* requests : {&model.received, &model.sent}) {
        for (const auto& [id, request] : *requests) {
            json.begin_object();
            put_person(json, request.peer);
            put_flag(json, "incoming", request.incoming);
            put(json, "wording", request.wording);
            put(json, "source", request.source);
            put(json, "time", request.time.value());
            put_flag(json, "read", request.read);
            json.end_object();
        }
    }
    json.end_array();
}

void put_blocked(JsonWriter& json, const Model& model) {
    json.name("blocked");
    json.begin_array();
    for (const auto& [id, person] : model.blocked) {
        json.begin_object();
        put_person(json, person);
        json.end_object();
    }
    json.end_array();
}

void put_tasks(JsonWriter& json, const Model& model) {
    json.name("tasks");
    json.begin_array();
    for (const auto& [key, state] : model.tasks) {
        json.begin_object();
        put(json, "task", name_of(key.task));
        put(json, "about", key.about);
        put_code(json, state.error);
        json.end_object();
    }
    json.end_array();
}

void put_friends(JsonWriter& json, const Model& model) {
    json.name("friends");
    json.begin_array();
    for (const auto& [id, contact] : model.friends) {
        json.begin_object();
        put_person(json, contact.data.profile);
        put(json, "remark", contact.data.remark);
        put(json, "group", contact.data.group);
        put_flag(json, "online", contact.online);
        json.end_object();
    }
    json.end_array();
}

void put_conversations(JsonWriter& json, const Model& model) {
    json.name("conversations");
    json.begin_array();
    for (const auto& [id, conversation] : model.conversations) {
        json.begin_object();
        put(json, "conversationID", id.text());
        put(json, "nick", conversation.peer.nick);
        put(json, "lastSeq", conversation.last_seq.value());
        put(json, "unread", conversation.unread);
        put(json, "readSeq", conversation.read_seq.value());
        put(json, "peerReadSeq", conversation.peer_read_seq.value());
        put(json, "unsent", static_cast<std::int64_t>(conversation.echoes.size()));
        put_flag(json, "typing", conversation.typing_until_ms.has_value());
        put_flag(json, "pinned", conversation.state.pinned);
        put_flag(json, "muted", conversation.state.muted);
        json.name("pins");
        json.begin_array();
        for (const proto::Quote& pin : conversation.pins)
            put_quote(json, pin);
        json.end_array();
        json.end_object();
    }
    json.end_array();
}

void put_search(JsonWriter& json, const Model& model) {
    const SearchState& search = model.search(SearchScope::kAllChats);
    json.name("search");
    json.begin_object();
    put(json, "phase", name_of(search.phase));
    put_code(json, search.error);
    put(json, "reached", search.reached.value());
    json.name("hits");
    json.begin_array();
    for (const proto::SearchHit& hit : search.hits) {
        json.begin_object();
        put(json, "conversationID", hit.conversation.text());
        put(json, "seq", hit.message.seq.value());
        put(json, "from", hit.message.from.text());
        put(json, "time", hit.message.time.value());
        put(json, "type", hit.message.body.type);
        put(json, "content", hit.message.body.content);
        json.end_object();
    }
    json.end_array();
    json.end_object();
}

}  // namespace

std::string state_json(const Model& model) {
    JsonWriter json;
    json.begin_object();
    json.name("signIn");
    json.begin_object();
    put(json, "phase", name_of(model.sign_in.phase));
    put_code(json, model.sign_in.error);
    put_flag(json, "unreachable", model.sign_in.unreachable);
    put_flag(json, "created", model.sign_in.created);
    json.end_object();
    put(json, "connection", name_of(model.connection.phase));
    put_flag(json, "loaded", model.loaded);
    json.name("me");
    json.begin_object();
    put_person(json, model.me);
    put(json, "allowType", name_of(model.allow));
    put_flag(json, "friendsOnly", model.friends_only);
    json.end_object();
    json.name("addFriend");
    json.begin_object();
    put(json, "phase", name_of(model.add_friend.phase));
    put(json, "userID", model.add_friend.user_id);
    put_code(json, model.add_friend.error);
    json.end_object();
    put_friends(json, model);
    put_requests(json, model);
    put_blocked(json, model);
    put_conversations(json, model);
    put_tasks(json, model);
    put_search(json, model);
    json.end_object();
    return json.take();
}

std::string timeline_json(const Model& model, const ConversationId& id) {
    const Conversation* conversation = model.find(id);
    JsonWriter json;
    json.begin_object();
    put_flag(json, "older", conversation && conversation->timeline.older());
    put_flag(json, "newer", conversation && conversation->timeline.newer());
    json.name("messages");
    json.begin_array();
    if (conversation) {
        for (const MessagePtr& message : conversation->timeline.messages()) {
            json.begin_object();
            put(json, "seq", message->seq.value());
            put(json, "from", message->from.text());
            put(json, "time", message->time.value());
            put_body(json, message->body, state_of(*conversation, *message, model.me.user_id));
            put_changes(json, *message);
            json.end_object();
        }
        for (const Echo& echo : conversation->echoes) {
            json.begin_object();
            put(json, "seq", echo.seq.value());
            put(json, "from", model.me.user_id.text());
            put(json, "time", (echo.time ? echo.time : echo.created).value());
            put_body(json, *echo.body, echo.state);
            put_code(json, echo.error);
            put_quoted(json, echo.quote);
            put_flag(json, "forwarded", echo.forward_of.has_value());
            json.end_object();
        }
    }
    json.end_array();
    json.end_object();
    return json.take();
}

}  // namespace kumquat::client
