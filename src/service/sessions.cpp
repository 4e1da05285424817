// end_session, and the names of sessions. list_sessions reads, and is in queries.cpp.
#include "service/sessions.h"

#include "service/handlers.h"

namespace kumquat::service {
namespace {

constexpr std::string_view kDigits = "0123456789abcdef";

}  // namespace

std::string session_name(const store::TokenHash& token) {
    std::string text;
    for (const std::uint8_t byte : token) {
        text += kDigits[byte >> 4];
        text += kDigits[byte & 0xf];
    }
    return text;
}

Result<store::TokenHash> parse_session_name(std::string_view text) {
    store::TokenHash token{};
    if (text.size() != 2 * token.size()) return Error{ErrorCode::kUnknownSession, "id"};
    for (std::size_t i = 0; i < token.size(); ++i) {
        const std::size_t high = kDigits.find(text[2 * i]);
        const std::size_t low = kDigits.find(text[2 * i + 1]);
        if (high == std::string_view::npos || low == std::string_view::npos)
            return Error{ErrorCode::kUnknownSession, "id"};
        token[i] = static_cast<std::uint8_t>(high << 4 | low);
    }
    return token;
}

Status check_end_session(const proto::EndSession& request, Work& work) {
    KUMQUAT_TRY_ASSIGN(work.token_hash, parse_session_name(request.id));
    return Status();
}

void keys_end_session(const proto::EndSession&, const Work& work, store::ReadKeys& keys) {
    keys.users.insert(work.session->id);
    keys.sessions.insert(work.token_hash);
}

// Another person's session is as unknown as none.
Result<proto::Reply> apply_end_session(const proto::EndSession&, Run& run) {
    const store::SessionRow* session = run.rows.session(run.work.token_hash);
    if (session == nullptr || session->user != run.work.session->user)
        return Error{ErrorCode::kUnknownSession, "id"};
    run.rows.end_session(run.work.token_hash);
    run.outcome.ended = run.work.token_hash;
    return proto::Reply(proto::EndSessionReply{});
}

}  // namespace kumquat::service
