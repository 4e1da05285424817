#include "server/picture_answer.h"

#include <algorithm>
#include <charconv>
#include <utility>
#include <variant>

#include <boost/beast/core/string.hpp>

#include "proto/uploaded.h"

namespace kumquat::server {
namespace {

namespace http = boost::beast::http;

constexpr std::int64_t kMsPerSecond = 1000;

TextAnswer json_answer(const HttpRequest& request, http::status status, bool keep_alive,
                       std::string json) {
    TextAnswer answer = text_answer(status, request.version(), keep_alive, std::move(json));
    answer.set(http::field::content_type, "application/json");
    return answer;
}

struct Whole {};
struct Unsatisfiable {};
struct Part {
    std::int64_t first = 0;
    std::int64_t bytes = 0;
};

// Digits alone, no sign; empty if it is no number or too large for one.
std::optional<std::int64_t> parse_position(std::string_view text) {
    std::int64_t position = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), position);
    if (text.empty() || text.front() == '-' || error != std::errc() ||
        end != text.data() + text.size()) {
        return std::nullopt;
    }
    return position;
}

// RFC 9110, 14.1.2: "bytes=first-last", "bytes=first-", "bytes=-suffix".
std::variant<Whole, Part, Unsatisfiable> choose_range(std::string_view range, std::int64_t bytes) {
    constexpr std::string_view kUnit = "bytes=";
    if (range.substr(0, kUnit.size()) != kUnit) return Whole();
    range.remove_prefix(kUnit.size());
    const std::size_t dash = range.find('-');
    if (dash == std::string_view::npos) return Whole();
    const auto last = parse_position(range.substr(dash + 1));
    if (dash == 0) {
        if (!last) return Whole();
        if (*last == 0) return Unsatisfiable();
        const std::int64_t suffix = std::min(*last, bytes);
        return Part{bytes - suffix, suffix};
    }
    const auto first = parse_position(range.substr(0, dash));
    const bool open = dash + 1 == range.size();
    if (!first || (!open && (!last || *last < *first))) return Whole();
    if (*first >= bytes) return Unsatisfiable();
    const std::int64_t end = open || *last >= bytes ? bytes : *last + 1;
    return Part{*first, end - *first};
}

std::string etag_of(const BlobId& id) {
    return "\"" + id.text() + "\"";
}

std::string content_range(const std::string& part, std::int64_t bytes) {
    return "bytes " + part + "/" + std::to_string(bytes);
}

void set_picture_headers(http::fields& fields, const StoredPicture& picture) {
    fields.set(http::field::content_type, picture::content_type(picture.format));
    // Without a name: it would go before the one that a page gives what it saves.
    fields.set(http::field::content_disposition, "inline");
    // Whoever opens the address itself gets a picture and nothing that could act.
    fields.set("Content-Security-Policy", "default-src 'none'; sandbox");
    fields.set("Cross-Origin-Resource-Policy", "same-origin");
    fields.set(http::field::accept_ranges, "bytes");
    fields.set(http::field::etag, etag_of(picture.id));
    // What an ID names never changes. Only the reader's own cache may keep it: the address is all
    // that protects it.
    fields.set(http::field::cache_control, "private, max-age=31536000, immutable");
}

}  // namespace

std::optional<std::string_view> picture_name(std::string_view path) {
    if (path.substr(0, kPicturesPath.size()) != kPicturesPath) return std::nullopt;
    path.remove_prefix(kPicturesPath.size());
    if (path.empty() || path.front() != '/') return std::nullopt;
    return path.substr(1);
}

std::string_view bearer_token(std::string_view authorization) {
    constexpr std::string_view kScheme = "Bearer ";
    const std::string_view scheme = authorization.substr(0, kScheme.size());
    if (!boost::beast::iequals({scheme.data(), scheme.size()}, {kScheme.data(), kScheme.size()})) {
        return {};
    }
    authorization.remove_prefix(kScheme.size());
    return authorization;
}

http::status status_of(ErrorCode code) {
    switch (code) {
        case ErrorCode::kPictureEmpty:
            return http::status::bad_request;
        case ErrorCode::kSessionInvalid:
            return http::status::unauthorized;
        case ErrorCode::kBadField:
            return http::status::length_required;
        case ErrorCode::kPictureTooLarge:
            return http::status::payload_too_large;
        case ErrorCode::kPictureKind:
            return http::status::unsupported_media_type;
        case ErrorCode::kPictureDamaged:
            return http::status::unprocessable_entity;
        case ErrorCode::kTooManyRequests:
            return http::status::too_many_requests;
        case ErrorCode::kOverloaded:
        case ErrorCode::kReadTimeout:
        case ErrorCode::kUnavailable:
            return http::status::service_unavailable;
        case ErrorCode::kDiskFull:
            return http::status::insufficient_storage;
        default:
            return http::status::internal_server_error;
    }
}

TextAnswer picture_error(const HttpRequest& request, bool keep_alive, const Error& error) {
    // The context names files and is for the log; the short texts hold nothing to escape.
    TextAnswer answer =
        json_answer(request, status_of(error.code), keep_alive && request.keep_alive(),
                    "{\"code\":" + std::to_string(static_cast<std::int32_t>(error.code)) +
                        ",\"text\":\"" + std::string(error_text(error.code)) + "\"}");
    if (error.code == ErrorCode::kSessionInvalid)
        answer.set(http::field::www_authenticate, "Bearer");
    if (error.retry_after_ms) {
        const std::int64_t seconds = (*error.retry_after_ms + kMsPerSecond - 1) / kMsPerSecond;
        answer.set(http::field::retry_after, std::to_string(seconds));
    }
    return answer;
}

TextAnswer uploaded_answer(const HttpRequest& request, const BlobId& id,
                           const picture::Header& header, std::int64_t bytes) {
    return json_answer(request, http::status::ok, request.keep_alive(),
                       proto::uploaded_json(id, header.width, header.height, bytes));
}

HttpAnswer picture_missing(const HttpRequest& request, bool unknown) {
    if (unknown)
        return text_for(request, http::status::not_found, "404: there is no such picture\n");
    return text_for(request, http::status::internal_server_error,
                    "500: this picture cannot be read\n");
}

std::string log_text(const Error& error, const BlobId& id) {
    constexpr std::size_t kDigitsShown = 8;
    std::string text = error.context;
    const std::size_t found = id.empty() ? std::string::npos : text.find(id.text());
    if (found != std::string::npos)
        text.replace(found + kDigitsShown, id.text().size() - kDigitsShown, "...");
    return text;
}

PictureAnswer picture_answer(const HttpRequest& request, const StoredPicture& picture) {
    const std::string etag = etag_of(picture.id);
    PictureAnswer answer{EmptyAnswer(http::status::ok, request.version()), 0, picture.bytes};
    EmptyAnswer& head = answer.head;
    set_common_headers(head, header(request, http::field::host));
    set_picture_headers(head, picture);
    head.keep_alive(request.keep_alive());
    if (etag_matches(header(request, http::field::if_none_match), etag)) {
        head.result(http::status::not_modified);
        answer.bytes = 0;
        return answer;
    }
    const std::string_view if_range = header(request, http::field::if_range);
    if (request.method() == http::verb::get && (if_range.empty() || if_range == etag)) {
        const auto range = choose_range(header(request, http::field::range), picture.bytes);
        if (const auto* part = std::get_if<Part>(&range)) {
            head.result(http::status::partial_content);
            head.set(http::field::content_range,
                     content_range(std::to_string(part->first) + "-" +
                                       std::to_string(part->first + part->bytes - 1),
                                   picture.bytes));
            answer.first = part->first;
            answer.bytes = part->bytes;
        } else if (std::holds_alternative<Unsatisfiable>(range)) {
            head.result(http::status::range_not_satisfiable);
            head.set(http::field::content_range, content_range("*", picture.bytes));
            head.erase(http::field::content_type);
            head.set(http::field::cache_control, "no-store");
            answer.bytes = 0;
        }
    }
    head.content_length(answer.bytes);
    if (request.method() == http::verb::head) answer.bytes = 0;
    return answer;
}

}  // namespace kumquat::server
