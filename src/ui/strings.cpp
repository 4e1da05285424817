#include "ui/strings.h"

#include <cstddef>

#include "base/utf8.h"

namespace kumquat::ui {

namespace {

constexpr std::string_view kTexts[][2] = {
#define KUMQUAT_X(key, zh, en) {zh, en},
    KUMQUAT_STRINGS(KUMQUAT_X)
#undef KUMQUAT_X
};

constexpr bool all_there() {
    for (const auto& row : kTexts) {
        if (row[0].empty() || row[1].empty()) return false;
    }
    return true;
}
static_assert(all_there(), "every key needs its words in both languages");

Str common_error(ErrorCode code) {
    switch (code) {
        case ErrorCode::kOverloaded:
        case ErrorCode::kUnavailable:
        case ErrorCode::kReadTimeout:
            return Str::err_busy;
        case ErrorCode::kTooManyFailures:
        case ErrorCode::kTooManyFriendRequests:
        case ErrorCode::kTooManyRequests:
            return Str::err_often;
        case ErrorCode::kStorageFailed:
        case ErrorCode::kDiskFull:
            return Str::err_saved_not;
        case ErrorCode::kIo:
            return Str::err_offline;
        default:
            return Str::err_generic;
    }
}

Str sign_in_error(ErrorCode code) {
    switch (code) {
        case ErrorCode::kNoUserId:
            return Str::login_err_id_empty;
        case ErrorCode::kBadUserId:
            return Str::login_err_id_bad;
        case ErrorCode::kNoUserSig:
        case ErrorCode::kUserSigEmpty:
            return Str::login_err_key_empty;
        case ErrorCode::kUserSigMalformed:
        case ErrorCode::kUserSigWrong:
            return Str::login_err_key;
        case ErrorCode::kUserSigOtherUser:
        case ErrorCode::kUserSigOtherApp:
            return Str::login_err_key_other;
        case ErrorCode::kUserSigExpired:
            return Str::login_err_expired;
        case ErrorCode::kCredentialRequired:
            return Str::login_err_key_needed;
        case ErrorCode::kSignInModeOff:
            return Str::login_err_mode;
        case ErrorCode::kIo:
            return Str::login_err_net;
        default:
            return common_error(code);
    }
}

Str add_error(ErrorCode code) {
    switch (code) {
        case ErrorCode::kNoUserId:
            return Str::add_err_empty;
        case ErrorCode::kUnknownUser:
        case ErrorCode::kBadUserId:
            return Str::add_err_unknown;
        case ErrorCode::kFriendRefused:
            return Str::add_err_already;
        case ErrorCode::kFriendListFull:
            return Str::add_err_full;
        case ErrorCode::kPeerFriendListFull:
            return Str::add_err_peer_full;
        case ErrorCode::kPeerDeniesFriends:
            return Str::add_err_deny;
        case ErrorCode::kBlockedByPeer:
            return Str::add_err_peer_blocked;
        case ErrorCode::kFriendIsBlocked:
            return Str::add_err_blocked;
        case ErrorCode::kPeerRequestsFull:
            return Str::add_err_requests;
        case ErrorCode::kFriendGroupsFull:
            return Str::add_err_groups;
        default:
            return common_error(code);
    }
}

Str send_error(ErrorCode code) {
    switch (code) {
        case ErrorCode::kRefusedByPeer:
            return Str::msg_err_refused;
        case ErrorCode::kNotPeersFriend:
            return Str::msg_err_not_friend;
        case ErrorCode::kPeerIsBlocked:
            return Str::blocked;
        case ErrorCode::kUnknownReceiver:
            return Str::msg_err_unknown;
        default:
            return common_error(code);
    }
}

Str task_error(ErrorCode code) {
    switch (code) {
        case ErrorCode::kNoFriendRequest:
            return Str::err_request_gone;
        case ErrorCode::kNotAFriend:
            return Str::err_not_friend;
        case ErrorCode::kFriendListFull:
            return Str::add_err_full;
        case ErrorCode::kPeerFriendListFull:
            return Str::add_err_peer_full;
        case ErrorCode::kFriendGroupsFull:
            return Str::add_err_groups;
        case ErrorCode::kBlocklistFull:
            return Str::err_block_full;
        case ErrorCode::kUnknownSession:
            return Str::err_session_gone;
        case ErrorCode::kUnknownUser:
            return Str::msg_err_unknown;
        default:
            return common_error(code);
    }
}

Str change_error(ErrorCode code) {
    switch (code) {
        case ErrorCode::kRecallTooLate:
            return Str::err_recall_late;
        case ErrorCode::kUnknownMessage:
            return Str::err_message_gone;
        case ErrorCode::kEditConflict:
            return Str::err_edit_conflict;
        case ErrorCode::kEditTooLate:
            return Str::err_edit_late;
        case ErrorCode::kTooManyReactions:
            return Str::err_reactions_full;
        case ErrorCode::kTooManyPins:
            return Str::err_pins_full;
        default:
            return send_error(code);
    }
}

/// Digits, and Latin, Greek and Cyrillic letters.
bool is_western(char32_t c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= 0xC0 && c <= 0x52F);
}

char32_t last_code_point(std::string_view text) {
    std::size_t start = text.size() - 1;
    while (start > 0 && (static_cast<unsigned char>(text[start]) & 0xC0U) == 0x80)
        --start;
    return decode_utf8(text, &start);
}

char32_t first_code_point(std::string_view text) {
    std::size_t start = 0;
    return decode_utf8(text, &start);
}

void append_spaced(std::string& out, std::string_view next) {
    if (next.empty()) return;
    if (!out.empty()) {
        char32_t before = last_code_point(out);
        char32_t after = first_code_point(next);
        if ((is_han(before) && is_western(after)) || (is_western(before) && is_han(after))) {
            out += ' ';
        }
    }
    out += next;
}

}  // namespace

std::string_view text(Lang lang, Str key) {
    return kTexts[static_cast<std::size_t>(key)][lang == Lang::kChinese ? 0 : 1];
}

std::string fill(Lang lang, Str key, std::initializer_list<Fill> values) {
    std::string_view pattern = text(lang, key);
    std::string out;
    out.reserve(pattern.size() + 32);
    while (!pattern.empty()) {
        std::size_t open = pattern.find('{');
        std::size_t close = open == std::string_view::npos ? open : pattern.find('}', open);
        if (close == std::string_view::npos) {
            append_spaced(out, pattern);
            break;
        }
        append_spaced(out, pattern.substr(0, open));
        std::string_view name = pattern.substr(open + 1, close - open - 1);
        for (const Fill& value : values) {
            if (value.name == name) append_spaced(out, value.value);
        }
        pattern.remove_prefix(close + 1);
    }
    return out;
}

Lang language_from(std::string_view language) {
    return language.substr(0, 2) == "zh" ? Lang::kChinese : Lang::kEnglish;
}

std::string_view language_tag(Lang lang) {
    return lang == Lang::kChinese ? "zh-CN" : "en";
}

Str error_words(Attempt attempt, ErrorCode code) {
    switch (attempt) {
        case Attempt::kSignIn:
            return sign_in_error(code);
        case Attempt::kAddFriend:
            return add_error(code);
        case Attempt::kSendMessage:
            return send_error(code);
        case Attempt::kTask:
            return task_error(code);
        case Attempt::kChangeMessage:
            return change_error(code);
    }
    return common_error(code);
}

Str picture_error_words(ErrorCode code) {
    switch (code) {
        case ErrorCode::kPictureEmpty:
            return Str::pic_err_empty;
        case ErrorCode::kPictureKind:
            return Str::pic_err_kind;
        case ErrorCode::kPictureTooLarge:
            return Str::pic_err_large;
        case ErrorCode::kPictureDamaged:
            return Str::pic_err_damaged;
        case ErrorCode::kUnavailable:
            return Str::pic_err_browser;
        default:
            return common_error(code);
    }
}

std::string error_sentence(Lang lang, Attempt attempt, ErrorCode code) {
    std::string number = number_text(static_cast<std::int64_t>(code));
    return fill(lang, error_words(attempt, code), {{"code", number}});
}

std::string number_text(std::int64_t value) {
    char digits[24];
    int at = sizeof digits;
    do {
        digits[--at] = static_cast<char>('0' + value % 10);
        value /= 10;
    } while (value > 0 && at > 0);
    return std::string(digits + at, sizeof digits - static_cast<std::size_t>(at));
}

}  // namespace kumquat::ui
