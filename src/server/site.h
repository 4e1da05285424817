// The page as it is served: every file below one folder, read into memory once, with its type,
// validator and compressed form. A request can only name what was found then, so there is no path
// to walk out of.
//
// Pure but for load(): it knows no sockets and no HTTP library.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace kumquat::server {

struct SiteFile {
    /// Content-Type.
    std::string type;
    /// Strong validator of `plain`, quotes included.
    std::string etag;
    /// The name holds a hash of the content: it may be cached for ever.
    bool immutable = false;
    std::string plain;
    /// Empty where compression saves nothing.
    std::string gzip;
    std::string brotli;
};

class Site {
  public:
    /// A site without a page.
    Site() = default;

    /// Reads all files below `folder`; a file "x.br" or "x.gz" becomes the compressed form of "x".
    /// `config_json` takes the place of what stands in the element with the id "kumquat-config" of
    /// every HTML file. Errors: kIo.
    static Result<Site> load(const std::string& folder, std::string_view config_json);

    /// The file of a request target ("/a/b.js?x"); null if there is none. "/" is "/index.html".
    const SiteFile* find(std::string_view target) const;

    /// For tests and for a server's own pages: as if the folder had held it.
    void add(const std::string& path, std::string content, std::string_view config_json);

    bool empty() const { return files_.empty(); }
    std::size_t size() const { return files_.size(); }

  private:
    /// By absolute path: "/index.html".
    std::map<std::string, SiteFile, std::less<>> files_;
};

/// The path of a request target: without the query, percent escapes resolved. Empty if malformed.
std::string target_path(std::string_view target);

/// Content-Type by the name's ending; "application/octet-stream" for unknown ones.
std::string_view content_type(std::string_view path);

/// "name.0123abcd.ext": at least eight hexadecimal digits between two dots.
bool has_hashed_name(std::string_view path);

/// Replaces what stands between the tags of `<script ... id="kumquat-config" ...>`; HTML without
/// the element is returned as it is.
std::string with_config(std::string html, std::string_view config_json);

enum class Encoding { kPlain, kGzip, kBrotli };

/// The best of the forms that `file` has and an Accept-Encoding header allows (RFC 9110, 12.5.3).
Encoding choose_encoding(const SiteFile& file, std::string_view accept_encoding);

/// Does an If-None-Match header (RFC 9110, 13.1.2) name `etag`?
bool etag_matches(std::string_view if_none_match, std::string_view etag);

}  // namespace kumquat::server
