#include "client/facade/facade.h"

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include <emscripten/emscripten.h>
#include <emscripten/html5.h>

#include "client/core/client.h"
#include "platform/web/web_transport.h"
#include "proto/codec.h"

extern "C" {
// src/client/facade/library_facade.js
void kqc_tell_changed();
void kqc_tell_session(const char* token, const char* user_id, const char* nick);
void kqc_tell_message(const char* conversation_id, double seq, int in_open_chat);
void kqc_tell_notice(int kind, int code, const char* conversation_id);
}

namespace kumquat::client {
namespace {

class Facade final : private platform::Transport::Listener {
  public:
    Facade(std::string url, Settings settings)
        : url_(std::move(url)), client_(std::move(settings)) {}

    const Model& model() const { return client_.model(); }

    /// Runs an input and all that follows from it. Inputs that come from inside an effect wait for
    /// their turn.
    void input(std::function<void(Client&, Moment)> one) {
        waiting_.push_back(std::move(one));
        if (busy_) return;
        busy_ = true;
        const Revision before = model().revision;
        while (!waiting_.empty()) {
            const auto next = std::move(waiting_.front());
            waiting_.pop_front();
            next(client_, now());
            for (const Effect& effect : client_.take_effects()) {
                std::visit([this](const auto& what) { carry_out(what); }, effect);
            }
        }
        busy_ = false;
        if (model().revision != before) kqc_tell_changed();
    }

  private:
    static Moment now() {
        return {TimeMs(static_cast<std::int64_t>(emscripten_date_now())),
                static_cast<std::int64_t>(emscripten_get_now())};
    }

    void on_open() override {
        input([number = connection_](Client& client, Moment at) { client.on_opened(number, at); });
    }
    void on_close(int code, std::string_view) override {
        input([number = connection_, code](Client& client, Moment at) {
            client.on_closed(number, code, at);
        });
    }
    void on_text(std::string_view text) override {
        auto decoded = proto::decode_server_frame(text);
        input([number = connection_, decoded = std::move(decoded)](Client& client, Moment at) {
            if (!decoded) {
                client.on_bad_frame(number, decoded.error(), at);
            } else if (decoded->frame) {
                client.on_frame(number, *decoded->frame, at);
            } else if (decoded->unknown_event) {
                client.on_unknown_event(number, *decoded->unknown_event, at);
            }
        });
    }

    void carry_out(const Connect& effect) {
        connection_ = effect.connection;
        transport_.open(url_, this);
    }
    void carry_out(const CloseConnection&) { transport_.close(platform::kCloseNormal, ""); }
    void carry_out(const Send& effect) { transport_.send(proto::encode(effect.frame)); }
    void carry_out(const SetTimer& effect) {
        if (timer_ != 0) emscripten_clear_timeout(std::exchange(timer_, 0));
        if (!effect.at_ms) return;
        const double wait_ms = static_cast<double>(*effect.at_ms) - emscripten_get_now();
        timer_ = emscripten_set_timeout(on_timer, wait_ms > 0 ? wait_ms : 0, this);
    }
    static void on_timer(void* self) {
        auto* facade = static_cast<Facade*>(self);
        facade->timer_ = 0;
        facade->input([](Client& client, Moment at) { client.on_timer(at); });
    }

    void carry_out(const StoreSession& effect) {
        kqc_tell_session(effect.session.token.c_str(), effect.session.me.user_id.text().c_str(),
                         effect.session.me.nick.c_str());
    }
    void carry_out(const ForgetSession&) { kqc_tell_session("", "", ""); }
    void carry_out(const LoadStored& effect) {
        // Nothing outlives the module, so there is never anything to find beside what the client
        // knows.
        StoredData data;
        data.user = effect.user;
        data.number = effect.number;
        for (const auto& entry : outbox_)
            data.outbox.push_back(entry);
        input([data = std::move(data)](Client& client, Moment at) { client.on_stored(data, at); });
    }
    void carry_out(const StoreOutboxEntry& effect) {
        drop(effect.entry.client_id);
        outbox_.push_back(effect.entry);
    }
    void carry_out(const RemoveOutboxEntry& effect) { drop(effect.client_id); }
    void carry_out(const StoreDraft&) {}
    void carry_out(const EraseStored&) { outbox_.clear(); }
    void carry_out(const HoldOutbox& effect) {
        input([user = effect.user](Client& client, Moment at) {
            client.on_outbox_lock(user, true, at);
        });
    }
    void carry_out(const ReleaseOutbox&) {}

    // The module has no store of pictures and no files: it never asks for what these answer.
    void carry_out(const UploadPicture& effect) {
        input([number = effect.number](Client& client, Moment at) {
            client.on_upload_failed(number, Error{ErrorCode::kUnknownPicture, ""}, at);
        });
    }
    void carry_out(const CancelUpload&) {}
    void carry_out(const ForgetPicture&) {}
    void carry_out(const ExportPage&) {}

    void carry_out(const Announce& effect) { tell(effect.conversation, effect.seq, 1); }
    void carry_out(const Notify& effect) { tell(effect.conversation, effect.seq, 0); }
    void carry_out(const Notice& effect) {
        kqc_tell_notice(static_cast<int>(effect.kind),
                        effect.code ? static_cast<int>(*effect.code) : 0,
                        effect.conversation ? effect.conversation->text().c_str() : "");
    }
    static void tell(const ConversationId& conversation, Seq seq, int open) {
        kqc_tell_message(conversation.text().c_str(), static_cast<double>(seq.value()), open);
    }
    void drop(const ClientMessageId& id) {
        std::erase_if(outbox_, [&](const OutboxEntry& entry) { return entry.client_id == id; });
    }

    std::string url_;
    Client client_;
    platform::web::WebTransport transport_;
    ConnectionNumber connection_;
    std::deque<std::function<void(Client&, Moment)>> waiting_;
    std::vector<OutboxEntry> outbox_;
    bool busy_ = false;
    long timer_ = 0;
};

/// A module is one client, as a tab is.
std::unique_ptr<Facade> facade;
/// What the last call of a function that gives text has given.
std::string answer;

void command(Command wish) {
    if (facade)
        facade->input(
            [wish = std::move(wish)](Client& client, Moment at) { client.on_command(wish, at); });
}

/// Calls `act` if `text` names a person; 0, or the error's code.
template <typename Act>
int with_person(const char* text, Act act) {
    const auto id = UserId::parse(text);
    if (!id) return static_cast<int>(id.error().code);
    act(*id);
    return 0;
}

/// Calls `act` if `text` names a conversation; 0, or the error's code.
template <typename Act>
int with_conversation(const char* text, Act act) {
    const auto id = ConversationId::parse(text);
    if (!id) return static_cast<int>(id.error().code);
    act(*id);
    return 0;
}

}  // namespace
}  // namespace kumquat::client

using namespace kumquat;  // NOLINT: the interface below is C

extern "C" {

/// Connects to `url`. `device` (1 to 2^53 - 1) and `seed` are random. An empty `token`: nobody is
/// signed in. Once per module.
EMSCRIPTEN_KEEPALIVE void kqc_start(const char* url, double device, double seed, const char* token,
                                    const char* user_id, const char* nick) {
    if (client::facade) return;
    client::Settings settings;
    const auto number = static_cast<std::int64_t>(device);
    settings.device = DeviceId(number >= 1 && number <= kIntegerMax ? number : 1);
    settings.random_seed = static_cast<std::uint64_t>(seed);
    settings.client_name = "kumquat-wasm";
    client::facade = std::make_unique<client::Facade>(url, std::move(settings));
    std::optional<client::StoredSession> session;
    if (const auto user = UserId::parse(user_id); user && *token) {
        session = client::StoredSession{token, {*user, nick}, false};
    }
    client::facade->input(
        [session](client::Client& client, client::Moment at) { client.start(session, at); });
}

EMSCRIPTEN_KEEPALIVE void kqc_sign_in(const char* user_id, const char* nick, const char* user_sig) {
    client::command(client::SignIn{user_id, nick, user_sig, false});
}
EMSCRIPTEN_KEEPALIVE void kqc_sign_out() {
    client::command(client::SignOut{});
}
EMSCRIPTEN_KEEPALIVE void kqc_add_friend(const char* user_id, const char* remark, const char* group,
                                         const char* wording, int one_way) {
    client::AddFriend wish;
    wish.user_id = user_id;
    wish.remark = remark;
    wish.group = group;
    wish.wording = wording;
    wish.one_way = one_way != 0;
    wish.open = false;
    client::command(std::move(wish));
}
/// The following give 0 or TIM's code for a user ID that is none.
EMSCRIPTEN_KEEPALIVE int kqc_accept_friend(const char* user_id, const char* remark,
                                           const char* group) {
    return client::with_person(user_id, [&](const UserId& id) {
        client::command(client::AcceptFriend{id, remark, group});
    });
}
EMSCRIPTEN_KEEPALIVE int kqc_refuse_friend(const char* user_id) {
    return client::with_person(user_id,
                               [](const UserId& id) { client::command(client::RefuseFriend{id}); });
}
EMSCRIPTEN_KEEPALIVE int kqc_delete_friend(const char* user_id) {
    return client::with_person(user_id,
                               [](const UserId& id) { client::command(client::DeleteFriend{id}); });
}
EMSCRIPTEN_KEEPALIVE int kqc_block(const char* user_id, int blocked) {
    return client::with_person(user_id, [&](const UserId& id) {
        if (blocked != 0) {
            client::command(client::BlockUser{id});
        } else {
            client::command(client::UnblockUser{id});
        }
    });
}
EMSCRIPTEN_KEEPALIVE void kqc_set_nick(const char* nick) {
    client::UpdateProfile wish;
    wish.nick = nick;
    client::command(std::move(wish));
}
/// The following give 0 or TIM's code for a conversation ID that is none.
EMSCRIPTEN_KEEPALIVE int kqc_open(const char* conversation_id) {
    return client::with_conversation(conversation_id, [](const ConversationId& id) {
        client::command(client::OpenConversation{id});
    });
}
EMSCRIPTEN_KEEPALIVE int kqc_send_text(const char* conversation_id, const char* text,
                                       const char* custom) {
    return client::with_conversation(conversation_id, [&](const ConversationId& id) {
        client::command(client::SendText{id, text, custom});
    });
}
EMSCRIPTEN_KEEPALIVE int kqc_mark_visible(const char* conversation_id, double seq) {
    return client::with_conversation(conversation_id, [&](const ConversationId& id) {
        client::command(client::MarkVisible{id, Seq(static_cast<std::int64_t>(seq))});
    });
}
EMSCRIPTEN_KEEPALIVE int kqc_load_older(const char* conversation_id) {
    return client::with_conversation(
        conversation_id, [](const ConversationId& id) { client::command(client::LoadOlder{id}); });
}

/// JSON; valid until the next call.
EMSCRIPTEN_KEEPALIVE const char* kqc_state() {
    client::answer = client::facade ? client::state_json(client::facade->model()) : "{}";
    return client::answer.c_str();
}
/// JSON, as above; "{}" for a conversation ID that is none.
EMSCRIPTEN_KEEPALIVE const char* kqc_timeline(const char* conversation_id) {
    client::answer = "{}";
    client::with_conversation(conversation_id, [](const ConversationId& id) {
        if (client::facade) client::answer = client::timeline_json(client::facade->model(), id);
    });
    return client::answer.c_str();
}

}  // extern "C"
