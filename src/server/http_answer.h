// What an HTTP request gets: the page's files, /healthz, /metrics, or a refusal; and the headers
// that every answer carries. Pure: request in, answer out. Sockets are http_connection's business.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/span_body.hpp>
#include <boost/beast/http/string_body.hpp>

#include "server/context.h"

namespace kumquat::server {

using HttpRequest = boost::beast::http::request<boost::beast::http::string_body>;
using TextAnswer = boost::beast::http::response<boost::beast::http::string_body>;
/// Shows bytes of the site, which outlives it.
using FileAnswer = boost::beast::http::response<boost::beast::http::span_body<const char>>;
using EmptyAnswer = boost::beast::http::response<boost::beast::http::empty_body>;
using HttpAnswer = std::variant<TextAnswer, FileAnswer, EmptyAnswer>;

/// The two ends of the connection that a request came over, as IP addresses.
struct Ends {
    std::string local;
    std::string remote;
};

/// The path of the WebSocket.
inline constexpr std::string_view kSocketPath = "/ws";
/// The path of pictures on their way in; those that are in lie below it.
inline constexpr std::string_view kPicturesPath = "/pictures";

/// Host and Origin of `request` are allowed: empty. Else the refusal.
std::optional<TextAnswer> refuse_stranger(const Context& context, const HttpRequest& request,
                                          const Ends& ends);

/// Of every request that is answered at once: not of uploads and downloads of pictures. Requires
/// that refuse_stranger() had nothing to say.
HttpAnswer make_answer(const Context& context, const HttpRequest& request, const Ends& ends);

/// A short plain text, with the headers that every answer carries.
TextAnswer text_answer(boost::beast::http::status status, unsigned http_version, bool keep_alive,
                       std::string text);

/// A text_answer() to `request`, which is answered without its body if it is a HEAD.
HttpAnswer text_for(const HttpRequest& request, boost::beast::http::status status,
                    std::string text);

/// The headers that every answer carries; `host` as below.
void set_common_headers(boost::beast::http::fields& fields, std::string_view host);

/// The value of a header; empty without it.
std::string_view header(const HttpRequest& request, boost::beast::http::field field);

/// The Content-Security-Policy of every answer. `host` has passed HostGuard, so it holds nothing
/// that could end the directive.
std::string content_security_policy(std::string_view host);

}  // namespace kumquat::server
