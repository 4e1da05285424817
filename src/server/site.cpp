#include "server/site.h"

#include <array>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include <sodium.h>
#include <zlib.h>

namespace kumquat::server {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kFileBytesMax = 64 * 1024 * 1024;
constexpr std::size_t kFilesMax = 10'000;

std::string_view extension_of(std::string_view path) {
    const std::size_t slash = path.rfind('/');
    if (slash != std::string_view::npos) path.remove_prefix(slash + 1);
    const std::size_t dot = path.rfind('.');
    return dot == std::string_view::npos ? std::string_view() : path.substr(dot);
}

bool worth_compressing(std::string_view type) {
    return type.substr(0, 5) == "text/" || type.substr(0, 16) == "application/json" ||
           type == "application/wasm" || type == "image/svg+xml" ||
           type == "application/manifest+json" || type == "font/ttf";
}

// The gzip form of `plain`; empty if it is not smaller.
std::string gzip(const std::string& plain) {
    z_stream stream{};
    constexpr int kGzipWindowBits = 15 + 16;
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, kGzipWindowBits, 9,
                     Z_DEFAULT_STRATEGY) != Z_OK) {
        return {};
    }
    std::string out(deflateBound(&stream, plain.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
    stream.avail_in = static_cast<uInt>(plain.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int result = deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    if (result != Z_STREAM_END || out.size() >= plain.size()) return {};
    return out;
}

std::string make_etag(const std::string& content) {
    std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
    crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(content.data()),
                       content.size());
    constexpr std::size_t kEtagBytes = 12;
    std::array<char, 2 * kEtagBytes + 1> text{};
    sodium_bin2hex(text.data(), text.size(), digest.data(), kEtagBytes);
    return "\"" + std::string(text.data()) + "\"";
}

Result<std::string> read_file(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return Error{ErrorCode::kIo, path.string() + " cannot be read"};
    std::string content{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    if (in.bad()) return Error{ErrorCode::kIo, path.string() + " cannot be read"};
    if (content.size() > kFileBytesMax) {
        return Error{ErrorCode::kIo, path.string() + " is too large for a page"};
    }
    return content;
}

Result<std::map<std::string, std::string>> read_folder(const fs::path& folder) {
    std::map<std::string, std::string> contents;
    std::error_code error;
    fs::recursive_directory_iterator entry(folder, error);
    for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
        // Links to files are followed: who puts one there means it. Dotfiles are never a page's.
        if (entry->path().filename().string().front() == '.') {
            entry.disable_recursion_pending();
            continue;
        }
        std::error_code ignored;
        if (!entry->is_regular_file(ignored)) continue;
        KUMQUAT_TRY_ASSIGN(std::string content, read_file(entry->path()));
        contents["/" + entry->path().lexically_relative(folder).generic_string()] =
            std::move(content);
        if (contents.size() > kFilesMax) {
            return Error{ErrorCode::kIo, folder.string() + " holds too many files for a page"};
        }
    }
    if (error) return Error{ErrorCode::kIo, folder.string() + ": " + error.message()};
    return contents;
}

std::string_view trim(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

// Calls `use` with each trimmed element of a comma-separated list.
template <typename Use>
void for_each_element(std::string_view list, Use use) {
    while (!list.empty()) {
        const std::size_t comma = list.find(',');
        use(trim(list.substr(0, comma)));
        if (comma == std::string_view::npos) return;
        list.remove_prefix(comma + 1);
    }
}

bool is_zero_quality(std::string_view parameters) {
    const std::size_t q = parameters.find("q=");
    if (q == std::string_view::npos) return false;
    const std::string_view value = trim(parameters.substr(q + 2));
    return !value.empty() && value.find_first_not_of("0.") == std::string_view::npos;
}

}  // namespace

Result<Site> Site::load(const std::string& folder, std::string_view config_json) {
    KUMQUAT_TRY_ASSIGN(auto contents, read_folder(fs::path(folder)));
    Site site;
    for (auto& [path, content] : contents) {
        const std::string_view extension = extension_of(path);
        const bool compressed = extension == ".br" || extension == ".gz";
        if (compressed && contents.count(path.substr(0, path.size() - 3)) != 0) continue;
        site.add(path, std::move(content), config_json);
    }
    for (auto& [path, file] : site.files_) {
        // A form that was made ahead of time no longer matches a page that was filled in.
        if (extension_of(path) == ".html") continue;
        if (auto found = contents.find(path + ".br"); found != contents.end()) {
            file.brotli = std::move(found->second);
        }
        if (auto found = contents.find(path + ".gz"); found != contents.end()) {
            file.gzip = std::move(found->second);
        }
    }
    return site;
}

void Site::add(const std::string& path, std::string content, std::string_view config_json) {
    SiteFile file;
    file.type = content_type(path);
    if (extension_of(path) == ".html") content = with_config(std::move(content), config_json);
    file.etag = make_etag(content);
    file.immutable = has_hashed_name(path);
    if (worth_compressing(file.type)) file.gzip = gzip(content);
    file.plain = std::move(content);
    files_[path] = std::move(file);
}

const SiteFile* Site::find(std::string_view target) const {
    std::string path = target_path(target);
    if (!path.empty() && path.back() == '/') path += "index.html";
    const auto found = files_.find(path);
    return found == files_.end() ? nullptr : &found->second;
}

std::string target_path(std::string_view target) {
    target = target.substr(0, target.find('?'));
    std::string path;
    for (std::size_t i = 0; i < target.size(); ++i) {
        if (target[i] != '%') {
            path += target[i];
            continue;
        }
        unsigned byte = 0;
        const std::string_view digits = target.substr(i + 1, 2);
        const auto [end, error] =
            std::from_chars(digits.data(), digits.data() + digits.size(), byte, 16);
        if (digits.size() != 2 || error != std::errc() || end != digits.data() + 2) return {};
        path += static_cast<char>(byte);
        i += 2;
    }
    return path;
}

std::string_view content_type(std::string_view path) {
    static constexpr std::pair<std::string_view, std::string_view> kTypes[] = {
        {".html", "text/html; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".mjs", "text/javascript; charset=utf-8"},
        {".css", "text/css; charset=utf-8"},
        {".wasm", "application/wasm"},
        {".json", "application/json"},
        {".map", "application/json"},
        {".webmanifest", "application/manifest+json"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".jpg", "image/jpeg"},
        {".jpeg", "image/jpeg"},
        {".webp", "image/webp"},
        {".ico", "image/x-icon"},
        {".ttf", "font/ttf"},
        {".woff2", "font/woff2"},
        {".txt", "text/plain; charset=utf-8"},
    };
    const std::string_view extension = extension_of(path);
    for (const auto& [ending, type] : kTypes) {
        if (ending == extension) return type;
    }
    return "application/octet-stream";
}

bool has_hashed_name(std::string_view path) {
    const std::size_t last = path.rfind('.');
    if (last == std::string_view::npos || last == 0) return false;
    const std::size_t before = path.rfind('.', last - 1);
    if (before == std::string_view::npos) return false;
    const std::string_view hash = path.substr(before + 1, last - before - 1);
    constexpr std::size_t kHashDigitsMin = 8;
    return hash.size() >= kHashDigitsMin &&
           hash.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::string with_config(std::string html, std::string_view config_json) {
    const std::size_t id = html.find("id=\"kumquat-config\"");
    if (id == std::string::npos) return html;
    const std::size_t start = html.find('>', id);
    const std::size_t end = html.find("</script>", id);
    if (start == std::string::npos || end == std::string::npos || start > end) return html;
    html.replace(start + 1, end - start - 1, config_json);
    return html;
}

Encoding choose_encoding(const SiteFile& file, std::string_view accept_encoding) {
    bool brotli = false;
    bool gzip = false;
    for_each_element(accept_encoding, [&](std::string_view element) {
        const std::size_t semicolon = element.find(';');
        const std::string_view name = trim(element.substr(0, semicolon));
        const bool refused =
            semicolon != std::string_view::npos && is_zero_quality(element.substr(semicolon));
        if (name == "br") brotli = !refused;
        if (name == "gzip") gzip = !refused;
    });
    if (brotli && !file.brotli.empty()) return Encoding::kBrotli;
    if (gzip && !file.gzip.empty()) return Encoding::kGzip;
    return Encoding::kPlain;
}

bool etag_matches(std::string_view if_none_match, std::string_view etag) {
    bool matches = false;
    for_each_element(if_none_match, [&](std::string_view element) {
        if (element.substr(0, 2) == "W/") element.remove_prefix(2);
        if (element == etag || element == "*") matches = true;
    });
    return matches;
}

}  // namespace kumquat::server
