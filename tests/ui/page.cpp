#include "page.h"

#include <algorithm>
#include <utility>
#include <variant>

#include <gtest/gtest.h>

namespace kumquat::uitest {

namespace {

UserId user(const std::string& id) {
    Result<UserId> parsed = UserId::parse(id);
    EXPECT_TRUE(parsed.has_value()) << id;
    return parsed ? *parsed : UserId();
}

proto::Limits limits_of_service() {
    proto::Limits limits;
    limits.frame_bytes = 128 * 1024;
    limits.requests_in_flight = 64;
    limits.page_bytes = 64 * 1024;
    limits.page_entries = 200;
    limits.message_bytes = 12 * 1024;
    limits.user_id_bytes = 32;
    limits.nick_bytes = 500;
    limits.wording_bytes = 256;
    limits.remark_bytes = 96;
    limits.group_bytes = 30;
    limits.friends = 3000;
    limits.friend_groups = 32;
    limits.friend_requests = 100;
    limits.blocked = 1000;
    limits.picture_bytes = 20 * 1024 * 1024 - 1;
    limits.picture_pixels = 40'000'000;
    limits.recall_ms = limits::kRecallMs;
    limits.edit_ms = limits::kEditMs;
    limits.reaction_kinds = static_cast<std::int64_t>(limits::kReactionKinds);
    limits.deleted_at_once = static_cast<std::int64_t>(limits::kDeletedAtOnce);
    limits.pins = static_cast<std::int64_t>(limits::kPins);
    return limits;
}

}  // namespace

// --- The service ---

void Service::push(const proto::ServerFrame& frame) {
    world_.transport.receive(proto::encode(frame));
}

bool Service::answer() {
    bool any = false;
    while (read_ < world_.transport.sent.size()) {
        any = true;
        auto decoded = proto::decode_client_frame(world_.transport.sent[read_++]);
        auto* frame = std::get_if<proto::ClientFrame>(&decoded);
        if (frame == nullptr) {
            ADD_FAILURE() << "the page sent a frame that cannot be read";
            continue;
        }
        requests.push_back(*frame);
        if (silent_sends && std::holds_alternative<proto::SendMessage>(frame->request)) continue;
        auto reply = reply_to(frame->request);
        if (auto* error = std::get_if<Error>(&reply)) {
            push(proto::ErrorFrame{frame->id, *error});
        } else {
            push(proto::ReplyFrame{frame->id, *std::get_if<proto::Reply>(&reply)});
        }
    }
    return any;
}

std::variant<proto::Reply, Error> Service::reply_to(const proto::Request& request) {
    if (std::holds_alternative<proto::Hello>(request)) {
        proto::HelloReply reply;
        reply.server = "test";
        reply.epoch = "epoch";
        reply.time = world_.clock.now();
        reply.sign_in = modes;
        reply.limits = limits_of_service();
        return reply;
    }
    if (auto* sign_in = std::get_if<proto::SignIn>(&request)) {
        if (sign_in_error) return Error{*sign_in_error, ""};
        me = sign_in->user_id;
        nick = sign_in->nick;
        return proto::SignInReply{"token", TimeMs(2'000'000'000'000), account(), true};
    }
    if (std::holds_alternative<proto::Resume>(request)) {
        if (resume_error) return Error{*resume_error, ""};
        return proto::ResumeReply{TimeMs(2'000'000'000'000), account()};
    }
    if (auto* sync = std::get_if<proto::Sync>(&request)) {
        proto::SyncReply reply;
        reply.number = FeedNumber(number_);
        reply.reset = !sync->since;
        if (reply.reset) {
            reply.friends = friends;
            reply.conversations = conversations_now();
            for (const auto& [id, waiting] : received)
                reply.requests.push_back(waiting);
            for (const auto& [id, waiting] : sent)
                reply.requests.push_back(waiting);
            for (const auto& [id, profile] : blocked)
                reply.blocked.push_back(profile);
        }
        return reply;
    }
    if (auto* find = std::get_if<proto::FindUser>(&request)) {
        if (add_error) return Error{*add_error, ""};
        return proto::FindUserReply{
            {user(find->user_id), "Nick of " + find->user_id}, false, peer_allow};
    }
    if (auto* add = std::get_if<proto::AddFriend>(&request)) {
        if (add_error) return Error{*add_error, ""};
        if (peer_allow == proto::AllowType::kConfirm) {
            proto::FriendRequest& waits = sent[add->user_id];
            waits.peer = {user(add->user_id), "Nick of " + add->user_id};
            waits.wording = add->wording;
            waits.time = world_.clock.now();
            tell(proto::FriendRequestEvent{waits});
            return proto::AddFriendReply{std::nullopt, waits};
        }
        return proto::AddFriendReply{make_friend(add->user_id, add->remark, add->group)};
    }
    if (auto* send = std::get_if<proto::SendMessage>(&request)) {
        if (send_error) return Error{*send_error, ""};
        std::vector<proto::Message>& messages = history_[send->conversation.text()];
        proto::Message message;
        message.seq = Seq(static_cast<std::int64_t>(messages.size()) + 1);
        message.from = user(me);
        message.time = world_.clock.now();
        message.client_id = send->client_id;
        message.body = send->body;
        message.forwarded = send->forward_of.has_value();
        if (send->reply_to) {
            message.quote =
                quote_of(messages.at(static_cast<std::size_t>(send->reply_to.value()) - 1));
        }
        messages.push_back(message);
        proto::MessageEvent event;
        event.conversation = send->conversation;
        event.peer = profile_of(send->conversation.peer());
        event.message = message;
        push(proto::Event{FeedNumber(++number_), event});
        return proto::SendMessageReply{message.seq, message.time};
    }
    if (auto* history = std::get_if<proto::GetHistory>(&request)) return page_of(*history);
    if (auto* read = std::get_if<proto::MarkRead>(&request))
        return proto::MarkReadReply{read->seq, 0};
    if (std::holds_alternative<proto::SetTyping>(request)) return proto::SetTypingReply{};
    if (task_error && !std::holds_alternative<proto::SignOut>(request)) {
        return Error{*task_error, ""};
    }
    if (auto reply = reply_about_messages(request)) return *reply;
    if (auto reply = reply_about_requests(request)) return *reply;
    if (auto reply = reply_about_people(request)) return *reply;
    return proto::SignOutReply{};
}

std::vector<proto::Conversation> Service::conversations_now() const {
    std::vector<proto::Conversation> all;
    for (const auto& [id, messages] : history_) {
        if (messages.empty()) continue;
        proto::Conversation conversation;
        conversation.id = *ConversationId::parse(id);
        conversation.peer = profile_of(conversation.id.peer());
        conversation.last_seq = messages.back().seq;
        conversation.last_message = messages.back();
        auto pins = pins_.find(id);
        if (pins != pins_.end()) conversation.pins = pins->second;
        all.push_back(conversation);
    }
    return all;
}

proto::Profile Service::profile_of(const UserId& id) const {
    for (const proto::Friend& known : friends) {
        if (known.profile.user_id == id) return known.profile;
    }
    return {id, "", {}};
}

void Service::add_friend(const std::string& id, const std::string& name) {
    proto::Friend made;
    made.profile = {user(id), name};
    made.added = TimeMs(world_.clock.now().value() - 1000);
    friends.push_back(made);
}

void Service::receive(const std::string& from, const std::string& text) {
    receive_body(from, {proto::kTextType, text, ""});
}

void Service::receive_body(const std::string& from, const proto::Body& body) {
    proto::MessageEvent event;
    event.conversation = ConversationId::with(user(from));
    event.peer = profile_of(user(from));
    std::vector<proto::Message>& messages = history_[event.conversation.text()];
    event.message.seq = Seq(static_cast<std::int64_t>(messages.size()) + 1);
    event.message.from = user(from);
    event.message.time = world_.clock.now();
    event.message.body = body;
    messages.push_back(event.message);
    push(proto::Event{FeedNumber(++number_), event});
}

// --- The page ---

Page::Page(int width, int height, const std::string& language) {
    world.environment.current.width_px = width;
    world.environment.current.height_px = height;
    world.environment.current.pixel_ratio = 1;
    world.environment.current.language = language;
    world.environment.current.host = "chat.example";
    world.environment.current.socket_origin = "ws://chat.example";
}

Page::~Page() {
    app_.reset();
}

void Page::start() {
    app_ = std::make_unique<app::App>(world.platform(), device_);
    app_->start();
    run();
}

void Page::reload() {
    app_.reset();
    world.storage.forget_callbacks();
    // The new app opens a connection of its own; of the old one nobody hears any more.
    start();
}

void Page::new_tab() {
    app_.reset();
    world.storage.forget_callbacks();
    world.storage.tab_values.clear();
    start();
}

void Page::run(double ms) {
    for (double passed = 0; passed < ms; passed += 20) {
        if (world.transport.connecting()) world.transport.accept();
        service.answer();
        world.run_ms(20);
    }
    service.answer();
    world.run_ms(40);
}

void Page::sign_in(const std::string& name) {
    if (app_ == nullptr) start();
    type("Name", name);
    enter("Name");
    run(300);
}

const MirrorNode* Page::find_prefix(Role role, std::string_view prefix) const {
    for (const MirrorNode& node : world.mirror.tree()) {
        if (node.role == role && std::string_view(node.name).substr(0, prefix.size()) == prefix)
            return &node;
    }
    return nullptr;
}

void Page::click_at(platform::Point point, platform::PointerButton button) {
    platform::PointerEvent event;
    event.position = point;
    world.input.listener->on_pointer(event);
    run(20);
    event.action = platform::PointerAction::kDown;
    event.button = button;
    world.input.listener->on_pointer(event);
    run(20);
    event.action = platform::PointerAction::kUp;
    world.input.listener->on_pointer(event);
    run(60);
}

void Page::wheel(platform::Point point, float down) {
    platform::PointerEvent mouse;
    mouse.position = point;
    world.input.listener->on_pointer(mouse);
    run(20);
    platform::WheelEvent event;
    event.position = point;
    event.dy = down;
    world.input.listener->on_wheel(event);
    run(100);
}

const MirrorNode* Page::article(std::string_view text) const {
    const platform::MirrorTree& tree = world.mirror.tree();
    for (const MirrorNode& line : tree) {
        if (line.role != Role::kText || line.name != text) continue;
        for (int at = line.parent; at >= 0; at = tree[static_cast<std::size_t>(at)].parent) {
            const MirrorNode& around = tree[static_cast<std::size_t>(at)];
            if (around.role == Role::kArticle) return &around;
        }
    }
    return nullptr;
}

/// Places are within the nearest placed node around one.
platform::Rect Page::rect_of(const MirrorNode& node) const {
    const platform::MirrorTree& tree = world.mirror.tree();
    platform::Rect rect = node.rect;
    for (int at = node.parent; at >= 0; at = tree[static_cast<std::size_t>(at)].parent) {
        const platform::Rect& around = tree[static_cast<std::size_t>(at)].rect;
        if (around.empty()) continue;
        rect.x += around.x;
        rect.y += around.y;
    }
    return rect;
}

void Page::click(Role role, std::string_view name) {
    const MirrorNode* node = find(role, name);
    ASSERT_NE(node, nullptr) << "no control named \"" << name << "\" in:\n" << words();
    click_at(middle_of(*node));
}

void Page::click_menu(Role role, std::string_view name) {
    const MirrorNode* node = find(role, name);
    ASSERT_NE(node, nullptr) << "no control named \"" << name << "\" in:\n" << words();
    click_at(middle_of(*node), platform::PointerButton::kSecondary);
}

std::string Page::toast() const {
    const MirrorNode* node = world.mirror.find_key("toast");
    return node != nullptr ? node->name : std::string();
}

void Page::activate(Role role, std::string_view name) {
    ASSERT_TRUE(world.mirror.activate(role, name)) << name << " in:\n" << words();
    run(60);
}

void Page::key(platform::Key key) {
    platform::KeyEvent event;
    event.key = key;
    std::string focused(world.mirror.focused());
    bool used = !focused.empty() && world.mirror.listener->on_node_key(focused, event);
    if (!used) world.input.listener->on_key(event);
    run(60);
}

std::string Page::field(std::string_view label) const {
    for (const auto& [id, element] : world.fields.elements) {
        if (element.shown && element.spec.label == label) return id;
    }
    ADD_FAILURE() << "no field named \"" << label << "\" in:\n" << words();
    return {};
}

void Page::type(std::string_view label, std::string_view text) {
    std::string id = field(label);
    if (!id.empty()) world.fields.type(id, text);
    run(60);
}

void Page::enter(std::string_view label) {
    std::string id = field(label);
    if (!id.empty()) world.fields.press_enter(id);
    run(60);
}

std::string Page::words() const {
    std::string all;
    for (const MirrorNode& node : world.mirror.tree()) {
        if (!node.name.empty()) all += node.key + ": " + node.name + "\n";
    }
    return all;
}

}  // namespace kumquat::uitest
