#include "sim/page.h"

#include <set>
#include <utility>
#include <variant>

namespace kumquat::sim {

Page::Page(EventQueue& queue, Home& home, Browser& browser, Ledger& ledger, TabStorage& storage,
           client::Settings settings)
    : queue_(queue),
      home_(home),
      browser_(browser),
      ledger_(ledger),
      storage_(storage),
      client_(std::move(settings)) {
    browser_.opened(*this);
}

void Page::start() {
    const auto session = storage_.session;
    input([session](client::Client& client, client::Moment now) { client.start(session, now); });
}

void Page::die() {
    if (!std::exchange(alive_, false)) return;
    for (const auto& [number, link] : links_)
        home_.cut(link);
    browser_.died(*this);
}

void Page::command(const client::Command& command) {
    input(
        [command](client::Client& client, client::Moment now) { client.on_command(command, now); });
}

void Page::input(const std::function<void(client::Client&, client::Moment)>& call) {
    if (!alive_) return;
    call(client_, now());
    for (const client::Effect& effect : client_.take_effects()) {
        std::visit([this](const auto& one) { carry_out(one); }, effect);
    }
    check_model();
}

client::Moment Page::now() const {
    return client::Moment{home_.now(), queue_.now_ms()};
}

// --- The wire
// ------------------------------------------------------------------------------------------------------

void Page::on_opened(client::ConnectionNumber number) {
    input([number](client::Client& client, client::Moment now) { client.on_opened(number, now); });
}

void Page::on_closed(client::ConnectionNumber number, std::int32_t code) {
    links_.erase(number);
    input([number, code](client::Client& client, client::Moment now) {
        client.on_closed(number, code, now);
    });
}

void Page::on_frame(client::ConnectionNumber number, const proto::ServerFrame& frame) {
    if (!alive_) return;
    note(number, frame);
    input([number, &frame](client::Client& client, client::Moment now) {
        client.on_frame(number, frame, now);
    });
}

// Keeps what was promised to the page, whatever the page makes of it.
void Page::note(client::ConnectionNumber number, const proto::ServerFrame& frame) {
    const UserId me = model().me.user_id;
    if (const auto* event = std::get_if<proto::Event>(&frame); event != nullptr && !me.empty())
        ledger_.told(me, *event);
    if (const auto* error = std::get_if<proto::ErrorFrame>(&frame))
        return note_refused(number, *error);
    const auto* reply = std::get_if<proto::ReplyFrame>(&frame);
    if (reply == nullptr) return;
    const auto asked = requests_[number].find(reply->id);
    if (asked == requests_[number].end()) return ledger_.fail("a reply to nothing that was asked");
    if (const auto* sent = std::get_if<proto::SendMessageReply>(&reply->reply)) {
        ledger_.acknowledged(asked->second.user,
                             *std::get_if<proto::SendMessage>(&asked->second.request), *sent);
    } else if (const auto* sync = std::get_if<proto::SyncReply>(&reply->reply);
               sync != nullptr && !me.empty()) {
        for (const auto& event : sync->events)
            ledger_.told(me, event);
    }
    requests_[number].erase(asked);
}

// A refused message that the page could not note as failed before it died is sent again, behind
// those written since, and may be welcome by then.
void Page::note_refused(client::ConnectionNumber number, const proto::ErrorFrame& error) {
    const auto asked = requests_[number].find(error.id);
    if (asked == requests_[number].end()) return;
    if (const auto* message = std::get_if<proto::SendMessage>(&asked->second.request))
        ledger_.retried(message->client_id);
}

// --- Effects
// -------------------------------------------------------------------------------------------------------

void Page::carry_out(const client::Connect& effect) {
    links_[effect.connection] = home_.open(*this, effect.connection);
}

void Page::carry_out(const client::CloseConnection& effect) {
    const auto found = links_.find(effect.connection);
    if (found == links_.end()) return;
    home_.close(found->second);
    links_.erase(found);
}

void Page::carry_out(const client::Send& effect) {
    const auto found = links_.find(effect.connection);
    if (found == links_.end()) return;
    const proto::ClientFrame frame = home_.on_wire(effect.frame);
    requests_[effect.connection][frame.id] = Asked{model().me.user_id, frame.request};
    home_.send(found->second, frame);
}

void Page::carry_out(const client::UploadPicture& effect) {
    const auto told = [this, number = effect.number](const Result<Pictures::Ids>& ids) {
        input([number, ids](client::Client& client, client::Moment now) {
            if (ids) {
                client.on_uploaded(number, *ids, now);
            } else {
                client.on_upload_failed(number, ids.error(), now);
            }
        });
    };
    if (browser_.has_picture(effect.picture.key)) {
        home_.pictures().upload(effect.session, effect.picture, told);
    } else {
        queue_.after(0, [told] { told(Error{ErrorCode::kUnknownPicture, "forgotten"}); });
    }
}

void Page::carry_out(const client::SetTimer& effect) {
    const std::int64_t number = ++timer_;
    if (!effect.at_ms) return;
    queue_.at(*effect.at_ms, [this, number] {
        if (number != timer_) return;
        input([](client::Client& client, client::Moment now) { client.on_timer(now); });
    });
}

// --- The model
// -----------------------------------------------------------------------------------------------------

void Page::check_model() {
    for (const auto& [id, conversation] : model().conversations) {
        client::Revision& checked = checked_[id];
        if (checked == conversation.revision) continue;
        checked = conversation.revision;
        check_conversation(conversation);
    }
}

void Page::check_conversation(const client::Conversation& conversation) {
    const std::string where =
        model().me.user_id.text() + " sees in " + conversation.id.text() + ": ";
    std::set<ClientMessageId> shown;
    Seq last;
    for (const auto& message : conversation.timeline.messages()) {
        if (last && message->seq != last.next())
            ledger_.fail(where + "a hole or a step back at seq " +
                         std::to_string(message->seq.value()));
        last = message->seq;
        if (message->client_id && !shown.insert(*message->client_id).second)
            ledger_.fail(where + "a message twice in the history");
    }
    for (const auto& echo : conversation.echoes) {
        if (!shown.insert(echo.client_id).second)
            ledger_.fail(where + "a message twice, the echo in state " +
                         std::to_string(static_cast<int>(echo.state)) + " at " +
                         std::to_string(queue_.now_ms()) +
                         " ms: " + echo.body->content.substr(0, 40));
    }
    if (conversation.unread < 0) ledger_.fail(where + "a negative unread count");
}

}  // namespace kumquat::sim
