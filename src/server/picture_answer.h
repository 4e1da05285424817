// What requests for pictures are answered with, in and out: addresses, headers, ranges, errors.
// Pure: request in, answer out.
//
// POST /pictures takes one in, GET and HEAD /pictures/<id> give it to whoever knows the ID. The
// answers to POST are JSON: {"id":"<32 hex>","width":..,"height":..,"size":..} or
// {"code":..,"text":".."}. Other origins' pages get no permission to read any of them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "picture/inspector.h"
#include "server/http_answer.h"

namespace kumquat::server {

/// The ID in "/pictures/<id>", which may be none at all. Empty: another path.
std::optional<std::string_view> picture_name(std::string_view path);

/// The token of "Bearer <token>" (RFC 6750); empty if the header is anything else.
std::string_view bearer_token(std::string_view authorization);

/// The HTTP status under which an error of an upload travels.
boost::beast::http::status status_of(ErrorCode code);

/// `keep_alive`: the request has been read to its end.
TextAnswer picture_error(const HttpRequest& request, bool keep_alive, const Error& error);
TextAnswer uploaded_answer(const HttpRequest& request, const BlobId& id,
                           const picture::Header& header, std::int64_t bytes);

/// Instead of a picture: 404 if it is `unknown`, else 500.
HttpAnswer picture_missing(const HttpRequest& request, bool unknown);

/// The context of a blob store's error for the log, where an ID would be the right to read: enough
/// of it stays to find the file.
std::string log_text(const Error& error, const BlobId& id);

struct StoredPicture {
    BlobId id;
    picture::Format format = picture::Format::kJpeg;
    std::int64_t bytes = 0;
};

/// An answer's head, and which bytes of the picture follow it.
struct PictureAnswer {
    EmptyAnswer head;
    std::int64_t first = 0;
    std::int64_t bytes = 0;
};

/// Knows If-None-Match, If-Range and a Range of one part (RFC 9110, 13 and 14); a Range that it
/// does not understand is ignored, as the RFC asks.
PictureAnswer picture_answer(const HttpRequest& request, const StoredPicture& picture);

}  // namespace kumquat::server
