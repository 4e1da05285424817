#include "server/http_answer.h"

#include <array>
#include <ctime>
#include <utility>

#include <boost/beast/http/field.hpp>
#include <boost/beast/http/verb.hpp>

#include "server/version.h"

namespace kumquat::server {
namespace {

namespace http = boost::beast::http;

std::string_view target_of(const HttpRequest& request) {
    return {request.target().data(), request.target().size()};
}

// RFC 9110, 5.6.7.
std::string http_date() {
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    std::array<char, 32> text{};
    const std::size_t size =
        std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
    return std::string(text.data(), size);
}

void set_file_headers(http::fields& fields, const SiteFile& file, Encoding encoding) {
    fields.set(http::field::content_type, file.type);
    fields.set(http::field::etag, file.etag);
    fields.set(http::field::cache_control,
               file.immutable ? "public, max-age=31536000, immutable" : "no-cache");
    fields.set(http::field::vary, "Accept-Encoding");
    if (encoding == Encoding::kBrotli) fields.set(http::field::content_encoding, "br");
    if (encoding == Encoding::kGzip) fields.set(http::field::content_encoding, "gzip");
}

HttpAnswer file_answer(const HttpRequest& request, const SiteFile& file) {
    const Encoding encoding = choose_encoding(file, header(request, http::field::accept_encoding));
    const std::string& bytes = encoding == Encoding::kBrotli ? file.brotli
                               : encoding == Encoding::kGzip ? file.gzip
                                                             : file.plain;
    const bool unchanged = etag_matches(header(request, http::field::if_none_match), file.etag);
    if (unchanged || request.method() == http::verb::head) {
        EmptyAnswer empty(unchanged ? http::status::not_modified : http::status::ok,
                          request.version());
        set_common_headers(empty, header(request, http::field::host));
        set_file_headers(empty, file, encoding);
        if (!unchanged) empty.content_length(bytes.size());
        empty.keep_alive(request.keep_alive());
        return empty;
    }
    FileAnswer found(http::status::ok, request.version());
    set_common_headers(found, header(request, http::field::host));
    set_file_headers(found, file, encoding);
    found.body() = boost::beast::span<const char>(bytes.data(), bytes.size());
    found.content_length(bytes.size());
    found.keep_alive(request.keep_alive());
    return found;
}

bool may_see_metrics(const Context& context, const HttpRequest& request, const Ends& ends) {
    if (context.config.public_metrics) return true;
    // Behind a proxy everybody comes from this machine; a proxy says so in one of these.
    const bool proxied = request.find("Forwarded") != request.end() ||
                         request.find("X-Forwarded-For") != request.end();
    return is_loopback(ends.remote) && !proxied;
}

constexpr std::string_view kNoPage =
    "This kumquatd runs, but it was started without the page: build it (script/run does), or name "
    "its folder with --page-dir.\n";

}  // namespace

std::string_view header(const HttpRequest& request, http::field field) {
    const auto value = request[field];
    return {value.data(), value.size()};
}

std::string content_security_policy(std::string_view host) {
    // 'self' covers ws: in current browsers only; the explicit addresses are for the others.
    std::string sockets;
    if (!host.empty()) {
        sockets = " ws://" + std::string(host) + " wss://" + std::string(host);
    }
    return "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'" +
           sockets +
           "; img-src 'self' blob:; style-src 'self'; worker-src 'self'; manifest-src "
           "'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
}

void set_common_headers(http::fields& fields, std::string_view host) {
    fields.set(http::field::server, std::string("kumquatd/") + kVersionText);
    fields.set(http::field::date, http_date());
    fields.set("Content-Security-Policy", content_security_policy(host));
    fields.set("X-Content-Type-Options", "nosniff");
    fields.set("Referrer-Policy", "no-referrer");
    fields.set("Permissions-Policy", "geolocation=(), payment=(), usb=()");
}

TextAnswer text_answer(http::status status, unsigned http_version, bool keep_alive,
                       std::string text) {
    TextAnswer answer(status, http_version);
    set_common_headers(answer, {});
    answer.set(http::field::content_type, "text/plain; charset=utf-8");
    answer.set(http::field::cache_control, "no-store");
    answer.keep_alive(keep_alive);
    answer.body() = std::move(text);
    answer.prepare_payload();
    return answer;
}

HttpAnswer text_for(const HttpRequest& request, http::status status, std::string text) {
    TextAnswer full = text_answer(status, request.version(), request.keep_alive(), std::move(text));
    if (request.method() != http::verb::head) return full;
    EmptyAnswer empty{http::response_header<>(std::move(full.base()))};
    return empty;
}

std::optional<TextAnswer> refuse_stranger(const Context& context, const HttpRequest& request,
                                          const Ends& ends) {
    const std::string_view host = header(request, http::field::host);
    const auto refuse = [&](const Error& error, std::atomic<std::int64_t>& counter) {
        ++counter;
        return text_answer(http::status::forbidden, request.version(), false,
                           "403: " + error.context + "\n");
    };
    if (request.count(http::field::host) > 1) {
        return text_answer(http::status::bad_request, request.version(), false,
                           "400: more than one Host header\n");
    }
    if (const Status status = context.guard.check_host(host, ends.local); !status) {
        return refuse(status.error(), context.metrics.refused_hosts);
    }
    const std::string_view origin = header(request, http::field::origin);
    if (const Status status = context.guard.check_origin(origin, host); !status) {
        return refuse(status.error(), context.metrics.refused_origins);
    }
    return std::nullopt;
}

HttpAnswer make_answer(const Context& context, const HttpRequest& request, const Ends& ends) {
    const std::string path = target_path(target_of(request));
    if (path == kPicturesPath) {
        TextAnswer refused = text_answer(http::status::method_not_allowed, request.version(), false,
                                         "405: only POST is answered here\n");
        refused.set(http::field::allow, "POST");
        return refused;
    }
    if (request.method() != http::verb::get && request.method() != http::verb::head) {
        TextAnswer refused = text_answer(http::status::method_not_allowed, request.version(), false,
                                         "405: only GET and HEAD are answered here\n");
        refused.set(http::field::allow, "GET, HEAD");
        return refused;
    }
    if (path == "/healthz") return text_for(request, http::status::ok, "ok\n");
    if (path == "/metrics") {
        if (!may_see_metrics(context, request, ends)) {
            return text_for(request, http::status::forbidden,
                            "403: metrics are for this machine alone; --public-metrics shows them "
                            "to others\n");
        }
        TextAnswer metrics = text_answer(http::status::ok, request.version(), request.keep_alive(),
                                         prometheus_text(context.metrics, context.host.counters()));
        metrics.set(http::field::content_type, "text/plain; version=0.0.4; charset=utf-8");
        return metrics;
    }
    if (path == kSocketPath) {
        TextAnswer upgrade = text_answer(http::status::upgrade_required, request.version(), false,
                                         "426: this address speaks WebSocket\n");
        upgrade.set(http::field::upgrade, "websocket");
        return upgrade;
    }
    if (const SiteFile* file = context.site.find(target_of(request))) {
        return file_answer(request, *file);
    }
    if (path == "/" && context.site.empty()) {
        return text_for(request, http::status::service_unavailable, std::string(kNoPage));
    }
    return text_for(request, http::status::not_found, "404: there is nothing here\n");
}

}  // namespace kumquat::server
