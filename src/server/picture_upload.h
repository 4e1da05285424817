// POST /pictures: takes a picture in. Its bytes go from the socket through the inspector into the
// blob store, a piece at a time; the next is read when the one before has been written.
//
// The order at the end decides what a crash may leave: the bytes are made durable, then the row
// that says whose they are, then the name under which they can be read, and then the ID is told. A
// crash on the way leaves a row whose picture is missing and whose ID nobody knows, for the orphan
// sweep; never bytes that no row knows.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include "server/context.h"
#include "server/http_answer.h"
#include "server/http_stream.h"

namespace kumquat::server {

/// An upload's connection. Stream and buffer live until the upload is done.
struct UploadSource {
    HttpStream& stream;
    boost::beast::flat_buffer& buffer;
    /// Has read the head alone; not to be used any more.
    boost::beast::http::request_parser<boost::beast::http::string_body>& parser;
};

/// What to answer; nothing if the client is gone. What it gets besides keeps the upload's place: to
/// be let go when the answer has been written. Called on the stream's strand.
using UploadDone =
    std::function<void(std::optional<TextAnswer> answer, std::shared_ptr<void> place)>;

/// Requires the stream's strand. The head has passed refuse_stranger().
void run_picture_upload(const Context& context, const UploadSource& source, UploadDone done);

}  // namespace kumquat::server
