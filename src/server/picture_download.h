// GET and HEAD /pictures/<id>: from the blob store to the socket, a piece at a time. No session is
// asked for: whoever knows the ID may read.
#pragma once

#include <functional>

#include "server/context.h"
#include "server/http_answer.h"
#include "server/http_stream.h"

namespace kumquat::server {

/// What there is to say instead of a picture. Called on the stream's strand, as DownloadDone.
using DownloadRefused = std::function<void(HttpAnswer)>;
/// All is written; `keep`: the connection is in order and may take another request.
using DownloadDone = std::function<void(bool keep)>;

struct DownloadEnds {
    DownloadRefused refused;
    DownloadDone done;
};

/// Requires the stream's strand; the stream lives until one of the ends is called. `request` has
/// been read whole and asks for picture_name() `name`.
void run_picture_download(const Context& context, HttpStream& stream, HttpRequest request,
                          std::string_view name, DownloadEnds ends);

}  // namespace kumquat::server
