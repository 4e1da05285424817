#include "unit/client/tab.h"

#include <utility>

#include <gtest/gtest.h>

namespace kumquat::client {
namespace {

Settings settings_of(std::int64_t device) {
    Settings settings;
    settings.device = DeviceId(device);
    settings.random_seed = static_cast<std::uint64_t>(device);
    settings.client_name = "story";
    return settings;
}

}  // namespace

UserId user(const std::string& id) {
    return *UserId::parse(id);
}
ConversationId chat(const std::string& peer) {
    return ConversationId::with(user(peer));
}
proto::Profile profile(const std::string& id, const std::string& nick) {
    return {user(id), nick, {}};
}

proto::Account account(const std::string& id, const std::string& nick) {
    proto::Account made;
    made.profile = profile(id, nick);
    return made;
}

proto::Friend friend_of(const std::string& id, const std::string& nick, const std::string& remark) {
    proto::Friend made;
    made.profile = profile(id, nick);
    made.remark = remark;
    made.added = TimeMs(1'700'000'000'000);
    return made;
}

proto::Message message(std::int64_t seq, const std::string& from, const std::string& text,
                       std::optional<ClientMessageId> client_id) {
    proto::Message made;
    made.seq = Seq(seq);
    made.from = user(from);
    made.time = TimeMs(1'799'999'000'000 + seq * 1000);
    made.client_id = client_id;
    made.body = {proto::kTextType, text, ""};
    return made;
}

proto::Event message_event(std::int64_t number, const std::string& peer, proto::Message message) {
    return {FeedNumber(number), proto::MessageEvent{chat(peer), profile(peer), std::move(message)}};
}

proto::Event read_event(std::int64_t number, const std::string& peer, const std::string& reader,
                        std::int64_t seq, std::int64_t unread) {
    return {FeedNumber(number), proto::ReadEvent{chat(peer), user(reader), Seq(seq), unread}};
}

proto::Conversation conversation(const std::string& peer, std::int64_t last_seq,
                                 std::int64_t unread) {
    proto::Conversation made;
    made.id = chat(peer);
    made.peer = profile(peer);
    made.last_seq = Seq(last_seq);
    if (last_seq > 0) made.last_message = message(last_seq, peer, "last");
    made.unread = unread;
    made.read_seq = Seq(last_seq - unread);
    return made;
}

Tab::Tab(std::int64_t device, Disk* shared)
    : client(settings_of(device)), disk(shared ? shared : &own_disk) {}

const Conversation& Tab::in(const std::string& peer) const {
    const Conversation* found = model().find(chat(peer));
    static const Conversation kNone;
    EXPECT_NE(found, nullptr) << "no conversation with " << peer;
    return found ? *found : kNone;
}

void Tab::missing() {
    ADD_FAILURE() << "the client has not asked for this";
}

void Tab::carry_out(const Effect& effect) {
    if (const auto* connect = std::get_if<Connect>(&effect)) {
        EXPECT_FALSE(connected) << "a second connection beside the first";
        connection = connect->connection;
        connected = true;
        ++connects;
    } else if (const auto* closed = std::get_if<CloseConnection>(&effect)) {
        EXPECT_EQ(closed->connection, connection);
        connected = false;
        sent.clear();
    } else if (const auto* send = std::get_if<Send>(&effect)) {
        EXPECT_TRUE(connected);
        EXPECT_EQ(send->connection, connection);
        sent.push_back(send->frame);
    } else if (const auto* timer = std::get_if<SetTimer>(&effect)) {
        timer_ms = timer->at_ms;
    } else if (const auto* store = std::get_if<StoreOutboxEntry>(&effect)) {
        disk->outbox[store->entry.client_id] = store->entry;
    } else if (const auto* remove = std::get_if<RemoveOutboxEntry>(&effect)) {
        disk->outbox.erase(remove->client_id);
    } else if (const auto* draft = std::get_if<StoreDraft>(&effect)) {
        if (draft->text.empty()) {
            disk->drafts.erase(draft->conversation);
        } else {
            disk->drafts[draft->conversation] = draft->text;
        }
    } else if (std::holds_alternative<EraseStored>(effect)) {
        disk->outbox.clear();
        disk->drafts.clear();
        disk->pictures.clear();
    } else if (const auto* session = std::get_if<StoreSession>(&effect)) {
        disk->session = session->session;
    } else if (const auto* upload = std::get_if<UploadPicture>(&effect)) {
        uploads.push_back(*upload);
    } else if (const auto* given_up = std::get_if<CancelUpload>(&effect)) {
        std::erase_if(uploads,
                      [&](const UploadPicture& one) { return one.number == given_up->number; });
    } else if (const auto* forgotten = std::get_if<ForgetPicture>(&effect)) {
        disk->pictures.erase(forgotten->key);
    } else if (std::holds_alternative<ForgetSession>(effect)) {
        disk->session.reset();
    } else if (const auto* load = std::get_if<LoadStored>(&effect)) {
        load_asked = load->number;
        if (storage_answers) answer_load();
    } else if (const auto* hold = std::get_if<HoldOutbox>(&effect)) {
        if (lock_answers) client.on_outbox_lock(hold->user, true, now);
    }
}

void Tab::settle() {
    // Effects may lead to inputs and these to effects; a circle without end is a bug.
    for (int round = 0; round < 100; ++round) {
        const std::vector<Effect> wanted = client.take_effects();
        if (wanted.empty()) return;
        for (const Effect& effect : wanted) {
            effects.push_back(effect);
            carry_out(effect);
        }
    }
    ADD_FAILURE() << "the effects never end";
}

void Tab::start() {
    client.start(disk->session, now);
    settle();
}

void Tab::command(const Command& command) {
    client.on_command(command, now);
    settle();
}

void Tab::pass(std::int64_t ms) {
    const std::int64_t end_ms = now.monotonic_ms + ms;
    const auto advance_to = [this](std::int64_t at_ms) {
        now.wall = TimeMs(now.wall.value() + at_ms - now.monotonic_ms);
        now.monotonic_ms = at_ms;
    };
    for (int fired = 0; timer_ms && *timer_ms <= end_ms; ++fired) {
        if (fired > 10'000) {
            ADD_FAILURE() << "timers without end";
            return;
        }
        advance_to(std::max(*timer_ms, now.monotonic_ms));
        timer_ms.reset();
        client.on_timer(now);
        settle();
    }
    advance_to(end_ms);
}

void Tab::open() {
    client.on_opened(connection, now);
    settle();
}

void Tab::close(std::int32_t code) {
    connected = false;
    sent.clear();
    client.on_closed(connection, code, now);
    settle();
}

void Tab::frame(const proto::ServerFrame& frame) {
    client.on_frame(connection, frame, now);
    settle();
}

void Tab::unknown_event(std::int64_t number) {
    client.on_unknown_event(connection, FeedNumber(number), now);
    settle();
}

void Tab::say_hello(std::int64_t in_flight) {
    proto::HelloReply hello;
    hello.server = "story";
    hello.epoch = "1";
    hello.sign_in = {proto::SignInMode::kName};
    hello.limits.requests_in_flight = in_flight;
    hello.limits.message_bytes = 12 * 1024;
    hello.limits.recall_ms = limits::kRecallMs;
    hello.limits.edit_ms = limits::kEditMs;
    hello.limits.reaction_kinds = static_cast<std::int64_t>(limits::kReactionKinds);
    hello.limits.deleted_at_once = static_cast<std::int64_t>(limits::kDeletedAtOnce);
    hello.limits.pins = static_cast<std::int64_t>(limits::kPins);
    reply<proto::Hello>(hello);
}

proto::SyncReply Tab::empty_snapshot() {
    proto::SyncReply snapshot;
    snapshot.reset = true;
    return snapshot;
}

proto::SyncReply Tab::tail(std::int64_t number, std::vector<proto::Event> events, bool more) {
    proto::SyncReply reply;
    reply.number = FeedNumber(number);
    reply.events = std::move(events);
    reply.more = more;
    return reply;
}

void Tab::sync_with(const proto::SyncReply& snapshot) {
    reply<proto::Sync>(snapshot);
    reply<proto::Sync>(tail(snapshot.number.value()));
}

void Tab::live_as(const std::string& id, const proto::SyncReply& snapshot) {
    client.start(std::nullopt, now);
    settle();
    open();
    say_hello();
    command(SignIn{id, "", "", false});
    reply<proto::SignIn>(proto::SignInReply{"token-" + id, TimeMs(), account(id), true});
    sync_with(snapshot);
    EXPECT_EQ(model().connection.phase, ConnectionPhase::kLive);
}

void Tab::resume() {
    pass_until([this] { return connected; });
    open();
    say_hello();
    proto::Account me;
    me.profile = model().me;
    me.allow = model().allow;
    me.friends_only = model().friends_only;
    reply<proto::Resume>(proto::ResumeReply{TimeMs(), me});
}

void Tab::come_back(const std::vector<proto::Event>& events) {
    resume();
    const auto* sync = asked<proto::Sync>();
    ASSERT_NE(sync, nullptr);
    std::int64_t number = sync->since ? sync->since->value() : 0;
    if (!events.empty()) number = events.back().number.value();
    reply<proto::Sync>(tail(number, events));
}

void Tab::answer_load(bool available) {
    StoredData data;
    data.user = model().me.user_id;
    data.number = load_asked.value_or(0);
    data.available = available;
    if (available) {
        for (const auto& [id, entry] : disk->outbox)
            data.outbox.push_back(entry);
        for (const auto& [id, text] : disk->drafts)
            data.drafts.push_back({id, text});
    }
    client.on_stored(data, now);
    if (!storage_answers) settle();
}

}  // namespace kumquat::client
