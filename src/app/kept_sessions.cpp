#include "app/kept_sessions.h"

#include <algorithm>
#include <utility>

#include "app/stored_codec.h"

namespace kumquat::app {

namespace {

constexpr std::string_view kKey = "kept";

}  // namespace

std::optional<client::StoredSession> KeptSessions::find(std::string_view user_id) const {
    for (client::StoredSession& session : read()) {
        if (session.me.user_id.text() == user_id) return std::move(session);
    }
    return std::nullopt;
}

void KeptSessions::keep(const client::StoredSession& session) {
    std::vector<client::StoredSession> sessions = read();
    std::erase_if(sessions, [&](const client::StoredSession& other) {
        return other.me.user_id == session.me.user_id;
    });
    sessions.push_back(session);
    write(sessions);
}

void KeptSessions::forget_user(std::string_view user_id) {
    forget_if(
        [&](const client::StoredSession& session) { return session.me.user_id.text() == user_id; });
}

void KeptSessions::forget_token(std::string_view token) {
    forget_if([&](const client::StoredSession& session) { return session.token == token; });
}

void KeptSessions::follow(std::vector<ui::RememberedPerson>& people) {
    const auto same = [](const client::StoredSession& session, const ui::RememberedPerson& person) {
        return session.me.user_id.text() == person.user_id;
    };
    forget_if([&](const client::StoredSession& session) {
        return std::none_of(people.begin(), people.end(), [&](const ui::RememberedPerson& person) {
            return same(session, person);
        });
    });
    const std::vector<client::StoredSession> sessions = read();
    for (ui::RememberedPerson& person : people) {
        person.kept = std::any_of(
            sessions.begin(), sessions.end(),
            [&](const client::StoredSession& session) { return same(session, person); });
    }
}

std::vector<client::StoredSession> KeptSessions::read() const {
    const std::optional<std::string> bytes = storage_.preference(kKey);
    return bytes ? decode_sessions(*bytes) : std::vector<client::StoredSession>();
}

template <typename Condition>
void KeptSessions::forget_if(Condition condition) {
    std::vector<client::StoredSession> sessions = read();
    if (std::erase_if(sessions, condition) > 0) write(sessions);
}

void KeptSessions::write(const std::vector<client::StoredSession>& sessions) {
    const std::string bytes = sessions.empty() ? std::string() : encode_sessions(sessions);
    // Where nothing can be kept, a new tab asks to sign in, as if nobody had wished for anything
    // else.
    (void)storage_.set_preference(kKey, bytes).has_value();
}

}  // namespace kumquat::app
