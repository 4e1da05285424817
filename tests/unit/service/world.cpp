#include "unit/service/world.h"

#include <algorithm>

namespace kumquat::service {

std::string CountingCrypto::random_token() {
    std::string digits = std::to_string(++tokens_);
    return std::string(32 - digits.size(), '0') + digits;
}

store::TokenHash CountingCrypto::hash(std::string_view text) {
    store::TokenHash hash{};
    for (std::size_t i = 0; i < text.size(); ++i)
        hash[i % hash.size()] ^= static_cast<std::uint8_t>(text[i]);
    return hash;
}

Status PlainVerifier::verify(const UserId& user, std::string_view user_sig, TimeMs) {
    if (user_sig == "sig of " + user.text()) return Status();
    return Error{ErrorCode::kUserSigWrong, "user_sig"};
}

void Outbox::send(const std::vector<ConnectionId>& to,
                  std::shared_ptr<const proto::ServerFrame> frame) {
    for (const ConnectionId id : to) {
        EXPECT_EQ(closed.count(id), 0u) << "sent to a closed connection";
        frames[id].push_back(*frame);
    }
}

void Outbox::close(ConnectionId connection, proto::CloseCode code, std::string_view) {
    EXPECT_TRUE(closed.emplace(connection, code).second) << "closed twice";
}

Options World::default_options() {
    Options options;
    options.sign_in = {proto::SignInMode::kName, proto::SignInMode::kUserSig};
    return options;
}

World::World(Options given) : options(std::move(given)) {
    restart();
}

void World::restart() {
    service.reset();
    store.reset();
    memory = std::make_unique<store::MemoryStore>(executor, state);
    store = std::make_unique<SpyStore>(executor, *memory);
    service = std::make_unique<Service>(options, *store, clock, crypto, &verifier, outbox);
}

void World::pass_ms(std::int64_t ms) {
    const TimeMs end(clock.time.value() + ms);
    for (auto next = service->next_tick(); next && *next <= end; next = service->next_tick()) {
        clock.time = std::max(clock.time, *next);
        service->tick();
        run();
    }
    clock.time = end;
}

Result<UserKey> World::begin_upload(const std::string& session) {
    std::optional<Result<UserKey>> result;
    service->begin_upload(session, [&](Result<UserKey> owner) { result = std::move(owner); });
    run();
    EXPECT_TRUE(result.has_value());
    return result.value_or(Error{ErrorCode::kInternal, "no answer"});
}

Status World::finish_upload(const store::BlobRow& blob) {
    std::optional<Status> result;
    service->finish_upload(blob, [&](Status status) { result = std::move(status); });
    run();
    EXPECT_TRUE(result.has_value());
    return result.value_or(Error{ErrorCode::kInternal, "no answer"});
}

Result<std::vector<BlobId>> World::forget_orphans() {
    std::optional<Result<std::vector<BlobId>>> result;
    service->forget_orphans([&](Result<std::vector<BlobId>> ids) { result = std::move(ids); });
    run();
    EXPECT_TRUE(result.has_value());
    return result.value_or(Error{ErrorCode::kInternal, "no answer"});
}

store::BlobRow World::upload(const std::string& session, const std::string& id) {
    store::BlobRow blob;
    blob.id = *BlobId::parse(id.empty() ? crypto.random_token() : id);
    blob.owner = begin_upload(session).value();
    blob.format = 3;
    blob.width = 640;
    blob.height = 480;
    blob.bytes = 1000;
    const Status kept = finish_upload(blob);
    EXPECT_TRUE(kept) << kept.error().context;
    return blob;
}

std::int64_t World::references(const BlobId& id) const {
    const auto blob = state->blob(id);
    return blob ? blob->references : -1;
}

Tab::Tab(World& world) : id(++world.last_connection), world_(world) {
    world_.service->connect(id);
}

RequestId Tab::send(proto::Request request) {
    const RequestId request_id(++last_request_);
    world_.service->receive(id, proto::ClientFrame{request_id, std::move(request)});
    return request_id;
}

Result<proto::Reply> Tab::ask(proto::Request request) {
    const RequestId request_id = send(std::move(request));
    world_.run();
    return answer(request_id);
}

Result<proto::Reply> Tab::answer(RequestId request) {
    auto& all = frames();
    for (auto each = all.begin(); each != all.end(); ++each) {
        std::optional<Result<proto::Reply>> found;
        if (const auto* reply = std::get_if<proto::ReplyFrame>(&*each);
            reply != nullptr && reply->id == request) {
            found = reply->reply;
        } else if (const auto* error = std::get_if<proto::ErrorFrame>(&*each);
                   error != nullptr && error->id == request) {
            found = error->error;
        }
        if (!found) continue;
        all.erase(each);
        EXPECT_FALSE(answered(request)) << "answered twice";
        return *found;
    }
    ADD_FAILURE() << "no answer to request " << request.value();
    return Error{ErrorCode::kInternal, "no answer"};
}

bool Tab::answered(RequestId request) const {
    const auto found = world_.outbox.frames.find(id);
    if (found == world_.outbox.frames.end()) return false;
    return std::any_of(found->second.begin(), found->second.end(),
                       [&](const proto::ServerFrame& frame) {
                           const auto* reply = std::get_if<proto::ReplyFrame>(&frame);
                           const auto* error = std::get_if<proto::ErrorFrame>(&frame);
                           return (reply != nullptr && reply->id == request) ||
                                  (error != nullptr && error->id == request);
                       });
}

void Tab::hello() {
    get<proto::HelloReply>(ask(proto::Hello{}));
}

void Tab::sign_in(const std::string& user, const std::string& nick) {
    hello();
    proto::SignIn request;
    request.user_id = user;
    request.nick = nick;
    request.device = DeviceId(100 + id.value());
    session = get<proto::SignInReply>(ask(request)).session;
}

proto::SendMessage Tab::text(const std::string& peer, const std::string& text) {
    proto::SendMessage request;
    request.conversation = with(peer);
    request.client_id = ClientMessageId{DeviceId(100 + id.value()), ++last_message_};
    request.body = proto::Body{proto::kTextType, text, ""};
    return request;
}

proto::SendMessageReply Tab::say(const std::string& peer, const std::string& text) {
    return get<proto::SendMessageReply>(try_say(peer, text));
}

void Tab::befriend(const std::string& peer) {
    proto::AddFriend request;
    request.user_id = peer;
    get<proto::AddFriendReply>(ask(request));
}

proto::Reply Tab::must(proto::Request request) {
    const Result<proto::Reply> reply = ask(std::move(request));
    if (reply) return *reply;
    ADD_FAILURE() << error_text(reply.error().code) << ": " << reply.error().context;
    return proto::Reply();
}

void Tab::leave() {
    world_.service->disconnect(id);
    world_.run();
}

std::vector<proto::Event> Tab::take_events() {
    std::vector<proto::Event> events;
    for (const auto& frame : frames()) {
        if (const auto* event = std::get_if<proto::Event>(&frame)) events.push_back(*event);
    }
    forget();
    return events;
}

std::vector<proto::Signal> Tab::take_signals() {
    std::vector<proto::Signal> signals;
    for (const auto& frame : frames()) {
        if (const auto* signal = std::get_if<proto::Signal>(&frame)) signals.push_back(*signal);
    }
    forget();
    return signals;
}

std::optional<proto::CloseCode> Tab::closed() const {
    const auto found = world_.outbox.closed.find(id);
    if (found == world_.outbox.closed.end()) return std::nullopt;
    return found->second;
}

}  // namespace kumquat::service
